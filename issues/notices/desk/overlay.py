"""What stands on the page: the composed paragraphs with a person's changes laid over them.

The record moves on under a draft: an untouched paragraph follows it, a touched one stays as the
person left it and is told apart, and none that a person wrote is ever lost.
"""

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from issues.notices.desk.pieces import Origin, Piece
from issues.notices.desk.shape import BlockFacts, DeskFacts, EntryFacts
from issues.notices.page.document import Level, Picture

DIGITS = 16


class State(StrEnum):
    """How a paragraph stands to the record."""

    KEPT = "kept"
    EDITED = "edited"
    ADDED = "added"
    STRUCK = "struck"
    GONE = "gone"


DEPARTING = frozenset({State.EDITED, State.ADDED, State.STRUCK, State.GONE})


class Standing(NamedTuple):
    """One paragraph. `record`: what the record says now, None where it says nothing of it.

    `record_then`: what it said when the person wrote. `is_struck` ones are not printed.
    """

    key: str
    level: Level
    text: str
    record: str | None
    record_then: str | None
    is_struck: bool
    origin: Origin
    is_own: bool = False
    own_level: bool = False
    picture: BlockFacts | None = None

    @property
    def id(self) -> str:
        """The key as it stands in an address."""
        return id_of(self.key)

    @property
    def state(self) -> State:
        if self.is_own:
            return State.KEPT if self.is_struck else State.ADDED
        if self.is_struck:
            return State.STRUCK if self.record is not None else State.KEPT
        if self.record is None:
            return State.GONE
        return State.KEPT if self.text == self.record else State.EDITED

    @property
    def has_moved(self) -> bool:
        """Whether the record says something else than when the person wrote."""
        return self.record_then is not None and self.record_then != self.record

    @property
    def base(self) -> str:
        """What a person has before their eyes: a change upon something else is a conflict."""
        return digest(self.text, str(self.level.value), str(self.is_struck))

    @property
    def token(self) -> str:
        """Of the departure: another text or another record is another one to be confirmed."""
        return digest(self.key, self.state, self.text, self.record or "")


def id_of(key: str) -> str:
    return digest(key)[:10]


def digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:DIGITS]


def standing(composed: Sequence[Piece], desk: DeskFacts) -> list[Standing]:
    """Every paragraph in the order of the page, struck ones too."""
    entries = desk.get("paragraphs") or {}
    pieces = {piece.key: piece for piece in composed}
    found = []
    for key in _order(list(pieces), desk.get("order") or [], entries):
        entry, piece = entries.get(key, {}), pieces.get(key)
        if piece is not None or entry.get("own") or "text" in entry:
            found.append(_stands(key, piece, entry))
    return found


def _stands(key: str, piece: Piece | None, entry: EntryFacts) -> Standing:
    record = piece.text if piece else None
    level = piece.level if piece else Level.TEXT
    return Standing(
        key=key,
        level=Level(entry.get("level", level)),
        text=entry.get("text", record or ""),
        record=record,
        record_then=entry.get("record"),
        is_struck=entry.get("struck", False),
        origin=piece.origin if piece else Origin(0),
        is_own=entry.get("own", False),
        own_level="level" in entry and piece is not None,
        picture=entry.get("picture"),
    )


def _order(
    composed: Sequence[str], kept: Sequence[str], entries: Mapping[str, EntryFacts]
) -> list[str]:
    """As it was arranged; what the record says anew comes behind what it says before it."""
    known = {*composed, *entries}
    order = [key for key in dict.fromkeys(kept) if key in known]
    before = ""
    for key in composed:
        if key not in order:
            order.insert(order.index(before) + 1 if before else 0, key)
        before = key
    return [*order, *(key for key in entries if key not in order)]


def printed(composed: Sequence[Piece], desk: DeskFacts) -> list[Piece]:
    """What the paper says: the pieces that are not struck."""
    if not desk:
        return list(composed)
    return [
        Piece(one.key, one.level, one.text, one.origin, _picture(one))
        for one in standing(composed, desk)
        if not one.is_struck
    ]


def _picture(one: Standing) -> Picture | None:
    block = one.picture
    return Picture(block["sha256"], block["width"], block["height"]) if block else None


def tidied(composed: Sequence[Piece], desk: DeskFacts) -> DeskFacts:
    """Without what says nothing: a desk as it was found is no desk."""
    found: DeskFacts = {}
    entries = desk.get("paragraphs") or {}
    order = desk.get("order") or []
    if order and (entries or order != [piece.key for piece in composed]):
        found["order"] = order  # of what is written too: its record may be gone another day
    if entries:
        found["paragraphs"] = entries
    if annexes := desk.get("annexes"):
        found["annexes"] = annexes
    return found
