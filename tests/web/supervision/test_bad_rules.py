"""Rules that are none: refused at their field by every door, and nothing half published."""

import io
import json

import pytest
from sqlalchemy import func, select

from extensions import db
from issues.commands.policy import policy as commands
from issues.models import PolicyDraft, PolicyVersion

BAD = [
    ("near_min", -1, "临期最短提前应在0到366天之间"),
    ("near_min", "", "临期最短提前应是整数"),
    ("lag_red", 5, "滞后红色线不能小于滞后黄色线"),
    ("measure_red_after", 0.5, "节点严重逾期应是整数"),
]
"""A negative number, a hole, lines that cross, a part of a day."""


@pytest.fixture
def draft(browser):
    browser.as_("sun").post("/policy/drafts", via="/policy")
    return db.session.scalars(select(PolicyDraft)).one()


def published():
    return db.session.scalar(select(func.count(PolicyVersion.number)))


@pytest.mark.parametrize(("field", "value", "sentence"), BAD)
def test_the_form_refuses_at_the_field(browser, draft, field, value, sentence):
    before = draft.document

    page = browser.as_("sun").post(f"/policy/drafts/{draft.id}", 422, **{field: str(value)})

    assert page.error(field) == sentence
    db.session.refresh(draft)
    assert draft.document == before


def test_the_form_refuses_a_day_gone_by_and_a_number_left_out(browser, draft):
    sun, address = browser.as_("sun"), f"/policy/drafts/{draft.id}"

    page = sun.post(address, 422, effective_from="2025-11-24")
    assert page.error("effective_from") == "生效日期不能早于今天（2025年11月25日）"

    sent = {"version": "1", "name": "缺一项", "effective_from": "2025-12-01"}
    page = sun.send(address, 422, **sun.bare(sent))
    assert page.error("near_share") == "临期比例应是整数"
    db.session.refresh(draft)
    assert draft.version == 1


@pytest.mark.parametrize(("field", "value", "sentence"), BAD)
def test_a_file_is_refused_by_name(browser, field, value, sentence):
    told = json.dumps({field: value})[1:-1].replace(": ", " = ", 1).replace('"', "", 2)
    file = (io.BytesIO(told.encode()), "规则.toml")

    page = browser.as_("sun").post("/policy/drafts/file", 422, via="/policy", file=file)

    assert sentence in page.text
    assert db.session.scalar(select(func.count(PolicyDraft.id))) == 0


@pytest.mark.parametrize(("field", "value", "sentence"), BAD)
def test_the_command_line_names_the_field_and_publishes_nothing(
    app, people, tmp_path, field, value, sentence
):
    file = tmp_path / "rules.json"
    file.write_text(json.dumps({field: value}), encoding="utf-8")
    persons = ["--author", "sun", "--approver", "zhou"]

    for asked in (["preview", file], ["publish", file, "--from", "2025-11-25", *persons]):
        said = app.test_cli_runner().invoke(commands, [str(word) for word in asked])
        assert said.exit_code == 1
        assert f"{field}：{sentence}" in said.output
    assert published() == 0


def test_the_command_line_refuses_a_day_gone_by_and_what_is_no_text(app, people, tmp_path):
    file = tmp_path / "rules.toml"
    file.write_text("near_max = 60\n", encoding="utf-8")
    asked = ["publish", str(file), "--author", "sun", "--approver", "zhou", "--from"]

    said = app.test_cli_runner().invoke(commands, [*asked, "2025-11-24"])
    assert said.exit_code == 1
    assert "effective_from：生效日期不能早于今天" in said.output

    file.write_bytes(b"\xff\xfe\x00")
    said = app.test_cli_runner().invoke(commands, [*asked, "2025-11-25"])
    assert said.exit_code == 1
    assert "不是有效的 TOML 或 JSON" in said.output
    assert published() == 0


def test_a_file_changes_only_what_it_names(browser, draft):
    sun = browser.as_("sun")
    sun.post("/policy/drafts/file", via="/policy", file=(io.BytesIO(b"near_max = 40\n"), "a.toml"))
    file = (io.BytesIO(b"[sources.AF]\nplan_workdays = 12\n"), "b.toml")
    sun.post("/policy/drafts/file", via="/policy", file=file)

    rows = db.session.scalars(select(PolicyDraft).order_by(PolicyDraft.id.desc()))
    made = rows.first().document
    assert made["sources"]["AF"] == draft.document["sources"]["AF"] | {"plan_workdays": 12}
    assert made["sources"]["YD"] == draft.document["sources"]["YD"]
