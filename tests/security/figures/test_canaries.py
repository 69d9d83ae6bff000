"""Figure 18: who complained is told in no channel to anybody who is not cleared."""

import io
import zipfile

import pytest
import tally
from asking import CALLERS, address, name_of, routes
from drafts import DRAFT
from pypdf import PdfReader
from sqlalchemy import select
from tally import on_both, part, tell

from extensions import db, transaction
from issues.ground import clock
from issues.models import Issue

WHO = {"name": "牛小满", "phone": "13908271234", "address": "小溪河村七组", "note": "怕报复请保密"}
SAID = {"words": "牛家院墙外夜里还有臭味"}
PACKED = ("zip", "openxml", "sheet")


def texts_of(answer):
    """All that an answer holds, unpacked."""
    data, kind = answer.get_data(), answer.mimetype
    yield str(answer.headers)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield archive.read(name).decode("utf-8", "ignore")
    elif data.startswith(b"%PDF-") and "pdf" in kind:
        reader = PdfReader(io.BytesIO(data))
        yield "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    else:
        yield data.decode("utf-8", "ignore")


def told(asking, app, number, share):
    found, tried, channels = [], 0, set()
    for turn, (method, rule) in enumerate(routes(app, "GET")):
        url = address(rule, asking.city.own | {"number": number})
        for name in part(CALLERS, share, turn):
            answer = asking.ask(name, method, rule, url)
            tried, channels = tried + 1, channels | {rule.rule}
            whole = "\n".join(texts_of(answer))
            found += [
                (name_of(method, rule), name, key)
                for key, one in (WHO | SAID).items()
                if one in whole
            ]
    return found, tried, len(channels)


@pytest.fixture
def number(asking, app):
    calls = {name_of(*one): one[1] for one in routes(app)}
    said = asking.ask("sun", "POST", calls["POST /api/v1/issues"], "/api/v1/issues",
                      json=DRAFT | {"source": "SX", "complainant": WHO})  # fmt: skip
    assert said.status_code == 201, said.get_data(as_text=True)
    number = said.get_json()["number"]
    act = f"/api/v1/issues/{number}/actions/assign"
    rule = calls["POST /api/v1/issues/<number>/actions/<action>"]
    assert asking.ask("sun", "POST", rule, act, json={}).status_code == 200
    with transaction():
        row = db.session.scalars(select(Issue).where(Issue.number == number)).one()
        row.interim_on = clock.today()
    rule = calls["POST /api/v1/issues/<number>/callbacks"]
    call = SAID | {"on": clock.today().isoformat(), "reached": True, "satisfaction": "fairly"}
    said = asking.ask("sun", "POST", rule, f"/api/v1/issues/{number}/callbacks", json=call)
    assert said.status_code == 201, said.get_data(as_text=True)
    return number


@on_both
def test_no_channel_tells_who_complained(asking, app, number, database):
    found, tried, channels = told(asking, app, number, 8)

    assert channels > 40
    tell(18, f"举报人（{channels} 个读取渠道）", tried, found, database)


def test_with_the_guard_off_a_channel_that_tells_is_found(asking, app, number, monkeypatch):
    monkeypatch.setattr(tally, "FULL", False)
    monkeypatch.setitem(WHO, "title", DRAFT["title"])

    assert told(asking, app, number, 16)[0]
