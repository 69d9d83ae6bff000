"""What goes into a bundle: the files of the project, what was built for it, the wheels."""

import fnmatch
import subprocess
from collections.abc import Iterator
from email import message, message_from_bytes
from pathlib import Path
from zipfile import ZipFile

from tools import sbom
from tools.commands import ROOT, Failed
from tools.setup import FONTS, VENDOR, asset_steps

NOT_BUILT = "{}没有做好，请先执行 make setup。"
UNSAVED = "注意：有没有提交的改动：改动按现在的内容装入，没有加入版本库的文件不装。"


def of_project() -> list[Path]:
    """Every file of the project: what git keeps, or where there is no git what it would keep."""
    listed = _asked_of_git("ls-files", "-z")
    if listed is not None:
        names = filter(None, listed.split("\0"))
        return sorted(path for name in names if (path := ROOT / name).is_file())
    return sorted(_walked(ROOT, _ignored()))


def has_unsaved() -> bool:
    return bool(_asked_of_git("status", "--porcelain"))


def _asked_of_git(*words: str) -> str | None:
    """None where this folder is not the top of a repository, or there is no git."""
    try:
        top = _git("rev-parse", "--show-toplevel").strip()
        return _git(*words) if Path(top) == ROOT else None
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(*words: str) -> str:
    command = ["git", "-C", str(ROOT), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _ignored() -> list[str]:
    return [*(ROOT / ".gitignore").read_text(encoding="utf-8").split(), "/.git"]


def _walked(folder: Path, ignored: list[str]) -> Iterator[Path]:
    for path in folder.iterdir():
        place = f"/{path.relative_to(ROOT).as_posix()}"
        if any(_is_named(place, pattern.rstrip("/")) for pattern in ignored):
            continue
        if path.is_dir():
            yield from _walked(path, ignored)
        else:
            yield path


def _is_named(place: str, pattern: str) -> bool:
    """As the patterns of this project's .gitignore are written: from the top, or a name."""
    named = place if pattern.startswith("/") else place.rpartition("/")[2]
    return fnmatch.fnmatchcase(named, pattern)


def of_assets() -> list[Path]:
    """What the set-up builds and an offline machine could not. Raises Failed where it is not."""
    for step in asset_steps():
        if step.home in (VENDOR, FONTS) and not step.is_done():
            raise Failed(NOT_BUILT.format(step.title.removeprefix("制作")))
    within = (path for home in (VENDOR, FONTS) for path in home.rglob("*"))
    return sorted(path for path in within if path.is_file() and "cache" not in path.parts)


def licences(wheels: list[Path]) -> str:
    """A table of all that runs, as its packages state. Raises Failed where one states nothing."""
    found = [part for part in sbom.parts() if part.ecosystem == "npm" and part.scope == "required"]
    for wheel in wheels:
        told = _metadata(wheel)
        name = told["Name"]
        licence = sbom.licence_of(name, told)
        found.append(sbom.Part("pypi", name, told["Version"], licence, "required"))
    if unknown := [one.name for one in found if not sbom.is_known(one.licence)]:
        raise Failed(f"许可不明：{'、'.join(unknown)}")
    return sbom.table(sorted(found))


def _metadata(wheel: Path) -> message.Message:
    with ZipFile(wheel) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))
