"""A rule set as a form and as a file: one text a number, by its dotted name."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from issues.act_fields import Field
from issues.act_fields.field import COMING
from issues.ground.numbers import LARGEST_ID, whole
from issues.rules.each import RULES
from issues.rules.policy import NUMBERS, ROUND_CADENCES
from issues.rules.rule_record import RuleGroup
from issues.rules.sources import CADENCES, LABELS, MOVERS
from issues.supervision.rulebook import LONGEST_NAME
from issues.vocabulary import Source
from issues.web.supervision.policy_scores import (
    SCORE_FIELDS,
    TITLE,
    WEIGHT,
    read_scores,
    score_entries,
    score_lines,
    shown_scores,
    weight_of,
)

Choices = tuple[tuple[str, str], ...]
YES_NO: Choices = (("true", "是"), ("false", "否"))

EFFECTIVE = Field(
    "effective_from", "date", "生效日期", asks="请填写生效日期，如2025-12-01", when=COMING
)
WORDS = (
    Field("name", "text", "规则名称", limit=LONGEST_NAME),
    EFFECTIVE,
    Field("reason", "long_text", "修订理由"),
)
SURE = Field("sure", "flag", "已看过比对结果，同意发布", asks="请先确认已看过比对结果")


class Entry(NamedTuple):
    """One number as the form shows it; `source` is the clause it comes from, `step` its grain."""

    name: str
    label: str
    unit: str
    explanation: str
    least: int | str
    most: int | str
    source: str
    step: str = "1"


class Group(NamedTuple):
    title: str
    entries: tuple[Entry, ...]


class Column(NamedTuple):
    """One thing a source decides; without choices it is a number."""

    name: str
    label: str
    choices: Choices
    is_optional: bool = False


def _of_rules() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The numbers of the rules under their groups' headings, from the rules' records."""
    found = {}
    for group in RuleGroup:
        records = [record for record in RULES if record.group is group]
        names = {name for record in records for name in record.numbers}
        told = "、".join(record.rule.value for record in records)
        if names:
            ordered = tuple(name for name in NUMBERS if name in names)
            found[f"{group.value}（{told}）"] = (f"颜色规则{told}", ordered)
    return found


_TITLES = _of_rules() | {
    "时限和延期": (
        "办理程序中的时限、延期和公示",
        ("immediate_days", "extension_times", "extension_share", "extension_days",
         "publicity_workdays", "letter_days", "starred_letter_days", "letter_near_days"),
    ),
    "督办文书": (
        "督办文书表",
        ("sign_workdays", "reply_n1", "reply_n2", "reply_n3", "meeting_workdays",
         "meeting_report_days", "yellow_cards_n2", "yellow_days_n2", "red_days_n4",
         "red_cards_n4", "red_days_n6"),
    ),
    "调度和回头看": (
        "调度和回头看的默认安排",
        ("round_day", "lookback_red_first", "lookback_red_second", "lookback_sample_share",
         "lookback_near_metres"),
    ),
    "线索研判": ("线索研判的默认时限", ("lead_far_over", "lead_hours", "lead_workdays")),
    "举一反三": ("举一反三的默认间隔", ("unchecked_days",)),
}  # fmt: skip
"""By heading: the clause the numbers come from, and their names."""
ORIGIN = "默认规则，待市环委办确认"


def _entry(name: str, clause: str) -> Entry:
    number, origin = NUMBERS[name], f"默认规则·{clause}，待市环委办确认"
    return Entry(
        name, number.label, number.unit, number.explanation, number.least, number.most, origin
    )


GROUPS = (
    *(
        Group(title, tuple(_entry(name, clause) for name in names))
        for title, (clause, names) in _TITLES.items()
    ),
    Group(TITLE, tuple(Entry(*told) for told in score_entries())),
)
CADENCE_CHOICES: Choices = tuple(ROUND_CADENCES.items())
_MONTHS: Choices = tuple(
    (str(count), f"每{count}个月" if count > 1 else "每月") for count in CADENCES
)
_CHOICES: dict[str, Choices] = {
    "mover": tuple(MOVERS.items()),
    "needs_conclusion": YES_NO,
    "has_publicity": YES_NO,
    "report_months": _MONTHS,
    "lookback_sample": YES_NO,
}
SOURCE_COLUMNS = tuple(
    Column(name, label, _CHOICES.get(name, ()), name == "first_lookback_months")
    for name, label in LABELS.items()
)
_FLAGS = frozenset(name for name, choices in _CHOICES.items() if choices is YES_NO)


