"""`python -m bench.files.evidence [lookup|examine|upload|dossier ...]`: how fast it is.

Taken in, found alike among a million, examined, put together as a dossier; each beside its goal.
"""

import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from sqlalchemy import select, update

from app import create_app
from auth.models import User
from auth.signin import actor_for
from bench.data import prepare
from bench.workloads import photo
from config import Config
from extensions import db, transaction
from issues import workflow
from issues.dossiers import package
from issues.dossiers.content import OUTSIDE, content_of
from issues.dossiers.sealing import Seal
from issues.evidence import rows as keeping
from issues.evidence.decoding.previews import AT_ONCE
from issues.evidence.flags import twins
from issues.evidence.intake import proof as files
from issues.ground import clock
from issues.models import Evidence, Issue
from issues.vocabulary import EvidenceKind

HASHES = 1_000_000
AT_A_TIME = 50_000
LOOKUPS, EXAMINED, UPLOADS, PHOTOS = 200, 20, 60, 200
PEER = 39.0
"""Uploads a second of the best peer measured, one client; the goal is eight times as many."""
TWELVE_MEGAPIXELS = (4000, 3000)


@contextmanager
def _ground() -> Iterator[tuple[Path, str]]:
    """A fresh copy of a small volume, and the number of an open ticket in it."""
    with tempfile.TemporaryDirectory() as folder:
        ground = prepare(Path(folder), 50)
        app = create_app(Config.from_env(ground.environ))
        with app.app_context():
            yield Path(folder), ground.facts["open"][0]
            db.session.remove()
            db.engine.dispose()


def _store():  # noqa: ANN202 - whichever store the settings name
    from flask import current_app  # noqa: PLC0415 - inside the app of the run alone

    return current_app.extensions["evidence"], current_app.extensions["faces"]


def lookup() -> None:
    """Among a million photos, each by two hashes; half of those asked for are changed copies."""
    chance = random.Random(3)  # noqa: S311 - pictures, not secrets
    with _ground():
        known = _fill_bands(chance)
        taken, work, found = [], [], 0
        for _ in range(LOOKUPS):
            at = chance.randrange(HASHES)
            bits = _flipped(known[at], 5, chance)
            begun, worked = time.perf_counter(), time.process_time()
            found += at + 1 in twins.find([bits, _flipped(bits, 6, chance)])
            taken.append(time.perf_counter() - begun)
            work.append(time.process_time() - worked)
        db.session.rollback()
    said = f"目标 ≤20；处理器 {median(work) * 1000:.1f}；找到 {found}/{LOOKUPS}"
    _tell("百万照片中查找相似", median(taken) * 1000, "毫秒", said)


def _fill_bands(chance: random.Random) -> list[int]:
    """The hashes of a million photos, by raw rows: there are no photos behind them."""
    connection = db.engine.raw_connection()
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN")
    known = []
    for start in range(1, HASHES + 1, AT_A_TIME):
        rows = []
        for id_ in range(start, start + AT_A_TIME):
            whole = chance.getrandbits(64)
            known.append(whole)
            for bits in (whole, _flipped(whole, 6, chance)):
                signed = bits - (1 << 64) if bits >> 63 else bits
                rows += [(band, key, id_, signed) for band, key in enumerate(twins.keys_of(bits))]
        connection.executemany("INSERT INTO evidence_band VALUES (?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
    connection.close()
    return known


def _flipped(bits: int, count: int, chance: random.Random) -> int:
    for place in chance.sample(range(64), count):
        bits ^= 1 << place
    return bits


def examine() -> None:
    """A 12 MP photo, decoded to prove it, with its facts, hashes and first preview."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "照片.jpg"
        path.write_bytes(_twelve_megapixels())
        files.examine(path, path.name, edges=AT_ONCE)
        taken = _times(EXAMINED, lambda: files.examine(path, path.name, edges=AT_ONCE))
    size = len(_twelve_megapixels()) / 1e6
    _tell("检查 1200 万像素照片", min(taken) * 1000, "毫秒",
          f"目标 ≤60；中位 {median(taken) * 1000:.0f}，{size:.1f} MB")  # fmt: skip


def _twelve_megapixels() -> bytes:
    from PIL import Image  # noqa: PLC0415 - one workload's

    tones = Image.effect_noise((400, 300), 80).resize(TWELVE_MEGAPIXELS, Image.Resampling.BICUBIC)
    picture = Image.merge("RGB", (tones, tones.rotate(180), tones))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def upload() -> None:
    """Files of 1 MiB taken in whole, proven, synced, written down.

    Beside what no way of doing it can spare: one fsync of as much, and one decoding to prove it.
    """
    with _ground() as (folder, number):
        store, _ = _store()
        person, base = _sun(), photo()

        def one() -> None:
            data = io.BytesIO(base + os.urandom(8))
            proven = keeping.take_in(data, "现场.jpg", store=store)
            with transaction():
                issue = workflow.load(number, person, for_change=True)
                about = keeping.About(EvidenceKind.OTHER)
                keeping.add(issue, person, proven, about, at=clock.now())

        rate = 1 / median(_times(UPLOADS, one))
        synced = 1 / median(_times(UPLOADS, lambda: _synced(folder / "sync", base)))
        path = folder / "现场.jpg"
        path.write_bytes(base)
        decoded = 1 / median(_times(UPLOADS, lambda: files.examine(path, path.name)))
    said = f"目标 ≥{8 * PEER:.0f}；只写盘 {synced:.0f}，只解码验真 {decoded:.0f}"
    _tell("上传 1 MiB", rate, "份/秒", said)


def _synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def dossier() -> None:
    with _ground() as (folder, number):
        store, faces = _store()
        person, base = _sun(), photo()
        _clear(number)
        for _ in range(PHOTOS):
            proven = keeping.take_in(io.BytesIO(base + os.urandom(8)), "现场.jpg", store=store)
            with transaction():
                issue = workflow.load(number, person, for_change=True)
                keeping.add(
                    issue, person, proven, keeping.About(EvidenceKind.OTHER), at=clock.now()
                )
        begun = time.perf_counter()
        content = content_of(workflow.load(number, person), OUTSIDE)
        package.write(content, faces(), store, folder / "档.zip", Seal("of the bench alone"))
        _tell(f"{PHOTOS} 张照片的一题一档", time.perf_counter() - begun, "秒", "目标 ≤20")


def _clear(number: str) -> None:
    """The volume's files have no bytes: they go to another ticket."""
    with transaction():
        own = select(Issue.id).where(Issue.number == number).scalar_subquery()
        other = select(Issue.id).where(Issue.number != number).limit(1).scalar_subquery()
        moved = update(Evidence).where(Evidence.issue_id == own).values(issue_id=other)
        db.session.execute(moved.execution_options(synchronize_session=False))


def _sun():  # noqa: ANN202 - the person of the office
    user = db.session.query(User).filter_by(name="sun").one()
    return actor_for(user)


def _times(count: int, act: Callable[[], object]) -> list[float]:
    taken = []
    for _ in range(count):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return taken


def _tell(name: str, figure: float, unit: str, goal: str) -> None:
    print(f"{name}:{figure:.1f} {unit}({goal})", flush=True)


WORKLOADS = {one.__name__: one for one in (examine, upload, dossier, lookup)}


def main() -> None:
    for name in sys.argv[1:] or WORKLOADS:
        WORKLOADS[name]()


if __name__ == "__main__":
    main()
