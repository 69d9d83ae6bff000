"""What a sentence adds to a deed, how often, which day, which number: proven, or not signed.

Each kind has a false sentence that is refused at its field and an honest twin that is signed.
"""

from datetime import date

import pytest
from notice_steps import draft, hold_round
from pressed import noon, press
from sqlalchemy import select

from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import Card, Exposure, Extension, Issue, Lookback, Notice, NoticeIssue, Objection
from issues.notices import acts, drafting
from issues.notices.kinds import claims
from issues.notices.kinds.claims import made_by
from issues.notices.readiness import draft_with
from issues.vocabulary import (
    Action,
    ExposureLevel,
    LookbackResult,
    NoticeAct,
    NoticeKind,
    NoticeStatus,
    Status,
)

TODAY = noon("2025-11-25")
OURS = "巴环委办督〔2025〕"


@pytest.fixture
def storied(people, make_issue):
    """Carded yellow twice, sent back once, given more time once and refused once, exposed, seen."""
    issue = make_issue(Status.FIRST_ACCEPTANCE)
    make_issue.act(Action.RETURN_ACCEPTANCE, issue, "liulead", code="1", reason="未改")
    for day in ("2025-11-05", "2025-11-12"):
        make_issue.act(
            Action.RAISE_CARD, issue, "sun", on=noon(day), colour="yellow", reason="拖延"
        )
        make_issue.act(Action.LIFT_CARD, issue, "zhou", on=noon(day), reason="已赶上")
    day = date.fromisoformat
    with transaction():
        fresh = db.session.get(Issue, issue.id)
        fresh.publicity_from, fresh.publicity_until = day("2025-11-03"), day("2025-11-17")
        more = {"issue_id": issue.id, "round": 1, "cause": "汛期", "progress": "六成",
                "old_deadline": day("2025-12-31"), "deadline": day("2026-03-31")}  # fmt: skip
        db.session.add_all([
            Extension(asked_on=day("2025-09-01"), state="granted", decided_on=day("2025-09-03"),
                      **more),
            Extension(asked_on=day("2025-10-01"), state="refused", decided_on=day("2025-10-09"),
                      **more),
            Exposure(issue_id=issue.id, level=ExposureLevel.MEDIA_PROVINCE, medium="省台",
                     reason="", on=day("2025-10-20"), recorded_at=TODAY),
            Lookback(issue_id=issue.id, planned_on=day("2025-10-30"), why="来源规定",
                     done_on=day("2025-10-30"), result=LookbackResult.PASS, at=TODAY),
        ])  # fmt: skip
        paper(fresh, 1, NoticeKind.N2, "2025-10-10", replied_at=noon("2025-10-15"))
        paper(fresh, 2, NoticeKind.N4, "2025-10-20", meeting="2025-10-28")
        paper(fresh, 3, NoticeKind.N2, "2025-10-21", NoticeStatus.VOID)
        hold_round(people, "2025-11-20")
    return fresh


