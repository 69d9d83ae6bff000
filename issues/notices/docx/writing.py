"""A document as a DOCX: every text of it in its own style, on the page of GB/T 9704-2012.

Not drawn: 草稿 across the page (the margin says it), and the QR code, because a file that can be
changed is verified by nobody. A chart is a table of its figures. The same document, the same bytes.
"""

from collections.abc import Iterator

from issues.ground import signs
from issues.ground.packed.archive import packed
from issues.ground.packed.markup import tag
from issues.notices.docx import book
from issues.notices.docx.heading import head, names_many
from issues.notices.docx.pieces import (
    LINE,
    TAB,
    fonts,
    indent,
    paragraph,
    run,
    table,
    twips,
    w,
)
from issues.notices.docx.reading import labelled
from issues.notices.docx.styles import (
    ANNEX,
    ANNEX_TITLE,
    BY_LEVEL,
    CELL,
    CELL_HEAD,
    DATE,
    IMPRINT,
    LISTED,
    NOTE,
    PEOPLE,
    SIGNER,
    TEXT,
)
from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.attachments import lies
from issues.notices.page.document import (
    Attachment,
    Block,
    Chart,
    Document,
    Level,
    Paragraph,
    Picture,
    Table,
    dated,
)
from issues.notices.page.forms.joint import SEAL_LINES
from issues.notices.page.tables.typed import table_in

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TOTAL = "合计"
_LABELS = {"report": "报送：", "minutes": "分送："}
_HEADINGS = frozenset({Level.FIRST, Level.SECOND})
_OUTER, _INNER = 8, 6
"""Eighths of a point: of the lines that close a paper."""


def written(document: Document) -> bytes:
    """The file, which `reading.read` gives the body of back."""
    is_letter = document.form == "letter"
    blocks, lay = [*head(document), *_body(document), *_tail(document)], False
    several = len(document.attachments) > 1
    for number, attachment in enumerate(document.attachments, 1):
        turns, was = lies(attachment) or lay, lay
        lay = lies(attachment)
        blocks += [_ended(is_letter=is_letter, lay=was)] if turns else []
        blocks += _annex(attachment, number if several else 0, begun=turns, lay=lay)
    closing = list(_imprint(document))
    if closing and lay:
        blocks.append(_ended(is_letter=is_letter, lay=lay))
        lay = False
    blocks += closing
    parts = {
        "[Content_Types].xml": book.content_types(),
        "_rels/.rels": book.relations(),
        "docProps/core.xml": book.about(document),
        "word/document.xml": book.document_root(
            *blocks, book.section(is_letter=is_letter, lies=lay)
        ),
        "word/_rels/document.xml.rels": book.document_relations(),
        "word/styles.xml": book.styles(),
        "word/settings.xml": book.settings(),
        "word/header.xml": book.header(document),
        "word/odd.xml": book.footer("right"),
        "word/even.xml": book.footer("left"),
        "word/letter.xml": book.letter_footer(),
    }
    return packed(parts)


def _ended(*, is_letter: bool, lay: bool) -> str:
    """What stands before is a section of its own: its sheets lie, or stand."""
    return paragraph(CELL, drawn=book.section(is_letter=is_letter, lies=lay))


def _body(document: Document) -> Iterator[str]:
    """The last paragraph stands on the page of the 署名, which is alone on none."""
    last = len(document.body) - 1
    for place, block in enumerate(document.body):
        if block.picture is not None:
            yield paragraph(CELL_HEAD, run(f"（图）{block.text}"))
        elif (typed := table_in(block)) is not None:
            yield table(typed)
        else:
            yield _paragraph(block, w("keepNext") if place == last else "")


def _block(block: Block, width: float = metrics.WIDTH) -> Iterator[str]:
    if isinstance(block, Table):
        yield table(block, width)
    elif isinstance(block, Chart):
        yield paragraph(CELL_HEAD, run(block.title))
        yield table(_figures(block))
    elif isinstance(block, Picture):
        yield paragraph(CELL_HEAD, run(f"（图）{block.caption}"))
    else:
        yield _paragraph(block)


def _paragraph(one: Paragraph, kept: str = "") -> str:
    """Of a heading that runs on only the first sentence is in the heading's face."""
    level = one.level
    head_, stop, rest = one.text.partition("。") if level in _HEADINGS else (one.text, "", "")
    if level in _HEADINGS and rest:
        kept = kept or w("keepNext", 0)
    drawn = kept if one.indent else kept + indent(0)
    if level is Level.TEXT and labelled(one.text):
        drawn += w("outlineLvl", 9)
    runs = run(head_ + stop) + (run(rest, fonts(TEXT.role)) if rest else "")
    return paragraph(BY_LEVEL[level], runs, drawn=drawn)


