"""From chunks on a topic to files, on disk or in memory."""
