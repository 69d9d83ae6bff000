"""The faces a document is drawn with, and which of them draws a character.

A character is taken from its role's face, else from the fallbacks in turn. ReportLab reads a font
file once a process, at its first use.
"""

import hashlib
import threading
import unicodedata
from collections.abc import KeysView, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics

from issues.notices.fonts.embedded import EmbeddedFont, lighten
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
    def coverage(self) -> KeysView[int]:
        return _coverage(self.path, self.index)

    def draws(self, character: str) -> bool:
        return ord(character) in self.coverage

    def advance(self, character: str) -> float:
        return float(self.font.face.getCharWidth(ord(character)) / _UNITS)


@dataclass(frozen=True)
class Faces:
    """A face for every role, and the fallbacks behind them.

    `light`: of strokes as thin as 仿宋's. `built`: the set-up's own face of each role, which draws
    what the operator's lacks.
    """

    roles: dict[FaceRole, Face]
    fallback: tuple[Face, ...]
    light: Face | None = None
    built: Mapping[str, Face] = field(default_factory=dict)
    _glyphs: dict[tuple[FaceRole, str], Glyph] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _drawable: set[str] = field(default_factory=set, init=False, compare=False, repr=False)

    def glyph(self, role: FaceRole, character: str) -> Glyph:
        """In 仿宋 and 楷体 text, figures and Latin letters are of a 宋体 no darker than it."""
        known = self._glyphs.get((role, character))
        if known is None:
            known = self._find(role, character)
            self._glyphs[role, character] = known
        return known

    def glyphs(self, role: FaceRole, text: str) -> list[Glyph]:
        """Of each character in turn."""
        known = self._glyphs
        return [known.get((role, one)) or self.glyph(role, one) for one in text]

    def missing(self, text: str) -> set[str]:
        """The characters no face in the chain can draw; blanks and line ends are not asked for."""
        unknown = {c for c in set(text) - self._drawable if not c.isspace()}
        if unknown:
            found = {c for c in unknown if any(face.draws(c) for face in self._all())}
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

    def chain(self, role: FaceRole, character: str) -> list[Face]:
        """The faces that are asked for a character, the first that draws it draws it.

        Of 仿宋 the thin one stands before all others, of any role the set-up's own: so a rare
        character of a name has the weight of its neighbours.
        """
        own = self.roles[role]
        light = self.light if role is FaceRole.FANGSONG and not own.substitute else None
        if role in _RUNNING and _latin(character):
            first = [light or self.roles[FaceRole.SONG]]
        else:
            first = [own, *([light] if light else [])]
        built = [self.built[role]] if role in self.built else []
        return [*first, *built, *self.fallback, *self.roles.values()]

    def _all(self) -> list[Face]:
        return [*self.roles.values(), *([self.light] if self.light else []), *self.fallback,
                *self.built.values()]  # fmt: skip

    def _find(self, role: FaceRole, character: str) -> Glyph:
        chain = self.chain(role, character)
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
    font = EmbeddedFont(name, MappedFile(path), subfontIndex=index, shapable=False)
    font.face.name += f"-{digest}".encode()  # two weights may call themselves the same
    lighten(font)
    pdfmetrics.registerFont(font)
    return font


@cache
def _coverage(path: Path, index: int) -> KeysView[int]:
    glyphs: dict[int, int] = _registered(path, index).face.charToGlyph
    return glyphs.keys()
