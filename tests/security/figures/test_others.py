"""Figure 24: while hostile files are decoded, others are answered nearly as fast as before."""

import statistics
import threading
import time
import urllib.request

import pytest
from tally import tell

from issues.evidence.intake.proof import examine
from issues.evidence.refusals import EvidenceRefused
from tests.evidence.intake.hostile import BOMBS
from tools.browsing.loopback import answering

ASKED = 200
TIMES = 2


def p95(address):
    times = []
    for _ in range(ASKED):
        began = time.perf_counter()
        with urllib.request.urlopen(f"{address}/login", timeout=30) as answer:  # noqa: S310 - ours
            answer.read()
        times.append(time.perf_counter() - began)
    return statistics.quantiles(times, n=20)[-1]


def decoding(folder, over, done):
    """One bomb after another, each in the product's own child, until it is over."""
    made = [make() for make in BOMBS.values()]
    while not over.is_set():
        for data in made:
            path = folder / "bomb"
            path.write_bytes(data)
            try:
                examine(path, "a.docx")
            except EvidenceRefused:
                done.append(1)


@pytest.mark.measured
def test_others_are_answered_while_bombs_are_decoded(app, tmp_path):
    over, done = threading.Event(), []
    with answering(app) as address:
        p95(address)
        alone = p95(address)
        hostile = threading.Thread(target=decoding, args=(tmp_path, over, done))
        hostile.start()
        try:
            beside = p95(address)
        finally:
            over.set()
            hostile.join()

    assert done, "no bomb was decoded meanwhile"
    slow = [f"{beside / alone:.2f}"] if beside > TIMES * alone else []
    told = f"解压炸弹时他人的 p95（{1000 * alone:.0f} → {1000 * beside:.0f} 毫秒）"
    tell(24, told, 2 * ASKED, slow, "none")
