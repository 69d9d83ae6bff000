"""The processes of `make run-scale` one by one: heard, told dead, ended with what they began."""

import re
import signal
import sys
import time

import psutil
import pytest

from tools.commands import Failed
from tools.scale import children
from tools.scale.__main__ import Crew
from tools.scale.children import DEATHS, Child

READY = re.compile("ready")
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
began = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("ready", began.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def child(tmp_path):
    begun = []

    def of(words, **how):
        command = (sys.executable, "-c", words)
        begun.append(Child("试的进程", command, {}, tmp_path / f"{len(begun)}.txt", READY, **how))
        begun[-1].begin()
        return begun[-1]

    yield of
    for one in begun:
        one.end()


def crew(tmp_path, *, stores=(), product=()):
    made = Crew(tmp_path, door=None)
    made.stores, made.product = list(stores), list(product)
    return made


def test_one_that_does_not_end_is_killed_with_all_it_began(child, monkeypatch):
    monkeypatch.setattr(children, "ENDS_WITHIN", 0.5)
    monkeypatch.setattr(children, "LEFT_ENDS_WITHIN", 0.5)
    one = child(STUBBORN)
    one.ready()
    began = int(one.output.read_text().split()[1])

    assert not one.end()

    assert one.process.returncode == -signal.SIGKILL
    assert not psutil.pid_exists(began) or psutil.Process(began).status() == psutil.STATUS_ZOMBIE


def test_one_that_ends_before_it_is_ready_is_told_with_its_last_words(child):
    with pytest.raises(Failed, match=r"试的进程没有启动：\n.*no door"):
        child("import sys; sys.exit('no door')").ready()


def test_one_that_dies_again_and_again_ends_everything(child, tmp_path, capsys):
    one = child("raise SystemExit('broken')")
    with pytest.raises(Failed, match="试的进程一再意外结束"):
        crew(tmp_path, product=[one])._watch()  # noqa: SLF001 - without the stores
    assert capsys.readouterr().out.count("试的进程意外结束，重新启动") == DEATHS - 1


def test_without_a_store_everything_ends(child, tmp_path):
    store = child("print('ready', flush=True)")
    store.ready()
    store.process.wait(10)
    lives = child("import time; print('ready', flush=True); time.sleep(60)")
    with pytest.raises(Failed, match="试的进程意外结束"):
        crew(tmp_path, stores=[store], product=[lives])._watch()  # noqa: SLF001 - as above


def test_deaths_long_apart_are_forgiven(child, monkeypatch):
    one, now = child("pass"), [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    for _ in range(3 * DEATHS):
        now[0] += children.SECONDS / 2
        assert one.note_death()
