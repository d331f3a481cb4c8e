"""Per-file analysis of a stream, with its results on a plot."""
