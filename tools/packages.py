"""Python packages by pip: pinned, tried again when a download breaks off, told in Chinese."""

import re
from pathlib import Path

from tools.commands import run_stubbornly

_FILE = re.compile(r"\s*(?:Downloading|Using cached) (\S+?)-(\d[^-]*)-\S+( \(.*\))?")
_ALL = re.compile(r"Installing collected packages: (.*)")


def pip_install(python: Path, requirements: Path, *where: str) -> None:
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    lasting = ["--progress-bar", "off", "--retries", "5", "--timeout", "60"]
    run_stubbornly([*pip, *lasting, *where, "-r", str(requirements)], retell)


def retell(line: str) -> str | None:
    if found := _FILE.match(line):
        return f"取得 {found[1]} {found[2]}{found[3] or ''}"
    if found := _ALL.match(line):
        return f"装入 {found[1].count(',') + 1} 个软件包"
    return None
