"""The body of a document back from a DOCX that WPS or Word saved.

Our own styles say what a paragraph is, whatever a program called or based on them. A paragraph of
another style is known by its outline level, else by the label it begins with; a file without any
of our styles by where 主送机关, 附件 and 成文日期 stand.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from pathlib import Path

from issues.evidence.decoding.decode import styled_paragraphs
from issues.evidence.decoding.styled import Styled
from issues.evidence.intake import proof
from issues.evidence.intake.proof import FileType
from issues.evidence.refusals import BrokenFile, EvidenceRefused, TooLarge
from issues.ground import signs
from issues.notices.docx.styles import ENDS, LEVEL_OF, ZONES
from issues.notices.page.document import MOST_TEXT, Level, Paragraph
from issues.notices.page.tables.typed import CELL, LEAST_ROWS

NAME = "draft.docx"
MOST_PARAGRAPHS = 2_000
MOST_HEAD, LONGEST_SIGNER = 12, 60
NOTHING = "文件中没有正文段落，没有读入，请核对是否选错了文件。"
TOO_LONG = f"正文超过{MOST_TEXT}字，没有读入，请核对是否选错了文件。"
TOO_MANY = f"正文超过{MOST_PARAGRAPHS}段，没有读入，请核对是否选错了文件。"
_LABELS = (
    (Level.FIRST, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (Level.SECOND, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
    (Level.THIRD, re.compile(r"\d{1,2}[.．](?!\d)")),
    (Level.FOURTH, re.compile(r"[（(]\d{1,2}[）)]")),
)
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|（签发日期）")
_ANNEX = re.compile(r"附件\d*\s*[:：]")
_OPENS = re.compile(r"如下|以下|[。；]")
_LEADING = "  \t　"


def read(data: bytes) -> tuple[Paragraph, ...]:
    """The paragraphs of the body, in their order, with their levels; empty ones are left out.

    Pictures are not read; a table is a paragraph, its cells marked off. Raises EvidenceRefused with
    a sentence.
    """
    if len(data) > FileType.DOCX.limit:
        raise TooLarge(FileType.DOCX.limit)
    with tempfile.TemporaryDirectory(prefix="docx-") as folder:
        path = Path(folder) / NAME
        path.write_bytes(data)
        proof.examine(path, NAME)
        found = tuple(_body(styled_paragraphs(path)))
    _refuse(found)
    return found


def _refuse(found: Sequence[Paragraph]) -> None:
    refused: EvidenceRefused | None = None
    if not found:
        refused = BrokenFile(NOTHING)
    elif len(found) > MOST_PARAGRAPHS:
        refused = BrokenFile(TOO_MANY)
    elif sum(len(one.text) for one in found) > MOST_TEXT:
        refused = BrokenFile(TOO_LONG)
    if refused is not None:
        raise refused


def _body(found: Sequence[Styled]) -> Iterator[Paragraph]:
    inside = _styled(found) if any(map(_zone, found)) else _unstyled(found)
    for is_row, group in groupby(inside, key=lambda one: one.is_row):
        if is_row:
            yield from _rows([one.text.split("\t") for one in group])
        else:
            yield from _texts(group)


def _rows(rows: list[list[str]]) -> Iterator[Paragraph]:
    """Of two rows and more a table, as the desk keeps one; of another form each what it says."""
    if len(rows) >= LEAST_ROWS and min(map(len, rows)) > 1:
        lines = (CELL.join(_cleaned(cell) for cell in row) for row in rows)
        yield Paragraph("\n".join(lines))
        return
    for row in rows:
        if text := " ".join(filter(None, map(_cleaned, row))):
            yield Paragraph(text, _label(text) or Level.TEXT)


def _texts(found: Iterable[Styled]) -> Iterator[Paragraph]:
    for one in found:
        text = _cleaned(one.number + one.text)
        if text:
            yield Paragraph(text, _level(one, text), one.has_indent is not False)


def _zone(one: Styled) -> str:
    return next((ZONES[name] for name in one.styles if name in ZONES), "")


def _styled(found: Sequence[Styled]) -> Iterator[Styled]:
    """From behind the head to the 署名; what a clerk typed in a style of his own is of the body."""
    zones = [_zone(one) for one in found]
    opens = next((at for at, zone in enumerate(zones) if zone == "body"), len(found))
    begins = max((at + 1 for at in range(opens) if zones[at] == "head"), default=0)
    for one in takewhile(lambda one: ENDS.isdisjoint(one.styles), found[begins:]):
        if _zone(one) != "tail":
            yield one


def _unstyled(found: Sequence[Styled]) -> Sequence[Styled]:
    """Between the line that names who it is for and the one that lists annexes, signs or dates."""
    told = [one for one in found if _cleaned(one.text)]
    texts = [_cleaned(one.text) for one in told]
    heads = (at for at, text in enumerate(texts[:MOST_HEAD]) if _names_recipients(text))
    begins = next(heads, -1) + 1
    for at in range(begins, len(texts)):
        if _ANNEX.match(texts[at]):
            return told[begins:at]
        if _DAY.fullmatch(texts[at].replace(" ", "")):
            signs_it = at > begins and len(texts[at - 1]) <= LONGEST_SIGNER
            is_name = signs_it and not texts[at - 1].endswith(("。", "：", "；"))
            return told[begins : at - 1 if is_name else at]
    return told[begins:]


def _names_recipients(text: str) -> bool:
    return text.endswith(("：", ":")) and not _OPENS.search(text) and _label(text) is None


def _level(one: Styled, text: str) -> Level:
    own = next((LEVEL_OF[name] for name in one.styles if name in LEVEL_OF), None)
    if own is not None and (own is not Level.TEXT or one.says_plain):
        return own
    if one.outline is not None and one.outline < Level.FOURTH:
        return Level(one.outline + 1)
    return _label(text) or Level.TEXT


def _label(text: str) -> Level | None:
    return next((level for level, label in _LABELS if label.match(text)), None)


def labelled(text: str) -> bool:
    """Whether plain text would be taken for a heading, unless it says that it is none."""
    return _label(text) is not None


def _cleaned(text: str) -> str:
    """Lines with what is typed to indent them gone, and nothing in them that is not seen."""
    lines = (signs.bare(line).strip(_LEADING) for line in text.split("\n"))
    return "\n".join(" ".join(line.split("\t")) for line in lines).strip("\n")
