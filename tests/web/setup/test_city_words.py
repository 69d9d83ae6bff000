"""The set-up page: what a city says of itself, who may say it, and what is missing until then."""

import pytest
from people import WORDS
from sqlalchemy import select

from extensions import db, transaction
from issues import acts
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


@pytest.mark.both
def test_a_city_says_its_words_and_papers_bear_them(unset, browser, make_issue):
    sun = browser.as_("sun")
    say(sun, "city", city="绵阳市", number_prefix="MY")
    for section in ("issuers", "series", "basis", "recipients"):
        assert "已保存" in say(sun, section).text  # as proposed
    say(sun, "contact", contact_name="督办组", contact_phone="0816-0000000")

    told = every_word()
    assert told["notice_issuers"]["office"]["name"] == OFFICE
    assert told["notice_series"]["N2"] == "绵环委办督"
    assert told["notice_series"]["N6"] == "绵环委督"
    assert lacks() == []
    issue = make_issue(Status.RECTIFYING)
    assert issue.number.startswith("MY-")
    page = sun.post("/notices", via="/notices/new", kind="N1", issues=issue.number)
    assert "绵阳市" in page.text
    assert "巴中" not in page.text
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


@pytest.mark.both
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


@pytest.mark.both
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
