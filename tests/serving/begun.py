"""The product as `make run` starts it, in a process of its own on the database of a test."""

import contextlib
import os
import re
import signal
import subprocess
import sys

from people import PASSWORD

from config import ROOT

ADDRESS = re.compile(r"已启动：http://127\.0\.0\.1:(\d+)")
ENDS_WITHIN = 10


@contextlib.contextmanager
def begun(place, log=None, **environ):
    """Yields its port. `log` is a file for what it writes of its own accord."""
    settings = place.config()
    told = {
        "PATH": os.environ["PATH"],
        "DEMO": "1",
        "DEMO_PASSWORD": PASSWORD,
        "PORT": "0",
        **environ,
        "DATABASE_URL": settings.database_url,
        "EVIDENCE_URL": settings.evidence_url,
        "SECRET_KEY": settings.secret_key,
    }
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-u", "-m", "tools.serve"], cwd=ROOT, env=told,
        stdout=subprocess.PIPE, stderr=log or subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        yield int(next(filter(None, map(ADDRESS.search, process.stdout)))[1])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(ENDS_WITHIN)
        process.stdout.close()
