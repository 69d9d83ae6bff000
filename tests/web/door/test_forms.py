"""What was sent in a form, read by the table of its fields."""

import io
from datetime import date

import pytest

from issues.act_fields import Field, optional
from issues.ground.refusals import Incomplete
from issues.models import WallPass
from issues.web.door import drawing, forms

COLOURS = (("red", "红"), ("green", "绿"))
TABLE = (
    Field("name", "text", "名称", limit=4, asks="请写名称"),
    optional("colour", "choice", "颜色", choices=COLOURS),
    optional("count", "integer", "份数", least=1, most=9),
    optional("days", "integer", "天数", most=30, asks="请选择天数"),
    optional("on", "date", "日期"),
)
ROWS = (Field("rows", "rows", "措施", fields=(Field("text", "text", "内容"),)),)
SECRET = (Field("password", "password", "密码", limit=8),)


@pytest.fixture
def sent(app):
    """A form as it arrives; what the test reads it reads from this one."""
    opened = []

    def send(**said):
        opened.append(app.test_request_context("/", method="POST", data=said))
        opened[-1].push()

    yield send
    for one in reversed(opened):
        one.pop()


def faults(fields):
    with pytest.raises(Incomplete) as refused:
        forms.read(fields)
    return refused.value.errors


def test_what_a_form_says_has_the_types_of_its_fields(sent):
    sent(name=" 甲 ", colour="red", count="007", on="2025-11-25")

    said = forms.read(TABLE)

    assert said == {
        "name": "甲", "colour": "red", "count": 7, "days": None, "on": date(2025, 11, 25)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"name": ""}, "name", "请写名称"),
        ({"name": "一二三四五"}, "name", "名称超过4字，现有5字，请精简"),
        ({"colour": "blue"}, "colour", "颜色应是下列之一：红、绿"),
        ({"count": "0"}, "count", "份数应是1到9的整数"),
        ({"count": "9" * 5000}, "count", "份数应是1到9的整数"),
        ({"count": "x"}, "count", "份数应是整数"),
        ({"days": "31"}, "days", "请选择天数"),
        ({"days": "x"}, "days", "请选择天数"),
        ({"on": "x" * 10}, "on", None),
    ],
)
def test_what_cannot_be_is_told_at_its_field(sent, said, field, sentence):
    sent(**({"name": "甲"} | said))

    told = faults(TABLE)

    assert list(told) == [field]
    assert sentence is None or told[field] == [sentence]


def test_every_fault_is_told_at_once(sent):
    sent(name="", colour="blue", count="x")

    assert list(faults(TABLE)) == ["name", "colour", "count"]


def test_what_was_typed_stands_in_the_form_that_is_drawn_again(sent):
    sent(name="一二三四五", colour="blue")
    with pytest.raises(Incomplete) as refused:
        forms.read(TABLE)

    drawn = drawing.drawn(TABLE, refused.value, {"name": "旧"})

    assert (drawn["name"].value, drawn["colour"].value) == ("一二三四五", "blue")
    assert drawn["name"].errors
    assert drawing.drawn(TABLE, None, {"name": "旧"})["name"].value == "旧"


def test_a_list_that_only_the_page_knows_is_drawn(sent):
    sent()

    assert drawing.drawn(TABLE, choices={"colour": (("grey", "灰"),)})["colour"].choices == (
        ("grey", "灰"),
    )


def test_a_secret_is_read_to_its_last_sign_and_never_drawn(sent):
    sent(password=" a b ")

    assert forms.read(SECRET) == {"password": " a b "}
    assert drawing.drawn(SECRET, Incomplete({}))["password"].value == ""

    sent(password="123456789")
    assert faults(SECRET) == {"password": ["密码过长。"]}


def test_a_file_field_left_empty_sends_no_file(sent):
    sent(file=(io.BytesIO(b""), ""))
    assert forms.file("file") is None

    sent(file=[(io.BytesIO(b"a"), "a.txt"), (io.BytesIO(b"b"), "b.txt")])
    assert [file.filename for file in forms.files("file")] == ["a.txt", "b.txt"]


def test_a_row_is_numbered_in_plain_digits(sent):
    sent(**{"rows-1-text": "二", "rows-0-text": "一", "rows-٣-text": "三"})

    assert forms.typed(ROWS) == {"rows": [{"text": "一"}, {"text": "二"}]}


@pytest.mark.parametrize("said", ["", "x", "-1", "1.0", "９", "9" * 5000, str(2**31)])
def test_a_version_that_is_no_number_is_none(sent, said):
    sent(version=said)

    assert forms.number("version") is None


def test_days_that_were_chosen_stay_chosen(browser):
    page = browser.as_("sun").post("/admin/walls", 422, place="", days="7")

    assert page.form("/admin/walls").drawn()["days"] == "7"
    assert WallPass.query.count() == 0


@pytest.mark.parametrize("field", ["kind", "datum"])
def test_a_choice_there_is_not_is_told_and_nothing_is_kept(browser, field):
    sent = {"name": "地图", "kind": "layer", "file": (io.BytesIO(b"{}"), "a.json")}

    page = browser.as_("sun").post("/admin/maps", 422, **(sent | {field: "none"}))

    assert "应是下列之一" in page.text
