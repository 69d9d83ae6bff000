"""`python -m bench.serving.load`: clients that send one workload's requests for a while.

What to do stands as one JSON document on the input, what was measured on the output. It runs in a
process of its own, so that it takes no time from the server it measures. Bounded in time and in
the number of requests; each client's first answer and the first seconds are not counted. However
long an answer takes, a few are waited for.
"""

import base64
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from statistics import quantiles
from threading import Barrier, Thread
from typing import Any

from bench.serving.visitor import Visitor
from bench.workloads import BY_NAME, GOOD, Workload

STRIDE = 1_001_250
"""Between the first numbers of two clients, so that they do not ask for the same tickets."""
LEAST = 2
"""Answers a client waits for after its time is over: the median is told of two."""


@dataclass
class Client:
    """One connection. `times` are the seconds each counted answer took."""

    number: int
    job: Mapping[str, Any]
    facts: Mapping[str, Any]
    times: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def run(self, workload: Workload, start: Barrier) -> None:
        visitor = Visitor(self.job["port"])
        if workload.person:
            visitor.sign_in(workload.person, self.job["password"])
        n = self.job["first"] + self.number * STRIDE
        is_answered = self.answered(visitor, workload, n - 1)
        start.wait()
        if not is_answered:
            return
        begin = time.perf_counter()
        counted_from = begin + self.job["warm_up"]
        end = counted_from + self.job["seconds"]
        while len(self.times) < self.job["most"]:
            sent = time.perf_counter()
            if sent >= end and len(self.times) >= LEAST:
                return
            if not self.answered(visitor, workload, n):
                return
            n += 1
            if sent >= counted_from:
                self.times.append(time.perf_counter() - sent)

    def answered(self, visitor: Visitor, workload: Workload, n: int) -> bool:
        """Send the n-th request, where there is one. What is refused is kept, for the report."""
        asked = workload.request(n, self.facts)
        if asked is None:
            return False
        status, body = visitor.ask(asked.method, asked.path, asked.body, asked.headers)
        if status in GOOD:
            return True
        self.refused.append(f"{status} {asked.path} {body[:300].decode(errors='replace')}")
        return False


def measure(job: Mapping[str, Any]) -> dict[str, Any]:
    workload = BY_NAME[job["workload"]]
    shared = dict(job["facts"])
    shared["photo"] = base64.b64decode(shared["photo"])
    tokens = shared.pop("tokens")
    shared["serial"] = count(job["from"])
    clients = [
        Client(number, job, shared | {"token": tokens[number % len(tokens)]})
        for number in range(job["clients"])
    ]
    start = Barrier(len(clients))
    threads = [Thread(target=client.run, args=(workload, start)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _summed(clients)


def _summed(clients: list[Client]) -> dict[str, Any]:
    """Each client's own rate, added: a client that reached its bound early counts no idle time."""
    refused = [said for client in clients for said in client.refused]
    times = [taken for client in clients for taken in client.times]
    if refused or len(times) < 2:  # noqa: PLR2004 - two make a quantile
        return {"error": refused[:1] or ["no answer in time"]}
    parts = quantiles(times, n=20)
    return {
        "rate": sum(len(client.times) / sum(client.times) for client in clients if client.times),
        "count": len(times),
        "median_ms": parts[9] * 1000,
        "p95_ms": parts[18] * 1000,
    }


if __name__ == "__main__":
    json.dump(measure(json.load(sys.stdin)), sys.stdout)
