"""A line of glyphs as a PDF's text operators, each character found in its font once a file.

ReportLab's text object finds the part of the font (its subset) again for every piece it is given;
this one writes the same operators from what it found the first time.
"""

from collections.abc import Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from reportlab.lib.rl_accel import escapePDF, fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from issues.notices.fonts.faces import Glyph
from issues.notices.page import metrics
from issues.notices.page.lines import Line

Colour = tuple[float, float, float]
_OPENING = frozenset("“‘（〔【《〈「『([")
_CLOSING = frozenset("”’，。、；：！？）〕】》〉」』")
_LEADING = 1.2


class Stroke(NamedTuple):
    """A run of glyphs of one font and one spacing, `x` from the start of its line."""

    x: float
    font: str
    spacing: float
    text: str


class _Codes(dict[str, tuple[int, str]]):
    """Of each character of a font the subset of it in this file, and its code as it is written."""

    def __init__(self, name: str, canvas: Canvas) -> None:
        self.font = pdfmetrics.getFont(name)
        self._document = canvas._doc  # noqa: SLF001 - no other way; it holds no canvas
        self._names: dict[int, str] = {}

    def __missing__(self, character: str) -> tuple[int, str]:
        ((subset, code),) = self.font.splitString(character, self._document)
        found = self[character] = subset, escapePDF(code)
        return found

    def name(self, subset: int) -> str:
        if subset not in self._names:
            self._names[subset] = self.font.getSubsetInternalName(subset, self._document)
        return self._names[subset]


# Nothing kept in it may hold its canvas, or no canvas ever goes.
_KNOWN: WeakKeyDictionary[Canvas, dict[str, _Codes]] = WeakKeyDictionary()


def write(
    canvas: Canvas, line: Line, x: float, baseline: float, colour: Colour, narrow: float = 1.0
) -> None:
    """The line from (x, baseline) on, `narrow` the share of its natural width it is drawn at."""
    size = line.type.size
    fonts = _KNOWN.setdefault(canvas, {})
    told = ["BT", f"1 0 0 1 {fp_str(0, 0)} Tm"]
    told.append(f"{fp_str(colour)} rg")  # a text object keeps the last colour of the page
    told.append(f"{fp_str(100 * narrow)} Tz")
    sized = f"{fp_str(size)} Tf {fp_str(size * _LEADING)} TL"
    font, spacing, drawn_in = "", 0.0, -1
    for stroke in strokes(line):
        if stroke.font != font:
            font, drawn_in = stroke.font, -1
            codes = fonts.get(font) or fonts.setdefault(font, _Codes(font, canvas))
        if stroke.spacing != spacing:
            spacing = stroke.spacing
            told.append(f"{fp_str(spacing)} Tc")
        for at, subset, text in _runs(codes, stroke, size):
            told.append(f"1 0 0 1 {fp_str(x + at * narrow, baseline)} Tm")
            if subset != drawn_in:
                drawn_in = subset
                told.append(f"{codes.name(subset)} {sized}")
            told.append(f"({text}) Tj")
    told += [f"{fp_str(0)} Tc", "ET"]
    canvas._code.append(" ".join(told))  # noqa: SLF001 - as its own text objects do


def _runs(codes: _Codes, stroke: Stroke, size: float) -> Iterator[tuple[float, int, str]]:
    """Cut where its subset changes: readers disagree whether spacing counts behind a subset."""
    x, start = stroke.x, 0
    found = [codes[character] for character in stroke.text]
    current = found[0][0]
    written: list[str] = []
    for place, (subset, code) in enumerate(found):
        if subset != current:
            yield x, current, "".join(written)
            text = stroke.text[start:place]
            x += codes.font.stringWidth(text, size) + len(text) * stroke.spacing
            current, start, written = subset, place, []
        written.append(code)
    yield x, current, "".join(written)


def strokes(line: Line) -> Iterator[Stroke]:
    """Neighbours of one font and one spacing are drawn together, so that they read as one text."""
    size, cell = line.type
    last = len(line.glyphs) - 1  # what follows the last is never seen
    widened = [line.stretch if gives else 0.0 for gives in line.giving] if line.stretch else None
    x = start = spacing = 0.0
    font = ""
    texts: list[str] = []
    for index, glyph in enumerate(line.glyphs):
        text, face, natural, wide = glyph
        shift = _shift(glyph, size) if wide and natural < metrics.FULL_ADVANCE else 0.0
        advance = cell if wide else natural * size
        if widened:
            advance += line.stretch if index == last else widened[index]
        own = round(advance - shift - natural * size, 4)
        if not texts or shift or face != font or own != spacing:
            if texts:
                yield Stroke(start, font, spacing, "".join(texts))
            start, font, spacing, texts = x + shift, face, own, []
        texts.append(text)
        x += advance
    if texts:
        yield Stroke(start, font, spacing, "".join(texts))


def _shift(glyph: Glyph, size: float) -> float:
    """How far a glyph narrower than its cell stands in: an opening mark keeps to its word."""
    spare = size * (1 - glyph.advance)
    if glyph.text in _OPENING:
        return spare
    return 0.0 if glyph.text in _CLOSING else spare / 2
