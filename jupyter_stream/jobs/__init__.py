"""Background jobs: one owner thread each, lifecycle, statistics, errors; knows nothing of Kafka."""
