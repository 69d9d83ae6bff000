"""How many lines of the body go on each page, so that the 署名 has text on its page.

GB/T 9704-2012 7.3.5.4: 所剩空白处不能容下印章、成文日期时，可以采取调整行距的措施解决.
Lines of a page are set up to a point wider or closer; where that does not do, what stays blank is
shared by the pages.
"""

from collections.abc import Sequence
from typing import NamedTuple

from issues.notices.page import metrics
from issues.notices.page.sheets import BodyLine, fitting, room_under

_LOOKED_BACK = 5  # pages before the last whose lines may go over
_MOST_OVER = 9  # lines of a page that may go over to the next
_TIGHT = 1.0  # what one blank line over the 署名 costs, in blank lines of a page squared
_LONELY = 0.5  # a single line of text over the 署名
_SHIFTED = 0.1


class Leaf(NamedTuple):
    """A page: how many lines of the body it bears, and from one to the next in points."""

    lines: int
    pitch: float = metrics.LINE


class Seats(NamedTuple):
    """`blank`: lines between what is over the 署名 and the 署名.

    `has_text`: some of the lines stand over it. Too few lines cannot, where page one is full.
    """

    leaves: tuple[Leaf, ...]
    blank: int
    has_text: bool = True


def seated(
    lines: Sequence[BodyLine], top: float, below: int, closing: int = 0, *, on_back: bool = False
) -> Seats:
    """Which lines stand on which page.

    `top`: where the first page goes on. `below`: the lines under the body on its last page, without
    the blank ones over the 署名. `closing`: lines that are best at the foot of the same page, as a
    版记 is, rather than on a page of their own; `on_back`: on an even page only.
    """
    plain = _seated(lines, top, below)
    if not closing or (on_back and len(plain.leaves) % 2):
        return plain
    closed = _seated(lines, top, below + closing)
    return closed if len(closed.leaves) <= len(plain.leaves) + 1 else plain


def _seated(lines: Sequence[BodyLine], top: float, below: int) -> Seats:
    plain = _plain(lines, top)
    blank = metrics.BLANK_BEFORE_SIGNER
    last = _last(plain[-1], _top(len(plain) - 1, top), below + blank)
    if last is not None and (last.lines or len(plain) == 1):
        return Seats((*(Leaf(count) for count in plain[:-1]), last), blank)
    kept = plain[: max(0, len(plain) - _LOOKED_BACK)]
    found = _searched(lines, (len(kept), sum(kept)), top, below)
    if found is None:  # too short a text to stand on two pages
        return Seats(tuple(Leaf(count) for count in plain), blank, has_text=False)
    return Seats((*(Leaf(count) for count in kept), *found.leaves), found.blank)


def _plain(lines: Sequence[BodyLine], top: float) -> list[int]:
    """Every page as full as it goes."""
    counts: list[int] = []
    rest = lines
    while len(rest) > (room := room_under(_top(len(counts), top), metrics.LINE)):
        counts.append(fitting(rest, room) if room else 0)
        rest = rest[counts[-1] :]
    return [*counts, len(rest)]


def _top(page: int, top: float) -> float:
    return metrics.TOP if page else top


def _last(count: int, top: float, below: int) -> Leaf | None:
    """The last page where it has room for both, its lines closer if need be."""
    rows, free = count + below, metrics.BOTTOM - top - metrics.BODY
    if rows <= room_under(top, metrics.LINE):
        return Leaf(count)
    pitch = free / (rows - 1)
    return Leaf(count, pitch) if pitch >= metrics.LINE - metrics.MOST_PITCH else None


def _full(count: int, top: float) -> tuple[Leaf, float]:
    """A page that is followed by another, its lines wider if need be; and the lines left blank."""
    free = metrics.BOTTOM - top - metrics.BODY
    if count >= room_under(top, metrics.LINE):
        return Leaf(count), 0.0
    pitch = min(metrics.LINE + metrics.MOST_PITCH, free / max(count - 1, 1))
    return Leaf(count, pitch), max(0.0, free - (count - 1) * pitch) / metrics.LINE


class _Way(NamedTuple):
    cost: float
    leaves: tuple[Leaf, ...]


def _searched(
    lines: Sequence[BodyLine], begun: tuple[int, int], top: float, below: int
) -> Seats | None:
    """The cheapest way to go on behind so many pages and lines: blank lines cost their square."""
    page, done = begun
    ways = {done: _Way(0.0, ())}
    best: tuple[float, Seats] | None = None
    while ways:
        here = _top(page, top)
        for start, way in ways.items():
            for blank in range(metrics.BLANK_BEFORE_SIGNER, 0, -1):
                leaf = _last(len(lines) - start, here, below + blank)
                if leaf is None or (page and leaf.lines < 1):
                    continue
                cost = way.cost + _price(leaf, blank)
                if best is None or cost < best[0]:
                    best = cost, Seats((*way.leaves, leaf), blank)
        ways = _further(lines, ways, here, best[0] if best else None)
        page += 1
    return best[1] if best else None


def _price(leaf: Leaf, blank: int) -> float:
    tight = _TIGHT * (metrics.BLANK_BEFORE_SIGNER - blank)
    return tight + _LONELY * (leaf.lines == 1) + _SHIFTED * abs(leaf.pitch - metrics.LINE)


def _further(
    lines: Sequence[BodyLine], ways: dict[int, _Way], top: float, most: float | None
) -> dict[int, _Way]:
    """Each way with one page more, none whose foot is a heading or that took all the lines."""
    found: dict[int, _Way] = {}
    room = room_under(top, metrics.LINE)
    for start, way in ways.items():
        for count in range(max(1, room - _MOST_OVER), room + 1):
            end = start + count
            if end >= len(lines) or lines[end - 1].keeps:
                continue
            leaf, blank = _full(count, top)
            cost = way.cost + blank**2 + _SHIFTED * (leaf.pitch != metrics.LINE)
            if (most is None or cost < most) and (end not in found or cost < found[end].cost):
                found[end] = _Way(cost, (*way.leaves, leaf))
    return found
