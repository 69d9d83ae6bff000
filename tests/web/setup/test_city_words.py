"""The set-up page: what a city says of itself, who may say it, and what is missing until then."""

import pytest
from people import WORDS
from sqlalchemy import select

from auth.models import Unit
from extensions import db, transaction
from issues import acts
from issues.city.adopting import open_to
from issues.city.items import lacks
from issues.city.proposals import proposals
from issues.city.words import every_word
from issues.ground.refusals import Incomplete
from issues.imprints import checking
from issues.models import Event, Setting
from issues.vocabulary import SettingNumber, Status, Subject

OFFICE = "绵阳市生态环境保护委员会办公室"


def history():
    rows = select(Event).where(Event.is_about(Subject.SETTING, SettingNumber.CITY))
    return db.session.scalars(rows.order_by(Event.id)).all()


def say(person, section, expect=200, **words):
    return person.post(f"/setup/{section}", expect, via="/setup", **words)


def test_a_city_says_its_words_and_papers_bear_them(unset, browser, make_issue):
    sun = browser.as_("sun")
    assert "联系：" not in browser.stranger.get("/login").text
    say(sun, "city", city="绵阳市", number_prefix="MY")
    for section in ("issuers", "series", "basis", "recipients"):
        assert "已保存" in say(sun, section).text  # as proposed
    say(sun, "contact", contact_name="督办组", contact_phone="0816-0000000")

    door = browser.stranger.get("/login").text
    assert "联系：督办组 0816-0000000" in " ".join(door.split())
    told = every_word()
    assert told["notice_issuers"]["office"]["name"] == OFFICE
    assert told["notice_series"]["N2"] == "绵环委办督"
    assert told["notice_series"]["N6"] == "绵环委督"
    assert lacks() == []
    issue = make_issue(Status.RECTIFYING)
    assert issue.number.startswith("MY-")
    page = sun.post("/notices", via="/notices/new", kind="N1", issues=issue.number)
    assert "绵阳市" in page.text
    text = page.text
    for unit in db.session.scalars(select(Unit)):  # of the fixture: they may be addressed
        text = text.replace(unit.name, "").replace(unit.short_name, "")
    assert "巴中" not in text
    changed = history()
    assert [row.reason for row in changed][:2] == ["城市", "发文机关"]
    assert changed[0].detail["lines"]["city"] == {"before": "", "after": "绵阳市"}
    assert {row.actor for row in changed} == {"孙经办"}
    assert list(checking.faults()) == []


def test_what_is_proposed_is_marked_until_it_is_saved(unset, browser):
    sun = browser.as_("sun")
    bare = sun.get("/setup").form("/setup/city").drawn()
    assert (bare["city"], bare["number_prefix"]) == ("巴中市", "")  # as the places say
    say(sun, "city", city="绵阳市")

    page = sun.get("/setup")
    assert "建议，未保存" in page.text
    assert page.form("/setup/city").drawn()["number_prefix"] == "MY"
    assert every_word()["number_prefix"] == ""
    say(sun, "city", number_prefix="")  # 以后再说
    assert every_word()["number_prefix"] == ""


@pytest.mark.postgresql
def test_all_proposals_are_shown_then_kept_at_once_and_brought_back(unset, browser):
    sun, admin, url = browser.as_("sun"), browser.as_("sysadmin"), "/setup/proposals"
    assert "巴中市" in sun.get(url).text  # as the places say
    say(sun, "city", city="绵阳市", number_prefix="MM")
    say(sun, "contact", contact_name="督办组")
    assert url not in admin.get("/setup").links  # the words of papers are the office's
    assert not admin.get(url).has_form(url)
    assert url in sun.get("/setup").links
    page = sun.get(url)
    shown = {row[1]: row[2] for row in page.rows()}
    assert shown["发文机关全称（办公室）"] == OFFICE
    assert "编号前缀" not in shown
    stale = page.form(url).drawn()
    say(sun, "basis", basis="某某条例")

    again = sun.send(url, 409, **stale)
    assert "请核对现在的建议" in again.text
    assert every_word()["notice_issuers"] == {}
    count = len(again.rows())
    assert 0 < count < len(shown)
    done = sun.send(url, **again.form(url).drawn())

    assert f"已采用{count}项建议" in done.text
    told = every_word()
    assert told["notice_issuers"]["office"]["name"] == OFFICE
    assert (told["notice_basis"], told["number_prefix"]) == (["某某条例"], "MM")
    assert lacks() == []
    assert "建议都已采用或另行填写" in sun.get(url).text
    last = history()[-1]
    assert (last.reason, len(last.detail["lines"])) == ("采用全部建议", count)
    sun.post(f"/setup/changes/{last.id}/back", via="/setup")
    assert not every_word()["notice_issuers"]["office"]["name"]
    assert every_word()["notice_basis"] == ["某某条例"]
    assert list(checking.faults()) == []


