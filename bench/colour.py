"""`python -m bench.colour`: colours over a whole register, beside one plain GROUP BY.

A board is measured against a GROUP BY by the board's own keys over the covering index it reads;
recomputing, preview and publication are told in tickets a second, with the memory they took.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app import create_app
from auth.actor import Actor
from auth.models import User
from auth.signin import actor_for
from bench import rules
from bench.data import PERSON, prepare
from config import Config
from extensions import db, rehearsal
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.jobs.runner import tools_for
from issues.jobs.steps import check_thresholds
from issues.models import ColourSpan, Issue, PolicyVersion
from issues.queries.board import page as board, tally
from issues.queries.ground.day import Standing
from issues.rules.policy import Policy
from issues.supervision import policy_preview, rulebook
from issues.vocabulary import OPEN

RESULTS = Path(__file__).parent / "colour.json"
SIZES, LARGEST = (10_000, 100_000), 1_000_000
ROUNDS, AGAIN = 15, 4
BACK = timedelta(days=100)
MEBIBYTE = 1024
MOST_OF_RAW, LEAST_RATE, LEAST_PURE, LONGEST_PREVIEW = 3, 3_000, 20_000, 15
WIDER = {"near_max": 60, "near_share": 60, "lag_yellow": 5}


def main() -> int:
    asked = _arguments()
    told = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    volumes = told.get("volumes", {})
    for name, found in _measured(asked):
        volumes[name] = volumes.get(name, {}) | found
    pure = rules.measure()
    print(f"\n规则换算 {pure['tickets_a_second']:.0f} 件/秒（要求 {LEAST_PURE}）", end=",")
    print(f"为一百次日期比较的循环的 {pure['of_loop']:.1%}")
    told = {"rules": pure, "volumes": volumes}
    RESULTS.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.colour", description=__doc__)
    parser.add_argument("--issues", type=int, nargs="*", default=[*SIZES], help="问题数量")
    parser.add_argument("--million", action="store_true", help="另测一百万个问题（很慢）")
    parser.add_argument("--database", help="测这个已装好数据的数据库")
    parser.add_argument("--boards", action="store_true", help="只测看板")
    return parser.parse_args()


def _measured(asked: argparse.Namespace) -> Iterator[tuple[str, dict[str, float]]]:
    what = boards if asked.boards else measure
    if asked.database:
        yield _of(create_app(Config.from_env({"DATABASE_URL": asked.database, "DEMO": "1"})), what)
        return
    for issues in [*asked.issues, *([LARGEST] if asked.million else [])]:
        with tempfile.TemporaryDirectory() as folder:
            app = create_app(Config.from_env(dict(prepare(Path(folder), issues).environ)))
            yield _of(app, what)


def _of(app: Flask, what: Callable[[], dict[str, float]]) -> tuple[str, dict[str, float]]:
    with app.app_context():
        found, name = what(), db.engine.dialect.name
    _show(found)
    return f"{name} {found['issues']:.0f}", found


def boards() -> dict[str, float]:
    """The boards of one volume, beside the plain statement."""
    today = clock.today()
    total = db.session.scalar(select(func.count(Issue.id)))
    running = db.session.scalar(select(func.count(Issue.id)).where(Issue.status.in_(OPEN)))
    found = {"issues": total, "open": running, "begin_mib": _memory()}
    found |= _whole(today)
    found |= _boards("today", Issue, Issue.primary_unit_id, today)
    return found | _boards("past", ColourSpan, ColourSpan.unit_id, today - BACK)


def measure() -> dict[str, float]:
    """Everything of one volume; nothing stays written."""
    today, found = clock.today(), boards()
    total = found["issues"]
    tools = tools_for(today, None, "")
    different, seconds = _timed(lambda: check_thresholds.find(tools))
    found |= {"check_rate": total / seconds[0], "check_rate_cpu": total / seconds[1]}
    found |= {"different": len(different)}
    draft = Policy.from_document(policy_on(today)[1].document() | WIDER)
    compared, seconds = _timed(lambda: policy_preview.compare(draft, today))
    found |= {"preview_seconds": seconds[0], "preview_cpu_seconds": seconds[1]}
    found |= {"preview_changes": len(compared.changes), "read_mib": _memory()}
    adopted, seconds = _timed(lambda: _adopted(draft))
    found |= {"publish_rate": adopted / seconds[0], "publish_rate_cpu": adopted / seconds[1]}
    return found | {"end_mib": _memory()}


def _whole(today: date) -> dict[str, float]:
    """Seconds of a board's every figure: the first of a day, and counted anew after an act."""
    person, which = _person(), int(db.engine.dialect.name == "sqlite")
    first, *others = (_timed(lambda: board.board(person, today))[1][which] for _ in range(AGAIN))
    return {"first_seconds": first, "anew_seconds": min(others)}


