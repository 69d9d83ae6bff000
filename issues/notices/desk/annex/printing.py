"""Annexes of a person's own: a title over paragraphs, tables and pictures."""

from issues.notices.desk.pieces import marks_of
from issues.notices.desk.shape import AnnexFacts, BlockFacts, DeskFacts
from issues.notices.page.document import Attachment, Block, Level, Paragraph, Picture, Table
from issues.notices.page.tables.shares import shares

MOST_ROWS = 300
MOST_COLUMNS = 12
LEAST_SHARE, MOST_SHARE = 2, 14


def desk_annexes(desk: DeskFacts) -> list[Attachment]:
    return [_attachment(annex) for annex in desk.get("annexes") or []]


def _attachment(annex: AnnexFacts) -> Attachment:
    blocks = annex.get("blocks") or []
    levels = [Level(block.get("level", 0)) for block in blocks]
    marks = marks_of(levels)
    set_blocks = (
        _block(block, mark, level) for block, mark, level in zip(blocks, marks, levels, strict=True)
    )
    return Attachment(annex.get("title", ""), tuple(set_blocks))


def _block(block: BlockFacts, mark: str, level: Level) -> Block:
    if "rows" in block:
        return _table(block)
    if "sha256" in block:
        size = (block.get("width", 1), block.get("height", 1))
        return Picture(
            block["sha256"], *size, caption=block.get("caption", ""), is_page="page" in block
        )
    return Paragraph(f"{mark}{block.get('text', '')}", level)


def _table(block: BlockFacts) -> Table:
    rows = [list(row) for row in block["rows"]]
    count = max((len(row) for row in rows), default=1)
    rows = [row + [""] * (count - len(row)) for row in rows]
    widths = shares(rows, LEAST_SHARE, MOST_SHARE)
    set_rows = tuple(tuple(row) for row in rows)
    heads, rest = (set_rows[0], set_rows[1:]) if block.get("heads") else ((), set_rows)
    return Table(widths, rest, heads, aligns="c" * count)