DRAFT = (
    *(Field(name, "integer", number.label) for name, number in NUMBERS.items()),
    Field("round_cadence", "choice", "调度周期", choices=CADENCE_CHOICES),
    *(
        Field(
            f"sources.{source.value}.{column.name}", "choice" if column.choices else "integer",
            f"{source.label}{column.label}", choices=column.choices,
        )
        for source in Source
        for column in SOURCE_COLUMNS
    ),
    *SCORE_FIELDS,
)  # fmt: skip
"""Every rule as a field of the form; what is no number the rules themselves tell."""
_WEIGHTS = frozenset(weight_of(source) for source in Source)
SCORED_DRAFT = (*(field for field in DRAFT if field.name in _WEIGHTS), *SCORE_FIELDS)
"""What the performance office writes of it, drawn as `SCORED_GROUPS` and `SCORED_COLUMNS`."""
SCORED_GROUPS = tuple(group for group in GROUPS if group.title == TITLE)
SCORED_COLUMNS = tuple(column for column in SOURCE_COLUMNS if column.name == WEIGHT)


def shown(document: Mapping[str, Any]) -> dict[str, str]:
    """Every value of a complete document as text, by its dotted name."""
    texts = {name: str(document[name]) for name in (*NUMBERS, "round_cadence")}
    for source in Source:
        for column in SOURCE_COLUMNS:
            value = document["sources"][source.value][column.name]
            texts[f"sources.{source.value}.{column.name}"] = _written(value)
    return texts | shown_scores(document)


def _written(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_form(form: Mapping[str, str]) -> dict[str, Any]:
    """A complete document as typed: what is missing or no number stays text, and is no number.

    A hole is never filled with another set's number; Policy says so at its field.
    """
    document: dict[str, Any] = {name: _number(form.get(name, "")) for name in NUMBERS}
    document["round_cadence"] = form.get("round_cadence", "")
    document["sources"] = {
        source.value: {
            column.name: _value(column, form.get(f"sources.{source.value}.{column.name}", ""))
            for column in SOURCE_COLUMNS
        }
        for source in Source
    }
    return document | {"scores": read_scores(form)}


def _value(column: Column, text: str) -> Any:
    text = text.strip()
    if column.name in _FLAGS:
        return {"true": True, "false": False}.get(text, text)
    if column.name in {"mover", "weight"}:
        return text
    return None if column.is_optional and not text else _number(text)


def _number(text: str) -> Any:
    number = whole(text.strip(), -LARGEST_ID, LARGEST_ID)
    return text.strip() if number is None else number


def _codes(column: Column) -> str:
    """What may be written in a file where the form offers words."""
    if column.name != "mover":
        return ""
    return "：" + "、".join(f"{code} {label}" for code, label in column.choices)


def as_toml(document: Mapping[str, Any]) -> str:
    """The document as a TOML file with each number's label beside it; it reads back the same."""
    lines = [f"# 规则参数，改后可在“规则”页上传为修订稿。{ORIGIN}。"]
    for name, number in NUMBERS.items():
        lines.append(f"{name} = {document[name]}  # {number.label}（{number.unit}）")
    cadence = "、".join(f"{code} {label}" for code, label in ROUND_CADENCES.items())
    lines.append(f"round_cadence = {json.dumps(document['round_cadence'])}  # {cadence}")
    for source in Source:
        lines += ["", f"[sources.{source.value}]  # {source.label}"]
        for column in SOURCE_COLUMNS:
            value = document["sources"][source.value][column.name]
            if value is not None:  # TOML has no null: what is left out stays as it is
                lines.append(
                    f"{column.name} = {json.dumps(value)}  # {column.label}{_codes(column)}"
                )
    return "\n".join([*lines, *score_lines(document)]) + "\n"
