"""Papers of a person's own words, addressed to whom a person chose, signed for by each."""

import pytest
from notice_steps import TODAY, do, draft, text_of
from pressed import noon, planned, press

from extensions import db, transaction
from issues.colour.facts_of import measures_of
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import Issue, Notice, Setting
from issues.notices import acts, drafting
from issues.notices.passing.course import course_of, tables_of
from issues.notices.passing.minutes import draft_minutes
from issues.notices.passing.recipients import receipts_of
from issues.notices.readiness import draft_now
from issues.notices.rights import load
from issues.notices.signing import frozen, redrawn
from issues.queries.notices.inbox import letters
from issues.vocabulary import NoticeAct, NoticeKind

BODY = "现将有关事项函告如下。\n一、基本情况\n请{核对}[台账]。\n1. 于本月内反馈"
LATER = noon("2025-12-09")


def written(people, form, issue=None, **words):
    with transaction():
        numbers = [issue.number] if issue else []
        notice = drafting.draft_by_hand(NoticeKind.N9, numbers, people.sun, TODAY, form)
    do("edit", notice, people.sun, {"subject": "报送台账", "body": BODY} | words)
    return notice


def set_words(**said):
    for key, value in said.items():
        row = db.session.get(Setting, key)
        if row is None:
            db.session.add(Setting(key=key, value=value))
        else:
            row.value = value


def document(notice, at=TODAY):
    return draft_now(notice, at, press().faces(), is_example=False)


@pytest.mark.postgresql
def test_each_unit_it_names_signs_for_it_and_no_other_sees_it(people):
    notice = written(people, "circular", recipients=["511902", "511903", "511900-STHJ"])
    do("sign", notice, people.zhou)

    notice = load(notice.id, people.sun)
    assert "".join(notice.facts["unit_name"].split()) == (
        "巴州区人民政府、恩阳区人民政府，巴中市生态环境局"
    )
    assert [one.state for one in letters(people.chen, TODAY.date()) if one.id == notice.id] == [
        "acknowledge"
    ]
    said = {"name": "陈某", "phone": "0827-1"}
    do("acknowledge", notice, people.chen, said)
    with pytest.raises(WrongStatus):
        do("acknowledge", notice, people.chen, said)
    do("acknowledge", load(notice.id, people.wu), people.wu, {"name": "吴某", "phone": "0827-2"})

    assert [one.id for one in letters(people.chen, TODAY.date()) if one.id == notice.id] == []
    told = [(one.unit.short_name, one.acknowledged_name) for one in receipts_of(notice)]
    assert [name for _unit, name in told if name] == ["陈某", "吴某"]
    assert len(told) == 3
    assert notice.acknowledged_at is None
    assert redrawn(notice, press().faces()) == frozen(notice, press())
    other = written(people, "letter", recipients=["511903"])
    do("sign", other, people.zhou)
    with pytest.raises(NotFound):
        load(other.id, people.chen)


def test_a_notice_to_several_is_answered_by_who_has_to_and_signed_for_by_all(people):
    issue = planned(people)
    notice = draft(people, issue)
    do("edit", notice, people.sun, {"recipients": ["511903"]})
    with pytest.raises(Incomplete) as wrong:
        do("sign", notice, people.zhou)
    assert "recipients" in wrong.value.errors

    do("edit", notice, people.sun, {"recipients": ["511902", "511903"]})
    do("sign", notice, people.zhou)
    notice = load(notice.id, people.wu)
    do("acknowledge", notice, people.wu, {"name": "吴某", "phone": "1"})
    assert notice.acknowledged_at is None
    assert acts.available(notice, people.wu) == []
    with pytest.raises(NotAllowed):
        do("reply", notice, people.wulead, {"text": "不归我答"})
    do("acknowledge", notice, people.chen, {"name": "陈某", "phone": "2"})
    assert load(notice.id, people.chen).acknowledged_name == "陈某"


def test_what_is_typed_is_printed_as_it_is_and_levels_are_numbered_anew(people):
    told = document(written(people, "letter", addressees="巴中市中级人民法院")).document

    assert told.recipients == "巴中市中级人民法院"
    assert [p.text for p in told.body][1:4] == [
        "一、基本情况",
        "请{核对}[台账]。",
        "1. 于本月内反馈。",
    ]
    assert told.title.endswith("关于报送台账的函")


@pytest.mark.parametrize(
    ("words", "owed"),
    [({}, True), ({"recipients": ["511903"]}, False), ({"addressees": "某法院"}, False)],
)
def test_an_answer_is_owed_by_the_unit_that_is_addressed_alone(people, words, owed):
    notice = written(people, "letter", planned(people), reply_due="2025-12-10", **words)
    do("sign", notice, people.zhou)
    notice = load(notice.id, people.sun)

    assert (notice.reply_due is not None) == owed
    assert "请于2025年12月10日前函复" in text_of(frozen(notice, press()))
    if owed:
        do("reply", load(notice.id, people.chenlead), people.chenlead, {"text": "现函复如下。"})


def test_an_empty_body_or_nobody_addressed_is_not_signed(people):
    notice = written(people, "letter", body="")

    with pytest.raises(Incomplete) as wrong:
        do("sign", notice, people.zhou)
    assert wrong.value.errors["body"] == ["请填写正文。"]
    assert any("主送机关" in said for said in wrong.value.errors["document"])


