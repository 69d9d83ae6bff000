"""Nobody who complained stands in a table for the public: every door asks the same check."""

import re

import pytest
from brought import the_letters

from extensions import db, transaction
from issues.evidence import complainants
from issues.evidence.complaints import unnamed
from issues.ground import clock
from issues.ground.secrecy import persons
from issues.models import Issue
from issues.queries.complaints.table import batches
from issues.queries.register.filters import Filters
from issues.works.kinds.exporting import written

KEPT = {
    "name": "李大力", "phone": "13800001234", "address": "清江镇石龙村3组12号",
    "note": "身份证号：511902198001011236\n王建英\n2025-01-02来电，另一电话0827-5261234",
}  # fmt: skip
SAID = {
    "name": "李 大力", "phone": "138-0000 １２３４", "address": "清江镇石龙村3组12号",
    "identity number": "5119021980 01011236", "second name": "王建英", "telephone": "08275261234",
}  # fmt: skip
FIELDS = {"problem": "交办问题基本情况", "findings": "调查核实情况"}
DOORS = ("/complaints.xlsx", "/complaints.docx", "/issues/export.xlsx?profile=complaints")


@pytest.fixture
def issue(people, shelf):
    the_letters(shelf)
    batch = batches(people.sun)[0]
    rows = db.select(Issue).where(Issue.first_assigned_on == batch.on).order_by(Issue.case_number)
    return db.session.scalars(rows).first()


def say(issue, **texts):
    with transaction():
        complainants.write(issue, KEPT)
        for name, text in texts.items():
            setattr(issue, name, text)


def exported(app, file):
    args = ["ledger", "export", str(file), "--profile", "complaints"]
    return app.test_cli_runner().invoke(args=args)


def where(issue):
    """The row of the letter on the paper of all letters, by their numbers."""
    found = db.select(Issue.id).where(Issue.source == issue.source).order_by(Issue.number)
    return list(db.session.scalars(found)).index(issue.id) + 1


@pytest.mark.parametrize("kind", SAID)
def test_every_door_names_row_and_field_and_never_the_words(
    issue, app, browser, people, tmp_path, monkeypatch, kind
):
    monkeypatch.setattr(persons, "masked", str)  # what is told by its form is masked before
    field = "problem" if kind == "phone" else "findings"
    say(issue, **{field: f"经查{SAID[kind]}反映的堆放点。"})
    told = f"行“{FIELDS[field]}”"

    sun = browser.as_("sun")
    page = sun.get("/complaints").text
    answers = [page, *(sun.get(door, 409).text for door in DOORS)]
    result = exported(app, tmp_path / "公开.xlsx")
    assert result.exit_code == 1
    assert not (tmp_path / "公开.xlsx").exists()
    assert f"第{where(issue)}{told}" in result.output
    with pytest.raises(unnamed.WrongStatus, match=told):
        written(Filters(), "complaints", people.sun, clock.today())
    for answer in (*answers, result.output):
        assert told in answer
        assert SAID[kind] not in answer


def test_without_a_name_every_door_lets_it_out(issue, app, browser, tmp_path):
    say(issue, findings="2025-01-02现场核实，李家村大力整治，电话回访群众表示满意。")

    assert exported(app, tmp_path / "公开.xlsx").exit_code == 0
    sun = browser.as_("sun")
    for door in ("/complaints", *DOORS):
        sun.get(door)


def test_what_looks_like_a_person_is_found_without_anything_sealed(issue):
    looks = {"甲": "举报人王建国反映", "乙": "电话13812345678", "丙": "路边堆放，2025-01-02核实"}

    assert unnamed.named({issue.id: looks}) == [(1, "甲"), (1, "乙")]


def test_who_does_not_see_the_whole_city_learns_nothing_by_trying_names(issue, browser):
    """The same answer whether a text hits or not."""
    chen = browser.as_("chen")
    doors = dict(zip(("/complaints", *DOORS), (200, 200, 403, 422), strict=True))

    def answers(text):
        say(issue, findings=text)
        told = [chen.get(door, status) for door, status in doors.items()]
        return [re.sub(r"参考编号 \w+", "", one.text) for one in told if one.text]

    assert answers("王某反映") == answers("李大力反映")
    assert FIELDS["findings"] not in chen.get("/complaints").text
