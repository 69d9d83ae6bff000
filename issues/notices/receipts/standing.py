"""How each point of a paper stands on a day, and all of them in one phrase: one reader for all.

The page of the paper, the list, the worklist, the ledger and the API say it from here.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from issues.models import Notice, ReplyDraft, ReplyReview
from issues.notices.receipts import drafts
from issues.notices.receipts.given import named
from issues.notices.receipts.points import (
    Answered,
    Point,
    answers_of,
    is_answered_by_points,
    points_of,
)
from issues.rules.dates.days import written
from issues.vocabulary.supervision import AnswerState


class Line(NamedTuple):
    """A point as a page shows it. `label` says how it stands; `answer` is what was handed in.

    `returned`: why the office gave the answer back, where this point is to be answered anew.
    """

    point: Point
    label: str
    is_late: bool
    is_open: bool
    answer: Answered | None = None
    returned: str = ""


def lines(
    notice: Notice, draft: ReplyDraft | None, told: Sequence[ReplyReview], today: date
) -> list[Line]:
    """`told`: what the office said of its answers, the newest first."""
    points = points_of(notice)
    if not points or not is_answered_by_points(notice):
        return [Line(point, "", is_late=False, is_open=False) for point in points]
    if notice.replied_at is not None:
        answers = answers_of(notice.reply_points)
        return [_answered(point, answers.get(point.no), today) for point in points]
    begun = drafts.filled(draft, {point.no for point in points})
    back = _returned(told, points)
    return [_open(point, point.no in begun, back.get(point.no, ""), today) for point in points]


def _answered(point: Point, answer: Answered | None, today: date) -> Line:
    """A text alone answers every point at once."""
    if answer is None or answer.state is None:
        label = "已在答复内容中一并答复"
        return Line(point, label, is_late=False, is_open=False, answer=answer)
    if answer.state is AnswerState.DONE or answer.by is None:
        return Line(point, answer.state.label, is_late=False, is_open=False, answer=answer)
    is_late = answer.by < today
    passed = "，该日期已过" if is_late else ""
    label = f"答复为{written(answer.by)}前完成{passed}"
    return Line(point, label, is_late=is_late, is_open=False, answer=answer)


def _open(point: Point, is_begun: bool, returned: str, today: date) -> Line:  # noqa: FBT001
    late = (today - point.due).days if point.due and point.due < today else 0
    said = "已填写，未提交" if is_begun else "未答复"
    if returned:
        said = f"退回后{said}"
    label = f"{said}，时限已过{late}天" if late else said
    return Line(point, label, is_late=bool(late), is_open=True, returned=returned)


def _returned(told: Sequence[ReplyReview], points: Sequence[Point]) -> dict[int, str]:
    """Of the last answer alone; one returned without naming points is returned whole."""
    if not told or told[0].is_accepted:
        return {}
    numbers = told[0].points or [point.no for point in points]
    return dict.fromkeys(numbers, told[0].reason)


class Count(NamedTuple):
    """Numbers of the points that are not answered, those of them begun, and days that have passed.

    `passed`: points that were answered with a day to come, which has come and gone.
    """

    total: int
    unanswered: tuple[int, ...]
    begun: tuple[int, ...]
    passed: tuple[int, ...]

    @property
    def phrase(self) -> str:
        """As a list says it; nothing where a paper asks nothing."""
        if not self.total:
            return ""
        if not self.unanswered:
            late = f"，{named(self.passed)}答复的完成日期已过" if self.passed else ""
            return f"要求{self.total}项，均已答复{late}"
        left = [no for no in self.unanswered if no not in self.begun]
        said = [f"{named(self.begun)}已填写未提交"] if self.begun else []
        said += [f"{named(left)}未答复"] if left else []
        return f"要求{self.total}项，{'，'.join(said)}"


def counted(
    numbers: Collection[int], *, is_replied: bool, rows: Sequence[Mapping[str, Any]],
    draft: ReplyDraft | None, today: date,
) -> Count:  # fmt: skip
    """From the columns of a row. `rows`: the answer as it is kept, of one that was given."""
    if is_replied:
        passed = tuple(
            no
            for no, one in sorted(answers_of(rows).items())
            if one.state is AnswerState.BY and one.by is not None and one.by < today
        )
        return Count(len(numbers), (), (), passed)
    begun = drafts.filled(draft, numbers)
    return Count(len(numbers), tuple(sorted(numbers)), tuple(sorted(begun)), ())


def count(notice: Notice, draft: ReplyDraft | None, today: date) -> Count:
    """Nothing of a paper that asks for no answer of its own."""
    numbers = [one.no for one in points_of(notice)] if is_answered_by_points(notice) else []
    return counted(
        numbers, is_replied=notice.replied_at is not None, rows=notice.reply_points,
        draft=draft, today=today,
    )  # fmt: skip