def test_nobody_keeps_the_proposals_of_another_s_section(unset, browser, people, monkeypatch):
    """With the guard off the same person would."""
    say(browser.as_("sun"), "city", city="绵阳市", number_prefix="MY")
    words = every_word()
    assert open_to(people.sysadmin, words) == {}
    browser.as_("chen").get("/setup/proposals", 403)
    browser.as_("chen").post("/setup/proposals", 403, seen="")

    monkeypatch.setattr("issues.city.saving.may_set", lambda *_: True)
    assert open_to(people.sysadmin, words)


@pytest.mark.both
def test_partners_are_kept_for_who_drafts(browser, people):
    sun = browser.as_("sun")
    say(sun, "issuers", 422, partners="长" * 61)
    assert "起草时选用" in say(sun, "issuers", partners="市监察委员会（市监委）\n市政府督查室").text

    assert every_word()["notice_partners"] == ["市监察委员会（市监委）", "市政府督查室"]


@pytest.mark.parametrize(
    ("city", "prefix", "series", "short"),
    [
        ("绵阳市", "MY", "绵环委办督", "市环委办"),
        ("凉山州", "LS", "凉环委办督", "州环委办"),
        ("锡林郭勒盟", "XLGL", "锡环委办督", "盟环委办"),
    ],
)
def test_proposals_are_made_from_the_name(city, prefix, series, short):
    told = proposals(city)

    assert (told["number_prefix"], told["series_n2"], told["office_short"]) == (
        prefix, series, short,
    )  # fmt: skip
    assert (proposals(""), proposals("", city)) == ({}, {"city": city})


