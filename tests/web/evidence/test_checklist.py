"""The page of required evidence: who sets it, what it refuses, and every change it had."""

import pytest

from extensions import db
from issues.models import Event
from issues.vocabulary import Action, EvidenceKind, Status
from issues.workflow.changes.accepting import required_kinds

URL = "/admin/checklist"


def drawn(page):
    """The form as it stands on the page."""
    return page.form(URL).drawn()


def put(browser, expect=200, *, name="sun", reason="按市级方案", **changes):
    form = drawn(browser.as_("sun").get(URL)) | {"reason": reason} | changes
    return browser.as_(name).post(URL, expect, **form)


def test_the_page_shows_the_rule_of_the_domain_where_nothing_was_set(browser):
    form = drawn(browser.as_("sun").get(URL))

    asked = {name: count for name, count in form.items() if "." in name and count}
    assert asked["all.before"] == asked["all.completion"] == "1"
    assert asked["types.水.monitoring"] == asked["types.噪声.monitoring"] == "2"
    assert asked["sources.YD.mechanism"] == asked["contact.revisit"] == "1"
    assert asked["unlawful.penalty"] == "1"
    assert len(asked) == 3 + 4 + 2 * 4 + 2


def test_the_closing_chain_asks_what_was_set(browser, make_issue):
    issue = make_issue(Status.RECTIFYING, types=["水"])

    put(browser, **{"types.水.monitoring": "3", "sources.AF.similar": "1", "all.before": ""})

    assert required_kinds(issue) == {
        EvidenceKind.AFTER: 1, EvidenceKind.COMPLETION: 1, EvidenceKind.MONITORING: 3,
        EvidenceKind.SIMILAR: 1,
    }  # fmt: skip
    with pytest.raises(Exception, match="条件") as refused:
        make_issue.act(Action.REQUEST_ACCEPTANCE, issue, "chenlead", text="申请验收")
    assert "监测报告（还差3份）" in refused.value.errors["evidence"][0]


def test_every_change_stands_on_the_page_and_in_the_history(browser):
    put(browser, **{"types.水.monitoring": "3"})
    put(browser, reason="改回来", **{"types.水.monitoring": "2"})

    text = browser.as_("wu").get(URL).text
    assert "水：监测报告由2份改为3份" in text
    assert "水：监测报告由3份改为2份" in text
    assert text.index("改回来") < text.index("按市级方案")
    rows = db.session.query(Event).filter_by(subject="setting").all()
    assert [(row.action, row.reason) for row in rows] == [
        ("set_checklist", "按市级方案"), ("set_checklist", "改回来"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"types.水.monitoring": "21"}, "水的监测报告应是0到20的整数"),
        ({"all.before": "-1"}, "每件事项的整改前照片应是0到20的整数"),
        ({"all.before": "一"}, "每件事项的整改前照片应是0到20的整数"),
        ({}, "与现行的清单完全一样"),
        ({"all.before": "2", "reason": " "}, "请写明更改的理由"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_kept(browser, changes, sentence):
    page = put(browser, 422, **changes)

    assert sentence in page.text
    assert db.session.query(Event).filter_by(subject="setting").count() == 0


@pytest.mark.parametrize("name", ["he", "lin", "chen", "zhao", "sysadmin"])
def test_only_the_office_sets_it(browser, name):
    put(browser, 403, name=name, **{"all.before": "2"})

    assert db.session.query(Event).filter_by(subject="setting").count() == 0


def test_units_read_what_they_must_bring(browser):
    text = browser.as_("chen").get(URL).text

    assert "监测报告" in text
    assert "采用这份清单" not in text