def _person() -> Actor:
    return actor_for(db.session.scalars(select(User).where(User.name == PERSON)).one())


def _boards(name: str, table: Any, unit: Any, day: Any) -> dict[str, float]:
    """Milliseconds of the plain statement and of the board, the best of some rounds each."""
    person = _person()
    keys = (unit, table.region, table.source, table.status, table.card)
    plain = select(*keys, func.count()).group_by(*keys)
    raw = _best(lambda: db.session.execute(plain).all())
    board = _best(lambda: tally.cells(person, Standing.on(day, clock.today())))
    return {f"{name}_raw_ms": raw, f"{name}_board_ms": board, f"{name}_of_raw": board / raw}


def _adopted(policy: Policy) -> int:
    """Every open ticket by other rules, as publishing does it; taken back."""
    at = clock.now()
    with rehearsal():
        number = db.session.scalar(select(func.max(PolicyVersion.number))) or 0
        db.session.add(
            PolicyVersion(
                number=number + 1, name="测速", effective_from=clock.today(),
                document=policy.document(), reason="测速", published_at=at,
            )
        )  # fmt: skip
        db.session.flush()
        return rulebook.adopt(at)


def _best(work: Callable[[], Any]) -> float:
    """Of this process alone where the database runs in it, else by the clock."""
    which = int(db.engine.dialect.name == "sqlite")
    work()
    return min(_timed(work)[1][which] for _ in range(ROUNDS)) * 1000


def _timed(work: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    """Seconds by the clock, and of this process alone: others may be at work on the machine."""
    begin, begun = time.perf_counter(), time.process_time()
    outcome = work()
    return outcome, (time.perf_counter() - begin, time.process_time() - begun)


def _memory() -> float:
    """The most this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE


def _show(found: dict[str, float]) -> None:
    print(f"\n{found['issues']:.0f} 个问题,办理中 {found['open']:.0f} 个")
    for name, label in (("today", "今日看板"), ("past", "往日看板")):
        raw, board, times = (found[f"{name}_{what}"] for what in ("raw_ms", "board_ms", "of_raw"))
        print(f"  {label} {board:.1f} 毫秒，原始分组 {raw:.1f} 毫秒", end=",")
        print(f"{times:.2f} 倍（要求 ≤{MOST_OF_RAW}）")
    first, anew = found["first_seconds"], found["anew_seconds"]
    print(f"  整页看板 当日首次 {first:.2f} 秒，有新动作后重算 {anew:.2f} 秒")
    if "check_rate" not in found:
        return
    print(f"  整库重算 {found['check_rate']:.0f} 件/秒（要求 ≥{LEAST_RATE}），", end="")
    print(f"按本进程处理器时间 {found['check_rate_cpu']:.0f} 件/秒，", end="")
    print(f"差异 {found['different']:.0f} 件")
    print(
        f"  规则比对 {found['preview_seconds']:.1f} 秒（要求 10 万件 <{LONGEST_PREVIEW} 秒），"
        f"处理器 {found['preview_cpu_seconds']:.1f} 秒，{found['preview_changes']:.0f} 件变色"
    )
    print(f"  发布重算并写入 {found['publish_rate']:.0f} 件/秒，", end="")
    print(f"按处理器时间 {found['publish_rate_cpu']:.0f} 件/秒")
    print(f"  内存 {found['begin_mib']:.0f} → {found['read_mib']:.0f} → {found['end_mib']:.0f} MiB")


if __name__ == "__main__":
    sys.exit(main())
