"""A fresh clone sets itself up the same way everywhere, from pinned and checked parts."""

import ast
import json
import re
import sys
from pathlib import Path

import pytest

from config import ROOT

REQUIREMENTS = ("requirements.txt", "requirements-dev.txt", "tools/requirements-node.txt")
PROMISED = ("run", "run-scale", "test", "lint", "fix", "bench", "migrate", "seed", "jobs", "help")
BEFORE_THE_VENV = ("setup.py", "steps.py", "commands.py", "node.py", "packages.py")
SETTINGS = (
    "DATABASE_URL", "EVIDENCE_URL", "SECRET_KEY", "HOST", "PORT", "WORKERS", "DEMO",
    "DEMO_PASSWORD", "TODAY", "NOTIFY_URLS", "FONTS_DIR", "TRUSTED_PROXIES",
    "PUBLIC_URL", "SIGN_CERT", "SIGN_KEY_PASSWORD", "SIGN_ROOTS", "SIGN_CRLS", "TSA_URL",
    "TSA_AWAY", "SEAL_FILE", "SEAL_KEY", "SECRECY",
    "LOG_FORMAT", "LOG_DIR", "LOG_DAYS", "KEPT_DAYS", "CRYPTO",
    "BACKUP_DIR", "BACKUP_KEEP", "PRACTICE", "PRACTICE_URL", "PRACTICE_PORT", "PRACTICE_DIR",
)  # fmt: skip


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def locked() -> dict[str, dict]:
    packages = json.loads(read("package-lock.json"))["packages"]
    return {name: entry for name, entry in packages.items() if name}


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import)
             for alias in node.names]  # fmt: skip
    chosen = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in (*plain, *chosen)}


def test_every_locked_package_has_a_digest_and_no_host():
    without = [name for name, entry in locked().items() if "integrity" not in entry]
    placed = [name for name, entry in locked().items() if "resolved" in entry]

    assert locked()
    assert without == []
    assert placed == []
    assert "registry" not in read("package-lock.json")


def test_front_end_parts_are_pinned_to_one_version():
    asked = json.loads(read("package.json"))

    for name, version in (asked["dependencies"] | asked["devDependencies"]).items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert locked()[f"node_modules/{name}"]["version"] == version


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_are_pinned(name):
    lines = [line.split("#")[0].strip() for line in read(name).splitlines()]
    asked = [line for line in lines if line and not line.startswith("-r ")]

    assert asked
    assert [line for line in asked if not re.fullmatch(r"[\w.\[\]-]+==[\w.]+", line)] == []


@pytest.mark.parametrize("target", PROMISED)
def test_make_has_the_promised_target_and_says_what_it_does(target):
    assert re.search(rf"^{target}:.*## \S", read("Makefile"), re.MULTILINE)


def test_continuous_integration_runs_make_test_and_allows_no_skip():
    script = ROOT / ".ci" / "run"

    assert script.stat().st_mode & 0o111
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "make test"
    assert "export REQUIRE_ALL=1" in lines


@pytest.mark.parametrize("name", BEFORE_THE_VENV)
def test_set_up_needs_the_standard_library_only(name):
    beyond = imports_of(ROOT / "tools" / name) - sys.stdlib_module_names

    assert beyond <= {"tools"}


def test_set_up_imports_no_tool_that_needs_more():
    own = {
        node.module.removeprefix("tools.")
        for name in BEFORE_THE_VENV
        for node in ast.walk(ast.parse(read(f"tools/{name}")))
        if isinstance(node, ast.ImportFrom) and node.module.startswith("tools.")
    }

    assert {f"{name}.py" for name in own} <= set(BEFORE_THE_VENV)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_example_settings_explain_each_setting(name):
    assert re.search(rf"^#?{name}=", read(".env.example"), re.MULTILINE)


def test_third_party_parts_are_listed_with_their_licences():
    listed = read("docs/third-party.md").lower()
    asked = json.loads(read("package.json"))
    names = [*asked["dependencies"], *asked["devDependencies"]]
    for file in REQUIREMENTS:
        names += re.findall(r"^(\w[\w.-]*)", read(file), re.MULTILINE)

    assert [name for name in names if f"| {name.lower()} |" not in listed] == []
