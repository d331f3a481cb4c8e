"""What all tests share: one real broker for the whole run."""

pytest_plugins = ["jupyter_stream.testing.kafka"]
