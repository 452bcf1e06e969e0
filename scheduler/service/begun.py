"""Imported first by the server that processes are forked from.

Until all else is loaded (``loaded`` comes last) it ends with who has started it: it
does not listen yet. Not for longer than that: what counts as parent is the thread that
has started it, which need not live as long as its process.
"""

import os
import signal

from scheduler.service.jobs.death import PARENT, die_with_parent

die_with_parent(signal.SIGKILL)
if os.environ.get(PARENT, str(os.getppid())) != str(os.getppid()):
    os._exit(1)  # it was gone before that was said
