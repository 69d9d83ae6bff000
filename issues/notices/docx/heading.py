"""The head of a document in Word: 发文机关标志, 发文字号, its red line, title and 主送机关."""

from collections.abc import Iterator

from issues.ground.packed.markup import tag
from issues.notices.docx.pieces import LINE, TAB, fonts, indent, paragraph, run, twips, w
from issues.notices.docx.styles import CLASS, MARK, NUMBER, RED, TITLE, TO
from issues.notices.fonts.faces import FaceRole
from issues.notices.page import metrics
from issues.notices.page.document import Document, dated
from issues.notices.page.forms.upward import A_LINE, LABEL, SIGNER_TO_COME
from issues.notices.page.heads import WENJIAN, classification, number_of
from issues.notices.page.titles import title_lines

MOST_RECIPIENTS = 140
"""Characters: more than five lines stand in the 版记 instead (GB/T 9704, 7.3.2)."""
RULE = 16
"""Eighths of a point: the red line is 0.7 mm."""
LETTER_RULE = 36


def names_many(document: Document) -> bool:
    return len(document.recipients) > MOST_RECIPIENTS


def head(document: Document) -> Iterator[str]:
    classes = classification(document)
    if document.form == "letter":
        yield from _letter(document, classes)
    else:
        yield from (paragraph(CLASS, run(text)) for text in classes)
        above = metrics.MARK_TOP - metrics.TOP - len(classes) * LINE
        yield from _marks(document, w("spacing", before=twips(above)))
        yield from _UNDER[document.form](document)
    yield paragraph(TITLE, *_title(document), drawn=w("spacing", before=twips(2 * LINE)))
    if document.recipients and not names_many(document):
        before = w("spacing", before=twips(LINE))
        yield paragraph(TO, run(f"{document.recipients.rstrip('：:')}："), drawn=before)
    else:
        yield paragraph(TO)


def _marks(document: Document, drawn: str) -> Iterator[str]:
    """Of several organs one over another, 文件 behind the last."""
    if not document.partners:
        yield _mark(document.mark, drawn)
        return
    word = WENJIAN if document.mark.endswith(WENJIAN) else ""
    names = [document.mark.removesuffix(WENJIAN), *document.partners]
    names[-1] += word and f"　{word}"
    for place, name in enumerate(names):
        yield _mark(name, "" if place else drawn)


def _file(document: Document) -> Iterator[str]:
    yield paragraph(NUMBER, run(number_of(document)), drawn=_ruled() + _below(2))


def _upward(document: Document) -> Iterator[str]:
    """The 文号 on the left, who signed on the right, two names a line."""
    yield from _signed(document, 2, _ruled())


def _signed(document: Document, lines: float, rule: str) -> Iterator[str]:
    names = document.signers or (SIGNER_TO_COME,)
    rows = [names[start : start + A_LINE] for start in range(0, len(names), A_LINE)]
    for place, row in enumerate(rows):
        is_last = place == len(rows) - 1
        drawn = (rule if is_last else "") + _right() + ("" if place else _below(lines))
        drawn += indent(None, left=1, right=1) + w("jc", "left")
        label = run(LABEL) if place == 0 else ""
        said = run("　".join(row), fonts(FaceRole.KAI))
        yield paragraph(NUMBER, run(number_of(document) if is_last else ""), TAB, label + said,
                        drawn=drawn)  # fmt: skip


def _report(document: Document) -> Iterator[str]:
    if document.signers is None:
        yield paragraph(NUMBER, run(number_of(document)), drawn=_below(1))
    else:
        yield from _signed(document, 1, "")
    yield from _office_and_day(document)


def _minutes(document: Document) -> Iterator[str]:
    yield paragraph(NUMBER, run(number_of(document)), drawn=_below(1))
    yield from _office_and_day(document)


def _office_and_day(document: Document) -> Iterator[str]:
    drawn = _ruled() + _right() + _below(1) + w("jc", "left")
    yield paragraph(NUMBER, run(document.signer), TAB, run(dated(document.date)), drawn=drawn)


_UNDER = {"file": _file, "upward": _upward, "report": _report, "minutes": _minutes}


def _right() -> str:
    return tag("w:tabs", w("tab", "right", pos=twips(metrics.WIDTH)))


def _below(lines: float) -> str:
    return w("spacing", before=twips(lines * LINE))


def _letter(document: Document, classes: list[str]) -> Iterator[str]:
    """The mark in a frame that stands 30 mm under the edge of the sheet."""
    frame = w(
        "framePr", w=twips(metrics.LETTER_RULE_WIDTH), hSpace=0, wrap="notBeside", hAnchor="page",
        vAnchor="page", xAlign="center", y=twips(metrics.LETTER_MARK_TOP),
    )  # fmt: skip
    line = w("bottom", "thickThinSmallGap", sz=LETTER_RULE, space=11, color=RED)
    yield _mark(document.mark, frame + tag("w:pBdr", line))
    yield paragraph(NUMBER, run(number_of(document)), drawn=w("jc", "right"))
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


def _title(document: Document) -> Iterator[str]:
    """Broken where its words end, as on the page; a clerk may break it otherwise."""
    title = document.title  # a draft may hold signs that no word list reads, until it is checked
    lines = title_lines(title, document.phrases) if title.isprintable() else [title]
    for number, line in enumerate(lines):
        if number:
            yield tag("w:r", tag("w:br"))
        yield run(line)