def _figures(chart: Chart) -> Table:
    rows = zip(chart.labels, chart.values, strict=True)
    return Table(
        widths=(4.0, *[2.0] * (len(chart.names) + 1)),
        heads=("", *chart.names, TOTAL),
        rows=tuple((label, *map(str, row), str(sum(row))) for label, row in rows),
        aligns="l" + "c" * (len(chart.names) + 1),
    )


def _tail(document: Document) -> Iterator[str]:
    yield from _listed(document)
    if document.form == "minutes":
        yield from _people(document)
    else:
        yield from _signature(document)
    if document.contact:
        yield paragraph(NOTE, run(f"（{document.contact.strip().strip('（）()')}）"))


def _signature(document: Document) -> Iterator[str]:
    """Each name over the middle of the date, several with room for a seal between them."""
    day = dated(document.date)
    for place, name in enumerate((document.signer, *document.partners)):
        offset = 4 + (signs.places(day) - signs.places(name)) / 4
        lines = SEAL_LINES if place else metrics.BLANK_BEFORE_SIGNER
        before = w("spacing", before=twips(lines * LINE))
        yield paragraph(SIGNER, run(name), drawn=before + indent(None, right=max(offset, 0)))
    yield paragraph(DATE, run(day))


def _people(document: Document) -> Iterator[str]:
    """Nobody signs minutes: under them stands who was there."""
    for place, (label, text) in enumerate(document.people):
        drawn = "" if place else w("spacing", before=twips(LINE))
        yield paragraph(PEOPLE, run(label, fonts(FaceRole.HEI)), run(f"：{text}"), drawn=drawn)


def _listed(document: Document) -> Iterator[str]:
    """Further lines stand under the first character of the title."""
    titles = document.attachment_titles
    for number, title in enumerate(titles, 1):
        label = f"{number}. " if len(titles) > 1 else ""
        hanging = len(label) / 2 + (3 if number == 1 else 0)
        drawn = w("spacing", before=twips(LINE)) if number == 1 else ""
        drawn += indent(None, left=5 + len(label) / 2, hanging=hanging)
        yield paragraph(
            LISTED, run(f"{'附件：' if number == 1 else ''}{label}{title}"), drawn=drawn
        )


def _annex(attachment: Attachment, number: int, *, begun: bool, lay: bool) -> Iterator[str]:
    """`begun`: it begins a section, and so a page."""
    drawn = "" if begun else w("pageBreakBefore")
    yield paragraph(ANNEX, run(f"附件{number or ''}"), drawn=drawn)
    space = w("spacing", before=twips(LINE), after=twips(LINE))
    yield paragraph(ANNEX_TITLE, run(attachment.title), drawn=space)
    for block in attachment.blocks:
        yield from _block(block, metrics.HEIGHT if lay else metrics.WIDTH)
    if attachment.blocks and not isinstance(attachment.blocks[-1], Paragraph):
        yield paragraph(CELL)


def _imprint(document: Document) -> Iterator[str]:
    """In a frame at the foot of the text area of the last page."""
    lines = []
    if names_many(document):
        lines.append((f"主送：{document.recipients.rstrip('：:。')}。", ""))
    if document.copies:
        label = _LABELS.get(document.form, "抄送：")
        lines.append((f"{label}{'，'.join(document.copies).rstrip('。')}。", ""))
    if document.imprint is not None:
        lines.append((document.imprint.office, f"{dated(document.imprint.on)}印发"))
    is_ruled = document.imprint is not None
    for place, (text, day) in enumerate(lines):
        is_last = place == len(lines) - 1
        rules = _rules(is_first=place == 0, is_last=is_last) if is_ruled else ""
        yield _framed(text, day, rules)


def _rules(*, is_first: bool, is_last: bool) -> str:
    sides = []
    if is_first or is_last:
        sides.append(w("top", "single", sz=_OUTER if is_first else _INNER, space=4, color="000000"))
    if is_last:
        sides.append(w("bottom", "single", sz=_OUTER, space=4, color="000000"))
    return tag("w:pBdr", *sides) if sides else ""


def _framed(text: str, day: str, rules: str) -> str:
    frame = w(
        "framePr", w=twips(metrics.WIDTH), wrap="around", hAnchor="margin", vAnchor="margin",
        xAlign="left", yAlign="bottom",
    )  # fmt: skip
    end = twips(metrics.WIDTH - metrics.SMALL)
    tabs = tag("w:tabs", w("tab", "right", pos=end)) if day else ""
    runs = run(text) + (TAB + run(day) if day else "")
    return paragraph(IMPRINT, runs, drawn=frame + rules + tabs)
