"""Bytes to Python objects and back: pure functions, no I/O."""
