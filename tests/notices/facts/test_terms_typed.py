"""A day by which a ticket is to be done, typed into a paper: one that a record of it holds."""

import pytest
from claim_proofs import TODAY
from notice_facts import issue, red_card
from pressed import press

from extensions import db, transaction
from issues.ground.refusals import Incomplete
from issues.models import Issue, Notice
from issues.notices import acts, drafting, kinds
from issues.notices.kinds.claims import made_by, planned
from issues.notices.kinds.proving import claims_of, unproven
from issues.vocabulary import NoticeAct, NoticeKind, Status

PAST = {"granted": [{"on": "2025-09-20", "until": "2025-10-31"}], "first_deadline": "2025-08-31"}
TICKET = issue(past=PAST)
"""Done by 2025-10-31 (before: 2025-08-31); its measures by 2025-06-30 and 2025-10-31."""
FALSE = """
    整改时限为2025年12月31日 整改期限是2025年12月31日 整改时限：2025年12月31日
    完成时限为2025年11月30日 期限为2025年12月31日 时限至2025年12月31日 整改期限截至2025年12月31日
    整改截止日期为2025年12月31日 应于2025年12月31日前完成整改 应当在2025年12月31日前完成整改
    该事项应于12月31日完成整改 该问题应于2025年12月底前整改到位 限2025年12月31日前完成整改
    限期2025年12月31日前整改到位 延期至2025年12月31日 整改时限延至2025年12月31日
    该事项延期至2025年12月31日 时限延长到2025年12月31日 请在整改时限2025年12月31日前完成整改
    确保在整改期限2025年12月31日内完成 整改时限为二〇二五年十二月三十一日 整改时限为2025-12-31
    整改时限为2025年10月30日 你单位应于2025年9月30日前完成整改
"""
HONEST = """
    整改时限为2025年10月31日 整改期限是2025年10月31日 整改时限：2025年10月31日
    完成时限为2025年10月31日 整改时限为2025年10月底 期限为2025年10月31日
    整改时限原为2025年8月31日 应于2025年10月31日前完成整改 应当在2025年10月底前完成整改
    该事项应于10月31日完成整改 措施时限为2025年6月30日 延期至2025年10月31日
    整改时限延至2025年10月31日 请在整改时限2025年10月31日前完成整改
    整改时限为二〇二五年十月三十一日 整改时限为2025-10-31 请于2025年12月20日前完成整改
    请于2025年12月20日前报送书面报告 答复期限为2025年12月5日 反馈时限为2025年12月5日
    签收时限为2025年12月1日 拟延期至2026年3月31日 申请延期至2026年3月31日的，按程序报批
    不同意延期至2026年3月31日 公示期限至2025年12月10日 应于2025年12月5日前报送方案
    如需延期至2026年3月31日，请按程序申请 争取延期至2026年3月31日 整改时限不变
    请按整改时限完成整改
"""


def refused(said):
    facts = red_card(
        kind="N1",
        number=None,
        issues=[TICKET],
        demands=[{"text": f"{said}。"}],
        rounds=[],
        cited={},
    )
    found = claims_of(facts, kinds.template_of(facts), kinds.template_name(facts))
    told = "".join(unproven(found, facts).get("demands.0.text", ()))
    return told if "“整改时限”没有依据" in told or "延期" in told else ""


def test_a_day_of_no_record_is_refused_and_a_recorded_or_another_day_stands():
    missed = [said for said in FALSE.split() if not refused(said)]
    alarms = [(said, refused(said)) for said in HONEST.split() if refused(said)]

    assert (missed, alarms) == ([], [])
    told = refused("整改时限为2025年12月31日")
    assert "登记的时限为2025年6月30日、2025年8月31日、2025年10月31日" in told
    assert "与所写“整改时限为2025年12月31日”不符" in told


def test_the_days_are_those_of_its_own_row(monkeypatch):
    """The control: without the row, nothing else refuses the day."""
    monkeypatch.setattr(kinds.claims, "CLAIMS", ())
    assert [said for said in FALSE.split() if refused(said)] == []
    assert "整改时限" in [claim.name for claim in planned.PLANNED]


@pytest.mark.both
def test_a_wrong_day_typed_is_refused_at_its_field_with_the_day_of_the_record(people, make_issue):
    ticket = make_issue(Status.RECTIFYING)
    day = ticket.deadline
    with transaction():
        fresh = [db.session.get(Issue, ticket.id)]
        notice = drafting.draft(NoticeKind.N1, fresh, "by_hand", "x", people.sun, TODAY)
    wrong = {"demands": [{"text": "整改时限为2099年1月1日。"}]}
    with pytest.raises(Incomplete) as refused_, transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.sun, wrong, press(), at=TODAY)
    told = "".join(refused_.value.errors["demands.0.text"])
    assert "“整改时限”没有依据" in told
    assert f"{day.year}年{day.month}月{day.day}日" in told
    db.session.rollback()

    right = {"demands": [{"text": f"整改时限为{day.year}年{day.month}月{day.day}日。"}]}
    with transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.sun, right, press(), at=TODAY)
    assert "整改时限" in [made.claim.name for made in made_by(right["demands"][0]["text"])]
    assert db.session.get(Notice, notice.id).number
