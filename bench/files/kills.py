"""`python -m bench.files.kills [N]`: a taker of files is killed at random moments, N times.

What it acknowledged, by the word it sent after the transaction, must be there byte for byte
afterwards, row and file. What it did not acknowledge may be there or not, but never half.
"""

import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from bench.files import taking
from issues.evidence.refusals import Damaged
from issues.evidence.storage.store import open_store
from tools.own_process import OwnProcess

TRIALS = 200
LONGEST = 1.5


@dataclass
class Tally:
    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    altered: int = 0
    half: int = 0


def trial(environ: Mapping[str, str], delay: float) -> list[tuple[str, int]]:
    """Start the sender, kill it so long after its first word, and read what it acknowledged."""
    sender = OwnProcess(taking.send, dict(environ))
    try:
        sender.next()
        time.sleep(delay)
    finally:
        told = sender.kill()
    return [(one["sha256"], one["id"]) for one in told]


def _rows(environ: Mapping[str, str]) -> dict[int, str]:
    engine = create_engine(environ["DATABASE_URL"])
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id, sha256 FROM evidence")).all()
    engine.dispose()
    return dict(found)


def check(
    environ: Mapping[str, str], told: list[tuple[str, int]], before: Container[int], tally: Tally
) -> None:
    """Every acknowledged file, and every row that came meanwhile, against the bytes."""
    store = open_store(environ["EVIDENCE_URL"], {}, reserve=0)
    rows = _rows(environ)
    for sha256, id_ in told:
        tally.acknowledged += 1
        tally.lost += rows.get(id_) != sha256
    for sha256 in {sha256 for id_, sha256 in rows.items() if id_ not in before}:
        try:
            with store.read_verified(sha256) as kept:
                tally.altered += hashlib.file_digest(kept, "sha256").hexdigest() != sha256
        except Damaged:
            tally.half += 1


def run(environ: Mapping[str, str], trials: int, seed: int = 1, longest: float = LONGEST) -> Tally:
    """`half` are rows without their bytes: the volume's own files have none and do not count."""
    chance, tally = random.Random(seed), Tally()  # noqa: S311 - moments, not secrets
    before, told = frozenset(_rows(environ)), []
    for _ in range(trials):
        told += trial(environ, chance.uniform(0, longest))
        tally.kills += 1
    check(environ, told, before, tally)
    return tally


def main() -> int:
    from bench.data import prepare  # noqa: PLC0415 - tests bring a ground of their own

    trials = int(sys.argv[1]) if len(sys.argv) > 1 else TRIALS
    with tempfile.TemporaryDirectory() as folder:
        ground = prepare(Path(folder), 50)
        environ = {**ground.environ, "BENCH_ISSUE": ground.facts["open"][0]}
        tally = run(environ, trials)
    print(
        f"强制中断 {tally.kills} 次，已确认 {tally.acknowledged} 份："
        f"丢失 {tally.lost}，改变 {tally.altered}，残缺 {tally.half}"
    )
    return 1 if tally.lost or tally.altered or tally.half else 0


if __name__ == "__main__":
    sys.exit(main())
