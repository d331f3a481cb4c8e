"""Everything that talks to Kafka: profiles, reading, writing, inspection, the local broker."""
