"""The words of a notice: a text with named fields, checked at its line, kept by version."""

import pytest
from notice_facts import issue, red_card
from pressed import noon, planned, press

from extensions import db, transaction
from issues import audit
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, Stale
from issues.models import Event, NoticeTemplate
from issues.notices import acts, drafting, kinds
from issues.notices.checks import check
from issues.notices.facts import templates
from issues.notices.kinds import TEMPLATES, shipped
from issues.notices.kinds.checking import template_faults
from issues.notices.kinds.sample import sample
from issues.notices.readiness import draft_now
from issues.notices.rights import load
from issues.notices.signing import frozen, redrawn
from issues.vocabulary import NoticeAct, NoticeKind

TODAY = noon("2025-11-25")
PLAIN = "标题：关于{事项}的函\n\n正文：\n根据{依据}，函告如下。\n"


def told(text, faces):
    return [str(fault) for fault in template_faults(text, faces)]


def saved(people, text, reason="试改", base=0, by="sun", name="N3"):
    with transaction():
        faces = press().faces()
        return templates.save(name, text, reason, base, people[by], TODAY, faces)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_shipped_template_is_sound_and_makes_a_sound_example(faces, name):
    assert told(shipped(name), faces) == []

    document = kinds.compose(sample(name, shipped(name)))
    assert check(document, faces) == []
    assert document.form == TEMPLATES[name].form
    assert "{" not in "".join(paragraph.text for paragraph in document.body)


def test_every_kind_of_notice_has_a_template():
    assert {template.kind for template in TEMPLATES.values()} == set(NoticeKind)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (PLAIN.replace("{依据}", "{依剧}"), 4, "没有“依剧”这个字段，可用的有："),
        (PLAIN.replace("{事项}", "{查明的情况}"), 1, "不能用在这里"),
        (PLAIN + "此前：{查明的情况}\n", 5, "应单独占一行"),
        (PLAIN + "附：{事项清单}\n", 5, "附表"),
        (PLAIN + "根据{依据\n", 5, "没有成对"),
        (PLAIN + "根据依据}\n", 5, "没有成对"),
        (PLAIN + "[根据{依据}\n", 5, "没有对应的“]”"),
        (PLAIN + "根据{依据}]\n", 5, "多了一个“]”"),
        (PLAIN.replace("标题：", "题目："), 1, "应以“标题：”"),
        (f"附件：清单\n{PLAIN}", 1, "附件写作"),
        (f"附件：清单【{{依据}}】\n{PLAIN}", 1, "“依据”不能用在这里"),
        (f"要求：尽快【{{依据}}】\n{PLAIN}", 1, "“依据”不能用在这里"),
        (f"后果：\n{PLAIN}", 1, "后面没有内容"),
        (PLAIN.replace("标题：", "标题：另一个\n标题："), 2, "只能有一行"),
        ("正文：\n文字\n", 1, "缺少“标题：”一行"),
        ("标题：文字\n", 1, "缺少“正文：”及其内容"),
        (PLAIN + "依\x07据\n", 5, "控制字符（U+0007）"),
        (PLAIN + "依\U0001f600据\n", 5, "没有可用字形"),
        ("字" * 20_001, 1, "最多20000字"),
    ],
)
def test_a_fault_is_told_at_its_line(faces, text, line, said):
    found = told(text, faces)

    assert any(one.startswith(f"第{line}行：") and said in one for one in found), found


def test_a_bracket_falls_away_with_its_empty_fact_and_numbers_close_up():
    text = (
        "标题：关于{事项}的函\n正文：\n一、甲\n[1. 请于{签收时限}前签收。]\n"
        "[2. 请于{反馈时限}前反馈[，由{反馈签字人}签字]。]\n二、乙\n[{移交的线索}]\n三、丙\n照办。"
    )
    facts = red_card(template=text, sign_due=None, reply_by="")

    assert [paragraph.text for paragraph in kinds.compose(facts).body] == [
        "一、甲", "1. 请于2025年11月28日前反馈。", "二、丙", "照办。",
    ]  # fmt: skip


def test_what_a_fact_holds_is_never_read_as_a_field():
    facts = red_card(template=PLAIN, basis=["《{事项}[办法]》{{7*7}}"])

    assert kinds.compose(facts).body[0].text == "根据《{事项}[办法]》{{7*7}}，函告如下。"


def test_an_empty_fact_outside_a_bracket_is_a_fault_at_its_line():
    facts = red_card(template=PLAIN + "理由是{理由}\n", issues=[issue()])

    assert kinds.empty_fields(facts) == [
        "模板第5行的“理由”没有内容，请补充事实，或在模板中用[ ]括起。"
    ]


@pytest.mark.both
def test_a_saved_template_is_used_from_then_on_and_frozen_with_what_was_signed(people):
    ticket = planned(people)
    with transaction():
        notice = drafting.draft_by_hand(NoticeKind.N3, [ticket.number], people.sun, TODAY)
    changed = shipped("N3").replace("现予以红牌督办", "现给予红牌督办")
    saved(people, changed)
    with transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, press(), at=TODAY)
    signed = load(notice.id, people.sun)
    original = frozen(signed, press())

    saved(people, changed.replace("现给予红牌督办", "再次改动"), base=1)

    assert templates.in_force("N3")[0] == 2
    assert "现给予红牌督办" in kinds.compose(signed.facts).body[0].text
    assert redrawn(signed, press().faces()) == original
    assert list(audit.faults("x")) == []


@pytest.mark.both
def test_a_version_keeps_who_when_and_why(people):
    row = saved(people, shipped("N3") + "另：请抓紧。\n", "补充一句")

    kept = db.session.get(NoticeTemplate, row.id)
    assert (kept.number, kept.reason, kept.saved_by.id) == (1, "补充一句", people.sun.id)
    event = db.session.query(Event).filter_by(subject="notice_template").one()
    assert event.detail == {"template": "督办通知书（红牌）", "number": 1}


def test_two_clerks_do_not_overwrite_each_other(people):
    saved(people, shipped("N3") + "甲。\n")

    with pytest.raises(Stale):
        saved(people, shipped("N3") + "乙。\n", base=0)
    assert templates.in_force("N3")[0] == 1


def test_what_cannot_be_used_is_not_kept(people):
    for text, reason, field in (
        (shipped("N3") + "{没有}\n", "试", "text"),
        (shipped("N3"), "试", "text"),
        (shipped("N3") + "甲。\n", " ", "reason"),
        (shipped("N3") + "甲。\n", "长" * 501, "reason"),
    ):
        with pytest.raises(Incomplete) as refused:
            saved(people, text, reason)
        assert field in refused.value.errors
    for name in ("zhou", "lin", "chen", "zhao", "sysadmin"):
        with pytest.raises(NotAllowed):
            saved(people, shipped("N3") + "甲。\n", by=name)
    with pytest.raises(NotFound):
        saved(people, PLAIN, name="N9")
    assert templates.in_force("N3")[0] == 0


def test_a_draft_whose_template_wants_a_fact_is_not_signed(people):
    ticket = planned(people)
    saved(people, shipped("N3") + "理由是{理由}\n")
    with transaction():
        notice = drafting.draft_by_hand(NoticeKind.N3, [ticket.number], people.sun, TODAY)

    ready = draft_now(notice, TODAY, press().faces(), is_example=False)
    assert any("“理由”没有内容" in fault for fault in ready.faults)
    with pytest.raises(Incomplete), transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, press(), at=TODAY)
