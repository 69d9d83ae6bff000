"""A code for a unit that came without one: its region, and the first letters of its short name."""

import re
from collections.abc import Mapping

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.models import Region
from issues.search.initials import spellings
from issues.vocabulary import COUNTY

MOST_LETTERS, MOST_TRIES = 10, 99
_OF_THE_CITY = re.compile(r"^[市县区]")
_LETTERS = re.compile(r"[^A-Z0-9]")


def proposed(said: Mapping[str, str]) -> str:
    """Empty where it cannot be made up: the code of a county is set by the State."""
    region = said.get("region", "")
    if said.get("kind") == COUNTY:
        return _of_county(said)
    if not region:
        return ""
    name = _OF_THE_CITY.sub("", said.get("short_name", ""))
    read = spellings(name)
    letters = _LETTERS.sub("", read[0].line.upper() if read else "")[:MOST_LETTERS]
    stem = f"{region}-{letters if len(letters) > 1 else 'DW'}"
    taken = set(db.session.scalars(select(Unit.code).where(Unit.code.startswith(stem))))
    numbered = (f"{stem}{n or ''}" for n in (0, *range(2, MOST_TRIES)))
    return next((code for code in numbered if code not in taken), "")


def _of_county(said: Mapping[str, str]) -> str:
    """That of the place it stands for, where one is called so."""
    names = (said.get("short_name", ""), said.get("name", ""))
    rows = select(Region.code).where(Region.name.in_(names), Region.ended_at.is_(None))
    found = db.session.scalars(rows.limit(2)).all()
    return found[0] if len(found) == 1 else ""
