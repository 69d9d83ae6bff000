"""What one ticket lacks in readings, each with item, value, limit and day in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select

from extensions import db
from issues.ground.refusals import Incomplete
from issues.models import Evidence, Issue, Measure, Reading, Target, Waiver
from issues.rules.required import MONITORED
from issues.rules.targets.effect import Lack, Told, dates_asked, is_within, lack_of, limit_words
from issues.rules.targets.judging import Held, holds
from issues.rules.targets.units import UNITLESS
from issues.vocabulary import EvidenceKind, Nature
from issues.workflow.act import Act
from issues.workflow.effect.conditions import is_waived


@dataclass(frozen=True, slots=True)
class Wanting:
    """One thing that holds the ticket up. `limit` is the limit in words, `value` what was read."""

    name: str
    limit: str
    value: Decimal | None
    on: date | None
    is_outside: bool
    sentence: str


def lacks_of(issue: Issue) -> list[Wanting]:
    """Two statements, however many targets and readings there are."""
    targets = gating_targets(issue)
    readings = _standing(issue)
    asked = dates_asked(issue.types)
    found = [
        _worded(target, lack)
        for target in targets
        if (lack := lack_of(held_of(target), _told(target, readings), asked))
        and (target.is_required or lack.is_outside)
    ]
    if is_monitored(issue):
        found += map(_beyond, _outside_own_limit(targets, readings))
    return found


def require_effect(act: Act) -> None:
    """Raises Incomplete, naming each, unless the head has decided that it goes on."""
    if errors := errors_of(act):
        raise Incomplete(errors, f"必需的读数缺少或未达标，不能{act.action.label}。")


def errors_of(act: Act) -> dict[str, list[str]]:
    lacks = [one.sentence for one in lacks_of(act.issue)]
    return {"readings": lacks} if lacks and not _goes_on(act.issue) else {}


def _goes_on(issue: Issue) -> bool:
    return bool(db.session.scalar(select(is_waived(issue.id, issue.round))))


def running_waivers(issue: Issue) -> list[Waiver]:
    """What the head decided in the passage under way, or in the one that led to closure."""
    rows = select(Waiver).where(
        Waiver.issue_id == issue.id, Waiver.round == issue.round, Waiver.ended_on.is_(None)
    )
    return list(db.session.scalars(rows.order_by(Waiver.id)))


def is_monitored(issue: Issue) -> bool:
    return bool({*issue.types} & {word.value for word in MONITORED})


def gating_targets(issue: Issue) -> list[Target]:
    """The required ones; of what is monitored all but counts, for what is outside of them."""
    others = is_monitored(issue)
    return [
        target
        for target in _targets(issue)
        if target.is_required or (others and target.nature is not Nature.COUNT)
    ]


def _targets(issue: Issue) -> Sequence[Target]:
    """Those that stand; one of an earlier round's measure is past."""
    rows = (
        select(Target)
        .outerjoin(Measure, Measure.id == Target.measure_id)
        .where(Target.issue_id == issue.id, Target.ended_at.is_(None))
        .where(
            Measure.id.is_(None) | (Measure.dropped_at.is_(None) & (Measure.round == issue.round))
        )
    )
    return db.session.scalars(rows.order_by(Target.id)).all()


def broken_limit(issue: Issue, row: Reading) -> str:
    """The limit a reading is outside of: its targets', else the one typed with it."""
    lives = select(Target).where(Target.issue_id == issue.id, Target.ended_at.is_(None))
    held = [one for one in db.session.scalars(lives.order_by(Target.id)) if belongs(row, one)]
    broken = [one for one in held if not holds(one.sense, one.value, row.value)]
    if held:
        return limit_of(broken[0]) if broken else ""
    return "" if is_within(row) else limit_words(row)


