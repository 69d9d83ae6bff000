"""The practice city's own process: real ones, on loopback, killed in every way."""

import contextlib
import dataclasses
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from databases import EMPTY

from config import ROOT
from issues.practice import keeper as keepers
from issues.practice.keeper import Keeper
from issues.practice.place import Place
from issues.practice.settings import Practice
from issues.practice.tickets import ticket_for

KEY = "a key both have"
PATIENCE = 40
QUICKLY = """
import shutil, sys
import flask_migrate
from seed import example
flask_migrate.upgrade = lambda directory: None
def load(app, say):
    say("装入")
    shutil.copyfile({database!r}, app.extensions["practice"].place.city / "rectification.db")
example.load = load
from tools.practice import city
import os
os._exit(city.main())
"""
"""The process as it is, with an example that is copied instead of made."""
PARENT = """
import sys, time
from dataclasses import replace
from pathlib import Path
from config import Config
from issues.practice import keeper as keepers
from issues.practice.settings import Practice
keepers.COMMAND = ("-c", {command!r})
config = replace(Config.from_env({{"DEMO": "1"}}, Path({folder!r})), port=0)
keeper = keepers.Keeper(lambda: config, Practice(Path({folder!r}), True, key="k"))
keeper.begin()
time.sleep(60)
"""


@pytest.fixture(scope="session")
def command(sqlite_place, tmp_path_factory):
    """What the process is begun with."""
    database = tmp_path_factory.mktemp("practice") / "example.db"
    shutil.copyfile(sqlite_place.databases.folder / f"{EMPTY}.db", database)
    return QUICKLY.format(database=str(database))


def until(found, patience=PATIENCE):
    """What it finds at last."""
    for _ in range(patience * 20):
        if answer := found():
            return answer
        time.sleep(0.05)
    raise AssertionError("nothing came of it")


def is_there(process):
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


@pytest.fixture
def keeper(place, tmp_path, monkeypatch, command):
    monkeypatch.setattr(keepers, "COMMAND", ("-c", command))
    config = dataclasses.replace(place.config(), port=0)
    kept = Keeper(lambda: config, Practice(tmp_path, is_offered=True, key=KEY))
    yield kept
    kept.close()


def ready(keeper, but=0):
    """Its standing once people may come in, of another process than `but`."""

    def found():
        standing = keeper.standing()
        is_new = standing and standing.is_ready and standing.process != but
        return standing if is_new else None

    return until(found)


def asked(address, path):
    try:
        with urllib.request.urlopen(f"{address}{path}", timeout=20) as answer:  # noqa: S310 - ours
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_it_is_begun_once_comes_back_when_killed_and_is_made_anew(keeper):
    assert keeper.standing() is None
    keeper.begin()
    keeper.begin()
    first = ready(keeper)
    entry = f"/practice/enter?ticket={ticket_for(1, KEY)}"
    assert asked(first.address, "/login")[0] == 404
    assert "登录正式系统" in asked(first.address, entry)[1]  # the cookie is not kept: no mark

    filled = keeper.place.filled()
    os.kill(first.process, signal.SIGKILL)
    second = ready(keeper, but=first.process)
    assert second.address == first.address
    assert keeper.place.filled() == filled

    (keeper.place.city / "evidence").mkdir(exist_ok=True)
    (keeper.place.city / "evidence" / "left").touch()
    assert [keeper.reset(), keeper.reset()] == [True, False]
    third = ready(keeper, but=second.process)
    assert keeper.place.filled() > filled
    assert not (keeper.place.city / "evidence" / "left").exists()
    assert asked(third.address, "/login")[0] == 404

    keeper.close()
    until(lambda: not is_there(third.process), 10)
    assert not keeper.place.is_held()


def test_one_that_cannot_begin_is_given_up_and_said_to_be(keeper, tmp_path, monkeypatch):
    count = tmp_path / "count"
    monkeypatch.setattr(keepers, "COMMAND", ("-c", f"open({str(count)!r}, 'a').write('x'); 1 / 0"))
    monkeypatch.setattr(keepers, "LONGER", 0)
    keeper.begin()

    until(lambda: (standing := keeper.standing()) and standing.is_failed)

    assert len(count.read_text()) == keepers.MOST_FAILURES


def test_where_its_port_is_taken_it_says_so(place, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        practice = Practice(tmp_path, is_offered=True, port=taken.getsockname()[1], key=KEY)
        kept = Keeper(place.config, practice)
        kept.begin()

    assert kept.standing().is_failed
    kept.close()


def test_there_are_never_two_and_it_ends_with_a_parent_that_is_killed(tmp_path, command):
    place = Place(tmp_path)
    told = PARENT.format(command=command, folder=str(tmp_path))
    parents = [
        subprocess.Popen([sys.executable, "-c", told], cwd=ROOT, env={"PATH": os.environ["PATH"]})  # noqa: S603 - ours
        for _ in range(2)
    ]
    try:
        until(lambda: place.standing().is_ready)
        process = place.standing().process
        assert len(of_folder(tmp_path)) <= 2  # the second waits for the first, and gives up
        until(lambda: of_folder(tmp_path) == [process], 20)
    finally:
        for parent in parents:
            parent.kill()
            parent.wait()
    until(lambda: not is_there(process), 10)
    assert not place.is_held()
    assert not of_folder(tmp_path)


def of_folder(folder):
    """The processes that were told this folder."""
    found = []
    for environ in sorted(ROOT.__class__("/proc").glob("[0-9]*/environ")):
        with contextlib.suppress(OSError):
            if re.search(rb"PRACTICE_DIR=" + os.fsencode(folder) + rb"\0", environ.read_bytes()):
                found.append(int(environ.parent.name))
    return found
