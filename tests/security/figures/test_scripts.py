"""Figures 20 and 25: what people type runs nowhere, and no page or job calls out."""

import socket

import pytest
import tally
from asking import REDIRECTS, address, is_call, is_let_in, name_of, routes
from markup import parse
from planting import PAYLOADS, marks_in, plant, running
from tally import on_both, tell

from issues.ground import clock
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import TIMETABLE

WHO = ("sun", "chenlead", "zhao", "sysadmin", "secadmin", "auditor", "lin", "zhou")
OUTSIDE = "http://198.51.100.7/{0}"
"""An address that is nobody's, in every field: whoever fetches what was typed is seen."""


def shown(asking, app, most, within="", people=WHO):
    """(what, answer) of each address that is read, to as many as see it."""
    for _, rule in routes(app, "GET"):
        seen = 0
        if within not in rule.rule:
            continue
        for name in people:
            answer = asking.ask(name, "GET", rule, address(rule, asking.city.own))
            if is_let_in(answer):
                seen += 1
                yield f"{name_of('GET', rule)} as {name}", rule, answer
            if seen == most:
                break


def runs(asking, app, payloads, people=WHO):
    """What of the planted runs, and how often it was shown: (field × payload × view)."""
    found, tried = [], 0
    taken = plant(payloads)
    for what, rule, answer in shown(asking, app, 1, people=people):
        if answer.status_code >= 500:
            found.append((what, answer.status_code))
        text = answer.get_data().decode("utf-8", "ignore")
        tried += len(marks_in(text))
        if answer.mimetype == "text/html" and answer.status_code not in REDIRECTS:
            found += _faults(what, text)
        elif is_call(rule) and marks_in(text) and "json" not in answer.mimetype:
            found.append((what, answer.mimetype))
    return found, tried, taken


def _faults(what, text):
    try:
        return [(what, fault) for fault in running(parse(text))]
    except AssertionError as error:
        return [(what, str(error))]


@on_both
def test_nothing_that_was_typed_runs_on_any_page(asking, app, database):
    found, tried, fields = [], 0, set()
    for turn in range(len(PAYLOADS)) if tally.FULL else (0,):
        payloads = PAYLOADS[turn:] + PAYLOADS[:turn]
        first = turn % len(WHO)
        faults, seen, taken = runs(asking, app, payloads, WHO[first:] + WHO[:first])
        found, tried, fields = found + faults, tried + seen, fields | set(taken.values())

    assert len(fields) > 50, sorted(fields)
    tell(20, f"脚本（{len(fields)} 个字段）", tried, found, database)


@pytest.mark.parametrize("payload", [one.format("zq1q") for one in PAYLOADS if "\\" not in one])
def test_markup_that_is_not_made_harmless_is_found(payload):
    places = (
        f"<p>{payload}", f"<title>{payload}", f"<textarea>{payload}", f"<!-- {payload}",
        f'<a href="{payload}">', f"<a title='{payload}'>", f'<a title="{payload}">',
    )  # fmt: skip

    assert any(_faults("here", place) for place in places)
    assert not _faults("here", f"<p>{payload.replace('<', '&lt;')}</p>")


class Reached:
    """Whom the process called; the call itself is refused."""

    def __init__(self, monkeypatch):
        self.called = []
        known = socket.socket.connect

        def connect(this, target):
            if this.family != socket.AF_UNIX and str(target[0]) not in {"127.0.0.1", "::1"}:
                self.called.append(target)
                raise ConnectionRefusedError
            return known(this, target)

        def look_up(host, *_more, **_named):
            self.called.append(host)
            raise socket.gaierror

        monkeypatch.setattr(socket.socket, "connect", connect)
        monkeypatch.setattr(socket.socket, "connect_ex", connect)
        monkeypatch.setattr(socket, "getaddrinfo", look_up)


@pytest.fixture
def reached(monkeypatch):
    return Reached(monkeypatch)


@on_both
def test_no_page_and_no_job_calls_out(asking, app, database, reached):
    fields = plant((OUTSIDE,))
    tried = sum(1 for _ in shown(asking, app, 3 if tally.FULL else 1))
    tools = tools_for(
        clock.today(), app.extensions["evidence"], "secret", (),
        app.extensions["faces"], app.extensions["seal"],
    )  # fmt: skip
    for job in TIMETABLE:
        run_once(job, tools)

    told = f"页面和任务（{len(fields)} 个字段写有外部网址，{len(TIMETABLE)} 项任务）"
    tell(25, told, tried + len(TIMETABLE), reached.called, database)


def test_whoever_calls_out_is_seen(reached):
    with pytest.raises(OSError):  # noqa: PT011 - any refusal
        socket.create_connection(("example.org", 80), 1)
    with socket.socket() as one, pytest.raises(ConnectionRefusedError):
        one.connect(("198.51.100.7", 80))

    assert reached.called == ["example.org", ("198.51.100.7", 80)]