def paper(issue, no, kind, on, status=NoticeStatus.SIGNED, meeting=None, **more):
    row = Notice(
        kind=kind, status=status, unit_id=issue.primary_unit_id, issue_id=issue.id, trigger="t",
        occurrence=str(no), title="督办", facts={"meeting": {"on": meeting}}, drafted_at=TODAY,
        number=f"{OURS}{no}号", signed_on=date.fromisoformat(on), sha256="0" * 64,
        acknowledged_at=noon(on), **more,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    db.session.add(NoticeIssue(notice_id=row.id, issue_id=issue.id))


TWINS = {
    "挂过黄牌": [("该事项已三次黄牌。", "该事项已两次黄牌。"), ("黄牌3次。", "黄牌2次。"),
                 ("2025年11月1日挂黄牌。", "2025年11月5日挂黄牌。")],
    "挂过红牌": [("该事项曾两次红牌。", "该事项未挂红牌。")],
    "督办次数": [("这是第四次督办。", "这是第二次督办。"), ("累计督办9次。", "累计督办1次。")],
    "验收退回": [("验收申请累计5次退回。", "验收申请累计1次退回。"),
                 ("你单位已于2025年6月1日被退回。", "你单位已于2025年11月25日被退回。")],
    "此前已印发文书": [("先后3次印发文书。", "先后2次印发文书。"),
                       ("此前已于2025年3月1日印发督办通知书。", "此前已于10月10日印发督办通知书。"),
                       ("曾印发提示函。", "曾印发督办通知书。")],
    "引用的文号": [(f"{OURS}12号已明确要求。", f"{OURS}1号已明确要求。"),
                   (f"“{OURS}3号”有要求。", f"“{OURS}1号”有要求。"),
                   ("见巴环委办督[2025]12号。", "见巴环委办督[2025]1号。"),
                   ("我办印发的〔2025〕12号。", "川环委办〔2025〕12号。"),
                   (f"依据《{OURS}12号》，抓紧整改。", f"依据《{OURS}1号》，抓紧整改。"),
                   ("《关于整改的通知[2025]12号》有要求。", "《关于整改的通知[2025]1号》有要求。"),
                   ("按我办2025年第99号督办通知要求落实。", "按我办2025年第1号督办通知要求落实。"),
                   ("见我办二〇二五年第９９号督办通知。", "按省厅2025年第99号通知落实。")],
    "初验未通过": [("2025年10月1日初验未通过。", "初验未通过。")],
    "现场核查未通过": [("现场核查不合格。", "如现场核查不合格，重新整改。")],
    "未报方案": [("你单位未报送整改方案。", "未报送整改方案的，挂黄牌。")],
    "未填报进展": [("一直没有填报进展。", "请及时填报进展。")],
    "未申请验收": [("你单位未申请验收。", "请说明未申请验收的原因。")],
    "经批准延期": [("已同意延期至2026年6月30日。", "已同意延期至2026年3月31日。"),
                   ("于2025年9月9日批准延期。", "于2025年9月3日批准延期。"),
                   ("经批准延期两次。", "经批准延期1次。")],
    "延期未获批准": [("2025年9月3日不同意延期。", "2025年10月9日不同意延期。")],
    "申请过延期": [("你单位已三次申请延期。", "你单位已两次申请延期。")],
    "已约谈": [("于2025年3月1日约谈你单位。", "于2025年10月28日约谈你单位。"),
               ("2025年3月1日，我办进行了约谈。", "2025年10月28日，我办进行了约谈。"),
               ("已约谈两次。", "已约谈1次。")],
    "已签收": [("你单位已于2025年10月1日签收。", "你单位已于2025年10月20日签收。")],
    "已答复": [("你单位已于2025年10月1日答复。", "你单位已于2025年10月15日答复。")],
    "回头看通过": [("10月1日“回头看”合格。", "10月30日“回头看”合格。")],
    "回头看未通过": [("经“回头看”不合格。", "认真做好“回头看”。")],
    "通报曝光": [("被中央媒体曝光。", "被省级媒体曝光。"), ("两次被曝光。", "被曝光1次。")],
    "公示期满": [("公示期已于2025年10月1日届满。", "公示期已满。")],
    "已调度": [("经10月20日调度，要求加快。", "经11月20日调度，要求加快。")],
    "已报方案": [("已于2025年1月1日报送整改方案。", "已报送整改方案。")],
    "通过验收": [("该事项已通过验收。", "力争年底前通过验收。")],
    "逾期天数": [("已逾期90天。", "逾期超过90天的，从严督办。")],
    "滞后幅度": [("滞后99个百分点。", "滞后超过99个百分点的，从严督办。")],
}  # fmt: skip
"""By the claim: a false sentence and its honest twin."""


def errors(notice, said):
    words = {"consequence": said}
    return draft_with(notice, words, TODAY, press().faces(), is_example=False).errors


def test_every_false_sentence_is_refused_and_its_honest_twin_stands(people, storied):
    notice = draft(people, storied, NoticeKind.N1)
    wrong = []
    for name, pairs in TWINS.items():
        for false, honest in pairs:
            if f"“{name}”没有依据：" not in "".join(errors(notice, false).get("consequence", [])):
                wrong.append(f"passes: {false}")
            if told := errors(notice, honest).get("consequence"):
                wrong.append(f"refused: {honest} {told}")
    assert wrong == []

    told = "".join(errors(notice, f"{OURS}3号有要求。")["consequence"])
    assert f"{OURS}3号已作废" in told
    honest = [pair[1] for pairs in TWINS.values() for pair in pairs]
    said = {"consequence": "".join(honest[::2]), "demands": [{"text": "".join(honest[1::2])}]}
    with transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.sun, said, press(), at=TODAY)
    assert db.session.get(Notice, notice.id).status is NoticeStatus.SIGNED


def test_a_number_of_another_ticket_is_not_this_ones(people, make_issue, storied):
    other = make_issue(Status.RECTIFYING)
    told = errors(draft(people, other, NoticeKind.N1), f"{OURS}1号已有要求。")["consequence"]
    assert f"{OURS}1号不是就{other.number}印发的文书" in told[0]


