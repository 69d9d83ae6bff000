"""Reports that say nearly the same as an earlier one: for a reviewer to look at twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues.evidence.flags.likeness import share_copied
from issues.models import Issue, ProgressReport
from issues.rights.table import reach

MOST_COMPARED = 400


@dataclass(frozen=True, slots=True)
class Twin:
    """An earlier report that reads nearly the same, and how nearly, in per cent."""

    number: str
    on: date
    share: int
    is_own: bool

    @property
    def sentence(self) -> str:
        where = "本事项" if self.is_own else self.number or "其他事项(不在您的查看范围内)"
        return f"与{where}{self.on}的填报几乎相同(相似度{self.share}%)"


def own_twins(said: Sequence[tuple[int, date, str]]) -> dict[int, Twin]:
    """Among the reports of one ticket, as (id, day, text) in their order. No statement."""
    found: dict[int, Twin] = {}
    for place, (id_, _, text) in enumerate(said):
        for _, on, other in said[:place]:
            share = share_copied(text, other)
            if share and (id_ not in found or share > found[id_].share):
                found[id_] = Twin("", on, share, is_own=True)
    return found


def twins_of(reports: Iterable[ProgressReport], reader: Actor) -> dict[int, Twin]:
    """The nearest earlier report of each, by its id; of the same ticket or the same unit.

    A returned report is no model: it comes again as it should. One statement for all of them.
    """
    wanted = list(reports)
    if not wanted:
        return {}
    earlier = _earlier(wanted, reader)
    found: dict[int, Twin] = {}
    for report in wanted:
        for row in earlier:
            if row.id >= report.id:
                continue
            share = share_copied(report.text, row.text)
            if share and (report.id not in found or share > found[report.id].share):
                is_own = row.issue_id == report.issue_id
                number = row.number if row.is_seen else ""
                found[report.id] = Twin(number, row.on, share, is_own)
    return found


def _earlier(reports: list[ProgressReport], reader: Actor) -> list:
    units = {report.reporter.unit_id for report in reports if report.reporter is not None}
    same = or_(
        ProgressReport.issue_id.in_({report.issue_id for report in reports}),
        User.unit_id.in_(units),
    )
    rows = (
        select(
            ProgressReport.id, ProgressReport.text, ProgressReport.on, ProgressReport.issue_id,
            Issue.number, reach(reader).label("is_seen"),
        )
        .join(Issue, Issue.id == ProgressReport.issue_id)
        .outerjoin(User, User.id == ProgressReport.reporter_id)
        .where(same, ProgressReport.state != "returned")
        .where(ProgressReport.id < max(report.id for report in reports))
        .order_by(ProgressReport.id.desc())
        .limit(MOST_COMPARED)
    )  # fmt: skip
    return list(db.session.execute(rows))
