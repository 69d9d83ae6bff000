"""A paper is called what it is: nobody looks for a 销号函 under all that its kind may be."""

import pytest
from people import WORDS
from sqlalchemy import select

from extensions import db
from issues.models import Notice
from issues.notices.facts.findings import issues_facts
from issues.notices.kinds import TEMPLATES, name_of
from issues.vocabulary import NoticeKind, NoticeStatus, Status

ORGAN = "notice_discipline"


@pytest.mark.both
def test_a_closing_letter_has_its_own_name_wherever_it_is_listed(browser, make_issue):
    issue = make_issue(Status.CLOSED)
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N8)).one()
    sun = browser.as_("sun")

    listed = [" ".join(filter(None, row)) for row in sun.get("/notices").rows()]
    ticket, paper = sun.get(f"/issues/{issue.number}"), sun.get(f"/notices/{notice.id}")

    assert any("销号函" in row for row in listed)
    assert "销号函" in ticket.text
    assert "种类销号函" in paper.text.replace(" ", "")
    for text in (*listed, ticket.text, paper.text):
        assert NoticeKind.N8.label not in text


@pytest.mark.parametrize("outcome", ["returned", "closed", "lifted"])
def test_each_outcome_has_a_name_of_its_own(outcome):
    named = name_of(NoticeKind.N8, {"outcome": {"what": outcome}})

    assert named == TEMPLATES[f"N8-{outcome}"].label != NoticeKind.N8.label


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_draft_of_which_nothing_is_settled_has_a_name(kind):
    assert name_of(kind, {}) in {one.label for one in TEMPLATES.values() if one.kind is kind}


@pytest.mark.both
def test_who_signs_it_and_who_looks_for_it_meet_the_same_name(browser, make_issue):
    make_issue(Status.CLOSED)
    sun = browser.as_("sun")

    work, found = sun.get("/"), sun.get("/notices")
    assert "销号函" in " ".join(" ".join(filter(None, row)) for row in work.rows())
    for text in (work.text, found.text, sun.get("/notices/new").text):
        assert NoticeKind.N8.label not in text
    for name, one in TEMPLATES.items():
        assert one.label in found.text, name
    held = {name: sun.get(f"/notices?kind={name}") for name in TEMPLATES}
    assert [name for name, page in held.items() if "销号的函" in page.text] == ["N8-closed"]
    assert "销号的函" in sun.get("/notices?kind=N8").text
    assert "没有符合这些条件的文书" in sun.get("/notices?kind=N8-nothing").text


def test_an_earlier_paper_is_cited_by_its_name(make_issue):
    issue = make_issue(Status.CLOSED)
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N8)).one()
    notice.status, notice.number, notice.sha256 = NoticeStatus.SIGNED, "巴环委办函〔2025〕1号", "0"
    notice.signed_on = issue.closed_on
    notice.facts = notice.facts | {"outcome": {"what": "returned"}}
    db.session.flush()

    told = issues_facts([issue], issue.closed_on)[0]["earlier_notices"]

    assert [one["kind_label"] for one in told] == ["退回整改函"]


def test_a_list_names_whom_the_paper_is_addressed_to(browser, make_issue):
    """A 通报 goes to everybody, a referral to the discipline organ, a 专报 to nobody by name."""
    issue = make_issue()
    zhou = browser.as_("zhou")
    for kind, name in (("N5", "sun"), ("N7", "zhou"), ("N1", "sun")):
        browser.as_(name).post("/notices", via="/notices/new", kind=kind, issues=issue.number)
    everybody, organ = WORDS["notice_everybody"], WORDS[ORGAN]

    def listed(*names):
        db.session.rollback()
        rows = [list(row) for row in zhou.get("/notices").rows()]
        return [row[2] for name in names for row in rows if row[1].endswith(name)]

    unit = issue.primary_unit.short_name
    assert listed("通报", "问责线索移交函", "提示函") == [everybody, organ, unit]
    assert everybody in zhou.get(f"/issues/{issue.number}").text
    assert everybody in zhou.get("/").text
    bulletin = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N5)).one()
    url, sun = f"/notices/{bulletin.id}", browser.as_("sun")
    sun.send(f"{url}/edit", **sun.get(url).form(f"{url}/edit").filled({"form": "report"}))
    assert listed("专报") == ["—"]
    for page in (f"/issues/{issue.number}", "/", url):
        assert everybody not in zhou.get(page).text, page
