"""The web process with the options it is deployed with, and people who are signed in to it."""

import subprocess
import sys
import time
from importlib import import_module
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks._place import ROOT


def serve(port: int, workers: int, *, application: str) -> subprocess.Popen[bytes]:
    """The web process with the options it is deployed with."""
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)]
    words += ["--blocking-threads", "2", "--backlog", "1024", "--no-ws", "--log-level", "warning"]
    command = [sys.executable, "-m", "granian", *words, application]
    server = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    for _ in range(150):
        try:
            urlopen(f"http://127.0.0.1:{port}/api/v1/session", timeout=2).read()
            return server
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise SystemExit("the web process did not start")


def session_of(user: Any) -> str:
    """The key of a new session of this person."""
    auth, session = import_module("django.contrib.auth"), import_module("accounts.sessions").SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = "accounts.backends.AccountBackend"
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)
