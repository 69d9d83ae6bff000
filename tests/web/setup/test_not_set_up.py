"""What a city cannot do before it has said its words, at every door; all else it can."""

import dataclasses

import pytest
from make import DETAIL
from people import WORDS
from sheets import short
from sqlalchemy import select
from workbooks import upload

from auth import changing, passwords
from extensions import db, transaction
from issues import selfcheck
from issues.city.items import ITEMS, lacks
from issues.city.words import told_first
from issues.ground.refusals import Incomplete
from issues.models import Issue, LedgerImport, Notice, Setting
from issues.vocabulary import NoticeStatus, Status
from tools.serve import lead_to_setup


def say(*keys):
    with transaction():
        for key in keys:
            db.session.merge(Setting(key=key, value=WORDS[key]))


def keep_silent(*keys):
    with transaction():
        for key in keys:
            db.session.delete(db.session.get_one(Setting, key))


@pytest.mark.both
def test_without_a_prefix_nothing_is_registered(unset, browser, monkeypatch):
    sun = browser.as_("sun")
    form = {"source": "AF", "title": DETAIL["title"], "problem": DETAIL["problem"],
            "region": DETAIL["region"]}  # fmt: skip
    page = sun.post("/issues/new", 409, **form)
    assert "“编号前缀”还没有填写" in page.text
    assert page.tree.all("a", href="/setup#city")
    lin = browser.as_("lin").post("/issues/new", 409, **form)
    assert not lin.tree.all("a", href="/setup#city")
    assert db.session.scalars(select(Issue)).all() == []

    say("number_prefix")
    sun.post("/issues/new", **form)
    (issue,) = db.session.scalars(select(Issue))
    assert issue.number.startswith("BZ-AF-")


def test_an_import_is_refused_before_a_file_is_kept(unset, browser):
    page = upload(browser.as_("sun"), short(), expect=409)
    assert "“编号前缀”还没有填写" in page.text
    assert page.tree.all("a", href="/setup#city")
    assert db.session.scalars(select(LedgerImport)).all() == []

    say("number_prefix")
    upload(browser.as_("sun"), short())
    assert len(db.session.scalars(select(LedgerImport)).all()) == 1


def test_an_import_is_refused_on_the_command_line_and_written_nowhere(unset, tmp_path):
    book = tmp_path / "台账.xlsx"
    book.write_bytes(b"no workbook")
    for more in ((), ("--dry-run",)):
        result = unset.test_cli_runner().invoke(args=["ledger", "import", str(book), *more])
        assert result.exit_code == 1
        assert "“编号前缀”还没有填写，请市环委办在“设置”页的“城市”中填写。" in result.output


def test_a_draft_shows_the_lack_at_its_place_and_is_not_signed(app, browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    keep_silent("notice_issuers", "notice_series", "notice_basis", "notice_contact")
    sun = browser.as_("sun")
    page = sun.post("/notices", via="/notices/new", kind="N1", issues=issue.number)
    notice = db.session.scalars(select(Notice).where(Notice.trigger == "by_hand")).one()
    url = f"/notices/{notice.id}"
    lines = ("发文机关标志（办公室）", "发文机关全称（办公室）", "提示函代字", "依据", "联系人")
    for line in lines:
        assert f"“{line}”还没有填写，请市环委办在“设置”页的" in page.text
    assert "【未设置依据】" in page.text
    assert sun.get(f"{url}.pdf").answer.get_data().startswith(b"%PDF")
    drawn = page.form(f"{url}/edit").drawn()
    sun.send(f"{url}/sign", 422, **drawn)
    assert db.session.get(Notice, notice.id).status is NoticeStatus.DRAFT

    say("notice_issuers", "notice_series", "notice_basis", "notice_contact")
    sun.sign(url)
    db.session.expire_all()
    assert db.session.get(Notice, notice.id).number == "巴环委办提〔2025〕1号"
    assert "city_lacks" not in db.session.get(Notice, notice.id).facts


def test_no_number_is_given_without_its_words_even_where_the_check_is_off(
    app, browser, make_issue, monkeypatch
):
    """The number is refused by itself: a paper cannot slip past the list of lacks."""
    issue = make_issue(Status.RECTIFYING)
    keep_silent("notice_series")
    monkeypatch.setattr("issues.notices.facts.letterhead.lacks", lambda *_: [])
    sun = browser.as_("sun")
    sun.post("/notices", via="/notices/new", kind="N1", issues=issue.number)
    notice = db.session.scalars(select(Notice).where(Notice.trigger == "by_hand")).one()
    url = f"/notices/{notice.id}"
    page = sun.sign(url, 409)
    assert "“提示函代字”还没有填写" in page.text


def test_who_can_mend_it_is_led_there_and_nobody_else(unset, browser):
    for name in ("sun", "sysadmin"):
        page = browser.as_(name).post("/first-week", via="/", away="1")
        lead = browser.as_(name).get("/").tree.all("section", **{"aria-labelledby": "setup-lead"})
        assert "第一周" not in page.text
        assert "设置还没有完成" in lead[0].text
        assert lead[0].all("a", href="/setup")
    assert "设置还没有完成" not in browser.as_("chen").get("/").text
    assert browser.as_("sysadmin").get("/admin", 302).location == "/setup"

    say(*WORDS)
    assert "设置还没有完成" not in browser.as_("sun").get("/").text
    assert browser.as_("sysadmin").get("/admin", 302).location != "/setup"


def test_command_selfcheck_and_probe_tell_what_is_missing(unset, browser):
    def check():
        return unset.test_cli_runner().invoke(args=["setup", "check"])

    result = check()
    assert result.exit_code == 1
    assert "编号前缀" in result.output
    assert "/setup#city" in result.output
    settings = unset.extensions["settings"]
    assert any("“编号前缀”没有设置" in one for one in selfcheck.faults_of_operation(settings))
    assert browser.stranger.get("/readyz").json == {"status": "ok", "setup": "unfinished"}

    say(*WORDS)
    result = check()
    assert (result.exit_code, lacks()) == (0, [])
    assert "都已完成" in result.output
    assert browser.stranger.get("/readyz").json == {"status": "ok"}


def test_an_empty_database_lacks_units_and_people_too(empty_app):
    keys = {one.item.key for one in lacks()}

    assert {"city", "number_prefix", "units", "lead_unit", "accounts", "office_name"} <= keys
    assert not keys & {"committee_name", "policy", "map"}
    assert len({item.key for item in ITEMS}) == len(ITEMS)


def test_the_names_of_this_city_are_no_password_and_those_of_another_are(unset, people):
    taken, weak = "Mianyang@2025-x", "Bazhong@2025-x"
    assert [one for one in told_first() if one.startswith("bazh")] == ["bazhou"]
    say("city")

    told = told_first()
    assert {"bazhong", "巴中", "bazhou", "tongjiang"} <= set(told)
    assert passwords.faults(weak, here=told)
    assert not passwords.faults(taken, here=told)
    with pytest.raises(Incomplete):
        changing.prepare(people.sun.id, weak, "gb")
    changing.prepare(people.sun.id, taken, "gb")


def test_a_start_of_the_real_thing_names_the_address(unset):
    example = unset.extensions["settings"]
    real = dataclasses.replace(example, demo=False, chosen_url="https://a.gov.cn")

    assert lead_to_setup(real).endswith("https://a.gov.cn/setup")
    assert lead_to_setup(example) == ""
    say(*WORDS)
    assert lead_to_setup(real) == ""
