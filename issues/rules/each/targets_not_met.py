"""Y7 and R8: a level or a keep is outside or without a reading, before its day and from it on."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from issues.rules.dates.days import NEVER, days_after, written
from issues.rules.dates.workdays import Workdays
from issues.rules.facts import Facts, TargetFacts
from issues.rules.policy import Policy
from issues.rules.rule_record import Dated, Figures, RuleGroup, RuleRecord
from issues.rules.sentences import on, passed
from issues.rules.targets import Judged, state
from issues.vocabulary import Nature, Rule, TargetState


def _yellow_from(facts: Facts, policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    for target, judged in _not_met(facts):
        yield _first_day(facts, target, judged, policy.target_ahead), _figures(target, judged)


def _red_from(facts: Facts, policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    for target, judged in _not_met(facts):
        is_missing = judged.state is TargetState.UNKNOWN
        after = policy.target_missing_after if is_missing else policy.target_red_after
        if target.held.due is not None:
            yield days_after(target.held.due, after), _figures(target, judged)


def _not_met(facts: Facts) -> Iterator[tuple[TargetFacts, Judged]]:
    """Each target that is not met by all that is confirmed of it."""
    for target in facts.targets:
        judged = state(target.held, target.readings, NEVER)
        if judged.state is not TargetState.MET:
            yield target, judged


def _first_day(facts: Facts, target: TargetFacts, judged: Judged, ahead: int) -> date:
    """So many days before its day, or the reading from which on it does not hold.

    A level that held until then is looked at from its days on, a keep at once. Without a day of
    its own a target without a reading is owed on no day.
    """
    held = target.held
    begins = NEVER if held.due is None else days_after(held.due, -ahead)
    if judged.state is TargetState.UNKNOWN:
        return begins
    if judged.reading is None:
        return (facts.assigned or NEVER) if held.due is None else begins
    broke, was_met = _broke_on(target)
    if not was_met:
        is_told = held.nature is Nature.KEEP or held.due is None
        return min(begins, broke) if is_told else begins
    return broke if held.nature is Nature.KEEP or held.due is None else max(begins, broke)


def _broke_on(target: TargetFacts) -> tuple[date, bool]:
    """The day from which on it does not hold by its readings, and whether it held before."""
    broke, was_met, is_met = NEVER, False, True
    for day in sorted({one.on for one in target.readings}):
        now = state(target.held, target.readings, day).state
        if is_met and now is TargetState.NOT_MET:
            broke = day
        is_met = now is not TargetState.NOT_MET
        was_met = was_met or now is TargetState.MET
    return broke, was_met


def _figures(target: TargetFacts, judged: Judged) -> Figures:
    held, reading = target.held, judged.reading
    return {
        "measure": target.measure,
        "target_id": target.id,
        "name": target.name,
        "sign": held.sense.sign,
        "limit": _told(held.value),
        "unit": target.unit,
        "nature": held.nature.value,
        "due": None if held.due is None else held.due.isoformat(),
        "value": None if judged.value is None else _told(judged.value),
        "read_on": None if reading is None else reading.on.isoformat(),
    }


def _told(value: Decimal) -> str:
    return format(value, "f")


def _why(f: Figures, day: date) -> str:
    """PM2.5＜27.4μg/m³，2025年11月20日读数28.5，未达标；目标日2025年12月31日，还剩30天."""
    of_measure = f"措施{f['measure']}：" if f["measure"] is not None else ""
    said = [f"{of_measure}{f['name']}{f['sign']}{f['limit']}{f['unit']}"]
    if f["value"] is None:
        said.append("没有经确认的读数")
    elif f["read_on"] is None:
        said.append(f"确认值{f['value']}，未达标")
    else:
        is_broken = f["nature"] == Nature.KEEP.value
        said.append(
            f"{written(on(f, 'read_on'))}读数{f['value']}，{'保持中断' if is_broken else '未达标'}"
        )
    words = "，".join(said)
    if f["due"] is None:
        return words
    return f"{words}；目标日{written(on(f, 'due'))}，{passed(on(f, 'due'), day)}"


def _remedy(f: Figures, day: date) -> str:
    if f["nature"] == Nature.KEEP.value and f["value"] is not None:
        return "读数有误的更正，属实的整改后调整目标"
    if f["due"] is not None and on(f, "due") < day:
        return "补登目标日以前经确认的达标读数，或者调整目标后按新的目标日重算"
    return f"登记经确认的达标读数（{f['sign']}{f['limit']}{f['unit']}）后解除"


NOT_MET = RuleRecord(
    rule=Rule.Y7,
    group=RuleGroup.TARGETS,
    compile=_yellow_from,
    reason=_why,
    remedy=_remedy,
    graver=Rule.R8,
    numbers=("target_ahead",),
    is_timed=True,
)
NOT_MET_ON_ITS_DAY = RuleRecord(
    rule=Rule.R8,
    group=RuleGroup.TARGETS,
    compile=_red_from,
    reason=_why,
    remedy=_remedy,
    numbers=("target_red_after", "target_missing_after"),
)
