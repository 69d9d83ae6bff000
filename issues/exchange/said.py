"""What a sheet says of a ticket, as digests: which problem it is, and all that is said of it.

Both are of texts as they are compared, so that a blank, a sign nobody sees or a half-width mark
makes no other ticket of one that is here.
"""

import hashlib
import json
import re
from dataclasses import asdict
from typing import Any

from issues.exchange.reading.items import ItemRead
from issues.exchange.workbook.sheet import plain
from issues.tickets.fields import READ
from issues.vocabulary import Sense

NOW = "2:"
"""Before a digest of all that is said; those kept without it are `said_once`."""
LATER = tuple(field.name for field, ledger in READ.items() if not ledger.is_first)
"""Left out where empty: a sheet that came in before they were read says the same."""
_LONGEST_TITLE = 40
_CLAUSE = re.compile(r"[，。；：,;:\n]")


def identity(source: str, region: str, place: str, problem: str) -> str:
    """Which problem it is, where nothing numbers it: who handed it over, where, and its text."""
    return _digest([source, region, plain(place).casefold(), plain(problem).casefold()])


def identity_of(item: ItemRead) -> str:
    return identity(item.source.value, item.region, item.place, item.problem)


def said(item: ItemRead) -> str:
    """All that is said of it.

    What it is found by, where it stands in the sheet, where it begins by choice, a title made of
    the problem, the day of an import that dated its closing and who complained do not matter.
    """
    facts = asdict(item)
    facts |= facts.pop("texts")
    for name in ("row", "number", "order", "is_titled", "sealed", "starts"):
        del facts[name]
    if not item.is_titled:
        del facts["title"]
    if item.marked_import_dates:
        del facts["closed_on"]
    for measure in facts["measures"]:
        del measure["row"]
        _leave_out_unsaid(measure)
    told = {name: _compared(value) for name, value in facts.items() if not _is_empty(value)}
    return NOW + _digest(told)


def said_once(item: ItemRead) -> set[str]:
    """The same as it was kept before texts were compared: to the letter, with the title then made.

    Several, as the title was made of the sheet's own place, which a profile's may stand for now.
    """
    if item.is_titled:
        return {_to_the_letter(item, item.title)}
    return {_to_the_letter(item, _title(place, item.problem)) for place in ("", item.place)}


def _compared(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(str(name)): _compared(one) for name, one in value.items()}
    return [_compared(one) for one in value] if isinstance(value, list | tuple) else value


def _is_empty(value: object) -> bool:
    """A nought is something said."""
    return value is None or value is False or value in ("", (), [], {})


def _to_the_letter(item: ItemRead, title: str) -> str:
    facts = asdict(item) | {"title": title}
    del facts["row"], facts["is_titled"], facts["sealed"], facts["starts"]
    facts |= facts.pop("texts")
    for name in LATER:
        if _is_empty(facts[name]):
            del facts[name]
    for measure in facts["measures"]:
        del measure["row"]
        _leave_out_unsaid(measure)
    if item.marked_import_dates:
        del facts["closed_on"]
    return _digest(facts)


def _leave_out_unsaid(measure: dict[str, Any]) -> None:
    """A sheet that came in before senses were read says the same, where it has none."""
    if measure["sense"] is Sense.GE:
        del measure["sense"]
    if not measure["aims"]:
        del measure["aims"]


def _title(place: str, problem: str) -> str:
    """As it was made then: the place and the first clause, whatever it says."""
    clause = next((part for part in _CLAUSE.split(problem) if part.strip()), "").strip()
    title = "：".join(part for part in (plain(place), clause) if part)
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def _digest(facts: Any) -> str:
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
