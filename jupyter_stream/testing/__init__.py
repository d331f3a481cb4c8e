"""Public helpers for tests: a real Kafka, and a corpus of hostile messages."""
