"""The pictures of a sheet that may become evidence: of which ticket each is, and of which kind."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from issues.exchange.reading.items import PictureRead
from issues.exchange.workbook.blocks import Block
from issues.exchange.workbook.cell_account import Journal
from issues.exchange.workbook.places import Place
from issues.exchange.workbook.sheet import address, plain
from issues.ground.secrecy import persons
from issues.vocabulary import EvidenceKind

_KINDS = (
    (EvidenceKind.AFTER, re.compile(r"(?:整改|治理|完成|完工|恢复)后|完成情况照|整改成效")),
    (EvidenceKind.DURING, re.compile(r"(?:整改|治理|施工)(?:中|过程)|施工现场")),
    (EvidenceKind.BEFORE, re.compile(r"(?:整改|治理)前|问题(?:照片|图片)|原状")),
)
"""By the words of a heading. A photo under any other is none of them until somebody says so."""
ELSE = EvidenceKind.OTHER


def pictures_of(journal: Journal, blocks: Sequence[Block]) -> tuple[PictureRead, ...]:
    """Row by row. None above or below the tickets, nor in a column about who complained."""
    firsts = [block.rows[0] for block in blocks]
    found = (
        one
        for place in sorted(journal.sheet.over)
        if firsts and firsts[0] <= place[0] <= blocks[-1].rows[-1]
        for one in _at(journal, place, firsts[bisect_right(firsts, place[0]) - 1])
    )
    return tuple({one.key: one for one in found}.values())


def _at(journal: Journal, place: Place, row: int) -> Iterator[PictureRead]:
    heading = journal.columns.heading(place[1])
    if persons.kind_of(heading) is not None:
        return
    for one in journal.sheet.over[place]:
        for part in one.parts:
            name = persons.masked(one.words)
            yield PictureRead(row, address(*place), heading, name, part, kind_of(heading))


def kind_of(heading: str) -> EvidenceKind:
    words = plain(heading)
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), ELSE)
