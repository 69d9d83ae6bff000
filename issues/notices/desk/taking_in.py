"""A text that comes back from a word processor, made a set of marked changes to the draft.

Paragraphs are aligned in order: the same text is kept, a like one is changed, what only one side
has is added or struck. Numbers such as 一、 and 1. only tell a level, as in a template. Nothing is
changed before a clerk accepts it, one by one or all together.
"""

import re
from collections.abc import Collection, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple, Protocol

from issues.ground import signs
from issues.notices.desk.overlay import Standing, digest
from issues.notices.desk.pieces import Piece
from issues.notices.desk.shape import DeskFacts
from issues.notices.desk.steps import FIRST, Step, taken
from issues.notices.page.document import Level
from issues.vocabulary.desk import DeskAct

LIKE = 0.45
"""Of 1 how like two paragraphs are to be one that was changed."""
_LEVELS = (
    (Level.FIRST, re.compile(r"[一二三四五六七八九十]+、\s*")),
    (Level.SECOND, re.compile(r"[（(][一二三四五六七八九十]+[)）]\s*")),
    (Level.THIRD, re.compile(r"\d{1,2}[.．]\s*(?!\d)")),
    (Level.FOURTH, re.compile(r"[（(]\d{1,2}[)）]\s*")),
)


class Told(Protocol):
    """A paragraph as the reader of the file tells it."""

    @property
    def level(self) -> int: ...

    @property
    def text(self) -> str: ...


class What(StrEnum):
    KEPT = "kept"
    CHANGED = "changed"
    ADDED = "added"
    STRUCK = "struck"


class Change(NamedTuple):
    """`id`: of the paragraph of the draft, of an added one what it stands behind.

    `before` is what the draft says, `after` what the file says; `token` names it to accept it.
    """

    what: What
    id: str
    base: str
    before: str
    after: str
    level: int
    token: str


class _Read(NamedTuple):
    level: Level
    text: str


def changes(present: Sequence[Standing], told: Sequence[Told]) -> list[Change]:
    """In the order of the page. Struck paragraphs of the draft are no part of it."""
    here = [one for one in present if not one.is_struck]
    there = [one for one in map(_read, told) if one.text]
    left, right = [_plain(one.text) for one in here], [_plain(one.text) for one in there]
    found: list[Change] = []
    behind = FIRST
    for a, b in _pairs(left, right):
        if a is None and b is not None:
            found.append(_change(What.ADDED, behind, "", "", there[b], len(found)))
        elif a is not None and b is None:
            one = here[a]
            gone = _Read(one.level, "")
            found.append(_change(What.STRUCK, one.id, one.base, one.text, gone, len(found)))
            behind = one.id
        elif a is not None and b is not None:
            found.append(_between(here[a], there[b], len(found)))
            behind = here[a].id
    return found


def _read(told: Told) -> _Read:
    """The number tells the level where the file's own styles tell none."""
    text = signs.clean(told.text).strip()
    for level, mark in _LEVELS:
        found = mark.match(text)
        if found:
            return _Read(level, text[found.end() :])
    return _Read(Level(told.level), text)


def _between(one: Standing, read: _Read, place: int) -> Change:
    is_same = _plain(one.text) == _plain(read.text) and one.level == read.level
    what = What.KEPT if is_same else What.CHANGED
    return _change(what, one.id, one.base, one.text, read, place)


def _change(what: What, id_: str, base: str, before: str, read: _Read, place: int) -> Change:
    token = digest(str(place), what, id_, base, before, read.text, str(read.level.value))
    return Change(what, id_, base, before, read.text, read.level.value, token)


def _plain(text: str) -> str:
    """Blanks a word processor puts in or takes out are no change."""
    return re.sub(r"\s+", "", text)


def _pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[int | None, int | None]]:
    found: list[tuple[int | None, int | None]] = []
    for what, a0, a1, b0, b1 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if what == "equal":
            found += list(zip(range(a0, a1), range(b0, b1), strict=True))
        else:
            found += _like(left, right, (a0, a1), (b0, b1))
    return found


def _like(
    left: Sequence[str], right: Sequence[str], here: tuple[int, int], there: tuple[int, int]
) -> list[tuple[int | None, int | None]]:
    """The best alignment in order between two equal stretches, by how like paragraphs are."""
    (a0, a1), (b0, b1) = here, there
    best = [[0.0] * (b1 - b0 + 1) for _ in range(a1 - a0 + 1)]
    alike = {(a, b): _likeness(left[a], right[b]) for a in range(a0, a1) for b in range(b0, b1)}
    for a in range(a1 - 1, a0 - 1, -1):
        for b in range(b1 - 1, b0 - 1, -1):
            i, j = a - a0, b - b0
            both = alike[a, b] + best[i + 1][j + 1] if alike[a, b] >= LIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    found: list[tuple[int | None, int | None]] = []
    a, b = a0, b0
    while a < a1 and b < b1:
        i, j = a - a0, b - b0
        if alike[a, b] >= LIKE and best[i][j] == alike[a, b] + best[i + 1][j + 1]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((a, None))
            a += 1
        else:
            found.append((None, b))
            b += 1
    return [*found, *((x, None) for x in range(a, a1)), *((None, x) for x in range(b, b1))]


def _likeness(one: str, other: str) -> float:
    """From 0 to 1; the same heading before a 。 says that it is the same paragraph, rewritten."""
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    (head, _, rest), (same, _, _) = one.partition("。"), other.partition("。")
    return max(ratio, LIKE) if rest and head == same else ratio


def accepted(
    composed: list[Piece], desk: DeskFacts, found: Sequence[Change], tokens: Collection[str]
) -> tuple[DeskFacts, str]:
    """The desk with the changes that were accepted. Raises Conflict, Incomplete, NotFound."""
    after, count = deepcopy(desk), 0
    behind: dict[str, str] = {}
    for change in found:
        if change.what is What.KEPT or change.token not in tokens:
            continue
        step = _step(change, behind)
        known = set(after.get("paragraphs") or {})
        after, _said = taken(composed, after, step)
        if change.what is What.ADDED:
            (key,) = set(after["paragraphs"]) - known
            behind[change.id] = digest(key)[:10]
        count += 1
    return after, f"{count}处"


def _step(change: Change, behind: dict[str, str]) -> Step:
    """Of several added behind one paragraph each stands behind the one before it."""
    if change.what is What.ADDED:
        place = behind.get(change.id, change.id)
        return Step(DeskAct.ADD, place, "", change.after, change.level)
    if change.what is What.STRUCK:
        return Step(DeskAct.STRIKE, change.id, change.base)
    return Step(DeskAct.WRITE, change.id, change.base, change.after, change.level)
