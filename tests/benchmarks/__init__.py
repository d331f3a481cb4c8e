"""Measurements that anyone can repeat, each side by side with what it is compared to."""
