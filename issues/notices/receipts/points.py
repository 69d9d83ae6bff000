"""What a signed paper asks, point by point, and what the unit said of each.

The points are those of the frozen facts: nothing is asked on a page that the paper does not ask.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from issues.act_fields import Field, optional
from issues.act_fields.field import COMING
from issues.ground.numbers import LARGEST_ID, whole
from issues.models import Notice
from issues.notices.kinds import default_demands
from issues.notices.kinds.shape import DemandFacts, NoticeFactsDoc
from issues.rules.dates.days import written
from issues.vocabulary import NoticeKind, NoticeStatus
from issues.vocabulary.supervision import AnswerState

MOST_POINTS = 60
POINTS = optional(
    "points", "rows", "逐项答复",
    fields=(
        Field("no", "integer", "要求序号", least=1, most=MOST_POINTS),
        Field("state", "choice", "办理情况", choices=tuple(AnswerState.choices())),
        optional("by", "date", "完成日期", when=COMING),
        optional("text", "long_text", "说明", limit=1000),
        optional("evidence", "names", "佐证材料"),
    ),
    hint="按文书的督办要求逐项答复；只写答复内容的，视为对各项一并答复",
)  # fmt: skip
"""Of a call and of the history; the page draws its own (templates/notices/answer/_points.html)."""
RETURNED = optional(
    "points", "names", "退回的要求", hint="勾选须重新答复的要求；不选则各项都须重新答复"
)


class Point(NamedTuple):
    """One requirement; `no` counts from 1, as the paper's page does."""

    no: int
    text: str
    due: date | None


class Answered(NamedTuple):
    """What was said of a point; `state` None where a text answered all of them at once."""

    state: AnswerState | None
    by: date | None = None
    text: str = ""
    evidence: tuple[int, ...] = ()


def asked_in(facts: NoticeFactsDoc) -> list[DemandFacts]:
    """As they are printed: what signing froze, else a person's own, else what the template says."""
    return facts.get("asked") or facts.get("demands") or default_demands(facts)


def points_of(notice: Notice) -> list[Point]:
    """Of a paper that was signed, void or not; a draft asks nothing yet."""
    if notice.number is None:
        return []
    return numbered(asked_in(cast("NoticeFactsDoc", notice.facts)))


def numbered(demands: Iterable[Mapping[str, Any]]) -> list[Point]:
    return [
        Point(no, str(one.get("text") or "").rstrip("。；"), _day(one.get("due")))
        for no, one in enumerate(demands, 1)
    ]


def is_answered_by_points(notice: Notice) -> bool:
    """An N0 is answered by the plan, and some papers ask for no answer."""
    return is_asking(notice.kind, notice.status, notice.reply_due)


def is_asking(kind: NoticeKind, status: NoticeStatus, reply_due: date | None) -> bool:
    return status is NoticeStatus.SIGNED and reply_due is not None and kind is not NoticeKind.N0


def answers_of(rows: Sequence[Mapping[str, Any]]) -> dict[int, Answered]:
    """By number, from the rows that a notice, a review or a draft keeps."""
    return {
        row["no"]: Answered(
            AnswerState.of(row.get("state") or ""),
            _day(row.get("by")),
            row.get("text") or "",
            tuple(row.get("evidence") or ()),
        )
        for row in rows
    }


def kept(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows as the door read them, as they are kept: in the order of the paper."""
    return [
        {
            "no": row["no"],
            "state": row["state"],
            "by": row["by"].isoformat() if row.get("by") else None,
            "text": row.get("text") or "",
            "evidence": [
                found
                for one in row.get("evidence") or ()
                if (found := whole(str(one), 0, LARGEST_ID)) is not None
            ],
        }
        for row in sorted(rows, key=lambda row: row["no"])
    ]


def words_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """All that was written, without what the form itself says: what a length is measured by."""
    return "\n".join(text for row in rows if (text := str(row.get("text") or "").strip()))


def sentence_of(row: Mapping[str, Any]) -> str:
    """One answered point as the paper's answer is read as a whole."""
    state = AnswerState(row["state"])
    by = _day(row.get("by"))
    said = f"{written(by)}前完成" if state is AnswerState.BY and by else state.label
    text = str(row.get("text") or "").strip()
    return f"{row['no']}. {said}{'：' + text if text else ''}"


def _day(value: Any) -> date | None:
    if not value:
        return None
    return value if isinstance(value, date) else date.fromisoformat(value)
