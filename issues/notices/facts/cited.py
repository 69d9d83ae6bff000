"""What the register says of the numbers (文号) that a paper cites: only of the city's own ones."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from extensions import db
from issues.city.words import Words
from issues.models import Issue, Notice
from issues.notices.kinds.claims import CITED, MARKS
from issues.notices.kinds.claims.figures import number_of, plain
from issues.vocabulary import NoticeStatus

_PARTS = re.compile(
    r"(?P<head>.*?)\s*[〔［\[【（(]?\s*(?P<year>\d{4}|[零〇○一二三四五六七八九]{4})\s*[〕］\]】）)年]\s*第?\s*(?P<no>\d+)\s*号.*"
)


def cited(texts: Iterable[str], issues: Sequence[Issue], said: Words) -> dict[str, str]:
    """By the number as it is written: what is wrong with it; nothing where it is in force.

    A number of another body is not ours to prove, and is left out.
    """
    tickets = [issue.number for issue in issues]
    written = {found for text in texts for found in CITED.findall(MARKS.sub("", plain(text)))}
    ours = {one: _ours(one, said) for one in written}
    wanted = {number for numbers in ours.values() for number in numbers}
    if not wanted:
        return {}
    rows = db.session.scalars(
        select(Notice).where(or_(*(Notice.number.endswith(number) for number in wanted)))
    ).all()
    return {
        one: _wrong(numbers[0], [row for row in rows if _is(row, numbers)], tickets)
        for one, numbers in ours.items()
        if numbers
    }


def _ours(written: str, said: Words) -> list[str]:
    """The number that is meant, a bare one of any series; nothing where it is another body's."""
    parts = _PARTS.fullmatch(written)
    if parts is None:
        return []
    tail = f"〔{number_of(parts['year'])}〕{number_of(parts['no'])}号"
    known = {*said["notice_series"].values()} - {""}
    own = next((s for s in sorted(known, key=len, reverse=True) if parts["head"].endswith(s)), None)
    if own is not None:
        return [f"{own}{tail}"]
    names = [name for of in said["notice_issuers"].values() for name in of.values() if name]
    is_bare = not parts["head"] or parts["head"].endswith((*names, "我办", "我委", "本办", "本委"))
    return [tail] if is_bare or _VERB.search(parts["head"]) else []


_VERB = re.compile(
    r"(?:印发|下发|发出|根据|依据|按照|按|依|通知书|通知|通报|提示函|督办|督办函|文件)的?$"
)


def _is(row: Notice, numbers: Sequence[str]) -> bool:
    number = row.number or ""
    return any(number == one or (one.startswith("〔") and number.endswith(one)) for one in numbers)


def _wrong(number: str, found: Sequence[Notice], tickets: Sequence[str]) -> str:
    if not found:
        return f"没有签发过文号为{number}的文书"
    in_force = [row for row in found if row.status is NoticeStatus.SIGNED]
    if not in_force:
        return f"{number}已作废"
    if not tickets or any({i.number for i in row.issues} & {*tickets} for row in in_force):
        return ""
    return f"{number}不是就{'、'.join(tickets)}印发的文书"


def texts_in(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_in(one)
