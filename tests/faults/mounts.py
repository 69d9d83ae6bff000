"""Small disks of their own, which fill and become read-only; only root has them."""

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(size):
    """A folder on a disk of so many bytes, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="disk"))
    folder.chmod(0o755)
    made = _mount("mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", folder)
    try:
        if not made:
            pytest.skip("no disk can be mounted here: that takes root")
        yield folder
    finally:
        if made:
            _mount("umount", "-l", folder)
        folder.rmdir()


@contextlib.contextmanager
def read_only(folder):
    """Nobody may have a file of it open for writing at the beginning."""
    assert _mount("mount", "-o", "remount,ro", folder)
    try:
        yield
    finally:
        _mount("mount", "-o", "remount,rw", folder)


def _mount(*command):
    with contextlib.suppress(FileNotFoundError):
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - ours
        return done.returncode == 0
    return False


@contextlib.contextmanager
def filled(folder, left=0):
    """The disk is full but for about so many bytes."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        with contextlib.suppress(OSError):
            while True:
                os.posix_fallocate(file.fileno(), 0, file.seek(0, 2) + (1 << 20))
        with contextlib.suppress(OSError):
            while file.write(bytes(4096)) == 4096:
                pass
        file.truncate(max(0, file.seek(0, 2) - left))
    try:
        yield
    finally:
        filler.unlink(missing_ok=True)
