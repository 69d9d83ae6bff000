"""Every number of the scores: what it is called, what it does, what it may be.

The defaults are those of docs/rules.md; each is a setting of the policy and its version counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from issues.vocabulary import ScoreHalf, ScoreRule, ScoreShare

HUNDRED = Decimal(100)
PLACES = 2
"""How many places behind the point a number of the scores may have."""


@dataclass(frozen=True, slots=True)
class ScoreFigure:
    """A label, its unit, one sentence on what it does, the most it may be, and whether whole."""

    label: str
    unit: str
    explanation: str
    most: Decimal
    least: Decimal = Decimal(0)
    is_whole: bool = False


def _told(label: str, unit: str, explanation: str, most: int, **more: Any) -> dict[str, Any]:
    return {"figure": ScoreFigure(label, unit, explanation, Decimal(most), **more)}


def _points(label: str, explanation: str) -> dict[str, Any]:
    return _told(label, "分", explanation, 100)


def _share(label: str, explanation: str) -> dict[str, Any]:
    return _told(label, "%", explanation, 100)


@dataclass(frozen=True, slots=True)
class ScoreNumbers:
    """Points by what they are booked for, shares by who bears them, and the two halves."""

    process: Decimal = field(
        default=Decimal(50), metadata=_points("过程分满分", "过程分从这个数扣起")
    )
    result: Decimal = field(
        default=Decimal(50), metadata=_points("结果分满分", "结果分从这个数扣起")
    )
    yellow_from: Decimal = field(
        default=Decimal(2),
        metadata=_told("黄牌起扣张数", "张", "同一事项从第几张黄牌起，每张都扣分", 10,
                       least=Decimal(1), is_whole=True),
    )  # fmt: skip
    second_yellow: Decimal = field(
        default=Decimal(1),
        metadata=_points("再次挂黄牌扣分", "同一事项达到起扣张数的每张黄牌扣分"),
    )
    red: Decimal = field(
        default=Decimal(2),
        metadata=_points("挂红牌扣分", "每张红牌扣分；同一行为认定虚假或反弹的只按认定扣分"),
    )
    report_missed: Decimal = field(
        default=Decimal("0.2"), metadata=_points("漏报进展扣分", "每漏报一期扣分")
    )
    reply_late: Decimal = field(
        default=Decimal("0.5"), metadata=_points("逾期答复督办扣分", "每份督办文书逾期答复扣分")
    )
    fake: Decimal = field(
        default=Decimal(5), metadata=_points("虚假整改扣分", "每次认定虚假整改扣分")
    )
    relapse: Decimal = field(
        default=Decimal(3), metadata=_points("整改反弹扣分", "每次认定整改反弹扣分")
    )
    overdue: Decimal = field(
        default=Decimal(1), metadata=_points("逾期未完成扣分", "每次过了时限未申请验收扣分")
    )
    returned: Decimal = field(
        default=Decimal("0.5"), metadata=_points("验收核查退回扣分", "每次验收、核查或审定退回扣分")
    )
    target_missed: Decimal = field(
        default=Decimal(1), metadata=_points("到期未达标扣分", "每项目标到期未达标扣分")
    )
    early: Decimal = field(
        default=Decimal("0.5"), metadata=_points("提前销号加分", "时限以前销号且各环节一次通过加分")
    )
    early_most: Decimal = field(
        default=Decimal(3),
        metadata=_points("提前销号加分上限", "每个单位一个年度的加分不超过此数"),
    )
    primary: Decimal = field(
        default=Decimal(100), metadata=_share("主责单位分担", "主责单位承担的比例")
    )
    lead: Decimal = field(
        default=Decimal(30), metadata=_share("牵头单位分担", "牵头单位承担的比例")
    )
    county: Decimal = field(
        default=Decimal(30), metadata=_share("属地县（区）分担", "事项所在县（区）承担的比例")
    )
    line: Decimal = field(
        default=Decimal(20), metadata=_share("条线单位分担", "其他责任单位和配合单位承担的比例")
    )

    def base(self, rule: ScoreRule) -> Decimal:
        """Points of one such event before share and weight, with their sign."""
        points: Decimal = getattr(self, rule.value)
        return rule.sign * points

    def share(self, share: ScoreShare) -> Decimal:
        """Per cent."""
        borne: Decimal = getattr(self, share.value)
        return borne

    def full(self, half: ScoreHalf) -> Decimal:
        points: Decimal = getattr(self, half.value)
        return points

    def document(self) -> dict[str, str]:
        """Every number as a text without trailing zeros, so that one number has one spelling."""
        return {name: spelled(getattr(self, name)) for name in FIGURES}

    @classmethod
    def read(cls, document: object, errors: dict[str, list[str]]) -> Self:
        """The default with the changes of `document`; what is wrong goes into `errors`."""
        if not isinstance(document, Mapping):
            errors["scores"] = ["应是一组有名称的考核参数"]
            return cls()
        changes: dict[str, Decimal] = {}
        for name, value in document.items():
            if name not in FIGURES:
                errors[f"scores.{name}"] = ["没有这个参数"]
                continue
            try:
                changes[name] = _read(FIGURES[name], value)
            except ValueError as wrong:
                errors[f"scores.{name}"] = [str(wrong)]
        numbers = cls(**changes)
        if not errors and numbers.process + numbers.result != HUNDRED:
            errors["scores.result"] = ["过程分与结果分的满分之和应为100分"]
        return numbers


def spelled(figure: Decimal) -> str:
    return f"{figure.normalize():f}"


def _read(figure: ScoreFigure, value: object) -> Decimal:
    """Raises ValueError with the sentence for its field."""
    wrong = f"{figure.label}应是数字"
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError(wrong)  # noqa: TRY004 - one fault, told at the field in one way
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(wrong) from None
    if not number.is_finite() or not figure.least <= number <= figure.most:
        least, most = spelled(figure.least), spelled(figure.most)
        raise ValueError(f"{figure.label}应在{least}到{most}{figure.unit}之间")
    places = 0 if figure.is_whole else PLACES
    if number != round(number, places):
        raise ValueError(
            f"{figure.label}应是整数" if figure.is_whole else f"{figure.label}最多{PLACES}位小数"
        )
    return number.normalize() + 0


FIGURES: dict[str, ScoreFigure] = {one.name: one.metadata["figure"] for one in fields(ScoreNumbers)}
