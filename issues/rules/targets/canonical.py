"""A target as one line of a ledger that is read as the very same target again.

达到水平：PM2.5＜27.4μg/m³【2025-01-01至2025-12-31，数据提供单位：市统计局，验收必查，原文：…】
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from issues.rules.targets.sentences import target_words
from issues.vocabulary import Nature, Sense

REQUIRED, SOURCE, QUOTE = "验收必查", "数据提供单位：", "原文："
LONGEST = {"name": 80, "unit": 20, "source": 80}
"""What a row of a target holds."""
_NATURES = {nature.label: nature for nature in Nature}
_SIGNS = {sense.sign: sense for sense in Sense}
_DAY = r"\d{4}-\d{2}-\d{2}"
_LINE = re.compile(
    rf"(?P<nature>{'|'.join(_NATURES)})：(?P<name>.+)(?P<sign>[{''.join(_SIGNS)}])"
    rf"(?P<value>-?\d{{1,20}}(?:\.\d{{1,20}})?)(?P<unit>[^【】\d.][^【】]*?)?"
    rf"(?:【(?:(?P<start>{_DAY})?至(?P<due>{_DAY})?)?，?(?:{SOURCE}(?P<source>[^【】，]+))?"
    rf"，?(?P<required>{REQUIRED})?，?(?:{QUOTE}(?P<quote>.+))?】)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A target as a ledger says it: all that a row of one holds."""

    name: str
    sense: Sense
    value: Decimal
    unit: str = ""
    nature: Nature
    start: date | None = None
    due: date | None = None
    source: str = ""
    is_required: bool = False
    quote: str = ""


def written(aim: Aim) -> str:
    told = []
    if aim.start or aim.due:
        told.append(f"{aim.start or ''}至{aim.due or ''}")
    if aim.source:
        told.append(f"{SOURCE}{aim.source}")
    if aim.is_required:
        told.append(REQUIRED)
    if aim.quote:
        told.append(f"{QUOTE}{aim.quote}")
    more = f"【{'，'.join(told)}】" if told else ""
    words = target_words(aim.name, aim.sense, aim.value, aim.unit)
    return f"{aim.nature.label}：{words}{more}"


def all_written(aims: Iterable[Aim]) -> str:
    """A line for each."""
    return "\n".join(map(written, aims))


def read_line(line: str) -> Aim | None:
    return _read(line.strip())


def read(text: str) -> tuple[Aim, ...] | None:
    """Those of each line; None where any line is none of ours."""
    found = [_read(line.strip()) for line in text.split("\n") if line.strip()]
    aims = tuple(one for one in found if one is not None)
    return aims if found and len(aims) == len(found) else None


def _read(line: str) -> Aim | None:
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    try:
        days = [date.fromisoformat(day) if day else None for day in match.group("start", "due")]
    except ValueError:
        return None
    start, due = days
    if (start and due and start > due) or any(
        len(match[part] or "") > most for part, most in LONGEST.items()
    ):
        return None
    return Aim(
        name=match["name"],
        sense=_SIGNS[match["sign"]],
        value=Decimal(match["value"]),
        unit=match["unit"] or "",
        nature=_NATURES[match["nature"]],
        start=start,
        due=due,
        source=match["source"] or "",
        is_required=bool(match["required"]),
        quote=match["quote"] or "",
    )
