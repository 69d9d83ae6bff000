"""Files and folders that the product makes are its own account's alone: 0600 and 0700."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from config import Config

MASK = 0o077
SQLITE = "sqlite:///"
BESIDE = ("", "-wal", "-shm")


def from_now_on() -> None:
    """Whatever this process and its children make, nobody else reads."""
    os.umask(MASK)


def tighten(settings: Config) -> None:
    """Take from others what an earlier version, or a copy, left open to them.

    What belongs to another account stays; `open_to_others` tells it.
    """
    for path in open_to_others(settings):
        with suppress(OSError):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~MASK)


def open_to_others(settings: Config) -> Iterator[Path]:
    """Of the places that hold everything else, those that others may enter or read."""
    for path in _places(settings):
        with suppress(OSError):
            if stat.S_IMODE(path.stat().st_mode) & MASK:
                yield path


def _places(settings: Config) -> Iterator[Path]:
    """Inside a folder that nobody else enters nothing needs to be looked at."""
    yield settings.instance
    if settings.log_dir is not None:
        yield settings.log_dir
    if settings.database_url.startswith(SQLITE):
        file = settings.database_url.removeprefix(SQLITE)
        yield from (Path(f"{file}{ending}") for ending in BESIDE)
    evidence = urlsplit(settings.evidence_url)
    if evidence.scheme == "file":
        yield Path(url2pathname(evidence.path))
