"""Searching a topic for a text."""
