"""How fast files go to a topic and come back, and in how much memory.

Run `python -m tests.benchmarks.transfer --help`.
"""
