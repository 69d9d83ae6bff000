"""Annexes of a person's own: paragraphs as typed, tables of lines with cells marked off."""

from collections.abc import Iterator
from itertools import groupby

from issues.notices.kinds.shape import NoticeFactsDoc
from issues.notices.kinds.template import level_of
from issues.notices.kinds.wording import formal
from issues.notices.page.document import Attachment, Block, Level, Paragraph
from issues.notices.page.tables.typed import cells_of, is_row, table_of


def own_annexes(facts: NoticeFactsDoc) -> list[Attachment]:
    return [
        Attachment(formal(one.get("title", "")), tuple(_blocks(one.get("text", ""))))
        for one in facts.get("annexes") or []
    ]


def _blocks(text: str) -> Iterator[Block]:
    """Lines of cells that follow one another are one table, the first of them its head."""
    lines = [line.strip(" \r") for line in text.splitlines() if line.strip()]
    for is_table, group in groupby(lines, key=is_row):
        if is_table:
            yield table_of([tuple(map(formal, cells_of(line))) for line in group])
        else:
            yield from map(_paragraph, group)


def _paragraph(line: str) -> Paragraph:
    level, _rest = level_of(line.strip())
    return Paragraph(formal(line), level if level is not Level.THIRD else Level.TEXT)
