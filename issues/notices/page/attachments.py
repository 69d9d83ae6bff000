"""Attachments: each on a new page, paragraphs on the grid, tables whose head repeats."""

from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.body import paragraph_lines
from issues.notices.page.charts import set_chart
from issues.notices.page.document import Attachment, Block, Chart, Document, Picture, Table
from issues.notices.page.ink import PictureMark
from issues.notices.page.lines import (
    BODY_TYPE,
    CELL_TYPE,
    TITLE_TYPE,
    Span,
    one_line,
    set_paragraph,
)
from issues.notices.page.sheets import Sheets
from issues.notices.page.tables import DENSE, plain, set_table
from issues.notices.page.tables.fitting import fitted, lying, sideways
from issues.notices.page.titles import lines_in

MOST_HEIGHT = 0.45 * (metrics.BOTTOM - metrics.TOP)
LEAST_LEFT = 0.25 * (metrics.BOTTOM - metrics.TOP)
"""A page of another file stands under the annex's title where that takes no more than this."""
BELOW = 6.0
EPSILON = 0.01
CAPTION_LEADING = 18.0


def set_attachments(sheets: Sheets, document: Document) -> None:
    several = len(document.attachments) > 1
    for number, attachment in enumerate(document.attachments, 1):
        sheets.turn(lying=lies(attachment))
        label = f"附件{number}" if several else "附件"
        sheets.set_line(one_line(label, FaceRole.HEI, BODY_TYPE, sheets.faces))
        sheets.skip(0 if sheets.lies else 1)
        for text in lines_in(sheets.faces, attachment.title, document.phrases):
            part = ("attachments", number - 1)
            sheets.centre(text, FaceRole.TITLE, TITLE_TYPE, metrics.BLACK, part)
            sheets.skip(1)
        sheets.skip(0.5 if _begins_with_table(attachment) else 1)
        _set_blocks(sheets, attachment)


def lies(attachment: Attachment) -> bool:
    """An attachment that is one long list of many columns lies on its side."""
    blocks = attachment.blocks
    one = blocks[0] if len(blocks) == 1 else None
    return isinstance(one, Table) and sideways(one, metrics.WIDTH, metrics.HEIGHT)


def _begins_with_table(attachment: Attachment) -> bool:
    return bool(attachment.blocks) and isinstance(attachment.blocks[0], Table)


def _set_blocks(sheets: Sheets, attachment: Attachment) -> None:
    before: Block | None = None
    for block in attachment.blocks:
        if isinstance(block, Table):
            _set_fitted(sheets, block)
        elif isinstance(block, Chart):
            set_chart(sheets, block)
        elif isinstance(block, Picture):
            _set_picture(sheets, block)
        else:
            if isinstance(before, Table):
                sheets.skip(0.5)
            sheets.set_lines(paragraph_lines(block, sheets.faces))
        before = block


def _set_fitted(sheets: Sheets, table: Table) -> None:
    if sheets.lies:
        set_table(sheets, lying(table), DENSE)
    else:
        set_table(sheets, fitted(table, (metrics.WIDTH, metrics.HEIGHT), plain()))


def _set_picture(sheets: Sheets, picture: Picture) -> None:
    """Whole on one page, its caption too; one whose bytes were not brought leaves its room."""
    if picture.is_page and sheets.y > metrics.TOP + LEAST_LEFT:
        sheets.turn()
    said = _caption(sheets, picture.caption)
    under = BELOW + len(said) * CAPTION_LEADING + BELOW
    most = metrics.BOTTOM - sheets.y - under if picture.is_page else MOST_HEIGHT
    scale = min(metrics.WIDTH / picture.width, most / picture.height, 1.0)
    width, height = picture.width * scale, picture.height * scale
    if sheets.y + height + under > metrics.BOTTOM + EPSILON:
        sheets.turn()
    if picture.jpeg:
        x = metrics.LEFT + (metrics.WIDTH - width) / 2
        sheets.put(PictureMark(picture.jpeg, x, sheets.y, width, height))
    sheets.y += height + BELOW
    for text in said:
        sheets.centre(text, FaceRole.FANGSONG, CELL_TYPE, metrics.BLACK)
        sheets.y += CAPTION_LEADING
    sheets.y += BELOW


def _caption(sheets: Sheets, caption: str) -> list[str]:
    if not caption:
        return []
    lines = set_paragraph([Span(caption)], sheets.faces, metrics.WIDTH, type_=CELL_TYPE)
    return [line.text for line in lines]
