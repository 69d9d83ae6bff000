"""What minutes tell of a meeting: its circumstances, its points, what was settled, who was there.

GB/T 9704-2012, 10.3: 出席, 请假 and 列席 under the body.
"""

from typing import Any

from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.kinds.wording import clause, day, formal, listed, sentence

_LISTS = (("出席", "present"), ("请假", "absent"), ("列席", "observers"))


def minutes_of(facts: NoticeFactsDoc) -> Any:
    return facts.get("minutes") or {}


def people_of(facts: NoticeFactsDoc) -> tuple[tuple[str, str], ...]:
    """Each list that names somebody."""
    told = minutes_of(facts)
    return tuple(
        (label, listed(map(formal, told[part]))) for label, part in _LISTS if told.get(part)
    )


def points(facts: NoticeFactsDoc) -> list[str]:
    text = str(minutes_of(facts).get("points") or "")
    return [sentence(line) for line in text.splitlines() if line.strip()]


def statement(facts: NoticeFactsDoc) -> str:
    text = minutes_of(facts).get("statement")
    return sentence(text) if text else ""


def tasks(facts: NoticeFactsDoc) -> list[str]:
    """Each with who does it and by when."""
    found = []
    for one in minutes_of(facts).get("tasks") or []:
        unit = formal(one.get("unit_name") or facts.get("unit_name") or "")
        head = f"由{unit}负责，" if unit else ""
        due = f"{day(one['due'])}前完成" if one.get("due") else ""
        found.append(
            f"{head}{due}：{clause(one['text'])}。" if due else f"{head}{clause(one['text'])}。"
        )
    return found
