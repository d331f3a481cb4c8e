"""What each side runs, each in a fresh process."""
