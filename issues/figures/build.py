"""Which build this is, as its own description says."""

import re
from functools import cache
from pathlib import Path

from config import ROOT

UNKNOWN = "unknown"
VERSION = re.compile(r'^version = "([\w.+-]+)"$', re.MULTILINE)


@cache
def version(home: Path = ROOT) -> str:
    """The version of pyproject.toml; UNKNOWN where it was not brought along."""
    try:
        found = VERSION.search((home / "pyproject.toml").read_text(encoding="utf-8"))
    except OSError:
        return UNKNOWN
    return found[1] if found else UNKNOWN
