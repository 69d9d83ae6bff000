"""`python -m tools.bundle OUT.tar`: made on a machine with a network, installed on one without.

The same project and the same wheels give the same bytes: files in the order of their names, without
owner or moment. Wheels come from wherever pip is set up to take them; what came is written down by
digest, and nothing else is installed from it.
"""

import argparse
import hashlib
import io
import json
import platform
import re
import sys
import sysconfig
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tools.bundle import contents, install
from tools.commands import ROOT, Failed, run_stubbornly, tell
from tools.packages import retell
from tools.setup import RUNTIME

OWN = Path(__file__).resolve().parent
TOP = "rectification"
MOMENT = 315_532_800
"""1980-01-01, the first that a wheel can tell; the moment of the making would differ each time."""
NEEDED = re.compile(r"manylinux_(\d+)_(\d+)")
OLD_NAMES = {"manylinux1": "manylinux_2_5", "manylinux2010": "manylinux_2_12",
             "manylinux2014": "manylinux_2_17"}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="flask --app app bundle", description="做离线安装包")
    parser.add_argument("out", metavar="OUT.tar", type=Path)
    out = parser.parse_args().out.resolve()
    if out.exists():
        print(f"没有做成：“{out}”已存在，请换一个名称。", file=sys.stderr)
        return 1
    draft = out.with_name(f"{out.name}.unfinished")
    try:
        digest = make(draft)
        draft.rename(out)
    except Failed as failure:
        print(f"没有做成：{failure}", file=sys.stderr)
        return 1
    except OSError as wrong:
        print(f"没有做成：{wrong}", file=sys.stderr)
        return 1
    finally:
        draft.unlink(missing_ok=True)
    print(f"离线包：{out}（{out.stat().st_size / 1e6:.0f} MB）\nSHA-256：{digest}")
    print(f"在没有网络的机器上：tar -xf {out.name} && sh {TOP}/install.sh")
    return 0


def make(out: Path) -> str:
    """Written to `out`; its digest. Raises Failed, OSError."""
    assets = contents.of_assets()
    if contents.has_unsaved():
        print(contents.UNSAVED)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix="bundle-") as place:
        wheels = _downloaded(Path(place))
        files = {f"tree/{path.relative_to(ROOT).as_posix()}": path.read_bytes
                 for path in (*contents.of_project(), *assets)}  # fmt: skip
        files |= {f"wheels/{path.name}": path.read_bytes for path in wheels}
        made = {
            "licences.txt": contents.licences(wheels),
            "facts.json": json.dumps(_facts(wheels), indent=1),
            "python-version": _version(),
            **{name: (OWN / name).read_text("utf-8") for name in ("install.py", "install.sh")},
        }
        files |= {name: text.encode for name, text in made.items()}
        print(f"写入 {len(files)} 个文件 …", flush=True)
        return _write(out, files)


def _version() -> str:
    return "{}.{}".format(*sys.version_info)


def _downloaded(place: Path) -> list[Path]:
    print("取得软件包 …", flush=True)
    pip = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input"]
    exactly = ["--only-binary=:all:", "--progress-bar", "off", "--retries", "5", "--timeout", "60"]
    run_stubbornly([*pip, *exactly, "-d", str(place), "-r", str(RUNTIME)], retell)
    found = sorted(place.iterdir())
    tell(f"{len(found)} 个软件包")
    return found


def _facts(wheels: list[Path]) -> dict[str, str]:
    """Of this machine, which the other has to be like."""
    libc, _ = platform.libc_ver()
    return {
        "python": _version(),
        "platform": sysconfig.get_platform(),
        "libc": libc,
        "least_libc": ".".join(map(str, max(map(_least, wheels), default=(0,)))),
    }


def _least(wheel: Path) -> tuple[int, ...]:
    """The oldest C library that any of its tags is for."""
    tags = wheel.stem
    for old, new in OLD_NAMES.items():
        tags = re.sub(rf"{old}(?=[_.])", new, tags)
    return min((tuple(map(int, pair)) for pair in NEEDED.findall(tags)), default=(0,))


def _write(out: Path, files: Mapping) -> str:
    digests = {}
    with tarfile.open(out, "w", format=tarfile.PAX_FORMAT) as archive:
        for name in sorted(files):
            data = files[name]()
            digests[name] = hashlib.sha256(data).hexdigest()
            _add(archive, name, data)
        sums = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
        _add(archive, install.DIGESTS, sums.encode())
    with out.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(f"{TOP}/{name}")
    entry.size, entry.mtime = len(data), MOMENT
    entry.mode = 0o755 if data.startswith(b"#!") else 0o644
    archive.addfile(entry, io.BytesIO(data))


if __name__ == "__main__":
    sys.exit(main())
