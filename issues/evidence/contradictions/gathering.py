"""The papers of tickets as the rules of contradictions read them: a fixed number of statements.

Left out is what nobody may rely upon any more (returned reports, files and readings that were
withdrawn, replaced versions) and what a unit must not learn of: covert files.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select

from auth.models import Unit
from extensions import plain_rows
from issues.evidence.contradictions.filed import FILES, files_of
from issues.ground import clock
from issues.ground.batches import ByIssue, Reads, asked, narrowed, prepared
from issues.models import (
    Claim,
    Contradiction,
    Event,
    Extension,
    Issue,
    IssueUnit,
    Measure,
    Notice,
    NoticeIssue,
    ProgressReport,
    Reading,
    Region,
)
from issues.rules.contradictions.sources import Figure, Paper, Sample, Step, Text
from issues.rules.dates.days import written
from issues.vocabulary import Action, RegionKind, SourceKind, Status, Subject

APART = frozenset({Status.DRAFT, Status.MERGED, Status.WITHDRAWN})
"""Tickets that are not worked upon: their papers say nothing of one."""


def papers_of(issues: Sequence[Issue]) -> tuple[dict[int, Paper], ByIssue]:
    """By the id of the ticket; and of each what is kept of its contradictions.

    Where nothing was said, ticked, read or filed of a ticket there are no two sources: its paper
    is an empty one.
    """
    rows = _ALL.by_issue([issue.id for issue in issues])
    told = [issue for issue in issues if issue.status not in APART and _is_told(issue, rows)]
    found = {issue.id: Paper() for issue in issues}
    if not told:
        return found, rows["kept"]
    ids = [issue.id for issue in told]
    worded = [one.id for one in told if one.remark or _in_ledger(rows["measures"][one.id])]
    counties, days, units = _counties(), _days_of_words(worded), _units(ids)
    files = files_of(told, counties, rows["files"])
    for issue in told:
        of_round = {
            name: [row for row in rows[name][issue.id] if row.round == issue.round]
            for name in ("measures", "reports", "claims", "extensions")
        }
        found[issue.id] = Paper(
            **_about(issue, counties, units[issue.id]),
            extended_to=max((row.deadline for row in of_round["extensions"]), default=None),
            steps=tuple(map(_step, of_round["measures"])),
            texts=tuple(_texts(issue, rows["replies"][issue.id], days.get(issue.id), **of_round)),
            samples=tuple(map(_sample, rows["readings"][issue.id])),
            files=files[issue.id],
        )
    return found, rows["kept"]


def _in_ledger(measures: Sequence[Measure]) -> bool:
    return any(row.progress for row in measures)


def _is_told(issue: Issue, rows: Mapping[str, ByIssue]) -> bool:
    return bool(issue.remark) or any(rows[name][issue.id] for name in rows if name != "kept")


def _in_order(model: Any, condition: Any, order: Any) -> Any:
    rows = select(model).where(condition).order_by(model.issue_id, order)
    return narrowed(rows, model.issue_id)


@prepared
def _answers() -> Select[*tuple[Any, ...]]:
    """Answers to signed papers of one ticket alone: of several nobody knows which is meant."""
    only = select(NoticeIssue.notice_id).group_by(NoticeIssue.notice_id)
    only = only.having(func.count() == 1)
    return (
        select(NoticeIssue.issue_id, Notice.id, Notice.number, Notice.reply, Notice.replied_at)
        .join(Notice, Notice.id == NoticeIssue.notice_id)
        .where(asked(NoticeIssue.issue_id), Notice.reply != "", Notice.void_reason == "")
        .where(Notice.replied_at.is_not(None), Notice.id.in_(only))
        .order_by(Notice.id)
    )


_ALL = Reads(
    rows={"replies": _answers},
    objects={
        "measures": _in_order(Measure, Measure.dropped_at.is_(None), Measure.no),
        "reports": _in_order(ProgressReport, ProgressReport.state != "returned", ProgressReport.id),
        "claims": _in_order(Claim, Claim.ended_on.is_(None), Claim.id),
        "extensions": _in_order(Extension, Extension.state != "refused", Extension.id),
        "readings": _in_order(Reading, Reading.withdrawn_at.is_(None), Reading.id),
        "files": FILES,
        "kept": narrowed(select(Contradiction), Contradiction.issue_id),
    },
)


def _days_of_words(ids: Sequence[int]) -> dict[int, date]:
    """The last day on which the words of a ticket and its measures may have been written."""
    return dict(map(tuple, plain_rows(_WORDED(), {"ids": ids}))) if ids else {}


_WORDED = narrowed(
    select(Event.subject_id, func.max(Event.on))
    .where(
        Event.subject == Subject.TICKET.value,
        Event.action.in_(
            act.value for act in (Action.REGISTER, Action.IMPORT, Action.EDIT, Action.AMEND)
        ),
    )
    .group_by(Event.subject_id),
    Event.subject_id,
)


def _counties() -> dict[str, str]:
    """The name of each county by the code of its region."""
    return dict(map(tuple, plain_rows(_COUNTIES)))


_COUNTIES = select(Region.code, Region.name).where(Region.kind == RegionKind.COUNTY)


def _units(ids: Sequence[int]) -> Mapping[int, list[str]]:
    """What the units of each ticket are called."""
    rows: dict[int, list[str]] = defaultdict(list)
    for row in plain_rows(_UNITS(), {"ids": ids}):
        rows[row.issue_id] += (row.name, row.short_name)
    return rows


_UNITS = narrowed(
    select(IssueUnit.issue_id, Unit.name, Unit.short_name).join(Unit), IssueUnit.issue_id
)


def _about(issue: Issue, counties: Mapping[str, str], units: Sequence[str]) -> dict[str, Any]:
    own = counties.get(issue.region, "")
    return {
        "county": own,
        "others": tuple(name for name in counties.values() if name != own),
        "own_words": "\n".join((issue.title, issue.problem, issue.place, issue.goal, *units)),
        "assigned_on": issue.first_assigned_on,
        "claimed_on": issue.claimed_on,
        "deadline": issue.deadline,
    }


def _step(row: Measure) -> Step:
    return Step(
        row.id, row.no, row.text, row.deadline, row.target, row.unit_of_target, row.confirmed,
        row.is_done, row.done_on,
    )  # fmt: skip


def _sample(row: Reading) -> Sample:
    return Sample(
        row.id, row.pollutant, row.value, row.unit_of_value, row.sampled_on, row.evidence_id
    )


def _texts(
    issue: Issue,
    replies: Sequence[Any],
    written_by: date | None,
    *,
    measures: Sequence[Measure],
    reports: Sequence[ProgressReport],
    claims: Sequence[Claim],
    extensions: Sequence[Extension],
) -> list[Text]:
    """In the order of their days; those without one first."""
    kept = SourceKind
    found = [Text(kept.REMARK, 0, kept.REMARK.label, issue.remark, written_by)]
    found += _of_ledger(measures, reports, written_by)
    found += [
        Text(kept.REPORT, row.id, f"{written(row.on)}进展填报", row.text, row.on, _figures(row))
        for row in reports
    ]
    found += [
        Text(kept.REPLY, row.id, f"{row.number}的答复", row.reply, clock.day_of(row.replied_at))
        for row in replies
    ]
    found += [
        Text(kept.EXTENSION, row.id, f"{written(row.asked_on)}延期申请", row.progress, row.asked_on)
        for row in extensions
    ]
    found += [
        Text(kept.CLAIM, row.id, f"{written(row.claimed_on)}验收申请", row.text, row.claimed_on)
        for row in claims
    ]
    return sorted((one for one in found if one.text), key=lambda one: one.on or date.min)


def _of_ledger(
    measures: Sequence[Measure], reports: Sequence[ProgressReport], written_by: date | None
) -> Iterator[Text]:
    """What a ledger says of a measure, until a report says more of it."""
    said = {line["measure"] for row in reports for line in row.lines}
    for row in measures:
        if row.progress and row.id not in said:
            name = f"措施{row.no}台账进展"
            yield Text(SourceKind.LEDGER, row.id, name, row.progress, written_by, (), row.id)


def _figures(row: ProgressReport) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            line["measure"],
            line["no"],
            _exact(line["reported"]),
            _exact(line["before_reported"]),
            line["done"],
        )
        for line in row.lines
    )


def _exact(figure: str | None) -> Decimal | None:
    return None if figure is None else Decimal(figure)
