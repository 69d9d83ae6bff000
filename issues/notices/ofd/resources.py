"""What the pages of an OFD draw with (GB/T 33190-2016, 7.9): subsets of fonts, and pictures."""

from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from PIL import Image
from reportlab.pdfbase import pdfmetrics

from issues.ground.packed.markup import tag
from issues.notices.fonts.faces import ROLE_LABELS, Faces

_WINDOWS = 3
_PLANES = ((1, 4, 0xFFFF), (10, 12, 0x10FFFF))
"""Encoding, format and last character of a map of Unicode: of the first plane, of all."""


class Picture(NamedTuple):
    id: int
    width: int
    height: int
    jpeg: bytes


class Resources:
    """Fonts and pictures as they are come across, each once."""

    def __init__(self, faces: Faces, ids: Callable[[], int]) -> None:
        self._ids = ids
        self._families = _families(faces)
        self._fonts: dict[str, tuple[int, set[str]]] = {}
        self._pictures: dict[bytes, Picture] = {}

    def font(self, name: str, text: str) -> int:
        """The id of a font that can draw the text."""
        if name not in self._fonts:
            self._fonts[name] = self._ids(), set()
        found, characters = self._fonts[name]
        characters.update(text)
        return found

    def picture(self, jpeg: bytes) -> Picture:
        if jpeg not in self._pictures:
            with Image.open(BytesIO(jpeg)) as opened:
                width, height = opened.size
            self._pictures[jpeg] = Picture(self._ids(), width, height, jpeg)
        return self._pictures[jpeg]

    def public(self) -> str:
        """The list of fonts. A reader that cannot use a file has the name of the family."""
        fonts = (
            tag(
                "ofd:Font", tag("ofd:FontFile", _font_file(key)), ID=key, FontName=name,
                FamilyName=self._families.get(name),
            )
            for name, (key, _) in self._fonts.items()
        )  # fmt: skip
        return tag("ofd:Fonts", *fonts)

    def media(self) -> str:
        pictures = (
            tag(
                "ofd:MultiMedia", tag("ofd:MediaFile", _picture_file(one.id)), ID=one.id,
                Type="Image", Format="JPEG",
            )
            for one in self._pictures.values()
        )  # fmt: skip
        return tag("ofd:MultiMedias", *pictures) if self._pictures else ""

    def files(self) -> dict[str, bytes]:
        """By their names in the folder of resources. Fonts are read: one document at a time."""
        fonts = {
            _font_file(key): subset(name, "".join(sorted(characters)))
            for name, (key, characters) in self._fonts.items()
        }
        return fonts | {_picture_file(one.id): one.jpeg for one in self._pictures.values()}


def _families(faces: Faces) -> dict[str, str]:
    """The family of each font, by its name; two weights of one family are told apart."""
    found = {face.font.fontName: face.family for face in faces.fallback}
    for role, face in faces.roles.items():
        is_other = face.family in set(found.values()) and face.font.fontName not in found
        own = f"{face.family} {ROLE_LABELS[role]}" if is_other else face.family
        found.setdefault(face.font.fontName, own)
    return found


def _font_file(key: int) -> str:
    return f"font_{key}.ttf"


def _picture_file(key: int) -> str:
    return f"image_{key}.jpg"


def subset(name: str, characters: str) -> bytes:
    """A TrueType font of these characters alone, found by their Unicode.

    ReportLab cuts the glyphs, as for the PDF, and numbers the characters in their order.
    """
    codes = [ord(character) for character in characters]
    cut = TTFont(BytesIO(pdfmetrics.getFont(name).face.makeSubset(codes)), recalcTimestamp=False)
    numbered = cut["cmap"].tables[0].cmap
    glyphs = {code: numbered[place] for place, code in enumerate(codes) if place in numbered}
    tables = []
    for encoding, form, last in _PLANES:
        table = CmapSubtable.newSubtable(form)
        table.platformID, table.platEncID, table.language = _WINDOWS, encoding, 0
        table.cmap = {code: glyph for code, glyph in glyphs.items() if code <= last}
        tables.append(table)
    cut["cmap"] = newTable("cmap")
    cut["cmap"].tableVersion, cut["cmap"].tables = 0, tables
    out = BytesIO()
    cut.save(out, reorderTables=None)
    return out.getvalue()
