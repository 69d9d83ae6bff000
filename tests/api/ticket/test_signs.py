"""Signs nobody sees, in a call: gone where the text comes in; what turns the order is refused."""

import pytest
from drafts import DRAFT

UNSEEN = ("\u200b", "\ufeff", "\u200e", "\u00ad", "\ufe0f", "\U000e0100", "\u2060", "\u200d")
TURNING = ("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", *map(chr, range(0x2066, 0x206A)))


@pytest.mark.by_turns
@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_a_ticket_with_signs_nobody_sees_comes_to_a_signed_notice(api, sign):
    said = {
        name: f"{sign}{value[:2]}{sign}{value[2:]}{sign}" if isinstance(value, str) else value
        for name, value in DRAFT.items()
    }
    number = api.sun.post("/issues", said, 201)["number"]

    ticket = api.sun.get(f"/issues/{number}")
    assert {name: ticket[name] for name in ("title", "problem", "region", "goal")} == {
        name: DRAFT[name] for name in ("title", "problem", "region", "goal")
    }
    api.sun.act(number, "assign")
    api.sun.act(number, "raise_card", {"colour": "red", "reason": f"进展{sign}迟缓"})
    notice = api.sun.post("/notices", {"kind": "N3", "issues": [number]}, 201)["id"]
    assert api.zhou.post(f"/notices/{notice}/actions/sign")["status"] == "signed"


@pytest.mark.parametrize("sign", TURNING, ids=ascii)
@pytest.mark.parametrize("name", ["title", "problem", "goal"])
def test_a_sign_that_turns_the_order_is_refused_at_its_field(api, name, sign):
    refused = api.sun.post("/issues", DRAFT | {name: f"某镇{sign}污水直排"}, 422)

    (said,) = refused["errors"][name]
    assert f"含有改变文字方向的控制字符（U+{ord(sign):04X}，在“某镇”之后）" in said


def test_a_list_in_a_call_is_read_the_same_way(api):
    number = api.sun.post("/issues", DRAFT | {"types": ["水\u200b"]}, 201)["number"]

    assert api.sun.get(f"/issues/{number}")["types"] == ["水"]


def test_a_name_of_a_field_is_known_all_the_same(api):
    said = {f"{name}\u200b": value for name, value in DRAFT.items()}

    assert api.sun.post("/issues", said, 201)["title"] == DRAFT["title"]
