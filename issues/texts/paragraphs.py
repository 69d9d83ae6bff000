"""The paragraphs of a text: lines that belong together, rows of its tables, and their digest."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from issues.ground import signs
from issues.texts.labels import begins_with_label, is_label
from issues.texts.numbering import begins_with_mark
from issues.texts.record import Paragraph

CELLS = "\t"
"""Between the cells of a row, in a pasted text and in what a DOCX gives."""
FEWEST_CELLS, PAIR = 3, 2
_ENDS = "。；：！？;:!?”）)"
_NEARLY_FULL = 0.85
_PAGE_NUMBER = re.compile(r"[-—－–\s]*\d{1,4}[-—－–\s]*|第\s*\d+\s*页.{0,12}")


def paragraphs_of(text: str, *, is_broken: bool = False) -> tuple[Paragraph, ...]:
    """Each line a paragraph; where it `is_broken` as on a page of a PDF, lines go together."""
    lines: Iterable[str] = text.replace("\r\n", "\n").replace("\f", "\n").split("\n")
    if is_broken:
        lines = _joined(list(lines))
    found: list[Paragraph] = []
    for line in lines:
        cells = tuple(_tidy(cell) for cell in line.split(CELLS))
        told = " ".join(filter(None, cells))
        if told:
            is_pair = len(cells) == PAIR and is_label(cells[0])
            is_row = is_pair or len(cells) >= FEWEST_CELLS
            found.append(Paragraph(len(found) + 1, told, cells if is_row else ()))
    return tuple(found)


def digest_of(paragraphs: Sequence[Paragraph]) -> str:
    """Of what the paragraphs say, without their places: the same words have the same digest."""
    words = "\n".join(CELLS.join(one.cells) or one.text for one in paragraphs)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", signs.bare(text)).strip()


def _joined(lines: list[str]) -> Iterator[str]:
    """A line goes on in the next one unless it ends a sentence, is short, or that one begins."""
    lines = [line.rstrip() for line in lines if not _PAGE_NUMBER.fullmatch(line.strip())]
    width = max(map(len, lines), default=0)
    held = ""
    for line in lines:
        is_new = not line.strip() or begins_with_mark(line.strip()) or begins_with_label(line)
        if held and is_new:
            yield held
            held = ""
        held += line.strip() if held else line
        if held and (held[-1] in _ENDS or len(line) < width * _NEARLY_FULL):
            yield held
            held = ""
    yield held
