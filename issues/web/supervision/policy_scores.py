"""The numbers of the scores as a part of the rules' form and file, by their dotted names."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from issues.act_fields import Field
from issues.rules.presets import PRESETS, Preset
from issues.rules.scores.figures import FIGURES, ScoreNumbers, spelled
from issues.vocabulary import Source

SECTION = "scores"
WEIGHT = "weight"
TITLE = "考核计分"
CLAUSE = "考核计分，待市目标绩效办确认"


def dotted(name: str) -> str:
    return f"{SECTION}.{name}"


SCORE_FIELDS = tuple(Field(dotted(name), "integer", told.label) for name, told in FIGURES.items())


def shown_scores(document: Mapping[str, Any]) -> dict[str, str]:
    """A draft from before there were scores means the shipped numbers."""
    kept = ScoreNumbers().document() | document.get(SECTION, {})
    return {dotted(name): str(kept[name]) for name in FIGURES}


def read_scores(form: Mapping[str, str]) -> dict[str, str]:
    """As typed: what is missing or no number stays text, and the rules say so at its field."""
    return {name: form.get(dotted(name), "").strip() for name in FIGURES}


def weight_of(source: Source) -> str:
    return f"sources.{source.value}.{WEIGHT}"


def read_over(document: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, Any]:
    """A complete document with the numbers of the scores and the weights as typed."""
    sources = {
        source.value: document["sources"][source.value]
        | {WEIGHT: form.get(weight_of(source), "").strip()}
        for source in Source
    }
    return {**document, "sources": sources, SECTION: read_scores(form)}


def ready() -> dict[str, Preset]:
    """The ready sets that say something of the scores, and the shipped one."""
    return {name: one for name, one in PRESETS.items() if one.scored or not one.changes}


def filled_from(name: str) -> dict[str, str]:
    """The numbers of the scores of a ready set, by their dotted names; none of an unknown one."""
    preset = ready().get(name)
    return {} if preset is None else shown_scores(preset.policy().document())


def score_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The section of the TOML file; it reads back the same."""
    yield from ("", f"[{SECTION}]  # {TITLE}")
    for name, told in FIGURES.items():
        yield f"{name} = {json.dumps(document[SECTION][name])}  # {told.label}（{told.unit}）"


def score_entries() -> Iterator[tuple[str, str, str, str, str, str, str, str]]:
    """What the form tells of each: name, label, unit, explanation, least, most, clause, step."""
    for name, told in FIGURES.items():
        step = "1" if told.is_whole else "0.01"
        yield (
            dotted(name), told.label, told.unit, told.explanation, spelled(told.least),
            spelled(told.most), f"默认规则·{CLAUSE}", step,
        )  # fmt: skip
