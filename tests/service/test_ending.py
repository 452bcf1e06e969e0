"""A process that was told to end: gone soon, whatever holds it up."""

import subprocess
import sys


def test_it_is_gone_though_a_thread_and_a_full_log_hold_it_up() -> None:
    code = """
import logging, threading
from scheduler.service.ending import end_within
end_within(0.2)
logging.basicConfig()
logging.getLogger().handlers[0].acquire()  # as who writes to a log that nobody reads
threading.Event().wait()
"""
    done = subprocess.run([sys.executable, "-c", code], timeout=120, check=False)
    assert done.returncode == 0
