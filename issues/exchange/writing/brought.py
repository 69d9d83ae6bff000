"""What tickets were brought with: their 序号 and their supplementary info, for the export."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from extensions import db
from issues.exchange.measured.lines import set_apart
from issues.exchange.reading.extra_columns import HANDLED, handled, open_part
from issues.exchange.worked_out import OURS
from issues.exchange.writing.figured import Value
from issues.ground.batches import among
from issues.ground.numbers import LARGEST_ID, whole
from issues.models import Issue
from issues.tickets.supplement import SUPPLEMENT
from issues.vocabulary import Role

AT_ONCE = 500
COLUMNS_OF_THEIR_OWN = {
    "序号",
    "问题来源",
    "行政区域",
    "责任单位",
    "整改阶段",
    "申请验收日期",
}


def brought(chosen: Sequence[int], roles: frozenset[Role]) -> tuple[dict[int, str], set[str]]:
    """The 序号 of each ticket, and which of our own headings ledgers brought."""
    columns = (Issue.extra, *(getattr(Issue, name) for name in HANDLED))
    kept: dict[int, str] = {}
    names: set[str] = set()
    for begin in range(0, len(chosen), AT_ONCE):
        some = chosen[begin : begin + AT_ONCE]
        rows = select(Issue.id, *columns).where(among(Issue.id, some))
        by_id = {row.id: row for row in db.session.execute(rows)}
        for one in some:
            kept[one] = by_id[one].extra.get("序号", "")
            names.update(own_of(by_id[one], roles).keys() & OURS.keys())
    return dict(zip(chosen, _orders([*kept.values()]), strict=True)), names


def own_of(issue: Issue | Row[Any], roles: frozenset[Role]) -> dict[str, Value]:
    return set_apart(_supplement(issue.extra | handled(issue), roles))


def _orders(kept: Sequence[str]) -> Iterator[str]:
    """The 序号 a ticket came with, the first time it stands here; the others go on after them."""
    last = max((whole(order, 0, LARGEST_ID) or 0 for order in kept), default=0)
    seen: set[str] = set()
    for order in kept:
        if order and order not in seen:
            seen.add(order)
            yield order
        else:
            last += 1
            yield str(last)


def _supplement(kept: Mapping[str, str], roles: frozenset[Role]) -> dict[str, Value]:
    """What these readers are told of columns that are no field, and nothing of persons."""
    return {
        name: text
        for name, text in open_part(kept).items()
        if name not in COLUMNS_OF_THEIR_OWN and SUPPLEMENT.tells(name, roles)
    }
