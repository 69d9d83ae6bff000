"""The faces a document is drawn with, and which of them draws a character.

A character is taken from its role's face, else from the fallbacks in turn. ReportLab reads a font
file once a process, at its first use.
"""

import hashlib
import threading
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics

from issues.notices.fonts.embedded import EmbeddedFont
from issues.notices.fonts.mapped import MappedFile

MISSING = "〓"  # what a compositor sets where the type is wanting
FULL = 0.99
NEARLY_FULL = 0.8
_QUOTES_AND_DASHES = "“”‘’—…"
_UNITS = 1000


class FaceRole(StrEnum):
    FANGSONG = "fangsong"
    TITLE = "songtitle"
    HEI = "hei"
    KAI = "kai"
    SONG = "song"


ROLE_LABELS = {
    FaceRole.FANGSONG: "仿宋",
    FaceRole.TITLE: "小标宋",
    FaceRole.HEI: "黑体",
    FaceRole.KAI: "楷体",
    FaceRole.SONG: "宋体",
}


_RUNNING = frozenset({FaceRole.FANGSONG, FaceRole.KAI})


class Glyph(NamedTuple):
    """`font` is ReportLab's name, `advance` in em, `wide` whether it fills a character's cell."""

    text: str
    font: str
    advance: float
    wide: bool


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one font file. `substitute` says that it stands in for the style asked for."""

    path: Path
    index: int
    family: str
    substitute: bool

    @property
    def font(self) -> EmbeddedFont:
        return _registered(self.path, self.index)

    @property
    def coverage(self) -> frozenset[int]:
        return _coverage(self.path, self.index)

    def draws(self, character: str) -> bool:
        return ord(character) in self.coverage

    def advance(self, character: str) -> float:
        return float(self.font.face.getCharWidth(ord(character)) / _UNITS)


@dataclass(frozen=True)
class Faces:
    """A face for every role, and the fallbacks behind them."""

    roles: dict[FaceRole, Face]
    fallback: tuple[Face, ...]
    _glyphs: dict[tuple[FaceRole, str], Glyph] = field(
        default_factory=dict, compare=False, repr=False
    )
    _drawable: set[str] = field(default_factory=set, compare=False, repr=False)

    def glyph(self, role: FaceRole, character: str) -> Glyph:
        """In 仿宋 and 楷体 text, digits and Latin letters come from the 宋体 face."""
        known = self._glyphs.get((role, character))
        if known is None:
            known = self._find(role, character)
            self._glyphs[role, character] = known
        return known

    def missing(self, text: str) -> set[str]:
        """The characters no face in the chain can draw; blanks and line ends are not asked for."""
        unknown = {c for c in set(text) - self._drawable if not c.isspace()}
        if unknown:
            chain = {*self.roles.values(), *self.fallback}
            found = {c for c in unknown if any(face.draws(c) for face in chain)}
            self._drawable.update(found)
            unknown -= found
        return unknown

    def notices(self) -> list[str]:
        """What the administrator should know: the roles drawn in another face than their own."""
        return [
            f"本机无{ROLE_LABELS[role]}字体，以{face.family}代替"
            for role, face in self.roles.items()
            if face.substitute
        ]

    def _find(self, role: FaceRole, character: str) -> Glyph:
        face_role = FaceRole.SONG if role in _RUNNING and _latin(character) else role
        chain = [self.roles[face_role], *self.fallback, *self.roles.values()]
        drawing = [face for face in chain if face.draws(character)]
        if not drawing:
            return self._find(role, MISSING)
        keeps_cell = character in _QUOTES_AND_DASHES and role != FaceRole.SONG
        face = _fullest(drawing, character) if keeps_cell else drawing[0]
        advance = face.advance(character)
        return Glyph(character, face.font.fontName, advance, _wide(character, advance))


def _latin(character: str) -> bool:
    return character.isascii() or unicodedata.east_asian_width(character) in {"Na", "N", "H"}


def _wide(character: str, advance: float) -> bool:
    width = unicodedata.east_asian_width(character)
    return width in {"W", "F"} or (width == "A" and advance >= NEARLY_FULL)


def _fullest(faces: list[Face], character: str) -> Face:
    """Quotation marks of many faces are narrow: a full-width one keeps the grid."""
    return next((face for face in faces if face.advance(character) >= FULL), faces[0])


_LOCK = threading.RLock()


def _registered(path: Path, index: int) -> EmbeddedFont:
    with _LOCK:
        return _read(path, index)


@cache
def _read(path: Path, index: int) -> EmbeddedFont:
    """Registered under a name made from its bytes, so that the page does not depend on its path."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:8]
    name = f"gongwen-{digest}-{index}"
    if name in pdfmetrics.getRegisteredFontNames():
        known: EmbeddedFont = pdfmetrics.getFont(name)
        return known
    font = EmbeddedFont(name, str(path), subfontIndex=index, shapable=False)
    font.face.name += f"-{digest}".encode()  # two weights may call themselves the same
    font.face._ttf_data = MappedFile(path)  # noqa: SLF001 - ReportLab asks for no other way in
    pdfmetrics.registerFont(font)
    return font


@cache
def _coverage(path: Path, index: int) -> frozenset[int]:
    return frozenset(_registered(path, index).face.charToGlyph)
