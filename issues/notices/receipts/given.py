"""An answer given point by point: completed to what the door reads, then held against the paper."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from issues.ground.numbers import whole
from issues.ground.refusals import Incomplete
from issues.models import Notice
from issues.notices.demanded import answer_to, told_by
from issues.notices.receipts.points import MOST_POINTS, points_of, words_of
from issues.rules.dates.bounds import from_today
from issues.vocabulary import NoticeKind
from issues.vocabulary.supervision import AnswerState

EVERY = "请逐项答复"


def completed(kind: NoticeKind, raw: Mapping[str, Any]) -> dict[str, Any]:
    """With points, the text and the files of the whole answer are those of its points.

    What is no row of a point stays as it came: the door refuses it at its place.
    """
    rows = _rows(raw.get("points"))
    if not rows:
        return dict(raw)
    given = raw.get("evidence")
    files = [*(given if isinstance(given, list) else []), *_files(rows)]
    found = {**raw, "evidence": list(dict.fromkeys(files))}
    if not str(raw.get("text") or "").strip():
        found["text"] = words_of(rows) if answer_to(kind).words else _text(rows)
    return found


def _rows(given: Any) -> list[Mapping[str, Any]]:
    return [row for row in given if isinstance(row, Mapping)] if isinstance(given, list) else []


def _files(rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    told = [row.get("evidence") for row in rows]
    return [one for files in told if isinstance(files, list) for one in files]


def _text(rows: Sequence[Mapping[str, Any]]) -> str:
    """A row that cannot be read is told at its own field; here it is only not empty."""
    try:
        plain = [
            {**row, "by": _day(row), "no": whole(str(row.get("no")), 0, MOST_POINTS) or 0}
            for row in rows
        ]
        return told_by(sorted(plain, key=lambda row: row["no"]))
    except (ValueError, TypeError):
        return words_of(rows) or EVERY


def _day(row: Mapping[str, Any]) -> date | None:
    by = row.get("by")
    return date.fromisoformat(str(by)) if by else None


def refuse_unfit(notice: Notice, rows: Sequence[Mapping[str, Any]], today: date) -> None:
    """Each point once, none missing, each day to come. Raises Incomplete."""
    if not rows:
        return
    asked, wrong = {one.no for one in points_of(notice)}, {}
    seen: set[int] = set()
    for place, row in enumerate(rows):
        if row["no"] not in asked:
            wrong[f"points.{place}.no"] = [f"文书没有第{row['no']}项要求"]
        elif row["no"] in seen:
            wrong[f"points.{place}.no"] = [f"第{row['no']}项答复了两次"]
        if fault := _fault_of_day(row, today):
            wrong[f"points.{place}.by"] = [fault]
        seen.add(row["no"])
    if left := sorted(asked - seen):
        wrong["points"] = [f"{named(left)}尚未答复，请逐项选择已完成或者限期完成"]
    if wrong:
        raise Incomplete(wrong)


def _fault_of_day(row: Mapping[str, Any], today: date) -> str:
    if row["state"] == AnswerState.DONE.value:
        return "已完成的不必填写完成日期" if row.get("by") else ""
    if not row.get("by"):
        return "限期完成的，请填写完成日期"
    return from_today("完成日期", today).why_not(row["by"])


def named(numbers: Sequence[int]) -> str:
    return f"第{'、'.join(map(str, numbers))}项"


def returned(notice: Notice, given: Sequence[str] | None) -> list[int]:
    """The numbers that an answer is returned for. Raises Incomplete."""
    asked = {one.no for one in points_of(notice)}
    numbers = {whole(one, 1, MOST_POINTS) for one in given or ()}
    if unknown := numbers - asked:
        told = [str(one) for one in unknown if one]
        sentence = f"文书没有第{'、'.join(told)}项要求" if told else "请勾选文书所列的要求"
        raise Incomplete({"points": [sentence]})
    return sorted(number for number in numbers if number)
