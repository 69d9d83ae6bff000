"""Cubic (CFF) outlines turned into TrueType ones, which a PDF can be given as a subset."""

from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

from tools.fonts.progress import Progress

MOST_ERROR = 1.0  # units of the em by which a quadratic curve may leave the cubic one
_TRUETYPE = "\000\001\000\000"
_DROPPED = ("CFF ", "VORG", "GSUB", "GPOS", "BASE", "vhea", "vmtx", "DSIG")


def to_truetype(source: Path, target: Path) -> None:
    font = TTFont(str(source), recalcTimestamp=False)
    order = font.getGlyphOrder()
    glyphs = _quadratic(font, order)
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = glyphs
    font["maxp"] = _maxima(font, len(order))
    _set_side_bearings(font, order)
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    for tag in _DROPPED:
        if tag in font:
            del font[tag]
    font.sfntVersion = _TRUETYPE
    font.save(str(target))


def _quadratic(font: TTFont, order: list[str]) -> dict[str, Glyph]:
    drawn = font.getGlyphSet()
    progress = Progress("转换轮廓", len(order))
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, MOST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
        progress.step()
    return glyphs


def _maxima(font: TTFont, count: int) -> object:
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for name in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
    ):  # fmt: skip
        setattr(maxp, name, 0)
    maxp.maxZones = 1
    maxp.numGlyphs = count
    return maxp


def _set_side_bearings(font: TTFont, order: list[str]) -> None:
    glyf, hmtx = font["glyf"], font["hmtx"]
    for name in order:
        glyph = glyf[name]
        glyph.recalcBounds(glyf)
        advance, _bearing = hmtx[name]
        hmtx[name] = (advance, getattr(glyph, "xMin", 0))