def held_of(target: Target) -> Held:
    """Without its last day: what is reached late is reached."""
    measure = target.measure if target.nature is Nature.COUNT else None
    return Held(
        target.sense, target.value, target.nature, start=target.start,
        confirmed=measure.confirmed if measure else None,
    )  # fmt: skip


def limit_of(target: Target) -> str:
    return f"{target.sense.sign}{target.value:f}{target.unit_of_value}"


def belongs(reading: Any, target: Target) -> bool:
    """By its target, or by the name and unit of what was measured."""
    units = {reading.unit_of_value, target.unit_of_value}
    is_named = reading.pollutant == target.name and (len(units) == 1 or units <= {*UNITLESS})
    return reading.target_id == target.id or is_named


def _standing(issue: Issue) -> Sequence[Any]:
    rows = (
        select(
            Reading.id, Reading.sampled_on, Reading.value, Reading.point, Reading.pollutant,
            Reading.unit_of_value, Reading.low, Reading.high, Reading.target_id,
            Reading.corrects_id, Reading.confirmed_at, Evidence.kind, Evidence.withdrawn_at,
        )
        .outerjoin(Evidence, Evidence.id == Reading.evidence_id)
        .where(Reading.issue_id == issue.id, Reading.withdrawn_at.is_(None))
    )  # fmt: skip
    if issue.round > 1 and issue.assigned_on:
        rows = rows.where(Reading.sampled_on >= issue.assigned_on)
    return db.session.execute(rows.order_by(Reading.sampled_on, Reading.id)).all()


def _told(target: Target, readings: Iterable[Row[Any]]) -> list[Told]:
    return [
        Told(
            row.sampled_on, row.value, row.id, row.point,
            is_confirmed=row.confirmed_at is not None,
            is_proven=row.kind is EvidenceKind.MONITORING and row.withdrawn_at is None,
            is_correction=row.corrects_id is not None,
        )
        for row in readings
        if belongs(row, target)
    ]  # fmt: skip


def _outside_own_limit(
    targets: Sequence[Target], readings: Sequence[Row[Any]]
) -> Iterable[Row[Any]]:
    """By the limit typed with it, where no target judges it: the newest of each item and place."""
    found: dict[int, Row[Any]] = {}
    for among in (readings, [row for row in readings if row.confirmed_at is not None]):
        last = {(row.pollutant, row.point): row.sampled_on for row in among}
        found |= {
            row.id: row
            for row in among
            if row.sampled_on == last[row.pollutant, row.point]
            and not is_within(row)
            and not any(belongs(row, target) for target in targets)
        }
    return found.values()


def _worded(target: Target, lack: Lack) -> Wanting:
    limit = limit_of(target)
    said = [f"{target.name}：要求{limit}"]
    if lack.value is not None and lack.on is not None:
        said.append(f"{lack.on}读数{lack.value:f}{target.unit_of_value}")
    elif lack.value is not None:
        said.append(f"经确认累计{lack.value:f}{target.unit_of_value}")
    said += _why(lack)
    if not lack.is_outside:
        said.append(f"须有{lack.asked}个日期的达标读数，现有{lack.dates}个")
    return Wanting(target.name, limit, lack.value, lack.on, lack.is_outside, "，".join(said))


def _why(lack: Lack) -> list[str]:
    if lack.value is None:
        return ["还没有读数"]
    said = ["未达标"] if lack.is_outside else []
    if lack.reading is not None and not lack.reading.is_confirmed:
        said.append("更正待审核" if lack.reading.is_correction else "待审核")
    if lack.reading is not None and not lack.reading.is_proven and not lack.is_outside:
        said.append("没有所在的监测报告")
    return said


def _beyond(row: Row[Any]) -> Wanting:
    limit = limit_words(row)
    read = f"{row.sampled_on}读数{row.value:f}{row.unit_of_value}"
    sentence = f"{row.pollutant}：限值{limit}，{read}，超标"
    return Wanting(
        row.pollutant, limit, row.value, row.sampled_on, is_outside=True, sentence=sentence
    )
