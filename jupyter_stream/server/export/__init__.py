"""Records as a file: CSV, JSON lines, Parquet."""
