"""From files on disk to chunks on a topic."""
