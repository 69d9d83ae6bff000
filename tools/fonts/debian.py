"""The one open 仿宋: an OpenType file inside a Debian package, unpacked without installing it."""

import shutil
import subprocess
from pathlib import Path

from tools.fonts.recipes import FANDOL_FANG, TEX_PACKAGE

_PATIENCE = 600


class NotToBeHad(RuntimeError):
    """The package has no way onto the machine. `str()` says why."""


def fandol_fang(folder: Path) -> Path:
    """The path of FandolFang-Regular.otf, fetched into `folder` where it is not there yet."""
    font = folder / FANDOL_FANG / "FandolFang-Regular.otf"
    if font.is_file():
        return font
    for tool in ("apt-get", "dpkg"):
        if shutil.which(tool) is None:
            raise NotToBeHad(f"没有 {tool}")
    _unpack(_package(folder), font, folder)
    return font


def _package(folder: Path) -> Path:
    """The package's file; the lists are renewed once where they do not name it."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _run(["apt-get", "download", TEX_PACKAGE], folder):
        _run(["apt-get", "update"], folder)
        if not _run(["apt-get", "download", TEX_PACKAGE], folder):
            raise NotToBeHad(f"软件源中取不到 {TEX_PACKAGE}")
    found = sorted(folder.glob(f"{TEX_PACKAGE}_*.deb"))
    if not found:
        raise NotToBeHad(f"软件源中取不到 {TEX_PACKAGE}")
    return found[-1]


def _unpack(package: Path, font: Path, folder: Path) -> None:
    """Only the one file is kept: the package is some hundred megabytes unpacked."""
    unpacked = folder / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    if not _run(["dpkg", "-x", str(package), str(unpacked)], folder):
        package.unlink()
        raise NotToBeHad(f"{package.name} 无法解开")
    font.parent.mkdir(parents=True, exist_ok=True)
    (unpacked / FANDOL_FANG / font.name).replace(font)
    shutil.rmtree(unpacked)
    package.unlink()


def _run(command: list[str], folder: Path) -> bool:
    """Apt checks a package against the signed lists before it gives it out."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
