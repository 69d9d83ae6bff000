"""Which new rows of a sheet are like a ticket of the register, and which are like each other.

A row that a number names is not asked: its number says which problem it is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import or_, select

from extensions import db
from issues.exchange.already_here import BY_TEXT, cell_of, is_unnamed
from issues.exchange.asking_alike.question import NEW, Like, Question
from issues.exchange.asking_alike.shares import RAISED, Facts, Rows, beside, pairs_of, share
from issues.exchange.differences.arriving import Compared
from issues.exchange.reading.items import CellNotice, ItemRead, Understood
from issues.models import Issue
from issues.vocabulary import Status

MOST_OFFERED = 3
NO_LONGER = (Status.MERGED, Status.WITHDRAWN, Status.TAKEN_BACK)
"""A ticket that stands so is no problem of the register that a row could be."""


def ask(understood: Understood, compared: Compared) -> tuple[Question, ...]:
    """In the order of the rows, answered or not. One statement; none where no row is new."""
    asked = {item.row: item for item in _unnamed(compared)}
    asked |= {i.row: i for i in understood.items if i.row in understood.same_rows}
    if not asked:
        return ()
    likes = _likes(understood, compared, {row: facts_of(item) for row, item in asked.items()})
    return tuple(_question(understood, asked[row], likes[row]) for row in sorted(likes))


def alike_in_sheet(understood: Understood, compared: Compared) -> list[CellNotice]:
    """For each new row like an earlier one, a notice at it that names the most alike."""
    items = {item.row: item for item in _unnamed(compared)}
    rows = Rows({row: facts_of(item) for row, item in items.items()})
    told = []
    for row, item in items.items():
        like = [one for one in rows.like(rows.facts[row]) if one[0] < row]
        if like:
            first, same, why = max(like, key=lambda one: (_weight(one[1], one[2]), -one[0]))
            because = "，".join((f"字词相同{same}%", *why))
            cell, heading = cell_of(understood, item, BY_TEXT)
            said = f"与第{first}行可能是同一问题（{because}），请核对"
            told.append(CellNotice(cell, heading, "", said))
    return told


def facts_of(item: ItemRead) -> Facts:
    firm = item.texts.get("subject_firm") or ""
    return Facts(item.region, item.problem, item.place, firm, item.lon, item.lat)


def _unnamed(compared: Compared) -> Iterator[ItemRead]:
    """The rows that would come in as new and that nothing numbers."""
    return (i for i in compared.new if is_unnamed(i) and i.row not in compared.again)


def _weight(same: int, why: Collection[str]) -> int:
    return same + (RAISED if why else 0)


def _likes(
    understood: Understood, compared: Compared, facts: Mapping[int, Facts]
) -> dict[int, list[Like]]:
    """By their rows, those that are like a ticket which no other row of the sheet is.

    The ticket that a row was answered to be is among its own whatever it says by now.
    """
    taken = {here.id for row, here in compared.here.items() if row not in understood.same_rows}
    claimed = {number: row for row, number in understood.same_rows.items()}
    rows, found = Rows(facts), defaultdict[int, list[Like]](list)
    for id_, number, other in _tickets({one.region for one in facts.values()}, claimed):
        if id_ in taken:
            continue
        like = {row: (same, why) for row, same, why in rows.like(other)}
        if (row := claimed.get(number)) is not None and row not in like:
            same = share(rows.pairs[row], pairs_of(other.problem))
            like[row] = (same, beside(facts[row], other))
        for row, (same, why) in like.items():
            one = Like(number, other.problem, other.place, same, why)
            _offer(found[row], one, understood.same_rows.get(row, ""))
    return dict(found)


def _offer(likes: list[Like], one: Like, answered: str) -> None:
    """The most alike stay, and the one that was answered."""
    likes.append(one)
    if len(likes) > MOST_OFFERED:
        others = [like for like in likes if like.number != answered]
        likes.remove(min(others, key=lambda like: _weight(like.share, like.why)))


def _tickets(
    regions: Collection[str], numbers: Collection[str]
) -> Iterator[tuple[int, str, Facts]]:
    asked = select(
        Issue.id, Issue.number, Issue.region, Issue.problem, Issue.place, Issue.subject_firm,
        Issue.lon, Issue.lat,
    ).where(
        or_(Issue.region.in_(sorted(regions)), Issue.number.in_(sorted(numbers))),
        Issue.status.not_in(NO_LONGER),
    )  # fmt: skip
    for row in db.session.execute(asked.order_by(Issue.id)):
        yield row[0], row[1], Facts(*row[2:])


def _question(understood: Understood, item: ItemRead, likes: list[Like]) -> Question:
    cell, heading = cell_of(understood, item, BY_TEXT)
    answer = understood.same_rows.get(item.row, "")
    if not answer and item.row in understood.new_rows:
        answer = NEW
    likes.sort(key=lambda one: (-_weight(one.share, one.why), one.number))
    return Question(item.row, cell, heading, item.problem, item.place, tuple(likes), answer)
