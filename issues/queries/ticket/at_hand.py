"""What a person decides upon: shown on the page of the act itself, above its fields."""

from collections.abc import Callable, Iterator
from itertools import starmap
from typing import Any, NamedTuple

from sqlalchemy import func, select

from auth.actor import Actor
from extensions import db
from issues.colour.facts_of import findings_of, measures_of
from issues.evidence.flags.examine import report_flags
from issues.evidence.flags.flag import Flag
from issues.evidence.measured import live_targets
from issues.ground import clock
from issues.ground.present import present
from issues.models import (
    Claim,
    Extension,
    Issue,
    Lookback,
    Measure,
    Objection,
    SiteCheck,
)
from issues.queries.ticket import handed
from issues.queries.ticket.targets import beside_measures, suggestions_for, targets_on
from issues.rights.table import Right, may
from issues.rules.dates.days import written
from issues.vocabulary import Action
from issues.workflow.changes.accepting import held_kinds, required_kinds
from issues.workflow.changes.progress import pending_reports
from issues.workflow.effect.lacking import (
    gating_targets,
    lacks_of,
    limit_of,
    running_waivers,
)


class Paper(NamedTuple):
    """One thing at hand: what it is, what it says, and what to look at twice."""

    title: str
    lines: list[str]
    warning: str = ""


Find = Callable[[Issue, Actor], Iterator[Paper]]


def at_hand(action: Action, issue: Issue, actor: Actor) -> list[Paper]:
    find = _AT_HAND.get(action)
    return list(find(issue, actor)) if find else []


def _reports(issue: Issue, actor: Actor) -> Iterator[Paper]:
    waiting = pending_reports(issue.id, issue.round)
    flags = _copied(issue, actor)
    for report in waiting:
        who = report.reporter.display_name if report.reporter else "系统"
        unit = report.reporter.unit.short_name if report.reporter and report.reporter.unit else ""
        lines = [report.text, *map(line_of, report.lines)]
        title = f"{written(report.on)} {unit}{who}填报"
        yield Paper(title, lines, warning_of(flags.get(report.id)))


def _copied(issue: Issue, actor: Actor) -> dict[int, Flag]:
    return report_flags(issue, actor) if may(actor, Right.SEE_FLAGS, issue) else {}


def warning_of(flag: Flag | None) -> str:
    """The flag as it stands on the page of flags, with what was ruled of it."""
    if flag is None:
        return ""
    said = f"{flag.kind.label}：{flag.because}"
    if flag.ruled is None:
        return f"{said}，请核实后再定。"
    return f"{said}。已复核：{flag.ruled.ruling.label}，{flag.ruled.reason}"


def line_of(line: dict[str, Any]) -> str:
    """One measure of a report, with what stood there before."""
    said = []
    if line["reported"] is not None and line["reported"] != line["before_reported"]:
        before = line["before_reported"]
        said.append(f"累计完成{line['reported']}" + (f"（原{before}）" if before else ""))
    if line["done"] != line["before_done"]:
        said.append("已完成" if line["done"] else "改为未完成")
    return f"措施{line['no']}：{'、'.join(said) or '没有变化'}"


def _plan(issue: Issue, actor: Actor) -> Iterator[Paper]:
    lines = [_measure(measure) for measure in measures_of(issue)]
    yield Paper("报送的整改措施", lines)
    aims = beside_measures(issue, clock.today())
    if aims:
        told = (f"措施{one.measure}：{one.words}" if one.measure else one.words for one in aims)
        yield Paper("目标", [*told])
    yield from _read(issue, actor)


def _read(issue: Issue, _actor: Actor) -> Iterator[Paper]:
    """Targets that the ticket's words propose and nobody has set yet, for whoever fills a form."""
    found = suggestions_for(issue, targets_on(issue, clock.today()))
    if found:
        lines = [f"{one.words}（{one.place}：{one.read.quote}）" for one in found]
        yield Paper("从文字中读到、尚未登记的目标", lines)


def _measure(measure: Measure) -> str:
    until = f"，{written(measure.deadline)}前" if measure.deadline else ""
    target = ""
    if measure.target is not None:
        target = f"，目标{measure.target:f}{measure.unit_of_target}"
    return f"{measure.no}. {measure.text}（{measure.unit.short_name}{until}{target}）"


def _extension(issue: Issue, _actor: Actor) -> Iterator[Paper]:
    rows = select(Extension).where(Extension.issue_id == issue.id, Extension.state == "pending")
    granted = db.session.scalar(
        select(func.count(Extension.id)).where(
            Extension.issue_id == issue.id, Extension.state == "granted"
        )
    )
    for row in db.session.scalars(rows):
        first = issue.first_deadline or present(issue.deadline, f"the deadline of {issue.number}")
        yield Paper(
            f"{written(row.asked_on)}申请延至{written(row.deadline)}",
            [
                f"原定时限{written(first)}，已延期{granted}次，现时限{written(row.old_deadline)}",
                f"原因：{row.cause}",
                f"进展：{row.progress}",
            ],
        )


