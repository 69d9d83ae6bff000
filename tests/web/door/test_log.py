"""The log: one line a request with its number, nothing of what people wrote, kept long enough."""

import contextlib
import dataclasses
import json
import logging
import os
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from people import PASSWORD
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from auth import people as accounts
from auth.actor import SYSTEM
from config import Config, Misconfigured
from extensions import db, transaction
from issues.ground import clock
from issues.logs import folder, lines
from issues.supervision import walls
from issues.vocabulary import Status

PLANTED = {
    "password": "Zhongyao-77-kouling",
    "complainant": "举报人牛小满",
    "telephone": "13908271234",
    "remark": "只有经办人能看的话",
}


@pytest.fixture
def kept(app, tmp_path, monkeypatch):
    """What the log holds, as it would be written by a server that logs for machines."""
    handler = folder.Daily(tmp_path / "log", 180)
    handler.setFormatter(lines.formatter(lines.JSON))
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    settings = dataclasses.replace(app.extensions["settings"], log_format=lines.JSON)
    monkeypatch.setitem(app.extensions, "settings", settings)
    yield lambda: "".join(path.read_text() for _, path in folder.days_in(tmp_path / "log"))
    root.setLevel(level)
    root.removeHandler(handler)
    handler.close()


def told(kept):
    return [json.loads(line) for line in kept().splitlines()]


def test_each_request_has_a_number_in_its_header_on_its_page_and_in_its_line(kept, browser, people):
    page = browser.as_("sun").get("/issues/NONE-1", 404)

    number = page.answer.headers["X-Request-ID"]
    assert f"参考编号 {number}" in page.text
    (line,) = [one for one in told(kept) if one["request"] == number]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/issues/NONE-1", 404)
    assert line["route"] == "/issues/<number>"
    assert line["user"] == people.sun.id
    assert line["address"] == "127.0.0.1"
    assert line["milliseconds"] >= 0
    assert line["at"].endswith("+08:00")
    plain = browser.as_("sun").get("/issues").answer.headers["X-Request-ID"]
    assert [one["status"] for one in told(kept) if one["request"] == plain] == [200]
    assert plain != number


def test_a_failure_of_ours_is_found_by_the_number_on_its_page(kept, browser, monkeypatch):
    def break_down(*_):
        raise RuntimeError("planted")

    office = browser.as_("sun")
    monkeypatch.setattr("issues.web.register.page.draw", break_down)
    page = office.get("/issues", 500)

    number = page.answer.headers["X-Request-ID"]
    assert number in page.text
    found = [one for one in told(kept) if one["request"] == number and "failure" in one]
    assert any("planted" in one["failure"] for one in found)


def grep(written):
    return sorted(name for name, value in PLANTED.items() if value in written)


@pytest.mark.both
def test_nothing_that_people_wrote_stands_in_the_log(kept, browser, app, people, make_issue):
    visitor = browser.stranger
    visitor.post("/login", 422, username=PLANTED["complainant"], password=PLANTED["password"])
    office = browser.as_("sun")
    office.post(
        "/issues/new", 422, title=PLANTED["remark"], contact=PLANTED["telephone"],
        **{"complainant-name": PLANTED["complainant"]},
    )  # fmt: skip
    with transaction():
        token = accounts.issue_token(SYSTEM, people.sun.id, PLANTED["remark"])
        _, secret = walls.make(people.sun, PLANTED["remark"], 1)
    called = app.test_client().post(
        "/api/v1/issues",
        headers={"Authorization": f"Bearer {token}"},
        json={"title": PLANTED["remark"], "complainant": {"name": PLANTED["complainant"]}},
    )
    assert called.status_code >= 400
    visitor.get(f"/verify/{secret}", 404)
    upload = (BytesIO(b"%PDF-"), f"{PLANTED['complainant']}.pdf")
    issue = make_issue(Status.RECTIFYING)
    office.send(f"/issues/{issue.number}/evidence", 422, **office.bare({"file": upload}))
    _a_statement_fails(PLANTED["complainant"])

    written = kept()
    assert len(written.splitlines()) > 5
    assert "a statement failed" in written
    assert grep(written) == []
    for opens in (token, secret, PASSWORD):
        assert opens not in written


def _a_statement_fails(planted):
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": planted})
    except DBAPIError:
        logging.getLogger("test").exception("a statement failed")


def test_the_search_finds_what_does_stand_there():
    assert grep(f"a line with {PLANTED['password']}") == ["password"]
    with create_engine("sqlite://").connect() as open_engine, pytest.raises(DBAPIError) as failed:
        open_engine.execute(text("SELECT :name FROM nowhere"), {"name": PLANTED["complainant"]})
    assert grep(str(failed.value)) == ["complainant"]


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/verify/AbCdEfGhIjKlMnOpQrStUv", "/verify/…"),
        ("/issues/511902-2025-0001/assign", "/issues/511902-2025-0001/assign"),
        ("/" + "x/" * 200, ("/" + "x/" * 200)[:200]),
    ],
)
def test_what_opens_something_is_left_out_of_an_address(path, written):
    assert lines.path_of(path) == written


def test_a_stranger_begins_no_line_of_its_own():
    record = logging.LogRecord("x", logging.INFO, "", 1, "a\nERROR b %s", ("\r\nc",), None)

    for named in lines.FORMATS:
        assert len(lines.formatter(named).format(record).splitlines()) == 1


def test_the_log_is_kept_as_long_as_was_told_and_no_longer(tmp_path, monkeypatch):
    today = date(2026, 6, 1)
    monkeypatch.setattr(clock, "real_now", lambda: datetime(2026, 6, 1, 4, tzinfo=UTC))
    home = tmp_path / "log"
    home.mkdir()
    (home / folder.BEGUN).write_text("2025-01-01")
    for age in (181, 180, 90, 1):
        (home / folder.name_of(today - timedelta(days=age))).write_text("line\n")

    handler = folder.Daily(home, 180)
    handler.emit(logging.LogRecord("x", logging.INFO, "", 1, "now", (), None))
    handler.close()

    ages = [(today - day).days for day, _ in folder.days_in(home)]
    assert ages == [180, 90, 1, 0]
    assert list(folder.faults(home, 180)) == []
    (home / folder.name_of(today - timedelta(days=180))).unlink()
    (said,) = folder.faults(home, 180)
    assert f"最早只到{today - timedelta(days=90)}" in said
    assert "180天" in said


def test_several_processes_write_whole_lines_into_one_file(tmp_path):
    handlers = [folder.Daily(tmp_path / "log", 180) for _ in range(3)]
    children = []
    for number, handler in enumerate(handlers):
        if (child := os.fork()) == 0:
            with contextlib.suppress(BaseException):
                for _ in range(300):
                    line = f"{number}" * 2000
                    handler.emit(logging.LogRecord("x", 20, "", 1, line, (), None))
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)

    (written,) = [path.read_text().splitlines() for _, path in folder.days_in(tmp_path / "log")]
    assert len(written) == 900
    assert all(len(set(line)) == 1 and len(line) == 2000 for line in written)


@pytest.mark.parametrize(
    ("name", "value"), [("LOG_FORMAT", "xml"), ("LOG_DAYS", "179"), ("LOG_DAYS", "long")]
)
def test_a_log_that_is_not_kept_long_enough_is_refused(tmp_path, name, value):
    with pytest.raises(Misconfigured, match=name):
        Config.from_env({name: value}, tmp_path)
