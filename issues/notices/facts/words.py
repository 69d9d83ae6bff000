"""A person's words for a draft, between the form they are written in and the facts they become."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from issues.notices.fields import NO_URGENCY
from issues.notices.kinds.own.shape import TaskFacts
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc

LINES = ("basis", "copies", "clue_proofs", "addressees", "partners")
GROUPS = ("contact", "meeting", "outcome", "clue", "minutes")


def replaced(
    words: Mapping[str, Any], given: Iterable[str], values: Mapping[str, Any]
) -> dict[str, Any]:
    """The words with those changed whose fields were given; one left empty falls away."""
    changed = deepcopy(dict(words))
    for name in given:
        _drop(changed, name)
        if values[name] not in (None, "", []):
            _put(changed, name, _plain(name, values[name]))
    return changed


def _drop(words: dict[str, Any], name: str) -> None:
    group, _, part = name.partition("_")
    if group in GROUPS:
        words.get(group, {}).pop(part, None)
    else:
        words.pop(name, None)


def _plain(name: str, value: Any) -> Any:
    if name in LINES:
        return [line.strip() for line in value.split("\n") if line.strip()]
    if name == "urgency":
        return "" if value == NO_URGENCY else value
    if name == "demands":
        return [_demand(row) for row in value if row.get("text")]
    if name in _LISTED:
        return [_LISTED[name](one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _demand(row: Mapping[str, Any]) -> DemandFacts:
    due = row.get("due")
    return {"text": row["text"], "due": due.isoformat() if due else None}


def _task(row: Mapping[str, Any]) -> TaskFacts:
    """The unit by its code, to be found again, and by its name, to be printed."""
    unit = row.get("unit")
    found: TaskFacts = {"text": row["text"], "due": row["due"].isoformat()}
    if unit:
        found["unit"], found["unit_name"] = unit.code, unit.name
    return found


_LISTED: Mapping[str, Callable[[Any], Any]] = {
    "recipients": lambda unit: unit.code,
    "annexes": lambda row: {"title": row["title"], "text": row["text"]},
    "minutes_tasks": _task,
}


def _put(words: dict[str, Any], name: str, value: Any) -> None:
    group, _, part = name.partition("_")
    if group in GROUPS:
        words.setdefault(group, {})[part] = value
    else:
        words[name] = value


def written(facts: NoticeFactsDoc, demands: list[DemandFacts], title: str) -> dict[str, Any]:
    """The facts of a draft as the values its form begins with."""
    values: dict[str, Any] = {
        "title": title,
        "urgency": facts.get("urgency") or NO_URGENCY,
        "basis": "\n".join(facts.get("basis") or []),
        "copies": "\n".join(facts.get("copies") or []),
        "demands": [dict(demand) for demand in demands],
        "consequence": facts.get("consequence") or "",
        "reply_due": facts.get("reply_due") or "",
        "form": facts.get("form") or "bulletin",
        "subject": facts.get("subject") or "",
        "body": facts.get("body") or "",
        "recipients": list(facts.get("recipients") or []),
        "addressees": "\n".join(facts.get("addressees") or []),
        "annexes": [dict(annex) for annex in facts.get("annexes") or []],
        "partners": "\n".join(facts.get("partners") or []),
        "secrecy": facts.get("secrecy") or "",
        "secrecy_term": facts.get("secrecy_term") or "",
        "copy_number": facts.get("copy_number") or "",
    }
    held: Mapping[str, Any] = facts
    for group in GROUPS:
        for part, value in (held.get(group) or {}).items():
            name = f"{group}_{part}"
            values[name] = "\n".join(value) if name in LINES else value
    return values
