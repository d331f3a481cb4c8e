"""Kafka streams in Jupyter notebooks."""
