"""`python -m tools.scale`: PostgreSQL, S3, two processes of pages behind one port, two of jobs.

The processes of pages listen at one socket, opened here and handed to both. No proxy has to be
there, the port is known to be free before anything is loaded, and where one process stands still or
dies the other takes its callers: with a socket each (SO_REUSEPORT) the system would go on handing
it half of them.

What dies of the product is told and begun again; without PostgreSQL or S3 everything ends.
"""

import argparse
import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from types import FrameType

from config import PORTS, Misconfigured
from config_values import kept_secret, number
from issues.ground.secrecy import owner_only
from tools.commands import ROOT, Failed
from tools.connections import reserve
from tools.scale import stores
from tools.scale.children import Child

FOLDER = ROOT / "instance" / "scale"
WEB, JOBS = 2, 2
LOOK_EVERY = 0.3
STARTED, SCHEDULED = re.compile("已启动：.*"), re.compile("任务调度已启动")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run-scale", description="在本机按多进程试运行")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="数据所在的文件夹")
    owner_only.from_now_on()
    folder = stores.made(parser.parse_args().folder).resolve()
    signal.signal(signal.SIGTERM, stop)
    try:
        with _alone(folder), _reserved() as door:
            return Crew(folder, door).run()
    except Misconfigured as error:
        print(f"无法启动：{error.message}", file=sys.stderr)
    except Failed as failure:
        print(f"无法启动：{failure}", file=sys.stderr)
    return 1


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One at a time on one folder. Raises Failed."""
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Failed(f"“{folder}”已有一个 run-scale 在运行。") from None
        yield


def _reserved() -> socket.socket:
    port = number(os.environ, "PORT", 8000, PORTS)
    try:
        return reserve("127.0.0.1", port)
    except OSError as error:
        raise Failed(
            f"127.0.0.1:{port} 不能使用（{error.strerror}）。"
            "可换一个端口再启动：PORT=8001 make run-scale"
        ) from None


def stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


class Crew:
    """All the processes, begun in this order and ended in the other."""

    def __init__(self, folder: Path, door: socket.socket) -> None:
        self.folder, self.door = folder, door
        self.output = stores.made(folder / "output")
        self.environ: dict[str, str] = {}
        self.stores: list[Child] = []
        self.product: list[Child] = []

    def run(self) -> int:
        """Until Ctrl+C or SIGTERM: 0. 1 where it cannot go on."""
        try:
            self._begin()
            self._watch()
        except (SystemExit, KeyboardInterrupt):
            code = 0
        except Failed as failure:
            print(f"\n不能继续：{failure}", file=sys.stderr, flush=True)
            code = 1
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once told is enough
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._end()
        return code

    def _begin(self) -> None:
        port = self.door.getsockname()[1]
        database, address = stores.postgresql(self.folder / "postgresql")
        secret = kept_secret(self.folder / "s3_secret", 24)
        self._store("PostgreSQL", "postgresql", database, signal.SIGINT)
        endpoint = self._store("S3", "s3", stores.s3(self.folder / "s3", secret), signal.SIGTERM)
        told = stores.settings(self.folder, address, endpoint)
        self.environ = told | {"PORT": str(port)}
        self._write_down()
        command = [sys.executable, "-u", "-m", "tools.scale.web", "prepare"]
        environ = os.environ | self.environ
        done = subprocess.run(command, cwd=ROOT, env=environ, start_new_session=True, check=False)
        if done.returncode:
            raise Failed("数据没有准备好，见上文。")
        self.door.listen()
        pages = (sys.executable, "-u", "-m", "tools.scale.web", str(self.door.fileno()))
        jobs = (sys.executable, "-u", "-m", "flask", "--app", "app", "jobs", "run")
        for one in range(1, WEB + 1):
            self._part(f"网页进程 {one}", f"web-{one}", pages, STARTED, [self.door.fileno()])
        for one in range(1, JOBS + 1):
            self._part(f"任务进程 {one}", f"jobs-{one}", jobs, SCHEDULED, [])
        for child in self.product:
            child.ready()
            self._tell(child, "已就绪")
        print(f"数据在 {self.folder}；对它执行别的命令：set -a; . {self._file}; set +a")
        print(f"\n已启动：http://127.0.0.1:{port}   （Ctrl+C 停止）", flush=True)

    def _store(self, label: str, name: str, store: stores.Store, ends_by: int) -> str:
        child = Child(
            label, store.command, store.environ, self.output / f"{name}.txt", store.says,
            user=store.user, home=store.home, ends_by=ends_by,
        )  # fmt: skip
        self.stores.append(child)
        child.begin()
        word = child.ready()
        self._tell(child, "已就绪")
        return word

    def _part(self, label: str, name: str, command: tuple[str, ...], says: re.Pattern[str],
              doors: list[int]) -> None:  # fmt: skip
        output = self.output / f"{name}.txt"
        child = Child(label, command, self.environ, output, says, doors=doors)
        self.product.append(child)
        child.begin()

    def _watch(self) -> None:
        waited_for: set[Child] = set()
        while True:
            time.sleep(LOOK_EVERY)
            for child in self.stores:
                if not child.is_alive:
                    raise Failed(f"{child.label}意外结束。\n{child.tail()}")
            for child in self.product:
                if not child.is_alive:
                    self._begin_again(child)
                    waited_for.add(child)
                elif child in waited_for and child.word():
                    self._tell(child, "已就绪")
                    waited_for.remove(child)

    def _begin_again(self, child: Child) -> None:
        if not child.note_death():
            raise Failed(f"{child.label}一再意外结束。\n{child.tail()}")
        print(f"{child.label}意外结束，重新启动", flush=True)
        child.begin()

    def _end(self) -> None:
        """Whoever asks before whoever answers."""
        for child in self.product:
            child.ask_to_end()
        for child in (*self.product, *reversed(self.stores)):
            if not child.end():
                print(f"{child.label}没有按时停下，已强行结束", flush=True)
        print("已停止。", flush=True)

    def _tell(self, child: Child, word: str) -> None:
        pid = child.process.pid if child.process else 0
        print(f"{child.label}（进程号 {pid}）{word}", flush=True)

    @property
    def _file(self) -> Path:
        return self.folder / "settings.env"

    def _write_down(self) -> None:
        """For another command on the same data. It holds the keys, so it is the owner's alone."""
        lines = [f"{name}={quote(value)}\n" for name, value in self.environ.items()]
        self._file.unlink(missing_ok=True)
        with os.fdopen(os.open(self._file, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.writelines(lines)


if __name__ == "__main__":
    sys.exit(main())
