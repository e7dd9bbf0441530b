"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import settings

# A loaded machine is no failure, and the same code gives the same result each time.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
