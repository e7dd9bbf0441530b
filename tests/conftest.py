"""Settings that all tests share."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile

from hypothesis import settings

# A loaded machine is no failure, and the same code gives the same result each time.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("steady")

# A shell that runs the suite in the background lets its children ignore Ctrl-C, and so their
# children, which the tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The tests leave the user's cache alone, and share one, made by the process that starts the others.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["SHUANGJIAN_CACHE"] = tempfile.mkdtemp(prefix="shuangjian-cache-")
    atexit.register(shutil.rmtree, os.environ["SHUANGJIAN_CACHE"], ignore_errors=True)
