"""Settings that all tests share."""

from __future__ import annotations

import signal

from hypothesis import settings

# A loaded machine is no failure, and the same code gives the same result each time.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("steady")

# A shell that runs the suite in the background lets its children ignore Ctrl-C, and so their
# children, which the tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
