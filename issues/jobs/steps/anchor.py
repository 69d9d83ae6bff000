"""Sign the heads of all histories once a business day, and keep each anchor outside too."""

import os
import tempfile
from datetime import date
from pathlib import Path

from sqlalchemy import select

from extensions import db
from issues import anchors, audit
from issues.ground import clock
from issues.ground.present import present
from issues.jobs.job import Tools
from issues.models import Anchor

KEPT = "file "
"""Before the day of an anchor whose copy is to be written into the folder."""


def find(tools: Tools) -> list[str]:
    """Only today can be anchored: a past day's heads have moved on."""
    if tools.on != clock.today():
        return []
    days = list(db.session.scalars(select(Anchor.on).order_by(Anchor.on)))
    new = [] if tools.on in days else [tools.on]
    folder = tools.anchors.folder
    unkept = [day for day in (*days, *new) if folder and not _path(folder, day).exists()]
    return [*(day.isoformat() for day in new), *(f"{KEPT}{day}" for day in unkept)]


def do(tools: Tools, unit: str) -> bool:
    if not unit.startswith(KEPT):
        return audit.anchor(tools.secret, tools.at)
    day = date.fromisoformat(unit.removeprefix(KEPT))
    folder = present(tools.anchors.folder, "the folder of anchors")
    _write(_path(folder, day), anchors.told(db.session.get_one(Anchor, day)))
    return True


def _path(folder: Path, day: date) -> Path:
    return folder / f"anchor-{day}.json"


def _write(path: Path, text: str) -> None:
    """Whole under its name or not at all."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
