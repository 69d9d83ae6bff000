"""Running other programs: their lines retold in Chinese, a sign of life, a second try."""

import queue
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INDENT = "      "
SILENCE = 15  # seconds without a word before the set-up says that it is still at it
TRIES = 3
PAUSE = 5
TAIL = 12

Retelling = Callable[[str], str | None]


class Failed(Exception):
    """A step that could not be done. `str()` is the sentence for the person at the terminal."""


def tell(line: str) -> None:
    print(f"{INDENT}{line}", flush=True)


def tell_all(line: str) -> str | None:
    return line or None


def run(command: list[str], retold: Retelling = tell_all) -> None:
    """Run to the end. Raises Failed with the program's last lines when it says no."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    try:
        last = _follow(process, retold)
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if process.wait() != 0:
        said = "\n".join(f"{INDENT}| {line}" for line in last)
        raise Failed(f"{Path(command[0]).name} 没有成功（代码 {process.returncode}）：\n{said}")


def run_stubbornly(command: list[str], retold: Retelling = tell_all) -> None:
    """Run a download again when it breaks off: what came whole before is taken from the cache."""
    for attempt in range(1, TRIES):
        try:
            run(command, retold)
        except Failed as failure:
            tell(str(failure))
            tell(f"第 {attempt} 次没有成功，{PAUSE * attempt} 秒后再试")
            time.sleep(PAUSE * attempt)
        else:
            return
    run(command, retold)


def output_of(command: list[str]) -> str | None:
    """What a short command prints, or None where it is missing or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _follow(process: subprocess.Popen, retold: Retelling) -> deque[str]:
    lines: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_read, args=(process, lines), daemon=True).start()
    last: deque[str] = deque(maxlen=TAIL)
    started = time.monotonic()
    while True:
        try:
            line = lines.get(timeout=SILENCE)
        except queue.Empty:
            tell(f"仍在进行，已用 {time.monotonic() - started:.0f} 秒")
            continue
        if line is None:
            return last
        last.append(line)
        if words := retold(line):
            tell(words)


def _read(process: subprocess.Popen, lines: queue.Queue) -> None:
    for line in process.stdout:
        lines.put(line.rstrip())
    lines.put(None)
