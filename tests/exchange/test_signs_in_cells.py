"""What nobody sees in a workbook: read as if it were not there, in every cell and heading."""

import pytest
from handmade import BELOW, FIRST, GROUP, register
from sheets import read

UNSEEN = {
    "zero width": "\u200b", "mark of byte order": "\ufeff", "left to right": "\u200e",
    "right to left": "\u200f", "joiner of words": "\u2060", "soft hyphen": "\u00ad",
    "choice of shape": "\ufe0f", "choice of ideograph": "\U000e0100", "joiner": "\u200d",
    "filler": "\u3164",
}  # fmt: skip
BLANKS = {"full width": "\u3000", "no break": "\u00a0", "thin": "\u2009", "tab": "\t"}


def facts(understood):
    """What is read of the one ticket, but the words that are kept as they stand."""
    assert [error.sentence for error in understood.errors] == []
    (item,) = understood.items
    return item


def spread(sign):
    """The first row with a sign before, in and behind each of its texts."""

    def put(value):
        if not isinstance(value, str):
            return value
        return f"{sign}{value[:1]}{sign}{value[1:]}{sign}"

    return {
        heading: tuple(map(put, value)) if type(value) is tuple else put(value)
        for heading, value in FIRST.items()
        if heading != "序号"
    }


@pytest.mark.parametrize("sign", UNSEEN.values(), ids=UNSEEN)
def test_a_sign_nobody_sees_changes_no_cell(sign):
    assert facts(read(register(spread(sign)))) == facts(read(register()))


@pytest.mark.parametrize("sign", [*UNSEEN.values(), *BLANKS.values()], ids=[*UNSEEN, *BLANKS])
def test_a_heading_is_known_whatever_stands_in_it(sign):
    headings = {heading: f"{sign}{heading[:1]}{sign}{heading[1:]}{sign}" for heading in FIRST}
    below = {heading: f"{heading[:1]}{sign}{heading[1:]}" for heading in BELOW}

    assert facts(read(register(headings=headings, below=below))) == facts(read(register()))


@pytest.mark.parametrize("blank", BLANKS.values(), ids=BLANKS)
def test_a_blank_of_any_kind_is_one_plain_blank(blank):
    item = facts(read(register({"存在问题": f"污水{blank}直排", "责任单位": f"巴州区{blank}"})))

    assert item.problem == "污水 直排"
    assert item.primary_unit == facts(read(register())).primary_unit


def test_a_radical_copied_from_a_page_is_its_ideograph():
    item = facts(read(register({"存在问题": "⻓期⽔体发⿊，⻢路⻔前⻛险⾼"})))

    assert item.problem == "长期水体发黑，马路门前风险高"


def test_letters_of_rare_planes_and_the_width_of_signs_stay():
    problem = "㐀鼋滩𠮷村𫖯岭𰻝沟，ＰＨ值９．５：超标"

    assert facts(read(register({"存在问题": problem}))).problem == problem


@pytest.mark.parametrize(
    ("sign", "called"),
    [
        ("\u202e", "改变文字方向的控制字符（U+202E，在“某处生活污水”之后）"),
        ("\u2066", "改变文字方向的控制字符（U+2066，在“某处生活污水”之后）"),
        ("\ue000", "自造字（U+E000，在“某处生活污水”之后）"),
    ],
)
def test_what_turns_the_order_of_signs_is_an_error_at_its_cell(sign, called):
    understood = read(register({"存在问题": f"某处生活污水{sign}直排"}))

    (error,) = understood.errors
    assert (error.cell, error.heading) == ("F5", "存在问题")
    assert error.sentence == f"文字含有{called}，请删去后重新输入"


def test_in_a_heading_it_hides_no_column():
    headings = {"存在问题": "存在\u202e问题", GROUP: f"\u202d{GROUP}"}

    assert facts(read(register(headings=headings))) == facts(read(register()))
