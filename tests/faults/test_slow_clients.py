"""Five hundred who send by halves take nothing from the others; the times are taken in one run."""

import time
from statistics import quantiles

import pytest
from standing import Program, Web, environ_of, token_of
from tally import tell
from trials import trials

from bench.serving.crowd import Crowd
from extensions import db
from issues.vocabulary import Status
from tools import connections

pytestmark = [pytest.mark.both, pytest.mark.measured]
SLOW, TWICE = 500, 2.0


def timed(program, paths, count):
    """p95 in seconds, and what was answered with an error of the server."""
    times, failed = [], []
    for turn in range(count):
        begun = time.monotonic()
        status = program.ask("GET", paths[turn % len(paths)]).status
        times.append(time.monotonic() - begun)
        failed += [status] if status >= 500 else []
    return quantiles(times, n=20)[-1], failed


def test_others_are_answered_while_five_hundred_send_slowly(app, place, database, make_issue):
    """Alone, beside them, alone, beside them: what else the machine does befalls both alike."""
    connections.room_for(SLOW)
    number, token = make_issue(Status.RECTIFYING).number, token_of("sun")
    paths = ["/login", f"/api/v1/issues/{number}", "/api/v1/issues"]
    db.session.remove()
    count, alone, beside, failed = trials(40, 400), [], [], []
    with Web(environ_of(place)) as web:
        program = Program(web, token)
        timed(program, paths, 20)
        for _ in range(2):
            p95, _ = timed(program, paths, count)
            alone.append(p95)
            with Crowd(web.port, idle=0, slow=SLOW) as crowd:
                p95, wrong = timed(program, paths, count)
                beside.append(p95)
                failed += wrong
                assert crowd.held == SLOW

    ratio = min(beside) / min(alone)
    failed += [f"p95 {ratio:.2f}"] if ratio > TWICE else []
    what = f"{SLOW}个慢连接，他人p95由{min(alone):.3f}秒到{min(beside):.3f}秒（{ratio:.2f}倍）"
    tell(32, what, 2 * count, failed, database)
