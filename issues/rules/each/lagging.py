"""Y2 and R2: the confirmed value of a quantified measure lags its straight line."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from issues.rules import progress
from issues.rules.dates.days import NEVER, written
from issues.rules.dates.workdays import Workdays
from issues.rules.facts import Facts, MeasureFacts
from issues.rules.policy import Policy
from issues.rules.rule_record import Dated, Figures, RuleGroup, RuleRecord
from issues.rules.sentences import figure, on
from issues.vocabulary import Rule


def _lagging_from(facts: Facts, policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    for _, yellow, figures in _lags(facts, policy):
        yield yellow, figures


def _far_from(facts: Facts, policy: Policy, _workdays: Workdays) -> Iterator[Dated]:
    for red, _, figures in _lags(facts, policy):
        yield red, figures


def _lags(facts: Facts, policy: Policy) -> Iterator[tuple[date, date, Figures]]:
    """The red day, the yellow day and the figures of each measure that has a line."""
    for measure in facts.measures:
        start = measure.start or facts.assigned
        if progress.is_finished(measure) or not progress.is_quantified(measure):
            continue
        if start is not None and measure.deadline is not None:
            line = (start, measure.deadline, progress.achieved(measure))
            yellow = progress.first_day_lagging(*line, policy.lag_yellow)
            red = NEVER
            if not facts.is_standing:
                red = progress.first_day_lagging_more(*line, policy.lag_red)
            yield red, yellow, _figures(measure, start, measure.deadline, red, policy)


def _figures(
    measure: MeasureFacts, start: date, deadline: date, red: date, policy: Policy
) -> Figures:
    return {
        "measure": measure.no,
        "start": start.isoformat(),
        "deadline": deadline.isoformat(),
        "target": str(measure.target),
        "confirmed": str(measure.confirmed or 0),
        "unit": measure.unit_of_target,
        "yellow_line": policy.lag_yellow,
        "red_line": policy.lag_red,
        "red_from": None if red == NEVER else red.isoformat(),
    }


def _lagging(f: Figures, day: date) -> tuple[str, Fraction]:
    target, done = Fraction(f["target"]), Fraction(f["confirmed"])
    line = (on(f, "start"), on(f, "deadline"))
    points = progress.lag(*line, done / target, day)
    owed = figure(progress.planned(*line, day) * target)
    text = (
        f"措施{f['measure']}（{written(line[0])}至{written(line[1])}）"
        f"完成{figure(done)}/{figure(target)}{f['unit']}，"
        f"今日序时应完成{owed}{f['unit']}，"
        f"滞后{figure(points, f['yellow_line'], f['red_line'])}个百分点"
    )
    return text, points


def _behind(f: Figures, day: date) -> str:
    text, points = _lagging(f, day)
    if points > f["red_line"]:
        return f"{text}，已到黄色线{f['yellow_line']}、已过红色线{f['red_line']}"
    left = (on(f, "red_from") - day).days if f["red_from"] else 0
    ahead = f"；本措施再过{left}天超过红色线" if left > 0 else ""
    reached = "已到" if points >= f["yellow_line"] else "未到"
    return f"{text}，{reached}黄色线{f['yellow_line']}、未过红色线{f['red_line']}{ahead}"


def _far_behind(f: Figures, day: date) -> str:
    text, points = _lagging(f, day)
    return f"{text}，{'已过' if points > f['red_line'] else '未过'}红色线{f['red_line']}"


def _catch_up(line: str, verb: str) -> Callable[[Figures, date], str]:
    def sentence(f: Figures, _day: date) -> str:
        whole = f"{figure(Fraction(f['target']))}{f['unit']}"
        return (
            f"填报进展并经确认，措施{f['measure']}滞后{verb}{f[line]}个百分点即解除；"
            f"确认完成{whole}后不再计算滞后"
        )

    return sentence


LAGGING = RuleRecord(
    rule=Rule.Y2,
    group=RuleGroup.MEASURES,
    compile=_lagging_from,
    reason=_behind,
    remedy=_catch_up("yellow_line", "小于"),
    graver=Rule.R2,
    numbers=("lag_yellow",),
    is_timed=True,
)
FAR_BEHIND = RuleRecord(
    rule=Rule.R2,
    group=RuleGroup.MEASURES,
    compile=_far_from,
    reason=_far_behind,
    remedy=_catch_up("red_line", "不超过"),
    numbers=("lag_red",),
)
