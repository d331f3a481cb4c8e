"""The command line: `jupyter stream ...`."""
