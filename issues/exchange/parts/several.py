"""One row that says several measures: each in words of its own, with who and by when."""

import re
from datetime import date

from issues.exchange.parts.numbering import Parts, lines_of, parts_of
from issues.exchange.parts.own_words import day_in_bracket, split_units
from issues.exchange.workbook.cells import Fields
from issues.rules.dates.days import written
from issues.rules.dates.deadlines import Deadline, UnreadableDeadline, read_deadline
from issues.vocabulary import DeadlineKind

IN_DOUBT = "这一格像是写了几项措施，分不清每一项，按一项措施导入；应分开的，请一行写一项"
FIGURES = "这一格写了几项措施，又填了目标值或完成值，按一项措施导入；应分开的，请一行写一项"
_ENDS = re.compile(r"\n+|(?<=[)）])[；;。]+\s*")
_MEASURES = re.compile("措施|任务|步骤")
_DAYS = frozenset({DeadlineKind.FIXED, DeadlineKind.STANDING})


def measures_in(fields: Fields, row: int, *, is_alone: bool, is_ours: bool) -> list[str]:
    """What a row's cell of measures says, one text a measure. Told where it is more than one.

    `is_alone`: the ticket has no other row of measures. `is_ours`: it has a number of a register,
    whose rows are each one measure whatever they say.
    """
    journal = fields.journal
    cell = journal.take("m_text", row)
    is_numbered = bool(journal.take("m_no", row).text)
    if is_numbered and is_ours:
        return [cell.text]
    texts, is_doubtful = _texts(fields, row, cell.text)
    if is_doubtful or (len(texts) > 1 and is_numbered and not is_alone):
        journal.notice(cell, IN_DOUBT)
        return [cell.text]
    if len(texts) <= 1:
        return [cell.text]
    figures = [journal.take(name, row) for name in ("m_target", "m_confirmed")]
    if any(not figure.is_empty for figure in figures):
        journal.notice(cell, FIGURES)
        return [cell.text]
    journal.notice(cell, f"这一格写了{len(texts)}项措施，已拆成{len(texts)}项，原编号不再保留")
    return texts


def _texts(fields: Fields, row: int, text: str) -> tuple[list[str], bool]:
    parts = parts_of(text)
    if not parts.texts:
        return ([], True) if parts.in_doubt else _unnumbered(fields, row, text)
    days = fields.journal.take(deadline_column(fields), row).text
    if _is_a_list(parts) and len(parts_of(days).texts) != len(parts.texts):
        more = [_says_more(fields, one) for one in parts.texts]
        if not all(more):
            return [], True
    return [parts.lead + parts.texts[0], *parts.texts[1:]], False


def _is_a_list(parts: Parts) -> bool:
    """What follows a colon may be places or things of one measure: 整治以下点位：1.甲村；2.乙村."""
    return parts.lead.endswith(("：", ":")) and not _MEASURES.search(parts.lead)


def _unnumbered(fields: Fields, row: int, text: str) -> tuple[list[str], bool]:
    """Line by line, where each line says who or by when, or the deadlines stand line by line."""
    pieces = [piece.strip() for piece in _ENDS.split(text) if piece.strip()]
    said = [_says_more(fields, piece) for piece in pieces]
    if len(pieces) > 1 and all(said):
        return pieces, False
    lines = lines_of(text)
    days = fields.journal.take(deadline_column(fields), row)
    if len(lines) > 1 and len(lines_of(days.text)) == len(lines):
        return list(lines), False
    return [], sum(said) > 1 or (any(said) and not said[-1])


def _says_more(fields: Fields, piece: str) -> bool:
    return bool(split_units(piece)[1] or day_in_bracket(piece, fields.policy)[1])


def deadline_column(fields: Fields) -> str:
    """Where measures have no deadlines of their own, the ticket's may be numbered as they are."""
    return "m_deadline" if fields.journal.has("m_deadline") else "deadline"


def paired(fields: Fields, name: str, row: int, count: int) -> list[str]:
    """What a cell says of each of a row's measures; "" where it speaks of all of them."""
    cell = fields.journal.take(name, row)
    texts = parts_of(cell.text).texts or lines_of(cell.text)
    if count > 1 and len(texts) not in {0, 1, count}:
        sentence = f"这一格分为{len(texts)}项，措施是{count}项，请逐项对应，或一行写一项措施"
        fields.journal.error(cell, sentence)
    return list(texts) if len(texts) == count and count > 1 else [""] * count


def deadline_of_several(fields: Fields, row: int, assigned: date | None) -> Deadline | None:
    """A ticket's deadline cell that numbers several: the last of them. None where it does not."""
    cell = fields.journal.take("deadline", row)
    texts = parts_of(cell.text).texts or lines_of(cell.text)
    if len(texts) <= 1:
        return None
    try:
        read = [read_deadline(text, assigned, fields.policy) for text in texts]
    except UnreadableDeadline:
        return None
    days, kinds = [one.on for one in read if one.on], {one.kind for one in read}
    if not days or not kinds <= _DAYS:
        return None
    told = f"这一格分{len(read)}项，问题的整改时限按最后的{written(max(days))}计"
    fields.journal.notice(cell, told)
    kind = DeadlineKind.FIXED if len(kinds) == 1 else DeadlineKind.FIXED_THEN_STANDING
    return Deadline(kind, max(days), cell.text)
