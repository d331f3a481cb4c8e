"""What all tests share: one real broker for the whole run, and time for slow machines."""

from hypothesis import settings

pytest_plugins = ["jupyter_stream.testing.kafka"]

# A machine with other work is slow now and then, which is no failure.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
