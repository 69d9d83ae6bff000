"""Call-backs on the page of what is sealed, and their figures on page, board, workbook and API."""

import io
import zipfile

import pytest
from caller import Callers
from openpyxl import load_workbook
from sqlalchemy import select

from extensions import db, transaction
from issues.evidence import complainants
from issues.models import Callback, Event
from issues.queries.complaints.figures import HEADS, counted, total
from issues.vocabulary import Status

WORDS = "河边还是有臭味"
SAID = {"on": "2025-11-25", "reached": "true", "satisfaction": "dissatisfied", "words": WORDS}


@pytest.fixture
def issue(make_issue):
    found = make_issue(Status.CLOSED, source="YX", case_number="D3SC202410210054")
    with transaction():
        complainants.write(found, {"name": "王有理", "phone": "13987654321"})
    return found


@pytest.fixture
def home(issue):
    return f"/issues/{issue.number}/originals"


def test_the_office_records_a_call_and_is_led_to_the_act_it_proposes(browser, home, issue):
    sun = browser.as_("sun")
    refused = sun.post(f"{home}/callbacks", 422, via=home, **SAID)
    assert "不满意的请选择复核或回头看" in refused.text
    assert WORDS in refused.html  # what was typed is not lost
    sun.post(f"{home}/callbacks", via=home, **SAID, proposal="lookback")

    page = sun.get(home)
    assert "回头看：安排回头看" in page.text
    assert f"/issues/{issue.number}/acts/plan_lookback" in page.html
    assert WORDS not in page.html
    assert WORDS not in browser.as_("zhou").get(home).html
    assert "record_callback" in set(db.session.scalars(select(Event.action)))
    browser.as_("lin").post(f"{home}/callbacks", 403, via=home, **SAID, proposal="lookback")
    browser.as_("chen").post(f"{home}/callbacks", 404, **SAID, proposal="lookback")
    assert len(db.session.scalars(select(Callback)).all()) == 1


def test_every_place_tells_the_same_figures_and_a_unit_those_of_its_letters(
    browser, home, people, app, issue
):
    sun = browser.as_("sun")
    sun.post(f"{home}/callbacks", via=home, on="2025-11-25")
    sun.post(f"{home}/callbacks", via=home, **SAID, proposal="recheck")

    told = total(people.sun)
    said = (told.called, told.reached, told.satisfied, told.dissatisfied)
    assert said == (1, 1, 0, 1)
    names = ("called", "reached", "satisfied", "dissatisfied")
    (row, *_) = Callers(app).sun.get("/complaints")["items"]
    assert tuple(row[name] for name in names) == said
    content = sun.get("/complaints.xlsx").answer.data
    heads, first, *_ = load_workbook(io.BytesIO(content))["办理情况统计"].values
    cells = dict(zip(heads, first, strict=True))
    assert tuple(cells[HEADS[name]] for name in names) == said
    assert "不满意（件） 1" in sun.get("/board").text
    assert [line.figures.called for line in counted(people.chen)] == [1, 1, 1]
    assert counted(people.wu) == []


def test_nothing_of_a_call_is_in_the_dossier(browser, home, issue):
    sun, address = browser.as_("sun"), f"/issues/{issue.number}/dossier"
    sun.post(f"{home}/callbacks", via=home, **SAID, proposal="lookback")

    with zipfile.ZipFile(io.BytesIO(sun.post(address, via=address).answer.data)) as archive:
        texts = [archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()]
    assert issue.number in "".join(texts)
    assert not any(word in text for text in texts for word in (WORDS, "回访", "dissatisfied"))
