"""A target and what became of it in words: PM2.5＜27.4μg/m³，2025-11-20读数28.5，未达标."""

from decimal import Decimal

from issues.rules.targets.judging import Held, Judged
from issues.vocabulary import Nature, Sense, TargetState

_NOT_MET = {Nature.KEEP: "未达标，保持中断", Nature.COUNT: "尚未完成"}
"""A count is under way until its day; a keep that is broken stays so."""


def target_words(name: str, sense: Sense, value: Decimal, unit: str) -> str:
    return f"{name}{sense.sign}{value:f}{unit}"


def judged_words(held: Held, judged: Judged) -> str:
    """The figure that decided and what it decided; 无读数 where there is none."""
    if judged.value is None:
        return TargetState.UNKNOWN.label
    reading = judged.reading
    figure = f"{reading.on}读数" if reading else "确认值"
    outcome = judged.state.label
    if judged.state is TargetState.NOT_MET:
        outcome = _NOT_MET.get(held.nature, outcome)
    return f"{figure}{judged.value:f}，{outcome}"
