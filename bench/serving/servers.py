"""Starting a served process and ending it, by its own id."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from config import ROOT

PATIENCE = 10


@contextmanager
def serving(what: str, environ: Mapping[str, str]) -> Iterator[int]:
    """The port on which `reference` or `product` answers meanwhile."""
    process = subprocess.Popen(  # noqa: S603 - our own module, no words of a stranger
        [sys.executable, "-m", "bench.serving.serve", what],
        cwd=ROOT,
        env=_environ(environ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"the {what} server did not start (code {process.wait()})")
        yield int(line)
    finally:
        process.stdin.close()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def _environ(given: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, **given}
