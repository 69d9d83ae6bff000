"""What the product makes is its own account's alone: every file and folder, by whatever way."""

import dataclasses
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import Config
from issues.ground.secrecy import owner_only

ROOT = Path(__file__).parents[2]
WORK = """
import dataclasses, os, sys
from io import BytesIO
from pathlib import Path
os.umask(0o022)
from flask_migrate import upgrade
from app import create_app
from config import ROOT, Config
from issues.ground.secrecy import owner_only
from seed import volume

home = Path(sys.argv[1])
if sys.argv[2] == "loose":
    owner_only.from_now_on = lambda: None
told = {"DEMO": "1", "LOG_DIR": str(home / "log"), "LOG_FORMAT": "json"}
app = create_app(dataclasses.replace(Config.from_env(told, home), tool_folder=ROOT / ".tools"))
with app.app_context():
    upgrade(ROOT / "migrations")
    volume.load(2, lambda _line: None, "Shili-2025-mima")
    store = app.extensions["evidence"]
    kept = store.put(BytesIO(b"an original"), limit=100)
    store.put_preview(kept.sha256, 320, b"a picture")
app.test_client().get("/api/v1/board", headers={"Authorization": "Bearer nobody's"})
(home / "out").mkdir()
written = app.test_cli_runner().invoke(
    args=["ledger", "export", str(home / "out" / "ledger.xlsx")]
)
assert written.exit_code == 0, written.output
"""


def made(home, how):
    """Everything below the folder after a start, some work and an export, with its mode."""
    subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", WORK, str(home), how], cwd=ROOT, env={"PATH": ""}, check=True
    )
    return {
        path.relative_to(home).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in home.rglob("*")
    }


def open_to_others(modes):
    return sorted(name for name, mode in modes.items() if mode & 0o077)


def test_every_file_and_folder_is_the_owners_alone(tmp_path):
    modes = made(tmp_path, "private")

    assert open_to_others(modes) == []
    for part in ("instance/rectification.db", "instance/secret_key", "instance/demo_password"):
        assert modes[part] == 0o600
    for part in ("instance", "instance/evidence", "log", "out"):
        assert modes[part] == 0o700
    assert {"out/ledger.xlsx", "log/begun"} <= set(modes)
    assert any(name.startswith("instance/evidence/previews") for name in modes)


def test_without_the_mask_the_walk_finds_them(tmp_path):
    found = open_to_others(made(tmp_path, "loose"))

    assert {"instance/rectification.db", "instance/evidence", "out/ledger.xlsx"} <= set(found)


@pytest.fixture
def settings(tmp_path):
    read = Config.from_env({"LOG_DIR": str(tmp_path / "log")}, tmp_path)
    (tmp_path / "log").mkdir()
    (tmp_path / "log").chmod(0o755)
    (tmp_path / "instance" / "rectification.db").touch()
    (tmp_path / "instance" / "rectification.db").chmod(0o644)
    return dataclasses.replace(read, demo=False)


def test_what_an_earlier_version_left_open_is_told_and_closed(settings):
    told = {path.name for path in owner_only.open_to_others(settings)}
    assert {"log", "rectification.db"} <= told

    owner_only.tighten(settings)

    assert list(owner_only.open_to_others(settings)) == []
    assert stat.S_IMODE((settings.instance / "rectification.db").stat().st_mode) == 0o600
