"""The policy: one complete, immutable set of the numbers that colours and deadlines are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from issues.rules.policy_numbers import NUMBERS, Numbers
from issues.rules.scores.figures import ScoreNumbers
from issues.rules.sources import CADENCES, DEFAULT_SOURCES, SourceRules, read_sources
from issues.vocabulary import NoticeKind, Source

__all__ = ["NUMBERS", "ROUND_CADENCES", "Policy", "PolicyError", "SourceRules"]

ROUND_CADENCES = {
    "weekly": "每周",
    "half_monthly": "每半月",
    "monthly": "每月",
    "bimonthly": "每两月",
}
_ORDERED = (
    ("near_min", "near_max"),
    ("lag_yellow", "lag_red"),
    ("measure_yellow_after", "measure_red_after"),
    ("lookback_red_first", "lookback_red_second"),
)


class PolicyError(ValueError):
    """A document that is no policy. `errors` holds Chinese sentences by the field's name."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors
        super().__init__("；".join(f"{name}：{''.join(says)}" for name, says in errors.items()))


@dataclass(frozen=True, slots=True)
class Policy(Numbers):
    """The numbers, each of which is one line of policy_numbers, and what else a city settles."""

    round_cadence: str = "monthly"
    sources: Mapping[Source, SourceRules] = field(
        default_factory=lambda: DEFAULT_SOURCES, hash=False
    )
    scores: ScoreNumbers = field(default_factory=ScoreNumbers)

    @classmethod
    def default(cls) -> Self:
        return cls()

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """The default with the document's changes. Raises PolicyError with every fault found."""
        if not isinstance(document, Mapping):
            raise PolicyError({"document": ["应是一组有名称的参数"]})
        errors: dict[str, list[str]] = {}
        changes = dict(document)
        sources = read_sources(changes.pop("sources", {}), errors)
        scores = ScoreNumbers.read(changes.pop("scores", {}), errors)
        for name, value in changes.items():
            if sentence := _fault(name, value):
                errors[name] = [sentence]
        sound = {name: value for name, value in changes.items() if name not in errors}
        policy = cls(**sound, sources=sources, scores=scores)
        for low, high in _ORDERED:
            if getattr(policy, low) > getattr(policy, high):
                sentence = f"{NUMBERS[high].label}不能小于{NUMBERS[low].label}"
                errors.setdefault(high, []).append(sentence)
        if errors:
            raise PolicyError(errors)
        return policy

    def document(self) -> dict[str, Any]:
        """Every value by name, in a fixed order, ready for JSON; from_document reads it back."""
        numbers = {name: getattr(self, name) for name in NUMBERS}
        sources = {source.value: self.sources[source].document() for source in Source}
        beside = {"round_cadence": self.round_cadence, "sources": sources}
        return numbers | beside | {"scores": self.scores.document()}

    def differs_in_scores_alone(self, other: "Policy") -> bool:
        """Whether every number but those of the scores and the weights of sources is the same."""
        weights = {
            source: replace(rules, weight=other.sources[source].weight)
            for source, rules in self.sources.items()
        }
        return replace(self, scores=other.scores, sources=weights) == other

    def reply_workdays(self, kind: NoticeKind, source: Source) -> int | None:
        """Working days in which a notice is to be answered; None where the kind sets none.

        N0 is answered by the plan. N4 counts from its meeting: see `meeting_workdays`.
        """
        return {
            NoticeKind.N0: self.sources[source].plan_workdays,
            NoticeKind.N1: self.reply_n1,
            NoticeKind.N2: self.reply_n2,
            NoticeKind.N3: self.reply_n3,
        }.get(kind)


def _fault(name: object, value: object) -> str | None:
    if name == "round_cadence":
        known = isinstance(value, str) and value in ROUND_CADENCES
        return None if known else f"调度周期应是下列之一：{'、'.join(ROUND_CADENCES.values())}"
    if name not in NUMBERS:
        return "没有这个参数"
    number = NUMBERS[name]
    if not isinstance(value, int) or isinstance(value, bool):
        return f"{number.label}应是整数"
    if not number.least <= value <= number.most:
        return f"{number.label}应在{number.least}到{number.most}{number.unit}之间"
    if name == "standing_report_months" and value not in CADENCES:
        return f"{number.label}应是 {'、'.join(map(str, CADENCES))} 之一"
    return None
