"""What was measured, as a table on the terminal and as a file."""

import json
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from bench.workloads import WORKLOADS

RESULTS = Path(__file__).parent / "results.json"
GOAL = 0.08
JUDGED = ("register", "ticket", "board")
WIDTHS = (28, 10, 10, 10, 12, 12)
PER_CENT = 100

Measured = Mapping[str, Mapping[int, Mapping[str, Any]]]


def show(measured: Measured, clients: tuple[int, ...]) -> None:
    for number in clients:
        print(f"\n{number} 个客户端")
        print(_row("", "次/秒", "占 hello", "占上限", "中位 毫秒", "95% 毫秒"))
        for workload in WORKLOADS:
            if number not in measured.get(workload.name, {}):
                continue
            found = measured[workload.name][number]
            print(_line(workload.label, found))
    for name in JUDGED:
        for number in measured.get(name, ()):
            if measured[name][number].get("of_hello", 0) < GOAL:
                print(f"未达目标（8%）：{name}，{number} 个客户端")


def show_rules(found: Mapping[str, float]) -> None:
    print(
        f"\n规则：每秒换算 {found['tickets_a_second']:.0f} 个问题，"
        f"相当于一百次日期比较的循环的 {found['of_loop']:.1%}"
    )


def _line(label: str, found: Mapping[str, Any]) -> str:
    if "rate" not in found:
        return _row(label, "失败", "-", "-", "-", "-") + f"\n    {found['error'][0]}"
    return _row(
        label,
        f"{found['rate']:.0f}" if found["rate"] >= PER_CENT else f"{found['rate']:.1f}",
        f"{found['of_hello']:.1%}" if "of_hello" in found else "-",
        f"{found['of_limit']:.0%}" if "of_limit" in found else "-",
        f"{found['median_ms']:.2f}",
        f"{found['p95_ms']:.2f}",
    )


def _row(first: str, *others: str) -> str:
    cells = [_padded(first, WIDTHS[0], is_left=True)]
    cells += [_padded(text, width) for text, width in zip(others, WIDTHS[1:], strict=True)]
    return "".join(cells)


def _padded(text: str, width: int, *, is_left: bool = False) -> str:
    blank = " " * (width - sum(2 if east_asian_width(one) in "WF" else 1 for one in text))
    return text + blank if is_left else blank + text


def keep(measured: Measured, ground: Mapping[str, Any]) -> None:
    """bench/results.json."""
    document = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        **ground,
        "workloads": {
            name: {str(number): run for number, run in by_clients.items()}
            for name, by_clients in measured.items()
        },
    }
    RESULTS.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
