"""One check: run to its end or stopped, and how what it told is read."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from config import ROOT

MOST_SECONDS, ENDS_WITHIN = 15 * 60, 60
DATABASES = {"sqlite": "S", "postgresql": "P", "none": "—"}
RULE_OF_THREE = 3
STOPPED = 1


def bound(told: dict) -> str:
    return "—" if told["found"] else f"{100 * RULE_OF_THREE / max(told['n'], 1):.2g}%"


def run_check(
    kept: Path, check: Sequence[str], asked: int | str = "full", most_seconds: int = MOST_SECONDS
) -> int:
    """How the check ended; what it told before it was stopped is kept."""
    quiet = ("-q", "-p", "no:cacheprovider", "--tb=short")
    command = [sys.executable, "-m", "pytest", *quiet, *check]
    told = os.environ | {"FIGURES": str(asked), "FIGURES_FILE": str(kept)}
    with subprocess.Popen(command, cwd=ROOT, env=told) as running:  # noqa: S603 - ours
        try:
            return running.wait(most_seconds)
        except subprocess.TimeoutExpired:
            print(f"    超过 {most_seconds} 秒，已停止", flush=True)
            return _stopped(running)


def _stopped(check: subprocess.Popen[bytes]) -> int:
    """Asked to end the servers it began; killed where it does not hear."""
    check.send_signal(signal.SIGINT)
    try:
        return check.wait(ENDS_WITHIN) or STOPPED
    except subprocess.TimeoutExpired:
        check.kill()
        return check.wait()