@pytest.mark.parametrize(
    ("section", "words", "name"),
    [
        ("city", {"city": "绵阳"}, "city"),
        ("city", {"city": ""}, "city"),
        ("city", {"number_prefix": "my"}, "number_prefix"),
        ("city", {"number_prefix": "MIANY"}, "number_prefix"),
        ("issuers", {"office_name": "长" * 41}, "office_name"),
        ("series", {"series_n2": "A督"}, "series_n2"),
        ("basis", {"basis": "\n".join(f"第{n}号规定" for n in range(21))}, "basis"),
        ("contact", {"contact_phone": "打电话"}, "contact_phone"),
        ("handling", {"hanging_reply": "0"}, "hanging_reply"),
        ("handling", {"hanging_reply": ""}, "hanging_reply"),
        ("handling", {"urgency_n2": "平急"}, "urgency_n2"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_told_at_its_line_and_nothing_is_kept(app, browser, section, words, name):
    page = say(browser.as_("sun"), section, 422, **words)

    assert page.error(name)
    assert {row.key: row.value for row in db.session.scalars(select(Setting))} == WORDS
    assert history() == []


@pytest.mark.both
def test_who_was_slower_is_shown_both_and_may_save_then(browser):
    sun, other = browser.as_("sun"), browser.as_("sysadmin")
    mine = sun.get("/setup").form("/setup/city").filled({"number_prefix": "WO"})
    say(other, "city", number_prefix="TA")

    page = sun.send("/setup/city", 409, **mine)
    assert "他人现已改为：TA" in page.text
    assert page.form("/setup/city").drawn()["number_prefix"] == "WO"
    assert every_word()["number_prefix"] == "TA"
    sun.send("/setup/city", **page.form("/setup/city").drawn())
    assert every_word()["number_prefix"] == "WO"


def test_a_change_is_brought_back_unless_somebody_changed_it_since(browser):
    sun = browser.as_("sun")
    say(sun, "recipients", report_to="市委\n市政府", everybody="各县区")
    (first,) = history()
    say(sun, "recipients", everybody="各县（区）")
    back = f"/setup/changes/{first.id}/back"
    page = sun.post(back, 409, via="/setup")
    assert "已被他人更改" in page.text
    assert every_word()["notice_everybody"] == "各县（区）"

    second = history()[1]
    sun.post(f"/setup/changes/{second.id}/back", via="/setup")
    assert every_word()["notice_everybody"] == "各县区"
    sun.post(back, via="/setup")
    assert every_word()["notice_report_to"] == WORDS["notice_report_to"]
    assert [row.action for row in history()] == ["set_words"] * 2 + ["bring_back"] * 2
    sun.post("/setup/changes/999999/back", 404, via="/setup")


def test_each_says_what_is_theirs_and_others_see_nothing(browser, monkeypatch):
    admin = browser.as_("sysadmin")
    page = admin.get("/setup")
    assert "这一栏由市环委办填写" in page.text
    say(admin, "city", number_prefix="MS")
    seen = page.form("/setup/issuers").drawn()
    admin.send("/setup/issuers", 403, **seen | {"office_name": "别的名称"})
    admin.post(f"/setup/changes/{history()[0].id}/back", via="/setup")
    for name in ("lin", "zhou", "chen", "zhao", "secadmin", "auditor"):
        browser.as_(name).get("/setup", 403)
        browser.as_(name).post("/setup/city", 403, city="别的市")

    monkeypatch.setattr("issues.city.saving.may_set", lambda *_: True)  # the guard is what refuses
    admin.send("/setup/issuers", **seen | {"office_name": "别的名称"})
    assert every_word()["notice_issuers"]["office"]["name"] == "别的名称"


def test_the_first_page_is_drawn_with_the_words_as_they_are_and_as_typed(app, browser):
    sun = browser.as_("sun")

    def drawn(name, expect=200, **words):
        return sun.get(f"/setup/preview/{name}", expect, **words).answer.get_data()

    kept = drawn("N2")
    assert kept.startswith(b"\xff\xd8")
    assert drawn("N2") == kept
    assert drawn("N2", office_mark="绵阳市某某办公室") != kept
    assert drawn("N5", everybody="各县") != drawn("N5")
    with transaction():
        issuers = db.session.get_one(Setting, "notice_issuers")
        issuers.value = {**issuers.value, "office": {}}
    assert drawn("N2") != kept
    drawn("N2", 422, office_mark="\U0001f600")
    drawn("N9", 404)
    page = sun.post("/setup/issuers/look", via="/setup", office_name="某某办公室")
    assert "office_name=%E6%9F%90" in page.html
    assert every_word()["notice_issuers"]["office"] == {}


@pytest.mark.both
def test_a_source_that_is_not_in_use_is_offered_to_nobody(browser, people):
    sun = browser.as_("sun")
    say(sun, "sources", 422, sources=[])
    say(sun, "sources", sources=["ZC", "AF"])
    assert every_word()["sources_in_use"] == ["AF", "ZC"]
    form = sun.get("/issues/new").form("/issues/new").node
    offered = [one["value"] for one in form.all("select", name="source")[0].all("option")]
    assert set(offered) - {""} == {"AF", "ZC"}

    body = {"source": "YD", "title": "散排", "problem": "散排", "region": "511902"}
    with pytest.raises(Incomplete) as refused:
        acts.register(people.sun, body)
    assert "本市登记时不使用“" in refused.value.errors["source"][0]
    db.session.rollback()
    assert acts.register(people.sun, body | {"source": "AF"}).source.value == "AF"
    db.session.rollback()
