"""The process of the practice city: begun when somebody first comes, begun anew when it dies.

It is a child of the web process, with an environment of its own in which nothing stands that the
real city can be opened with or sends by. It ends with its parent, however that ends: the pipe that
is its standard input is then shut. The door it listens at is held here, so that who comes while it
is begun anew waits instead of being turned away.
"""

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from time import monotonic

from config import ROOT, Config, Misconfigured
from issues.ground.present import present
from issues.practice.place import Place, Standing
from issues.practice.settings import BEYOND, Practice

COMMAND = ("-u", "-m", "tools.practice.city")
AGAIN, HELD = 75, 76
"""It ended to be begun anew; another process has the folder."""
STEADY = 30.0
MOST_FAILURES = 5
LONGER = 0.5
"""Seconds more each time before it is begun anew."""
WORKERS = "2"
PATIENCE = 10.0
HOST = "127.0.0.1"
FAILED = "练习城市启动失败，请系统管理员查看日志"
logger = logging.getLogger(__name__)


class Keeper:
    """Of a web process. `settings` are asked for as it begins: a port is known by then."""

    def __init__(self, settings: Callable[[], Config], practice: Practice) -> None:
        self._settings = settings
        self.practice = practice
        self.place = Place(practice.folder)
        self._lock, self._over = threading.Lock(), threading.Event()
        self._door: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._failed = False

    @property
    def is_offered(self) -> bool:
        return self.practice.is_offered

    def begin(self) -> None:
        """See that it runs, in whichever process of this machine."""
        with self._lock:
            is_ours = self._process is not None
            if self._over.is_set() or is_ours or self.place.is_held():
                return
            try:
                self._process = self._launched()
            except (OSError, Misconfigured):
                logger.exception("the practice city could not be begun")
                self._failed = True
                return
            self._failed = False
            threading.Thread(target=self._watch, args=(self._process,), daemon=True).start()

    def standing(self) -> Standing | None:
        """How it stands; None where nobody has begun it."""
        if self._failed:
            return Standing(is_failed=True, step=FAILED)
        if not self.place.is_held():
            return Standing() if self._process else None
        told = self.place.standing()
        return told if self.place.filled() else Standing(step=told.step)

    def reset(self) -> bool:
        """Everything anew; False where that is under way. The process notices, and ends."""
        return self.place.reset()

    def close(self) -> None:
        """With the web process. Its standard input is shut, and it goes by itself."""
        with self._lock:
            self._over.set()
            process, self._process = self._process, None
        if process is not None:
            _end(process)
        if self._door is not None:
            self._door.close()

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        failures = 0
        while failures < MOST_FAILURES:
            begun = monotonic()
            code = process.wait()
            present(process.stdin, "the pipe").close()
            is_steady = monotonic() - begun > STEADY
            failures = 0 if code == AGAIN or is_steady else failures + 1
            if code == HELD or failures == MOST_FAILURES:
                break
            if self._over.wait(0.0 if code == AGAIN else LONGER * failures):
                break
            logger.warning("the practice city ended with code %d and is begun anew", code)
            with self._lock:
                if self._over.is_set():
                    return
                self._process = process = self._launched()
        with self._lock:
            self._process, self._failed = None, failures >= MOST_FAILURES

    def _launched(self) -> subprocess.Popen[bytes]:
        if self._door is None:
            self._door = _reserved(self.practice, self._settings().port)
        return subprocess.Popen(  # noqa: S603 - our own module, no words of a stranger
            [sys.executable, *COMMAND, str(self._door.fileno())],
            cwd=ROOT,
            env=self._environ(self._door.getsockname()[1]),
            stdin=subprocess.PIPE,
            pass_fds=[self._door.fileno()],
            start_new_session=True,
        )

    def _environ(self, port: int) -> dict[str, str]:
        """All that it is told. What is not named here does not reach it."""
        config, practice = self._settings(), self.practice
        told = {name: value for name, value in config.practice.items() if "PRACTICE" not in name}
        log = {"LOG_DIR": str(practice.folder / "log"), "LOG_DAYS": str(config.log_days)}
        return told | (log if config.log_dir else {}) | {
            "DEMO": "1",
            "DATABASE_URL": self.place.database_url,
            "EVIDENCE_URL": self.place.evidence_url,
            "HOST": HOST,
            "PORT": str(port),
            "WORKERS": WORKERS,
            "PUBLIC_URL": practice.url or f"http://{HOST}:{port}",
            "PRACTICE_OF": config.public_url,
            "PRACTICE_KEY": practice.key,
            "PRACTICE_DIR": str(practice.folder),
            "FONTS_DIR": str(config.fonts_dir or ""),
            "CRYPTO": config.crypto,
            "LOG_FORMAT": config.log_format,
            "TRUSTED_PROXIES": ",".join(str(one) for one in config.trusted_proxies),
        }  # fmt: skip


def _reserved(practice: Practice, port: int) -> socket.socket:
    """Where it listens. One nobody named may be any, where the usual one is taken."""
    wanted = practice.port or port + BEYOND
    for one in (wanted,) if practice.port or practice.url else (wanted, 0):
        door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, one))
        except (OSError, OverflowError):
            door.close()
            continue
        door.listen()
        return door
    raise Misconfigured(f"练习城市的端口 {wanted} 已被占用，请用 PRACTICE_PORT 另行指定。")


def _end(process: subprocess.Popen[bytes]) -> None:
    present(process.stdin, "the pipe").close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
