"""A long ledger taken out as a file, in the sight its asker has as it is written."""

import hashlib
from datetime import date
from typing import NamedTuple

from auth.actor import Actor
from extensions import db, transaction
from issues.exchange import profiles
from issues.exchange.writing.profiles.profile import Profile
from issues.ground import clock
from issues.queries.ledger.paper import file_of
from issues.queries.ledger.plain import plain_file
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import read_day
from issues.rights.table import Right
from issues.works import keeping
from issues.works.piece import Piece

LEDGER = "问题台账"


class File(NamedTuple):
    content: bytes
    tickets: int
    name: str


def run(piece: Piece) -> None:
    """Raises Refusal, CalledOff."""
    person = piece.asker(Right.VIEW)
    filters, wanted = Filters.from_args(piece.asked["filters"]), piece.asked["profile"]
    file = written(filters, wanted, person, clock.today())
    db.session.rollback()
    kept = keeping.keep(piece.store, file.content)
    with transaction():
        piece.end(f"{file.tickets}个问题", name=file.name, key=sight_of(person), **kept)


def written(filters: Filters, wanted: str, person: Actor, today: date) -> File:
    """By the profile of that name, or as an import reads it again. Raises Incomplete."""
    profile = profiles.named(wanted, person) if wanted else None
    if profile:
        content, count = file_of(profile, filters, person, today)
    else:
        content, count = plain_file(filters, person, today)
    return File(content, count, name_of(filters, profile, today))


def name_of(filters: Filters, profile: Profile | None, today: date) -> str:
    day = read_day(filters.on) or today
    return f"{profile.label if profile else LEDGER}-{day}.{profile.ending if profile else 'xlsx'}"


def sight_of(person: Actor) -> str:
    """A mark of what decides which tickets a person sees, and how much of each."""
    told = (person.id, person.unit_id, sorted(role.value for role in person.roles))
    return hashlib.sha256(repr(told).encode()).hexdigest()
