"""Settings of all tests."""

from hypothesis import settings

# A busy machine makes any example slow: how long one takes says nothing.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