def test_without_the_table_the_false_ones_would_be_signed(people, storied, monkeypatch):
    """The control: it is the rows of deeds that refuse, nothing else on the way."""
    notice = draft(people, storied, NoticeKind.N1)
    said = TWINS["已约谈"][0][0]
    assert "已约谈" in "".join(errors(notice, said)["consequence"])
    monkeypatch.setattr(claims, "CLAIMS", claims.STATES)
    assert "consequence" not in errors(notice, said)


def publicised(issue, first, last):
    with transaction():
        fresh = db.session.get(Issue, issue.id)
        fresh.publicity_from, fresh.publicity_until = map(date.fromisoformat, (first, last))


def test_an_objection_in_the_time_of_publicity_is_not_kept_silent(people, make_issue):
    issue = make_issue(Status.PUBLICITY)
    notice = draft(people, issue, NoticeKind.N1)
    publicised(issue, "2025-11-15", "2025-12-01")
    assert "没有公示期满的记录" in "".join(errors(notice, "公示期满无异议。")["consequence"])
    with transaction():
        row = Objection(issue_id=issue.id, who="村民", text="仍有排放", on=date(2025, 11, 20))
        db.session.add(row)
    publicised(issue, "2025-11-01", "2025-11-21")
    told = "".join(errors(notice, "公示期满，无异议。")["consequence"])
    assert "收到过异议" in told
    assert "公示期满”没有依据" not in told


@pytest.mark.both
def test_a_bulletin_by_hand_tells_a_round_only_where_one_is_closed(people, make_issue):
    make_issue(Status.RECTIFYING)
    with transaction():
        notice = drafting.draft_by_hand(NoticeKind.N5, [], people.sun, TODAY)
    ready = draft_with(notice, {}, TODAY, press().faces(), is_example=False)
    assert "进行了调度" not in "".join(paragraph.text for paragraph in ready.document.body)
    with pytest.raises(Incomplete) as refused, transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, press(), at=TODAY)
    assert "“已调度”没有依据：没有已结束的调度。" in refused.value.errors["document"]

    with transaction():
        hold_round(people, "2025-11-20")
    with transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, press(), at=TODAY)
    assert db.session.get(Notice, notice.id).status is NoticeStatus.SIGNED


def test_a_watch_card_is_no_second_card(people, storied):
    """As the page counts them: what a lifted red card leaves is no new card."""
    notice = draft(people, storied, NoticeKind.N1)
    with transaction():
        row = db.session.scalars(select(Card).where(Card.issue_id == storied.id)).first()
        row.is_watch = True
    assert "挂黄牌的记录" in "".join(errors(notice, "黄牌2次。")["consequence"])
    assert "consequence" not in errors(notice, "黄牌1次。")


HONEST = """
逾期不改的，将被通报曝光。如再次退回，将按规定约谈。同一单位一季度内累计两次红牌的，予以约谈。
请于2025年12月5日前完成初验。确需延期的，应当在时限届满前申请，经批准后方可延期。未经批准不得延期。
拟于2025年12月5日约谈你单位主要负责同志。定于2025年12月5日约谈。12月5日约谈你单位。每月至少督办两次。
认真做好“回头看”，防止反弹。尚未约谈。该事项未挂红牌。没有被媒体曝光。防止再次触发督办情形。
公示期满无异议后，按程序销号。整改完成并经验收合格后，按程序销号。如已申请延期，请一并说明。
经批准延期的，按批准的时限执行。将视情升级为红牌督办。被约谈单位主要负责同志到会。
约谈后仍无进展的，移交问责线索。逾期超过30天的，挂红牌。按程序申请验收或经批准延期。
2026年1月底前完成整改并申请验收。对反复退回的，从严查处。凡两次黄牌未改的，升级为红牌。
力争年底前通过验收。是否已挂红牌，请核对。争取延期至2026年3月31日。完成2次排查并报送结果。
由分管负责同志牵头，一次性整改到位。严防被媒体曝光。第一次报告于12月5日前报送。
做好公示，公示期满后报我办。请于12月10日前报送整改方案。制定整改方案，报我办审核。
加快推进整改，确保验收合格。收到本文书后3日内签收。请逐项说明被退回的原因。
"""


def test_orders_warnings_and_denials_refuse_no_paper(people, make_issue):
    notice = draft(people, make_issue(Status.ASSIGNED), NoticeKind.N1)
    assert "consequence" not in errors(notice, HONEST)
    found = [(one.claim.name, one.said.words) for one in made_by(HONEST)]
    assert [one for one in found if one[0] != "已约谈"] == []
    assert clock.today() < date(2025, 12, 5), "a day to come is none that was"
