"""What tells of a person, by heading, by content and inside a text; and what only looks like it."""

import pytest

from issues.ground.secrecy.persons import SEALED, is_personal, kind_of, masked

NAMED = {
    "举报人张三反映，油烟扰民。": f"举报人{SEALED}反映，油烟扰民。",
    "举报人：王有理（电话13987654321）反映": f"举报人：{SEALED}（电话{SEALED}）反映",
    "村民李小红来信反映养殖场臭。": f"村民{SEALED}来信反映养殖场臭。",
    "张三丰投诉噪声": f"{SEALED}投诉噪声",
    "投诉人姓名：赵四": f"投诉人姓名：{SEALED}",
    "信访人刘德华": f"信访人{SEALED}",
    "身份证51190219800101123X": f"身份证{SEALED}",
    "联系电话１３９８７６５４３２１": f"联系电话{SEALED}",
    "座机0827-5265123": f"座机{SEALED}",
    "举报人家住东城街道38号，夜间噪声": f"举报人家住{SEALED}，夜间噪声",
}
NAMELESS = [
    "某小区楼下烧烤店油烟扰民。", "群众多次反映没有结果", "举报人反映，高新区某厂夜间排放",
    "举报人曾多次反映", "周边居民反映臭气", "高新区反映", "举报件编号D3SC202410280901",
    "X510000201708100012", "举报人于昨日反映", "师生投诉", "信访人数12人", "马鞍镇群众投诉",
    "拨打12345反映", "投诉人陈某某称", "举报人要求保密", "举报人对结果满意", "罚款13800138000.5元",
    "坐标106.7534567，31.8612345",
]  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_a_person_named_in_a_text_is_taken_out_and_nothing_else(text):
    assert masked(text) == NAMED[text]


@pytest.mark.parametrize("text", NAMELESS)
def test_a_text_that_names_nobody_stays_to_the_letter(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("举报人姓名", "name"), ("来信人", "name"), ("姓 名", "name"), ("联系人", "name"),
        ("投诉人电话", "phone"), ("手机号码", "phone"), ("反映人住址", "address"),
        ("地址", "address"), ("身份证号", "note"), ("微信号", "note"), ("单位联系电话", "note"),
        ("来电人姓名/电话", "phone"), ("企业地址", None), ("督办领导批示", None),
        ("信访人数", None), ("来信编号", None), ("举报时间", None), ("包片", None), ("备注2", None),
    ],
)  # fmt: skip
def test_a_column_is_classed_by_its_heading(heading, kind):
    assert kind_of(heading) == kind


@pytest.mark.parametrize(
    ("heading", "text", "personal"),
    [
        ("备注2", "回拨13987654321", True), ("其他", "登科街道三社村2组", True),
        ("其他", "东城小区3栋2单元", True), ("点位说明", "登科村2组", False),
        ("督办领导批示", "已阅", False), ("来信内容", "张三反映噪声", True),
    ],
)  # fmt: skip
def test_a_cell_of_no_field_is_classed_by_what_stands_in_it(heading, text, personal):
    assert is_personal(heading, text) is personal


def test_a_long_hostile_text_takes_no_time():
    for sign in ("举报人", "1", "举报人家住", "村", "（", "3栋"):
        text = sign * (32_000 // len(sign))
        masked(text)
        is_personal("其他", text)
