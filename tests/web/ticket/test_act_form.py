"""A form as it was sent, read into the details of an act."""

from werkzeug.datastructures import MultiDict

from issues.act_fields import fields_of
from issues.vocabulary import Action
from issues.web.door import forms
from issues.web.ticket import form as act_form

DRAFT = fields_of(Action.EDIT)
PLAN = fields_of(Action.SUBMIT_PLAN)
REPORT = fields_of(Action.REPORT_PROGRESS)


def said(action, *pairs):
    return forms.typed(fields_of(action), MultiDict(pairs))


def test_rows_keep_their_order_and_empty_ones_are_none():
    read = said(
        Action.SUBMIT_PLAN,
        ("measures-10-text", "第三"), ("measures-2-text", "第二"), ("measures-0-text", "第一"),
        ("measures-1-text", ""), ("measures-1-deadline", ""),
    )  # fmt: skip

    assert [row["text"] for row in read["measures"]] == ["第一", "第二", "第三"]


def test_a_name_that_only_looks_like_a_row_is_none():
    read = said(Action.SUBMIT_PLAN, ("measures-x-text", "甲"), ("measures-99999-text", "乙"))

    assert read["measures"] == []


def test_more_rows_than_are_taken_are_still_told_apart_from_the_most():
    pairs = [(f"measures-{place}-text", "措施") for place in range(300)]

    assert len(said(Action.SUBMIT_PLAN, *pairs)["measures"]) == forms.MOST_ROWS + 1


def test_only_what_differs_from_what_stood_there_is_sent():
    standing = {field.name: "" for field in DRAFT} | {
        "title": "旧", "problem": "一行\n两行", "types": ["水", "大气"], "unlawful": True,
        "starred": False,
        "responsible_units": [], "supporting_units": [], "measures": [], "targets": [],
        "deadline": "2025-12-31", "deadline_text": "2025年底前",
    }  # fmt: skip
    del standing["complainant"], standing["note"]
    read = said(
        Action.EDIT,
        ("title", "新"), ("problem", "一行\r\n两行"), ("types", "大气"), ("types", "水"),
        ("unlawful", "true"), ("deadline", "2025-12-31"), ("deadline_text", "2025年底前"),
    )  # fmt: skip

    assert act_form.detail(Action.EDIT, DRAFT, read, standing) == {"title": "新"}


def test_a_complainant_left_empty_is_not_sent():
    read = said(Action.REGISTER, ("title", "甲"), ("complainant-name", ""))

    given = act_form.detail(Action.REGISTER, fields_of(Action.REGISTER), read, {})

    assert given == {"title": "甲"}


def test_a_report_holds_the_measures_that_moved():
    standing = {
        "measures": [
            {"id": "7", "label": "1. 排查", "reported": "", "done": False},
            {"id": "8", "label": "2. 修复", "reported": "0.8", "done": False},
        ]
    }
    read = said(
        Action.REPORT_PROGRESS,
        ("text", "排查完成"), ("measures-0-id", "7"), ("measures-0-done", "true"),
        ("measures-1-id", "8"), ("measures-1-reported", "0.8"),
    )  # fmt: skip

    given = act_form.detail(Action.REPORT_PROGRESS, REPORT, read, standing)

    assert given == {"text": "排查完成", "measures": [{"id": "7", "done": True}]}