def _claim(issue: Issue, _actor: Actor) -> Iterator[Paper]:
    row = db.session.scalars(
        select(Claim).where(Claim.issue_id == issue.id, Claim.ended_on.is_(None))
    ).first()
    if row is not None:
        yield Paper(f"{written(row.claimed_on)}申请验收", [row.text])
    done = [f"{m.no}. {m.text}：{'已完成' if m.is_done else '未完成'}" for m in measures_of(issue)]
    yield Paper("各项措施", done)
    yield from _readings(issue)


def _first_acceptance(issue: Issue, actor: Actor) -> Iterator[Paper]:
    """With every copied report nobody has ruled on yet."""
    yield from _claim(issue, actor)
    for flag in _copied(issue, actor).values():
        if flag.is_open:
            yield Paper(f"{written(present(flag.on, flag.key))}填报的进展", [], warning_of(flag))


def _chain(issue: Issue, actor: Actor) -> Iterator[Paper]:
    yield from _claim(issue, actor)
    rows = select(SiteCheck).where(SiteCheck.issue_id == issue.id, SiteCheck.round == issue.round)
    for row in db.session.scalars(rows.order_by(SiteCheck.id.desc()).limit(1)):
        people = "、".join(row.inspectors)
        yield Paper("现场核查", [f"{row.place}，{people}：{row.conclusion.label}", row.reason])


def _before_claim(issue: Issue, _actor: Actor) -> Iterator[Paper]:
    """What acceptance asks for, and what is there: the same check that refuses the request."""
    lines = [
        f"{_mark(m.is_done)} {m.no}. {m.text}：{'已' if m.is_done else '尚未'}确认完成"
        for m in measures_of(issue)
    ]
    yield Paper("各项措施", lines)
    there = held_kinds(issue)
    needed = [
        f"{_mark(there[kind] >= count)} {kind.label}："
        + (f"已有{there[kind]}份" if there[kind] >= count else f"还差{count - there[kind]}份")
        for kind, count in required_kinds(issue).items()
    ]
    yield Paper("必备佐证材料", needed)
    yield from _readings(issue)


def _readings(issue: Issue) -> Iterator[Paper]:
    """The required targets, what lacks of them, and the head's word that it goes on without."""
    lacks, waivers = lacks_of(issue), running_waivers(issue)
    targets = [f"{one.name}{limit_of(one)}" for one in gating_targets(issue)]
    if not (targets or lacks or waivers):
        return
    lines = [f"○ {one.sentence}" for one in lacks] or [f"✓ {told}" for told in targets]
    said = [f"{one.by.display_name}决定仍予推进：{one.reason}" for one in waivers]
    yield Paper("必需的读数", lines, "；".join(said))


def _mark(is_there: bool) -> str:  # noqa: FBT001 - the one thing it marks
    return "✓" if is_there else "○"


def _objections(issue: Issue, _actor: Actor) -> Iterator[Paper]:
    rows = select(Objection).where(Objection.issue_id == issue.id, Objection.decided_on.is_(None))
    for row in db.session.scalars(rows.order_by(Objection.id)):
        yield Paper(f"{written(row.on)} {row.who}提出异议", [row.text])


def _lookbacks(issue: Issue, _actor: Actor) -> Iterator[Paper]:
    rows = select(Lookback).where(Lookback.issue_id == issue.id, Lookback.done_on.is_(None))
    lines = [
        f"{written(row.planned_on)}：{row.why}"
        for row in db.session.scalars(rows.order_by(Lookback.planned_on))
    ]
    if lines:
        yield Paper("已有计划", lines)
    if asked := [f"{one.name}：要求{limit_of(one)}" for one in live_targets(issue)]:
        yield Paper("须监测并登记读数的目标", asked)


def _findings(issue: Issue, _actor: Actor) -> Iterator[Paper]:
    for row in findings_of(issue):
        yield Paper(f"{written(row.on)}认定{row.result.label}", [row.reason])


def _told_by(find: Callable[[Issue, Actor], Iterator[handed.Told]]) -> Find:
    return lambda issue, actor: starmap(Paper, find(issue, actor))


_AT_HAND: dict[Action, Find] = {
    Action.EDIT: _read,
    Action.SUBMIT_PLAN: _read,
    Action.AMEND: _read,
    Action.APPROVE_PLAN: _plan,
    Action.RETURN_PLAN: _plan,
    Action.CONFIRM_PROGRESS: _reports,
    Action.RETURN_PROGRESS: _reports,
    Action.GRANT_EXTENSION: _extension,
    Action.REFUSE_EXTENSION: _extension,
    Action.REQUEST_ACCEPTANCE: _before_claim,
    Action.PASS_FIRST_ACCEPTANCE: _first_acceptance,
    Action.RETURN_ACCEPTANCE: _first_acceptance,
    Action.RECORD_SITE_CHECK: _claim,
    Action.APPROVE_CLOSURE: _chain,
    Action.RETURN_CLOSURE: _chain,
    Action.UPHOLD_OBJECTION: _objections,
    Action.DISMISS_OBJECTION: _objections,
    **{action: _told_by(find) for action, find in handed.HANDED.items()},
    Action.RECORD_LOOKBACK: _lookbacks,
    Action.PLAN_LOOKBACK: _lookbacks,
    Action.REOPEN: _findings,
}
