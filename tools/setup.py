"""`python3 -m tools.setup`: everything the product needs, installed into ignored folders.

Runs on the standard library alone, before there is anything else. Named steps, each with a stamp:
a second run only looks at the stamps, a run that was cut off goes on with the step it was in.
"""

import argparse
import json
import os
import re
import shutil
import sys
import time

from tools import node
from tools.commands import ROOT, Failed, output_of, run, run_stubbornly
from tools.packages import pip_install
from tools.steps import Step, files_match, take

OLDEST_PYTHON = (3, 11)
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
FONTS = ROOT / ".tools" / "fonts"
TOOLS = ROOT / "tools"
LOCK = ROOT / "package-lock.json"
RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m tools.setup", description="安装")
    parser.add_argument("--dev", action="store_true", help="连同检查、测试所需的软件包")
    parser.add_argument("--keep-node-modules", action="store_true", help="完成后保留 node_modules")
    asked = parser.parse_args()
    started = time.monotonic()
    try:
        set_up(dev=asked.dev)
    except Failed as failure:
        print(f"\n安装没有完成：{failure}\n再次运行会从这一步继续。", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n已中断。再次运行会从这一步继续。", file=sys.stderr)
        return 130
    if NODE_MODULES.is_dir() and not asked.keep_node_modules:
        print("清理 node_modules（页面资源和字体已经做好）", flush=True)
        shutil.rmtree(NODE_MODULES)
    print(f"安装就绪，用时 {time.monotonic() - started:.1f} 秒", flush=True)
    return 0


def set_up(*, dev: bool) -> None:
    if sys.version_info[:2] < OLDEST_PYTHON:
        raise Failed(f"需要 Python 3.11 以上版本，当前是 {sys.version.split()[0]}。")
    environment = _python_steps(dev=dev)
    packages, *built = asset_steps()
    are_built = all(step.is_done() for step in built)
    take([*environment, packages, *built], lambda step: step is not packages or not are_built)


def _python_steps(*, dev: bool) -> list[Step]:
    version = ".".join(map(str, sys.version_info[:2]))
    steps = [
        Step(
            "venv",
            f"建立 Python {version} 环境（.venv）",
            VENV,
            (),
            make_venv,
            PYTHON.is_file,
            version,
        ),
        Step(
            "packages",
            "安装运行所需的 Python 软件包",
            VENV,
            (RUNTIME,),
            lambda: pip_install(PYTHON, RUNTIME),
        ),
    ]
    if dev:
        steps.append(
            Step(
                "packages-dev",
                "安装检查和测试所需的 Python 软件包",
                VENV,
                (RUNTIME, DEVELOPMENT),
                lambda: pip_install(PYTHON, DEVELOPMENT),
            )
        )
        steps.append(_reader())
    return steps


def _reader() -> Step:
    return Step(
        "reader", "取得测试用的 OFD 阅读部件", node.READER.file.parent, (TOOLS / "node.py",),
        lambda: node.fetch_reader(PYTHON), node.READER.file.is_file,
    )  # fmt: skip


def asset_steps() -> list[Step]:
    """The style keeps only what pages and scripts use, so it is made again when they change."""
    builders = tuple(
        TOOLS / name
        for name in ("build.mjs", "charts.entry.mjs", "icons.txt",
                     "country/maps.mjs", "country/places.mjs")
    )  # fmt: skip
    pages, scripts = (ROOT / "templates").rglob("*.html"), (ROOT / "static/js").glob("*.js")
    built_of = (LOCK, *builders, *sorted(pages), *sorted(scripts))
    font_builders = tuple(sorted((TOOLS / "fonts").glob("*.py")))
    return [
        Step("npm", "下载页面资源和字体", NODE_MODULES, (LOCK,), npm_ci),
        Step("assets", "制作页面资源（static/vendor）", VENDOR, built_of, build_assets,
             lambda: files_match(VENDOR, "digests.json")),
        Step("fonts", "制作公文字体（.tools/fonts）", FONTS, (LOCK, *font_builders), build_fonts,
             fonts_are_whole),
    ]  # fmt: skip


def make_venv() -> None:
    """A working environment of the same Python is kept as it is."""
    asked = "import pip, sys; print(sys.version_info[:2])"
    if output_of([str(PYTHON), "-c", asked]) == str(sys.version_info[:2]):
        return
    try:
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    except Failed as failure:
        raise Failed(
            f"{failure}\n若提示缺少 ensurepip，请先装上系统的 python3-venv 软件包。"
        ) from failure


def npm_ci() -> None:
    """What the lock names, checked against its digests; no package's own script is run."""
    _, npm = node.node_and_npm(PYTHON)
    lasting = [
        "--fetch-retries=3",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=9000",
    ]
    told = ["--loglevel=http", "--no-progress"]
    run_stubbornly([*npm, "ci", "--ignore-scripts", *lasting, *told], retell_npm)


def retell_npm(line: str) -> str | None:
    found = re.search(r"http fetch GET 200 \S+/([^/\s]+)\.tgz", line)
    return f"取得 {found[1]}" if found else None


def build_assets() -> None:
    command, _ = node.node_and_npm(PYTHON)
    run([*command, str(TOOLS / "build.mjs")], str.strip)


def build_fonts() -> None:
    run([str(PYTHON), "-u", "-m", "tools.fonts"], str.strip)


def fonts_are_whole() -> bool:
    try:
        roles = json.loads((FONTS / "fonts.json").read_text(encoding="utf-8"))["roles"]
    except (OSError, ValueError):
        return False
    return "light" in roles and all((FONTS / one["file"]).is_file() for one in roles.values())


if __name__ == "__main__":
    sys.exit(main())
