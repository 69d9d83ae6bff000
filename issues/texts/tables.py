"""Tables in a text: the row of headings, the rows that are an item, those that go on with one."""

from collections.abc import Sequence

from issues.exchange.workbook.sheet import plain
from issues.texts.drafting import fill
from issues.texts.labels import BY_WORD, Told
from issues.texts.record import Draft, Known, Paragraph

LEAST_HEADINGS = 3
ORDER, REGION, TITLE = "order", "region", "title"
_MORE = {
    "序号": ORDER, "编号": ORDER, "行政区域": REGION, "属地": REGION, "县区": REGION,
    "县（区）": REGION,
    "标题": TITLE, "问题标题": TITLE, "事项名称": TITLE, "任务名称": TITLE,
    "反馈问题": "problem", "整改任务": "problem", "工作任务": "problem", "重点任务": "problem",
    "任务内容": "problem",
}  # fmt: skip
HEADINGS = {plain(word): field for word, field in (BY_WORD | _MORE).items()}
_NEEDED = {"problem", TITLE}


def headings_of(one: Paragraph) -> dict[int, str]:
    """The field of each column, where a row is one of headings; else nothing."""
    found = {
        column: field
        for column, cell in enumerate(one.cells)
        if (field := HEADINGS.get(plain(cell))) is not None
    }
    is_one = len(found) >= LEAST_HEADINGS and not _NEEDED.isdisjoint(found.values())
    return found if is_one else {}


def drafts_of(paragraphs: Sequence[Paragraph], known: Known) -> tuple[list[Draft], set[int]]:
    """Every item of every table, and the paragraphs they and their headings took."""
    drafts: list[Draft] = []
    taken: set[int] = set()
    columns: dict[int, str] = {}
    rows: list[Paragraph] = []
    for one in [*paragraphs, Paragraph(0, "")]:
        heads = headings_of(one)
        is_row = bool(columns) and bool(one.cells) and not heads
        if rows and not (is_row and not _begins(one, columns)):
            drafts.append(_draft(rows, columns, known))
            rows = []
        if is_row:
            rows.append(one)
            taken.add(one.no)
        else:
            columns = heads
            taken |= {one.no} if heads else set()
    return drafts, taken


def _begins(one: Paragraph, columns: dict[int, str]) -> bool:
    """A row with a problem of its own; one without goes on with the item above."""
    return any(_cell(one, column) for column, field in columns.items() if field in _NEEDED)


def _draft(rows: Sequence[Paragraph], columns: dict[int, str], known: Known) -> Draft:
    draft = Draft(0, rows[0].no, rows[-1].no)
    told = []
    for place, row in enumerate(rows):
        for column, field in columns.items():
            words = _cell(row, column)
            if field == ORDER and place == 0:
                draft.mark = words
            elif field == TITLE and words:
                draft.title = draft.title or words
            elif field == REGION and words and not draft.region:
                _region(draft, words, known)
            elif words and field not in (ORDER, TITLE, REGION):
                told.append(Told(field, words, _label(field)))
    if draft.title and not any(one.field == "problem" for one in told):
        told.append(Told("problem", draft.title))
    problem = next((one.text for one in told if one.field == "problem"), "")
    return fill(draft, told, known, head=problem)


def _region(draft: Draft, words: str, known: Known) -> None:
    code = known.directory.region(words)
    if code is None:
        draft.guess("region", f"“{words[:40]}”不是名录中的县（区），没有采用")
    else:
        draft.region = code


def _label(field: str) -> str:
    return next((word for word, known in BY_WORD.items() if known == field), "")


def _cell(row: Paragraph, column: int) -> str:
    return row.cells[column].strip() if column < len(row.cells) else ""
