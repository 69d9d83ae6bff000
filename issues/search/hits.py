"""Where the words of a question stand in the tickets found, as far as the person may be told.

Read from the facts themselves, by the same texts the index is made of: nothing is kept twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.ground.batches import among
from issues.models import SearchText
from issues.search import initials
from issues.search.asking import contains_any
from issues.search.kinds import READ
from issues.search.part import Part
from issues.search.readers import Reader
from issues.search.spelling import Piece, excerpt, pieces, places, words_of
from issues.vocabulary import FoundIn

MOST = 3
"""So many places are told of a ticket, one for each word first."""


class Hit(NamedTuple):
    """One place. `is_in_line`: the list shows the text anyway."""

    kind: FoundIn
    label: str
    pieces: tuple[Piece, ...]
    is_in_line: bool

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def hits_of(question: str, actor: Actor, ids: Sequence[int]) -> dict[int, list[Hit]]:
    """By ticket. One statement, and one or two more for each kind of place where words stand."""
    words, reader = words_of(question), Reader.of(actor)
    if not words or not ids:
        return {}
    found: dict[int, list[tuple[Part, frozenset[str]]]] = defaultdict(list)
    for kind, some in _kinds(words, reader, ids).items():
        for part in READ[kind](some):
            held = _held(part, words) if reader.sees(part) else frozenset()
            if held:
                found[part.issue_id].append((part, held))
    return {issue_id: _told(each, words) for issue_id, each in found.items()}


def marked(text: str, question: str) -> tuple[Piece, ...]:
    """A text that the list shows, with the words of the question marked in it."""
    return pieces(text, places(text, words_of(question)))


def _kinds(words: Sequence[str], reader: Reader, ids: Sequence[int]) -> dict[FoundIn, list[int]]:
    """The kinds of places where one of the words stands, each with its tickets, in order."""
    rows = (
        select(SearchText.kind, SearchText.issue_id)
        .where(among(SearchText.issue_id, ids), reader.condition(), contains_any(words))
        .distinct()
    )
    found: dict[str, list[int]] = defaultdict(list)
    for kind, issue_id in db.session.connection().execute(rows):
        found[kind].append(issue_id)
    return {kind: found[kind.value] for kind in FoundIn if kind.value in found}


def _held(part: Part, words: Sequence[str]) -> frozenset[str]:
    lines = part.body.split("\n")
    return frozenset(word for word in words if any(word in line for line in lines))


def _told(found: Sequence[tuple[Part, frozenset[str]]], words: Sequence[str]) -> list[Hit]:
    """For each word the first place, then others, in the order of the kinds."""
    firsts = [
        next((n for n, (_, held) in enumerate(found) if word in held), None) for word in words
    ]
    chosen = dict.fromkeys(n for n in firsts if n is not None)
    chosen |= dict.fromkeys(range(len(found)))
    return [_hit(found[n][0], words) for n in sorted(list(chosen)[:MOST])]


def _hit(part: Part, words: Sequence[str]) -> Hit:
    text = " ".join(part.text.split())
    found = places(text, words)
    if not found and part.is_spelt:
        found = _spelt_places(text, words)
    return Hit(part.kind, part.label, excerpt(text, found), part.is_in_line)


def _spelt_places(text: str, words: Sequence[str]) -> set[int]:
    return {
        place
        for word in words
        for spelt in initials.spellings(text)
        if (begin := spelt.line.find(word)) >= 0
        for place in spelt.places[begin : begin + len(word)]
    }
