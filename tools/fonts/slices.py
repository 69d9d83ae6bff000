"""A face that is published in some hundred woff2 slices, put together again as one file."""

from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph

from tools.fonts.progress import Progress

# Hangul, Yi, private use and presentation forms are in no document: left out for memory's sake.
WANTED = (
    (0x20, 0x33FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFFEF),
    (0x20000, 0x3FFFF),
)
_KEPT = ("head", "hhea", "maxp", "OS/2", "name", "post", "GlyphOrder")
_BMP_END = 0xFFFF
_NOTDEF = ".notdef"


def join(folder: Path, target: Path) -> None:
    """Raises FileNotFoundError where the folder holds no slice."""
    paths = sorted(folder.glob("*.woff2"))
    if not paths:
        raise FileNotFoundError(folder)
    glyphs: dict[str, Glyph] = {}
    metrics: dict[str, tuple[int, int]] = {}
    codes: dict[int, str] = {}
    progress = Progress("合并字片", len(paths))
    for path in paths:
        with TTFont(str(path)) as font:
            _take(font, glyphs, metrics, codes)
        progress.step()
    _whole(paths[0], glyphs, metrics, codes).save(str(target))


def _take(
    font: TTFont,
    glyphs: dict[str, Glyph],
    metrics: dict[str, tuple[int, int]],
    codes: dict[int, str],
) -> None:
    wanted = {code: name for code, name in font.getBestCmap().items() if _is_wanted(code, codes)}
    if _NOTDEF not in glyphs:
        glyphs[_NOTDEF] = font["glyf"][_NOTDEF]
        metrics[_NOTDEF] = font["hmtx"][_NOTDEF]
    for code, name in wanted.items():
        new = f"u{code:04X}"
        glyphs[new] = _flat(font, name)
        metrics[new] = font["hmtx"][name]
        codes[code] = new


def _is_wanted(code: int, codes: dict[int, str]) -> bool:
    return code not in codes and any(first <= code <= last for first, last in WANTED)


def _flat(font: TTFont, name: str) -> Glyph:
    """A glyph of its own, its parts drawn in: the parts' names mean nothing in another file."""
    glyph = font["glyf"][name]
    if not glyph.isComposite():
        glyph.removeHinting()
        return glyph
    drawn = font.getGlyphSet()
    record = DecomposingRecordingPen(drawn)
    drawn[name].draw(record)
    pen = TTGlyphPen(None)
    record.replay(pen)
    return pen.glyph()


def _whole(
    first: Path,
    glyphs: dict[str, Glyph],
    metrics: dict[str, tuple[int, int]],
    codes: dict[int, str],
) -> TTFont:
    font = TTFont(str(first), recalcTimestamp=False)
    for tag in set(font.keys()) - set(_KEPT):
        del font[tag]
    order = list(glyphs)
    font.flavor = None
    font.setGlyphOrder(order)
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    font["hmtx"] = newTable("hmtx")
    font["hmtx"].metrics = metrics
    font["cmap"] = newTable("cmap")
    font["cmap"].tableVersion = 0
    font["cmap"].tables = [
        _subtable(4, 1, {code: name for code, name in codes.items() if code <= _BMP_END}),
        _subtable(12, 10, codes),
    ]
    font["post"].formatType = 3.0
    return font


def _subtable(format_: int, encoding: int, codes: dict[int, str]) -> CmapSubtable:
    table = CmapSubtable.newSubtable(format_)
    table.platformID, table.platEncID, table.language = 3, encoding, 0
    table.cmap = dict(codes)
    return table