def test_an_annex_of_ones_own_is_listed_and_drawn(people):
    annex = {"title": "责任清单", "text": "说明一段。\n单位｜事项\n巴州区｜管网\n恩阳区｜垃圾"}
    notice = written(people, "circular", recipients=["511902"], annexes=[annex])
    told = document(notice).document

    assert told.attachment_titles == ("责任清单",)
    paragraph, table = told.attachments[0].blocks
    assert paragraph.text == "说明一段。"
    assert (table.heads, table.rows[1]) == (("单位", "事项"), ("恩阳区", "垃圾"))
    do("sign", notice, people.zhou)
    assert "附件：责任清单" in text_of(frozen(load(notice.id, people.sun), press()))


def test_a_joint_paper_waits_for_every_organ_and_names_who_agreed(people):
    with transaction():
        set_words(notice_partners=["巴中市水利局（市水利局）", "巴中市农业农村局"])
    joint = {"partners": "巴中市水利局\n巴中市农业农村局", "addressees": "巴中市人民政府"}
    notice = written(people, "request", **joint)
    ready = document(notice)
    assert ready.errors["partners"] == [
        "巴中市水利局尚未会签，不能签发。", "巴中市农业农村局尚未会签，不能签发。",
    ]  # fmt: skip

    said = {"step": "cosign", "organ": "巴中市水利局", "name": "何某", "on": "2025-11-25"}
    with pytest.raises(Incomplete):
        do("opine", notice, people.sun, said | {"agreed": "no"})
    do("opine", notice, people.sun, said | {"agreed": "no", "text": "请补充数据"})
    assert "会签不同意" in document(notice).errors["partners"][0]
    do("opine", notice, people.sun, said | {"agreed": "yes"})
    do(
        "opine",
        notice,
        people.sun,
        said | {"organ": "巴中市农业农村局", "name": "岳某", "agreed": "yes"},
    )
    assert "partners" not in document(notice).errors
    do("edit", notice, people.sun, {"body": f"{BODY}\n补充一段"})
    assert any("会签后草稿又有修改" in one for one in document(notice).doubts)

    do("sign", notice, people.zhou)
    facts = load(notice.id, people.sun).facts
    assert facts["signers"] == [people.zhou.display_name, "何某", "岳某"]
    assert "签发人" in text_of(frozen(notice, press()))


def test_an_organ_the_city_does_not_name_is_no_partner(people):
    notice = written(people, "circular", recipients=["511902"], partners="巴中市某局")

    assert "不在“设置”页" in document(notice).errors["partners"][0]


def test_the_sheet_tells_the_steps_that_are_on_record_and_no_other(people):
    notice = written(people, "letter", addressees="巴中市中级人民法院")
    said = {"step": "review", "name": "林某", "on": "2025-11-25", "agreed": "yes", "text": "可发。"}
    do("opine", notice, people.sun, said)
    course = course_of(notice, document(notice).document)

    cells = {row[0]: row[1] for table in tables_of(course)[1:] for row in table.rows}
    assert (cells["签发"], cells["会签"]) == ("", "")
    assert cells["核稿"] == "可发。　林某　2025年11月25日"
    assert cells["拟稿"].endswith("2025年11月25日")
    assert people.sun.display_name in cells["拟稿"]
    do("sign", notice, people.zhou)
    assert people.zhou.display_name in str(course_of(notice, document(notice).document).signed)


def summoned(people):
    issue = planned(people)
    notice = draft(people, issue, NoticeKind.N4)
    said = {
        "meeting_on": "2025-12-05", "meeting_place": "市政府三楼会议室",
        "meeting_host": "赵副市长", "meeting_attendees": ["区长"],
    }  # fmt: skip
    do("edit", notice, people.sun, said)
    do("sign", notice, people.zhao)
    return issue, notice


def test_minutes_come_from_the_summons_once_and_their_tasks_become_measures(people):
    issue, summons = summoned(people)
    with pytest.raises(WrongStatus), transaction():
        draft_minutes(summons, people.sun, TODAY)
    with transaction():
        minutes = draft_minutes(db.session.get(Notice, summons.id), people.sun, LATER)
    with pytest.raises(WrongStatus), transaction():
        draft_minutes(db.session.get(Notice, summons.id), people.sun, LATER)

    tasks = [
        {"text": "修复北段管网", "due": "2026-01-31"},
        {"text": "核定水量", "unit": "511900-STHJ", "due": "2026-02-28"},
    ]
    told = {"minutes_points": "会议听取了汇报。", "minutes_present": "赵副市长、区长",
            "minutes_tasks": tasks}  # fmt: skip
    do("edit", minutes, people.sun, told, at=LATER)
    ready = document(minutes, LATER)
    assert ready.faults == []
    assert ready.document.body[0].text.startswith(
        "2025年12月5日，赵副市长在市政府三楼会议室主持召开会议，就"
    )
    assert ready.document.people == (("出席", "赵副市长、区长"),)
    assert NoticeAct.ADD_MEASURES not in acts.available(minutes, people.sun)

    do("sign", minutes, people.zhou, at=LATER)
    minutes = load(minutes.id, people.sun)
    do("add_measures", minutes, people.sun, at=LATER)
    rows = measures_of(db.session.get(Issue, issue.id))
    assert [(row.text, row.unit.code) for row in rows][-2:] == [
        ("修复北段管网（会议纪要要求2026年1月31日前完成）", "511902"),
        ("核定水量（会议纪要要求2026年2月28日前完成）", "511900-STHJ"),
    ]  # fmt: skip
    with pytest.raises(WrongStatus):
        do("add_measures", minutes, people.sun, at=LATER)
