"""`python -m tools.fonts`: build what is missing into .tools/fonts; the second run does nothing."""

import argparse
import hashlib
import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tools.fonts import recipes
from tools.fonts.debian import NotToBeHad, fandol_fang
from tools.fonts.outlines import to_truetype
from tools.fonts.slices import join

ROOT = Path(__file__).resolve().parents[2]
INDEX = "fonts.json"
STAMPS = "stamps.json"
RECIPE = "1"  # raised when the way of building changes, so that everything is built again


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modules", type=Path, default=ROOT / "node_modules")
    parser.add_argument("--out", type=Path, default=ROOT / ".tools" / "fonts")
    parser.add_argument("--without-apt", action="store_true", help="不从系统软件源取仿宋")
    asked = parser.parse_args()
    builder = Builder(asked.out)
    if builder.is_whole():
        print("字体：已就绪")
        return 0
    print("字体：准备公文字体")
    try:
        build(builder, asked.modules, with_apt=not asked.without_apt)
    except FileNotFoundError as error:
        print(f"字体：缺少 {error.filename or error}，请先安装前端依赖（npm ci）", file=sys.stderr)
        return 1
    return 0


def build(builder: "Builder", modules: Path, *, with_apt: bool) -> None:
    for face in recipes.COPIED:
        source = modules / face.source
        builder.make(face.file, f"{face.label} {face.family}", lambda t, s=source: _copy(s, t))
    kai = recipes.KAI
    builder.make(
        kai.file, f"楷体 {kai.family}", lambda target: join(modules / recipes.WENKAI, target)
    )
    builder.write_index(has_fang=with_apt and _has_fang(builder))


def _has_fang(builder: "Builder") -> bool:
    def convert(target: Path) -> None:
        to_truetype(fandol_fang(builder.folder / "cache"), target)

    try:
        builder.make(recipes.FANG.file, f"仿宋 {recipes.FANG.family}", convert)
    except NotToBeHad as reason:
        print(f"    {reason}：本机无仿宋字体，以楷体代替；可将仿宋字体放入 FONTS_DIR 指定的文件夹")
        return False
    return True


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


class Builder:
    """A folder of faces with a stamp each: its digest and the recipe it was made by."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.stamps: dict[str, dict] = _read(folder / STAMPS)

    def is_whole(self) -> bool:
        """Every file wanted or named is there as it was stamped; sizes are enough to see that."""
        named = {entry["file"] for entry in _read(self.folder / INDEX).get("roles", {}).values()}
        wanted = {face.file for face in recipes.COPIED}
        return named >= wanted and all(self._stands(name) for name in named)

    def make(self, name: str, label: str, produce: Callable[[Path], None]) -> None:
        """Produce a file beside its place and move it there whole."""
        if self._stands(name):
            print(f"  {label}：已有")
            return
        print(f"  {label}")
        started = time.monotonic()
        part = self.folder / f"{name}.part"
        produce(part)
        digest = _sha256(part)
        part.replace(self.folder / name)
        self.stamps[name] = {
            "recipe": RECIPE,
            "sha256": digest,
            "size": (self.folder / name).stat().st_size,
        }
        _write(self.folder / STAMPS, self.stamps)
        print(f"    完成，{time.monotonic() - started:.1f} 秒")

    def _stands(self, name: str) -> bool:
        stamp, path = self.stamps.get(name), self.folder / name
        return (
            stamp is not None
            and stamp["recipe"] == RECIPE
            and path.is_file()
            and path.stat().st_size == stamp["size"]
        )

    def write_index(self, *, has_fang: bool) -> None:
        roles = {
            role: {**entry._asdict(), "sha256": self.stamps[entry.file]["sha256"]}
            for role, entry in recipes.roles(has_fang=has_fang).items()
        }
        _write(self.folder / INDEX, {"roles": roles, "fallback": list(recipes.FALLBACK)})


def _read(path: Path) -> dict:
    """A file cut off by a crash counts as none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _write(path: Path, facts: dict) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
