"""Why a rule fires and what ends it, in plain Chinese, from the figures a firing keeps."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from issues.rules.dates.days import written
from issues.rules.dates.workdays import UNPUBLISHED
from issues.rules.progress import lag, planned
from issues.rules.reports import period_name
from issues.vocabulary import FindingResult, Rule

Figures = Mapping[str, Any]
MOST_PLACES = 6
_MOVED = {
    "document": ";设定时限的上级批准延期的,按新时限重算",
    "head": ";批准延期的,按新时限重算",
    "nobody": "",
}


def because(rule: Rule, figures: Figures, day: date) -> str:
    return _REASONS[rule](figures, day)


def remedy(rule: Rule, figures: Figures) -> str:
    return _REMEDIES[rule](figures)


def _on(figures: Figures, name: str) -> date:
    return date.fromisoformat(figures[name])


def _passed(due: date, day: date) -> str:
    days = (day - due).days
    if days > 0:
        return f"已过{days}天"
    return f"还剩{-days}天" if days else "今日到期"


def _figure(value: Fraction, *lines: int) -> str:
    """A decimal short enough to read that stands on the same side of each line as the value."""
    places = 1
    while places < MOST_PLACES and any(
        _side(round(value, places), line) != _side(value, line) for line in lines
    ):
        places += 1
    text = f"{float(round(value, places)):.{places}f}"
    return text.rstrip("0").rstrip(".")


def _side(value: Fraction, line: int) -> int:
    return (value > line) - (value < line)


def _claim(f: Figures) -> str:
    if f["claimed"]:
        return f"{written(_on(f, 'claimed'))}才申请验收"
    return "申请验收后未获通过,按未申请计" if f["sent_back"] else "未申请验收"


def _near(f: Figures, day: date) -> str:
    due = _on(f, "due")
    share = -(-f["share"] * f["window"] // 100)
    arithmetic = (
        f"办理期限{f['window']}天的{f['share']}%为{share}天,限{f['least']}至{f['most']}天,"
        f"提前{f['near']}天为临期"
    )
    return f"时限{written(due)},{_passed(due, day)},{_claim(f)};{arithmetic}"


def _overdue(f: Figures, day: date) -> str:
    due = _on(f, "due")
    grace = f",宽限{f['grace']}天" if f["grace"] else ""
    return f"时限{written(due)},{_passed(due, day)}{grace},{_claim(f)}"


def _lagging(f: Figures, day: date) -> tuple[str, Fraction]:
    target, done = Fraction(f["target"]), Fraction(f["confirmed"])
    line = (_on(f, "start"), _on(f, "deadline"))
    points = lag(*line, done / target, day)
    owed = _figure(planned(*line, day) * target)
    text = (
        f"措施{f['measure']}完成{_figure(done)}/{_figure(target)}{f['unit']},"
        f"今日序时应完成{owed}{f['unit']},"
        f"滞后{_figure(points, f['yellow_line'], f['red_line'])}个百分点"
    )
    return text, points


def _behind(f: Figures, day: date) -> str:
    text, points = _lagging(f, day)
    if points > f["red_line"]:
        return f"{text},已到黄色线{f['yellow_line']}、已过红色线{f['red_line']}"
    left = (_on(f, "red_from") - day).days if f["red_from"] else 0
    ahead = f";再过{left}天转红" if left > 0 else ""
    reached = "已到" if points >= f["yellow_line"] else "未到"
    return f"{text},{reached}黄色线{f['yellow_line']}、未过红色线{f['red_line']}{ahead}"


def _far_behind(f: Figures, day: date) -> str:
    text, points = _lagging(f, day)
    return f"{text},{'已过' if points > f['red_line'] else '未过'}红色线{f['red_line']}"


def _measure_late(f: Figures, day: date) -> str:
    deadline = _on(f, "deadline")
    return f"措施{f['measure']}时限{written(deadline)},{_passed(deadline, day)},未确认完成"


def _measure_very_late(f: Figures, day: date) -> str:
    past = "超过" if (day - _on(f, "deadline")).days > f["red_after"] else "未超过"
    return f"{_measure_late(f, day)},{past}红色线{f['red_after']}天"


def _unreported(f: Figures, day: date) -> str:
    due = _on(f, "due")
    guess = f"({UNPUBLISHED},按周一至周五推算)" if f["guessed"] else ""
    return (
        f"{written(due)}应报的{period_name(f['months'])},{_passed(due, day)},未填报;"
        f"宽限{f['grace']}个工作日{guess}"
    )


def _returned(f: Figures, _day: date) -> str:
    return f"验收申请于{written(_on(f, 'on'))}被退回(第{f['count']}次)"


def _unanswered(f: Figures, day: date) -> str:
    owed = [
        f"{verb}期限{written(_on(f, name))},{_passed(_on(f, name), day)},未{verb}"
        for name, verb in (("sign_due", "签收"), ("reply_due", "答复"))
        if f[name]
    ]
    late = [text for text in owed if "已过" in text] or owed[:1]
    return f"{f['notice']}{f['number']}{';'.join(late)}"


def _escalated(f: Figures, day: date) -> str:
    if "unable_on" in f:
        return f"{written(_on(f, 'unable_on'))}调度评估认定无法按期完成"
    due = _on(f, "reply_due")
    late = (
        f"{written(_on(f, 'replied_on'))}才答复"
        if f["replied_on"]
        else f"{_passed(due, day)},未答复"
    )
    return f"第{f['count']}份未按期答复的{f['notice']}{f['number']}:答复期限{written(due)},{late}"


def _exposed(f: Figures, _day: date) -> str:
    return f"{written(_on(f, 'on'))}被通报或曝光:{f['by']}"


def _found(f: Figures, _day: date) -> str:
    return f"{written(_on(f, 'on'))}核查认定{FindingResult(f['result']).label}"


_REASONS: dict[Rule, Callable[[Figures, date], str]] = {
    Rule.Y1: _near,
    Rule.R1: _overdue,
    Rule.Y2: _behind,
    Rule.R2: _far_behind,
    Rule.Y3: _measure_late,
    Rule.R3: _measure_very_late,
    Rule.Y4: _unreported,
    Rule.Y5: _returned,
    Rule.R7: _returned,
    Rule.Y6: _unanswered,
    Rule.R4: _escalated,
    Rule.R5: _exposed,
    Rule.R6: _found,
}


def _claim_in_time(f: Figures) -> str:
    moved = _MOVED[f["mover"]]
    return f"在{written(_on(f, 'due'))}(含当日)前申请验收即解除{moved}"


def _finish(f: Figures) -> str:
    return f"整改完成、验收通过并销号后解除{_MOVED[f['mover']]}"


def _catch_up(line: str, verb: str) -> Callable[[Figures], str]:
    def sentence(f: Figures) -> str:
        whole = f"{_figure(Fraction(f['target']))}{f['unit']}"
        return (
            f"填报进展并经确认,措施{f['measure']}滞后{verb}{f[line]}个百分点即解除;"
            f"确认完成{whole}后不再计算滞后"
        )

    return sentence


def _confirm_measure(f: Figures) -> str:
    return f"措施{f['measure']}整改到位并经确认完成后解除;调整措施时限的,按新时限重算"


def _report(f: Figures) -> str:
    return f"补报{period_name(f['months'])}后解除"


def _answer(f: Figures) -> str:
    verbs = [verb for name, verb in (("sign_due", "签收"), ("reply_due", "答复")) if f[name]]
    return f"补办{'、'.join(verbs)}后解除"


_LIFTED = "不随时间解除:整改到位、现场核查通过后摘牌解除"

_REMEDIES: dict[Rule, Callable[[Figures], str]] = {
    Rule.Y1: _claim_in_time,
    Rule.R1: _finish,
    Rule.Y2: _catch_up("yellow_line", "小于"),
    Rule.R2: _catch_up("red_line", "不超过"),
    Rule.Y3: _confirm_measure,
    Rule.R3: _confirm_measure,
    Rule.Y4: _report,
    Rule.Y5: lambda _: "按退回意见整改,重新申请验收并通过初验后解除,或摘牌解除",
    Rule.R7: lambda _: _LIFTED,
    Rule.Y6: _answer,
    Rule.R4: lambda _: _LIFTED,
    Rule.R5: lambda _: f"{_LIFTED},销号后也解除",
    Rule.R6: lambda _: "不随时间解除:重新整改后下一轮现场核查通过,或摘牌解除",
}
