"""Records as they come: nothing is lost, as Kafka keeps what the page has no time for."""
