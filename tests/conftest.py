"""What holds of every test run: Hypothesis draws the same examples each time, and no clock fails a test."""

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.load_profile("ci")
