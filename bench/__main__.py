"""`python -m bench`: the product beside a bare Flask application, both served the same way."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import report
from bench.data import PASSWORD, Ground, prepare
from bench.serve import THREADS
from bench.servers import serving
from bench.workloads import WORKLOADS, Workload
from config import ROOT

CLIENTS = (1, 8)
ISSUES = 10_000
MOST = 20_000
WARM_UP, SECONDS = 1.0, 5.0
QUICK_WARM_UP, QUICK_SECONDS = 0.5, 1.5
ROUNDS = ("reference", "product", "reference")
"""The bare application is measured before and after, so that a slow moment shows in both."""


def main() -> int:
    asked = _arguments()
    lengths = (QUICK_WARM_UP, QUICK_SECONDS) if asked.quick else (WARM_UP, SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        ground = prepare(Path(folder), asked.issues)
        measured = _measure(ground, lengths, asked.only)
    report.show(measured, CLIENTS)
    told = {"threads": THREADS, "seconds": lengths[1], "volume": dict(ground.counts)}
    if not asked.only:
        report.keep(measured, CLIENTS, told)
        print(f"\n已写入 {report.RESULTS.relative_to(ROOT)}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="每项只测一秒多")
    parser.add_argument("--issues", type=int, default=ISSUES, help="问题数量")
    parser.add_argument("--only", nargs="*", default=[], help="只测这些项目，不写结果")
    return parser.parse_args()


def _measure(
    ground: Ground, lengths: tuple[float, float], only: list[str]
) -> dict[str, dict[int, dict[str, Any]]]:
    runs: dict[str, dict[int, list[dict[str, Any]]]] = {}
    first = 0
    for what in ROUNDS:
        with serving(what, ground.environ) as port:
            for workload in WORKLOADS:
                if workload.server != what or (only and workload.name not in [*only, "hello"]):
                    continue
                for clients in CLIENTS:
                    first += 100_000_000
                    print(f"  {workload.label}，{clients} 个客户端", flush=True)
                    job = _job(workload, clients, lengths, first) | {"port": port}
                    found = _send(job | {"facts": ground.facts})
                    runs.setdefault(workload.name, {}).setdefault(clients, []).append(found)
    return {
        name: {clients: _middle(found) for clients, found in by_clients.items()}
        for name, by_clients in runs.items()
    }


def _job(
    workload: Workload, clients: int, lengths: tuple[float, float], first: int
) -> dict[str, Any]:
    return {
        "workload": workload.name,
        "clients": clients,
        "warm_up": lengths[0],
        "seconds": lengths[1],
        "most": MOST,
        "first": first,
        "password": PASSWORD,
    }


def _send(job: Mapping[str, Any]) -> dict[str, Any]:
    """One run of the load in a process of its own."""
    process = subprocess.run(  # noqa: S603 - our own module, no words of a stranger
        [sys.executable, "-m", "bench.load"],
        cwd=ROOT,
        input=json.dumps(job),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    return json.loads(process.stdout)


def _middle(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The mean of the runs; a failed run speaks for all."""
    failed = [run for run in found if "rate" not in run]
    if failed:
        return failed[0]
    return {name: sum(run[name] for run in found) / len(found) for name in found[0]}


if __name__ == "__main__":
    sys.exit(main())
