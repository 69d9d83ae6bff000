"""Which font file serves each role: the operator's, else the machine's, else the set-up's.

Only outlines ReportLab can embed are taken: TrueType, not CFF, and not forbidden by `fsType`.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from issues.notices.fonts.faces import ROLE_LABELS, Face, FaceRole, Faces

RESTRICTED = 0x0002  # OS/2 fsType: may not be embedded
SUFFIXES = {".ttf", ".ttc", ".otf"}
LEAST_HANZI = 6_000  # a face without the GB 2312 characters is no face for a document
_HANZI = (0x4E00, 0x9FFF)

# Family names as their makers write them, the best first.
FAMILIES: dict[FaceRole, tuple[str, ...]] = {
    FaceRole.FANGSONG: (
        "仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GB2312", "方正仿宋_GBK", "FZFangSong-Z02",
        "方正仿宋简体", "FZFangSong-Z02S", "仿宋", "FangSong", "华文仿宋", "STFangsong",
        "朱雀仿宋", "Zhuque Fangsong",
    ),
    FaceRole.TITLE: (
        "方正小标宋_GBK", "方正小标宋简体", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S",
        "方正小标宋", "小标宋",
    ),
    FaceRole.HEI: ("黑体", "SimHei", "方正黑体_GBK", "方正黑体简体", "华文黑体", "STHeiti"),
    FaceRole.KAI: (
        "楷体_GB2312", "KaiTi_GB2312", "方正楷体_GB2312", "方正楷体_GBK", "方正楷体简体", "楷体",
        "KaiTi", "华文楷体", "STKaiti",
    ),
    FaceRole.SONG: (
        "宋体", "SimSun", "新宋体", "NSimSun", "方正书宋_GBK", "方正书宋简体", "STSong",
    ),
}  # fmt: skip

MACHINE_FOLDERS = (
    Path("C:/Windows/Fonts"),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
    Path("~/Library/Fonts"),
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
)
# On a machine with hundreds of fonts only the files that may be meant are opened.
MACHINE_FILES = ("simfang", "simhei", "simkai", "simsun", "fz", "stfang", "stkai", "stsong",
                 "stheiti", "fangsong", "kaiti", "zhuque")  # fmt: skip


class NoFonts(RuntimeError):
    """There is no face for a role: the set-up has not been run."""


def load_faces(
    tool_fonts: Path,
    fonts_dir: Path | None = None,
    machine_folders: Iterable[Path] = MACHINE_FOLDERS,
) -> Faces:
    """The face of each role. Raises NoFonts when a role is left without one.

    `tool_fonts` is the folder with the `fonts.json` the set-up writes.
    """
    built, fallback = _built(tool_fonts)
    light = built.pop(LIGHT, None)
    found = _by_role(_machine_files(tuple(machine_folders)))
    if fonts_dir is not None:
        found |= _by_role(_files(fonts_dir))
    roles = built | found
    wanting = [ROLE_LABELS[role] for role in FaceRole if role not in roles]
    if wanting:
        raise NoFonts(f"没有可用的{'、'.join(wanting)}字体，请先完成安装步骤或指定字体文件夹。")
    return Faces({role: roles[role] for role in FaceRole}, fallback, light, built)


def _built(folder: Path) -> tuple[dict[str, Face], tuple[Face, ...]]:
    index = folder / "fonts.json"
    if not index.is_file():
        return {}, ()
    facts = json.loads(index.read_text(encoding="utf-8"))
    roles = {
        name: _face_of(folder, entry)
        for name, entry in facts["roles"].items()
        if name in {*FaceRole, LIGHT}
    }
    named = [_fallback(folder, item, roles) for item in facts.get("fallback", ())]
    return roles, tuple(named or (roles[role] for role in _LAST_RESORT if role in roles))


LIGHT = "light"
"""What draws figures and rare characters of 仿宋 text; no style a document asks for."""
_LAST_RESORT = (FaceRole.SONG, FaceRole.KAI)


def _face_of(folder: Path, entry: dict[str, Any]) -> Face:
    return Face(
        path=folder / entry["file"],
        index=entry.get("index", 0),
        family=entry.get("family", ""),
        substitute=entry.get("substitute", False),
    )


def _fallback(folder: Path, item: str | dict[str, Any], roles: dict[str, Face]) -> Face:
    """A fallback is named by its role, its file, or written out as a role's entry is."""
    if isinstance(item, dict):
        return _face_of(folder, item)
    return roles[item] if item in roles else Face(folder / item, 0, item, False)


def _machine_files(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        for path in _files(folder.expanduser()):
            if path.stem.lower().startswith(MACHINE_FILES):
                yield path


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def _by_role(paths: Iterable[Path]) -> dict[str, Face]:
    by_family: dict[str, Face] = {}
    for path in paths:
        for family, face in _faces_in(path):
            by_family.setdefault(family, face)
    found: dict[str, Face] = {}
    for role, families in FAMILIES.items():
        known = (face for name in families for face in _called(name.casefold(), by_family))
        first = next(known, None)
        if first is not None:
            found[role] = first
    return found


def _called(name: str, by_family: dict[str, Face]) -> Iterator[Face]:
    """A family may carry an edition in brackets: 朱雀仿宋(预览测试版)."""
    for family, face in by_family.items():
        if family == name or family.startswith((f"{name} (", f"{name}(", f"{name}（")):
            yield face


@cache
def _faces_in(path: Path) -> tuple[tuple[str, Face], ...]:
    """Every embeddable face of a file under each of its family names; a damaged file has none."""
    try:
        return tuple(_named_faces(path))
    except (TTLibError, OSError, AssertionError, KeyError, ValueError):
        return ()


def _named_faces(path: Path) -> Iterator[tuple[str, Face]]:
    is_collection = path.suffix.lower() == ".ttc"
    with (TTCollection if is_collection else TTFont)(str(path), lazy=True) as opened:
        for index, font in enumerate(opened.fonts if is_collection else [opened]):
            if _embeddable(font):
                names = _family_names(font)
                for name in names:
                    yield name.casefold(), Face(path, index, names[0], substitute=False)


def _embeddable(font: TTFont) -> bool:
    if "glyf" not in font or font["OS/2"].fsType & RESTRICTED:
        return False
    first, last = _HANZI
    return bool(sum(first <= code <= last for code in font.getBestCmap()) >= LEAST_HANZI)


def _family_names(font: TTFont) -> list[str]:
    records = [record for record in font["name"].names if record.nameID in {1, 16}]
    return list(dict.fromkeys(sorted((record.toUnicode() for record in records), key=str.isascii)))


def place_of(face: Face, tool_fonts: Path, fonts_dir: Path | None) -> str:
    """Where a face comes from, in Chinese."""
    if fonts_dir is not None and face.path.is_relative_to(fonts_dir):
        return "单位自有"
    return "安装时准备" if face.path.is_relative_to(tool_fonts) else "本机已装"
