"""The letterheads of counties' centres: said on the set-up page, borne by their papers."""

import centre

from auth.models import Unit
from extensions import db, transaction
from issues.city.items import State, items
from issues.city.words import every_word, words
from issues.ground import clock
from issues.models import Event
from issues.notices.facts import letterhead
from issues.vocabulary import NoticeKind, SettingNumber, Subject

CODE = centre.CENTRE_CODE
URL = "/setup/centres"


def state():
    return next(one.state for one in items() if one.item.key == "centres")


def test_what_is_said_of_a_centre_is_what_its_papers_bear(browser, people):
    sun = browser.as_("sun")
    empty = sun.get("/setup")
    assert "还没有县级指挥中心" in empty.text
    centre.found()
    statements = len(sun.get("/setup").statements)
    form = sun.get("/setup").form(URL)
    assert len([name for name in form.names if name.startswith("centre_")]) == 8
    wrong = sun.post(URL, 422, via="/setup", **{f"centre_{CODE}_N1": "A1"})
    assert wrong.error(f"centre_{CODE}_N1")

    said = {f"centre_{CODE}_mark": "巴州区整改办", f"centre_{CODE}_N1": "巴区整提"}
    assert "已保存，更改了2处" in sun.post(URL, via="/setup", **said).text
    told = letterhead.issuer_of(CODE, words())
    assert told == {"mark": "巴州区整改办", "name": centre.UNITS[0][1], "short": "巴州区指挥中心"}
    assert letterhead.series_of(CODE, "N1", words()) == "巴区整提"
    assert letterhead.series_of(CODE, "N2", words()) == "巴州区指挥中心督"
    assert letterhead.office() == letterhead.issuer(NoticeKind.N1, words())["name"]
    assert len(sun.get("/setup").statements) <= statements + 1  # the form that was refused is kept
    assert state() is State.OPTIONAL
    rest = {
        f"centre_{CODE}_{key}": "巴州区整改办"
        for key in ("name", "short", "everybody", "N0", "N2", "N5")
    }
    sun.post(URL, via="/setup", **rest)
    assert state() is State.DONE

    rows = db.session.query(Event).where(Event.is_about(Subject.SETTING, SettingNumber.CITY))
    first = rows.order_by(Event.id).first()
    sun.post(f"/setup/changes/{first.id}/back", via="/setup")
    assert letterhead.issuer_of(CODE, words())["mark"] == centre.UNITS[0][1]


def test_only_the_office_says_it_and_whoever_was_slower_is_told(browser, people, monkeypatch):
    centre.found()
    sun, admin = browser.as_("sun"), browser.as_("sysadmin")
    form = admin.get("/setup").form(URL).drawn()
    said = form | {f"centre_{CODE}_mark": "某某办"}
    for name in ("ma", "luo"):
        browser.as_(name).get("/setup", 403)
    admin.send(URL, 403, **said)
    assert CODE not in every_word()["notice_issuers"]
    sun.post(URL, via="/setup", **{f"centre_{CODE}_mark": "另一办"})
    sun.send(URL, 409, **sun.bare(said))

    monkeypatch.setattr("issues.city.saving.may_set", lambda *_: True)  # the guard is what refuses
    again = admin.get("/setup").form(URL).drawn() | {f"centre_{CODE}_mark": "某某办"}
    admin.send(URL, **again)
    assert every_word()["notice_issuers"][CODE]["mark"] == "某某办"


def test_a_centre_that_ended_has_no_lines(browser, people):
    centre.found()
    with transaction():
        unit = db.session.query(Unit).where(Unit.code == CODE).one()
        unit.ended_at = clock.now()

    assert "还没有县级指挥中心" in browser.as_("sun").get("/setup").text
