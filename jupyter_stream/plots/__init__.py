"""What is on a plot, free of any framework; one view module per framework."""
