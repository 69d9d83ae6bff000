"""What a person keeps of the register: views by name, columns, density."""

import pytest
from sqlalchemy import select

from extensions import db
from issues import personal
from issues.models import Preference, SavedView
from issues.personal import MOST_VIEWS


def save(browser, person="sun", url="/issues?colour=red", expect=200, **form):
    return browser.as_(person).post("/issues/views", expect, via=url, **form)


def tabs(page):
    nav = next(node for node in page.tree.all("nav") if node["aria-label"] == "台账视图")
    return [node.text for node in nav.all("a")]


@pytest.mark.both
def test_a_view_is_kept_under_its_name_with_its_count(make_issue, browser):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    make_issue(deadline="2025-11-20", title="逾期的事项", measures=late)
    page = save(browser, name="恩阳的红色", url="/issues?colour=red&q=逾期")

    assert "已存为视图“恩阳的红色”" in page.text
    assert "恩阳的红色 1" in tabs(page)
    assert page.location == "" or "q=" in page.url
    assert "恩阳的红色 1" in tabs(browser.as_("sun").get("/issues"))
    assert "恩阳的红色" not in str(tabs(browser.as_("zhou").get("/issues")))


def test_the_same_name_again_takes_the_new_filter(browser):
    save(browser, name="我看的")
    save(browser, name="我看的", url="/issues?colour=yellow")

    row = db.session.scalars(select(SavedView)).one()
    assert row.query == "colour=yellow"


def test_a_shared_view_is_everybodys_and_only_the_office_shares(browser):
    save(browser, name="全市红色", shared="1")
    zhou = browser.as_("zhou")
    forged = zhou.bare({"name": "负责人红色", "shared": "1", "colour": "red"})
    zhou.send("/issues/views", **forged)

    shown = str(tabs(browser.as_("chen").get("/issues")))
    assert "全市红色" in shown
    assert "负责人红色" not in shown


def test_a_view_is_dropped_by_its_owner_alone(browser):
    save(browser, name="我看的")
    view = db.session.scalar(select(SavedView.id))

    browser.as_("zhou").post(f"/issues/views/{view}/drop", 404, via="/issues")
    page = browser.as_("sun").post(f"/issues/views/{view}/drop", via="/issues")

    assert "视图“我看的”已删除" in page.text
    assert db.session.scalar(select(SavedView)) is None


@pytest.mark.parametrize(
    ("url", "name", "told"),
    [
        ("/issues?colour=red", "", "请给视图起个名字"),
        ("/issues?colour=red", "长" * 21, "最多20字"),
        ("/issues", "全部", "请先在台账中选好条件"),
    ],
)
def test_a_bad_view_is_told_at_its_field_and_what_was_typed_stays(browser, url, name, told):
    page = save(browser, url=url, name=name, expect=422)

    assert told in page.error("name")
    assert page.form("/issues/views").drawn()["name"] == name
    assert db.session.scalar(select(SavedView)) is None


def test_there_is_an_end_to_how_many(browser, people):
    for number in range(MOST_VIEWS):
        save(browser, name=f"视图{number}")

    assert f"最多存{MOST_VIEWS}个" in save(browser, name="又一个", expect=422).text


def test_columns_and_density_are_remembered_of_the_person(make_issue, browser):
    make_issue(title="某个事项", sponsor="王副区长")
    sun = browser.as_("sun")
    page = sun.post("/issues/look", via="/issues?status=rectifying",
                    column=["source", "deadline"], density="dense")  # fmt: skip

    heads = [node.text for node in page.tree.all("th", scope="col")]
    assert [head for head in heads if head] == ["勾选", "编号", "事项", "时限", "来源"]
    assert page.tree.all("table", class_="ledger ledger-cards register register-dense")
    assert "status=rectifying" in page.url
    assert "王副区长" not in page.text
    assert "王副区长" in browser.as_("zhou").get("/issues").text
    kept = select(Preference).where(Preference.key != personal.TOLD)
    assert db.session.scalars(kept).one().value == {
        "columns": ["deadline", "source"],
        "density": "dense",
    }
