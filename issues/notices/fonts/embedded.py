"""A font as it goes into a PDF, with the table that tells a reader which text its glyphs are.

ReportLab writes that table in numbers of four digits, which cuts what lies beyond U+FFFF: 𠮷 was
copied as another character. Here it is UTF-16, as PDF asks.
"""

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

MOST_IN_BLOCK = 100
"""So many pairs at most a block of a character map may hold."""
_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange"""
_FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class EmbeddedFont(TTFont):  # type: ignore[misc]  # ReportLab has no types
    """A subset of at most 256 characters is a font of its own in the file."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the library's name
        parts = list(self.state[doc].subsets) if doc in self.state else []
        names = [self.getSubsetInternalName(place, doc)[1:] for place in range(len(parts))]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for name, part in zip(names, parts, strict=True):
            stream = doc.idToObject[f"toUnicodeCMap:{fonts[name].BaseFont}"]
            stream.content = character_map(part)


def lighten(font: EmbeddedFont) -> None:
    """Half the memory of a font that was read: what only shaping asks for goes, figures are shared.

    A Chinese face has 30,000 glyphs, most of them of the same few widths.
    """
    face = font.face
    face.glyphToChar.clear()
    shared: dict[Any, Any] = {}
    face.hmetrics = [shared.setdefault(one, one) for one in face.hmetrics]
    face.charWidths = {c: shared.setdefault(one, one) for c, one in face.charWidths.items()}
    face.glyphPos = array("I", face.glyphPos)


def character_map(codes: Sequence[int]) -> str:
    """`codes[n]` is the character that byte n draws; 0 stands for none."""
    pairs = [f"<{byte:02X}> <{_utf16(code)}>" for byte, code in enumerate(codes) if code]
    return "\n".join([_HEAD, *_blocks(pairs), _FOOT])


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()


def _blocks(pairs: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(pairs), MOST_IN_BLOCK):
        block = pairs[start : start + MOST_IN_BLOCK]
        yield "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"])
