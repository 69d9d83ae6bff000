"""The head of a document in Word: 发文机关标志, 发文字号, its red line, title and 主送机关."""

from collections.abc import Iterator

from issues.ground.packed.markup import tag
from issues.notices.docx.pieces import TAB, paragraph, run, twips, w
from issues.notices.docx.styles import CLASS, MARK, NUMBER, RED, TITLE, TO
from issues.notices.page import metrics
from issues.notices.page.document import Document
from issues.notices.page.heads import NUMBER_TO_COME
from issues.notices.page.tail import dated

MOST_RECIPIENTS = 140
"""Characters: more than five lines stand in the 版记 instead (GB/T 9704, 7.3.2)."""
RULE = 16
"""Eighths of a point: the red line is 0.7 mm."""
LETTER_RULE = 36


def names_many(document: Document) -> bool:
    return len(document.recipients) > MOST_RECIPIENTS


def head(document: Document) -> Iterator[str]:
    classes = [text for text in (document.secrecy, document.urgency) if text]
    if document.form == "letter":
        yield from _letter(document, classes)
    else:
        yield from (paragraph(CLASS, run(text)) for text in classes)
        above = metrics.MARK_TOP - metrics.TOP - len(classes) * metrics.LINE
        yield _mark(document.mark, w("spacing", before=twips(above)))
        yield from (_report if document.form == "report" else _file)(document)
    yield paragraph(TITLE, run(document.title), drawn=w("spacing", before=twips(2 * metrics.LINE)))
    if document.recipients and not names_many(document):
        before = w("spacing", before=twips(metrics.LINE))
        yield paragraph(TO, run(f"{document.recipients.rstrip('：:')}："), drawn=before)
    else:
        yield paragraph(TO)


def _file(document: Document) -> Iterator[str]:
    before = w("spacing", before=twips(2 * metrics.LINE))
    yield paragraph(NUMBER, run(_number(document)), drawn=_ruled() + before)


def _report(document: Document) -> Iterator[str]:
    before = w("spacing", before=twips(metrics.LINE))
    yield paragraph(NUMBER, run(_number(document)), drawn=before)
    right = tag("w:tabs", w("tab", "right", pos=twips(metrics.WIDTH)))
    drawn = _ruled() + right + before + w("jc", "left")
    yield paragraph(NUMBER, run(document.signer), TAB, run(dated(document.date)), drawn=drawn)


def _letter(document: Document, classes: list[str]) -> Iterator[str]:
    """The mark in a frame that stands 30 mm under the edge of the sheet."""
    frame = w(
        "framePr", w=twips(metrics.LETTER_RULE_WIDTH), hSpace=0, wrap="notBeside", hAnchor="page",
        vAnchor="page", xAlign="center", y=twips(metrics.LETTER_MARK_TOP),
    )  # fmt: skip
    line = w("bottom", "thickThinSmallGap", sz=LETTER_RULE, space=11, color=RED)
    yield _mark(document.mark, frame + tag("w:pBdr", line))
    yield paragraph(NUMBER, run(_number(document)), drawn=w("jc", "right"))
    yield from (paragraph(CLASS, run(text)) for text in classes)


def _mark(text: str, drawn: str) -> str:
    """Smaller, then narrower, where the name is longer than the line."""
    width = len(text) or 1
    size = min(metrics.MARK_SIZE, metrics.WIDTH / width / metrics.MARK_NARROWEST)
    narrow = min(1.0, metrics.WIDTH / (width * size))
    own = w("w", int(100 * narrow)) if narrow < 1 else ""
    own += w("sz", int(2 * size)) if size < metrics.MARK_SIZE else ""
    return paragraph(MARK, run(text, own), drawn=drawn)


def _ruled() -> str:
    space = round(metrics.MARK_TO_RULE)
    return tag("w:pBdr", w("bottom", "single", sz=RULE, space=space, color=RED))


def _number(document: Document) -> str:
    return document.number or (NUMBER_TO_COME if document.draft else "")
