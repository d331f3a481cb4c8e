"""Files that came in chunks: which there are, and their content."""
