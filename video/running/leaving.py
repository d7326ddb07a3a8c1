"""The end of a worker process in which a thread is still at work.

Threads that watch cameras are daemons: a stream that answers nobody must not keep a process alive. But one that is cut
off inside the inference engine when the interpreter ends takes the process down with "terminate called without an
active exception", an exit code that reads as a crash, and a core file. Everything is written and given back by then, so
the process leaves without ending the interpreter.
"""

import logging
import os
import sys
import threading

log = logging.getLogger(__name__)

_AT_WORK = ("camera-", "look-", "detector-", "evidence")
"""What the names of threads begin with that may be inside the inference engine or the decoder."""


def still_at_work() -> list[str]:
    """Names of the threads that would be cut off."""
    names = (thread.name for thread in threading.enumerate() if thread is not threading.current_thread())
    return sorted(name for name in names if name.startswith(_AT_WORK))


def leave_if_still_at_work() -> None:
    """Called last of all (atexit). Does nothing where every thread has ended."""
    names = still_at_work()
    if not names:
        return
    log.warning("ended while still at work: %s", ", ".join(names))
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)
