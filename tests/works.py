"""Work for the executors in the tests."""

import os
import signal
import threading
import time
from pathlib import Path


def echo(content: bytes, stop: threading.Event) -> bytes:
    print("this is no part of the answer")
    return content + b"!"


def fail(content: bytes, stop: threading.Event) -> bytes:
    raise ValueError(f"no\nluck with {content.decode()}")


def die_once(content: bytes, stop: threading.Event) -> bytes:
    """Die without a word unless somebody has done so before."""
    mark = Path(content.decode())
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return b"second"


def die(content: bytes, stop: threading.Event) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def wait(content: bytes, stop: threading.Event) -> bytes:
    """Leave a mark with the process's id, and work until told to stop."""
    (Path(content.decode()) / str(os.getpid())).touch()
    return b"best so far" if stop.wait(60) else b"nobody came"


def threads(content: bytes, stop: threading.Event) -> bytes:
    return os.environ["OMP_NUM_THREADS"].encode()


def linger(held: bytes, content: bytes) -> bytes:
    """Leave a mark with the process's id where it is held to do so; answer late."""
    (Path(held.decode()) / str(os.getpid())).touch()
    time.sleep(60)
    return content
