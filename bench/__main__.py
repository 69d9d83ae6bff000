"""`python -m bench`: the product beside a bare Flask application, both served the same way."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import report, rules
from bench.data import EACH_ONCE, PASSWORD, Ground, prepare
from bench.serving.serve import THREADS
from bench.serving.servers import serving
from bench.workloads import BY_NAME, WORKLOADS, Workload
from config import ROOT

CLIENTS = (1, 8)
ISSUES = 10_000
MOST = 20_000
WARM_UP, SECONDS = 1.0, 5.0
QUICK_WARM_UP, QUICK_SECONDS = 0.5, 1.5
HELLO_PART = 2
"""Hello is asked so often that a part of the time is enough."""
APART = 100_000_000
HELLO = BY_NAME["hello"]


def main() -> int:
    asked = _arguments()
    lengths = (QUICK_WARM_UP, QUICK_SECONDS) if asked.quick else (WARM_UP, SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        ground = prepare(Path(folder), asked.issues)
        measured = _measure(ground, lengths, asked.only)
    report.show(measured, CLIENTS)
    compiled = rules.measure()
    report.show_rules(compiled)
    told = {
        "threads": THREADS,
        "seconds": lengths[1],
        "volume": dict(ground.counts),
        "rules": compiled,
    }
    if not asked.only:
        report.keep(measured, told)
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
    """Each workload between two hellos of as many clients, so that a slow moment slows both."""
    wanted = [one for one in WORKLOADS if one is not HELLO and (not only or one.name in only)]
    measured: dict[str, dict[int, dict[str, Any]]] = {one.name: {} for one in (HELLO, *wanted)}
    with serving("reference", ground.environ) as bare, serving("product", ground.environ) as ours:
        runs = _Runs(ground, lengths, {"reference": bare, "product": ours})
        for clients in CLIENTS:
            hellos = [runs.take(HELLO, clients)]
            for workload in wanted:
                found = runs.take(workload, clients)
                hellos.append(runs.take(HELLO, clients))
                measured[workload.name][clients] = found | _share(found, hellos[-2:])
                if limit := measured.get(workload.limit):
                    measured[workload.name][clients] |= _of_limit(found, limit[clients])
            measured[HELLO.name][clients] = _mean(hellos) | {"of_hello": 1.0}
    return measured


class _Runs:
    """The two servers, and a count of the runs: no two send the same request."""

    def __init__(
        self, ground: Ground, lengths: tuple[float, float], ports: Mapping[str, int]
    ) -> None:
        self.ground, self.lengths, self.ports, self.count = ground, lengths, ports, 0

    def take(self, workload: Workload, clients: int) -> dict[str, Any]:
        self.count += 1
        if workload is not HELLO:
            print(f"  {workload.label}，{clients} 个客户端", flush=True)
        warm_up, seconds = self.lengths
        return _send(
            {
                "workload": workload.name,
                "port": self.ports[workload.server],
                "clients": clients,
                "warm_up": warm_up,
                "seconds": seconds / HELLO_PART if workload is HELLO else seconds,
                "most": MOST,
                "first": self.count * APART,
                "from": CLIENTS.index(clients) * EACH_ONCE,
                "password": PASSWORD,
                "facts": self.ground.facts,
            }
        )


def _send(job: Mapping[str, Any]) -> dict[str, Any]:
    """One run of the load in a process of its own."""
    process = subprocess.run(  # noqa: S603 - our own module, no words of a stranger
        [sys.executable, "-m", "bench.serving.load"],
        cwd=ROOT,
        input=json.dumps(job),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    return json.loads(process.stdout)


def _mean(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Of the runs that were answered; a run that was refused speaks for all."""
    failed = [run for run in found if "rate" not in run]
    if failed:
        return failed[0]
    return {name: sum(run[name] for run in found) / len(found) for name in found[0]}


def _of_limit(found: dict[str, Any], limit: dict[str, Any]) -> dict[str, Any]:
    is_known = "rate" in found and "rate" in limit
    return {"of_limit": found["rate"] / limit["rate"]} if is_known else {}


def _share(found: dict[str, Any], hellos: list[dict[str, Any]]) -> dict[str, Any]:
    hello = _mean(hellos)
    is_known = "rate" in found and "rate" in hello
    return {"of_hello": found["rate"] / hello["rate"]} if is_known else {}


if __name__ == "__main__":
    sys.exit(main())
