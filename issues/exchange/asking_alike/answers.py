"""What was answered of rows that may be a ticket of the register: laid over the sheet, and held to.

A row answered to be a ticket bears its number from then on, as if it stood in the sheet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from extensions import db
from issues.exchange.already_here import is_unnamed
from issues.exchange.asking_alike.asking import NO_LONGER
from issues.exchange.asking_alike.question import NEW, SAME, Question
from issues.exchange.import_report import RowsRefused
from issues.exchange.reading.constants import answered
from issues.exchange.reading.items import CellError, ItemRead, Understood
from issues.exchange.reading.profile import Profile
from issues.ground.refusals import Incomplete
from issues.models import Issue

ONCE = "台账中的一个问题只能对应表中的一行"


class Unanswered(RowsRefused):
    """Rows that may be a ticket here, and nobody has said whether they are."""

    def __init__(self, cells: tuple[CellError, ...]) -> None:
        super().__init__(cells)
        self.sentence = f"表中有{len(cells)}行可能是台账中已有的问题，请答复后再导入。"
        self.args = (self.sentence,)


def with_answers(understood: Understood, profile: Profile | None) -> Understood:
    """Those that still hold: the row has no name of its own, and the ticket no other row."""
    if profile is None or not (profile.same_rows or profile.new_rows):
        return understood
    free = {item.row for item in understood.items if is_unnamed(item)}
    standing = _standing(set(profile.same_rows.values()))
    standing -= {item.number for item in understood.items if item.number}
    same: dict[int, str] = {}
    for row, number in sorted(profile.same_rows.items()):
        if row in free and number in standing:
            same[row] = number
            standing.remove(number)

    def named(items: Sequence[ItemRead]) -> tuple[ItemRead, ...]:
        return tuple(replace(i, number=same[i.row]) if i.row in same else i for i in items)

    return replace(
        understood,
        items=named(understood.items),
        as_written=named(understood.as_written),
        unsealed=named(understood.unsealed),
        same_rows=same,
        new_rows=profile.new_rows - same.keys(),
    )


def _standing(numbers: set[str]) -> set[str]:
    if not numbers:
        return set()
    asked = select(Issue.number).where(
        Issue.number.in_(sorted(numbers)), Issue.status.not_in(NO_LONGER)
    )
    return set(db.session.scalars(asked))


def refuse_open(questions: Iterable[Question]) -> None:
    """Raises Unanswered, each row at its cell."""
    cells = tuple(
        CellError(one.cell, one.heading, one.problem, _sentence(one))
        for one in questions
        if not one.answer
    )
    if cells:
        raise Unanswered(cells)


def _sentence(question: Question) -> str:
    likes = "；".join(f"{one.number}（{one.because}）" for one in question.likes)
    return f"第{question.row}行可能与台账中的问题是同一问题：{likes}"


def settled(
    questions: Sequence[Question], given: Mapping[int, str], rest: str = ""
) -> dict[int, str]:
    """Every answer by its row, with those just given: NEW, or the number of a ticket it is like.

    `rest` is said of those that stay open: NEW, or SAME as the most alike. Raises Incomplete, each
    fault at its row: a ticket that the row is not like, or one that another row is.
    """
    answers: dict[int, str] = {}
    errors: dict[str, list[str]] = {}
    rows: dict[str, int] = {}
    for one in questions:
        answer = given.get(one.row, one.answer) or rest
        answer = one.likes[0].number if answer == SAME else answer
        if not answer:
            continue
        answers[one.row] = answer
        if answer == NEW:
            continue
        if answer not in {like.number for like in one.likes}:
            errors[one.field] = ["请从列出的问题中选择"]
        elif rows.setdefault(answer, one.row) != one.row:
            said = f"第{one.row}行与第{rows[answer]}行都答为{answer}，{ONCE}"
            errors[one.field] = [said]
    if errors:
        raise Incomplete(
            errors, "；".join(said for each in errors.values() for said in each) + "。"
        )
    return answers


def kept(text: str, answers: Mapping[int, str]) -> str:
    """The profile with these answers in place of those before. Raises ProfileError."""
    same = {row: answer for row, answer in answers.items() if answer != NEW}
    return answered(text, same, answers.keys() - same.keys())
