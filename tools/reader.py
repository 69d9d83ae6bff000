"""The reader of OFD that the tests draw with: one file of one package of the npm registry.

It is fetched by itself, because the package asks for fifty others that nothing here runs. It is
never served. The archive is checked against its digest before anything is taken from it.
"""

import base64
import hashlib
import io
import tarfile
import tempfile
from pathlib import Path

from tools import node
from tools.commands import ROOT, Failed, run_stubbornly

NAME, VERSION, LICENCE = "ofd.js", "0.2.6", "Apache-2.0"
INTEGRITY = (
    "qBC4bD5fC2e+qWg2ap6pajAU1Rl/G6+l6NUxMVgdcXTtjWcdRSYD6e63WGgmKAEuE4fjmntzIXZwODawjWmQuw=="
)
"""SHA-512, as the registry and a lock of packages write it."""
INSIDE = "package/lib/ofd.umd.min.js"
FILE = ROOT / ".tools" / "reader" / "ofd.min.js"


def fetch(python: Path) -> None:
    """Raises Failed."""
    _, npm = node.node_and_npm(python)
    with tempfile.TemporaryDirectory() as folder:
        command = [*npm, "pack", f"{NAME}@{VERSION}", "--pack-destination", folder]
        run_stubbornly([*command, "--loglevel=error"], lambda _line: None)
        archive = next(Path(folder).glob("*.tgz")).read_bytes()
    if hashlib.sha512(archive).digest() != base64.b64decode(INTEGRITY):
        raise Failed(f"{NAME} 的摘要不符")
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        found = opened.extractfile(INSIDE)
        if found is None:
            raise Failed(f"{NAME} 中没有 {INSIDE}")
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_bytes(found.read())
