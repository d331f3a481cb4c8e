"""Tests with OpenMSIStream's own programs: what they write we read, and the reverse."""
