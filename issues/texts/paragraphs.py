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
MOST_LINES = 60
_QUOTED = re.compile(
    r"(?:(?<=\t)|^)\"(?P<words>(?:[^\"\t]|\"\")*\n(?:[^\"\t]|\"\")*)\"(?=\t|$)", re.MULTILINE
)
_BEGINS_ROW = re.compile(r"\d{0,3}\t")
_NUMBERED = re.compile(r"\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳]")
_ENDS = "。；：！？;:!?”）)"
_NEARLY_FULL = 0.85
_PAGE_NUMBER = re.compile(r"[-—－–\s]*\d{1,4}[-—－–\s]*|第\s*\d+\s*页.{0,12}")


def paragraphs_of(text: str, *, is_broken: bool = False) -> tuple[Paragraph, ...]:
    """Each line a paragraph; where it `is_broken` as on a page of a PDF, lines go together."""
    text = _QUOTED.sub(_unquoted, text.replace("\r\n", "\n").replace("\f", "\n"))
    lines: Iterable[str] = text.split("\n")
    lines = _joined(list(lines)) if is_broken else _whole_rows(list(lines))
    found: list[Paragraph] = []
    for line in lines:
        cells = tuple(_tidy(cell) for cell in line.split(CELLS))
        told = " ".join(filter(None, cells))
        if told:
            is_pair = len(cells) == PAIR and is_label(cells[0])
            is_row = is_pair or len(cells) >= FEWEST_CELLS
            found.append(Paragraph(len(found) + 1, told, cells if is_row else ()))
    return tuple(found)


def _unquoted(cell: re.Match[str]) -> str:
    """A cell of several lines, as a workbook gives it to the clipboard."""
    return cell["words"].replace('""', '"').replace("\n", " ")


def _whole_rows(lines: list[str]) -> Iterator[str]:
    """Rows of a pasted table, a cell of which says several lines, each on one line again.

    A row goes on until it has as many cells as the heads; its last cell with numbered lines.
    """
    width, at = 0, 0
    while at < len(lines):
        tabs, end = lines[at].count(CELLS), at + 1
        width = max(width, tabs) if tabs else width * bool(begins_with_mark(lines[at].strip()))
        if 0 < tabs < width and width >= FEWEST_CELLS - 1:
            end = _end_of_row(lines, at, width) or end
        elif tabs and tabs == width:
            end = _end_of_last_cell(lines, end)
        yield " ".join(line.strip(" ") for line in lines[at:end])
        at = end


def _end_of_row(lines: list[str], at: int, width: int) -> int:
    """Where the row that begins there has all its cells; 0 where it never has just them."""
    tabs = lines[at].count(CELLS)
    for end in range(at + 1, min(at + MOST_LINES, len(lines))):
        if not lines[end].strip() or _BEGINS_ROW.match(lines[end]):
            return 0
        tabs += lines[end].count(CELLS)
        if tabs >= width:
            return _end_of_last_cell(lines, end + 1) if tabs == width else 0
    return 0


def _end_of_last_cell(lines: list[str], at: int) -> int:
    """Numbered lines between two rows of a table are of the last cell of the first."""
    for end in range(at, min(at + MOST_LINES, len(lines))):
        if _BEGINS_ROW.match(lines[end]):
            return end
        if CELLS in lines[end] or not _NUMBERED.match(lines[end].strip()):
            break
    return at


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
