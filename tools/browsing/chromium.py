"""The Chromium of this machine, and how it is started to do nothing of its own accord."""

import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first draws the same pages without a window's own work, in about half the time."""
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def path() -> str | None:
    """None where none is installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)
