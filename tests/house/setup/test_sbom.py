"""The list of what the product is made of: whole, the same every time, no licence unknown."""

import json
import re
import subprocess

import pytest
from tree import ROOT

from tools import sbom
from tools.node import READER

TABLE = ROOT / "docs" / "third-party.md"
ROW = re.compile(r"^\| ([^|]+?) \| (.+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def parts():
    return sbom.parts()


def test_each_requirement_and_package_stands_in_it(parts):
    asked = {
        found[1]
        for name in (*sbom.REQUIREMENTS, sbom.SET_UP)
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if (found := re.match(r"([A-Za-z][\w.-]*)", line))
    }
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    packages = {place.rpartition("node_modules/")[2] for place in locked} - {""}

    assert {part.name for part in parts if part.ecosystem == "pypi"} == asked
    assert {part.name for part in parts if part.ecosystem == "npm"} == packages | {READER.name}


def test_no_licence_is_unknown(parts):
    assert [part.name for part in parts if not sbom.is_known(part.licence)] == []


@pytest.mark.parametrize("said", ["", "Proprietary", "MIT AND Proprietary", "see LICENSE"])
def test_an_unknown_licence_is_found_and_nothing_is_written(said, tmp_path, monkeypatch):
    assert not sbom.is_known(said)
    monkeypatch.setattr(sbom, "parts", lambda: [sbom.Part("pypi", "odd", "1", said, "required")])
    with pytest.raises(ValueError, match="odd"):
        sbom.write(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_table_of_third_parties_agrees(parts):
    rows = {name.lower(): licence for name, licence in ROW.findall(TABLE.read_text("utf-8"))}
    differing = [
        (part.name, part.licence, rows[part.name.lower()])
        for part in parts
        if part.name.lower() in rows
        and not all(one in rows[part.name.lower()] for one in sbom.SPLIT.split(part.licence) if one)
    ]

    assert differing == []
    assert {part.name.lower() for part in parts if part.ecosystem == "pypi"} <= set(rows)


def test_it_is_the_same_every_time_and_well_formed(tmp_path):
    for name in ("a", "b"):
        sbom.write(tmp_path / name)
    for file in ("sbom.cdx.json", "licences.txt"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    made = json.loads((tmp_path / "a" / "sbom.cdx.json").read_text(encoding="utf-8"))

    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    refs = [one["bom-ref"] for one in made["components"]]
    assert len(refs) == len(set(refs)) > 100
    for one in made["components"]:
        assert re.fullmatch(r"pkg:(pypi|npm)/[\w.%/@-]+@[\w.]+", one["purl"]), one["purl"]
        assert {"type", "name", "version", "licenses"} <= set(one)
        for digest in one.get("hashes", ()):
            assert re.fullmatch(r"[0-9a-f]{128}", digest["content"])


def test_it_is_written_where_nothing_is_committed():
    ignored = subprocess.run(  # noqa: S603 - ours
        ["git", "check-ignore", "-q", f"{sbom.FOLDER.name}/sbom.cdx.json"],  # noqa: S607 - as in tree
        cwd=ROOT,
        check=False,
    )

    assert ignored.returncode == 0
