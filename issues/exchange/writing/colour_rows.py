"""Why each ticket has its colour, as rows of a sheet: the words of the page and the API."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from extensions import db
from issues.ground.batches import among
from issues.models import Card, Issue
from issues.rules.colour import computed_colour, folded, next_change, shown_colour
from issues.rules.dates.days import written
from issues.rules.firings import Firing
from issues.vocabulary import OFF_BOARD, Colour

HEADS = (
    ("编号", 17), ("颜色", 6), ("按规则计算", 10), ("挂牌", 8), ("触发规则", 14),
    ("颜色起始日", 12), ("原因", 60), ("解除办法", 50), ("如无新的进展", 30), ("黄牌次数", 9),
    ("红牌次数", 9), ("规则版次", 9),
)  # fmt: skip
Line = tuple[str | date | int | None, ...]


def colour_rows(on: date, chosen: Collection[int]) -> list[Line]:
    """One row for each reason of a chosen ticket of the board, one for one with none.

    A lighter rule stands within its graver one, as on the page.
    """
    kept = (
        Issue.id, Issue.number, Issue.status, Issue.yellow_from, Issue.red_from, Issue.card,
        Issue.policy, Issue.firings,
    )  # fmt: skip
    asked = select(*kept).where(Issue.status.not_in(OFF_BOARD), among(Issue.id, chosen))
    rows = db.session.execute(asked.order_by(Issue.number)).all()
    cards = cards_by_ticket()
    lines: list[Line] = []
    for row in rows:
        found = [Firing.from_document(document) for document in row.firings]
        change = next_change(found, on, row.status)
        told = f"{written(change.on)}变{change.colour.label}" if change else ""
        card = f"{Colour(row.card).label}牌" if row.card else ""
        head = (
            row.number, shown_colour(row, on).label, computed_colour(row, on).label, card,
        )  # fmt: skip
        counted = cards[row.id]
        tail = (told, counted["yellow"], counted["red"], row.policy)
        lines += [
            (*head, f"{f.rule.value} {f.rule.label}", f.since, f.because(on), f.remedy(on), *tail)
            for f in (one.firing for one in folded(found, on))
        ] or [(*head, "", None, "", "", *tail)]
    return lines


def cards_by_ticket() -> dict[int, Counter[str]]:
    """How often each ticket was carded, by colour; what a lifted red card leaves is no new card."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    kept = (Card.issue_id, Card.colour)
    rows = select(*kept, func.count()).where(Card.is_watch.is_(False)).group_by(*kept)
    for issue_id, colour, count in db.session.execute(rows):
        counted[issue_id][colour] = count
    return counted
