"""The grammar of claims: one truth said in many ways, and what only sounds like it.

Facts are written here, not gathered: what the rows give is tested in `test_claims` and
`test_sentences`. Each false sentence stands on a ticket of which nothing was done; its honest twin
on one of which all of it was.
"""

import pytest
from notice_facts import issue, red_card

from issues.notices import kinds
from issues.notices.kinds import board, claims
from issues.notices.kinds.claims import CLAIMS, STEPS
from issues.notices.kinds.proving import claims_of, unproven

TODAY = "2025-11-25"
LAG = {"rule": "Y2", "label": "滞后", "since": "2025-11-10", "remedy": "",
       "because": "措施1完成12/60个，滞后20个百分点"}  # fmt: skip
LATE = {"rule": "Y3", "label": "措施逾期", "since": "2025-11-10", "remedy": "", "because": ""}
LISTS = (
    "assigned", "planned", "asked", "granted", "refused", "exposures", "objections", "visits",
    "notices", "signed_for", "answered", "summoned", "reported", "claims", "returns", "cards",
    "lifts",
)  # fmt: skip
NOTHING = {name: [] for name in LISTS}


def on(day, **more):
    return {"on": day, **more}


DONE = NOTHING | {
    "claimed_on": "2025-09-01", "first_passed_on": "2025-09-05", "checked_on": "2025-09-08",
    "approved_on": "2025-09-15", "publicised_on": "2025-09-16", "publicity_ended_on": "2025-09-30",
    "closed_on": "2025-10-10", "claims": [on("2025-08-01"), on("2025-09-01")],
    "returns": [on("2025-08-03", what="first"), on("2025-08-05", what="check")],
    "granted": [on("2025-07-01", until="2026-03-01")], "asked": [on("2025-06-20")],
    "planned": [on("2025-05-01")], "reported": [on("2025-06-01")],
    "notices": [on("2025-06-02", what="N1"), on("2025-06-20", what="N1")],
}  # fmt: skip
CARD = on("2025-10-26", label="黄牌", reason="滞后")
RED = on("2025-10-26", label="红牌", reason="久拖")
DEMANDS = "demands.0.text"


def ticket(**changes):
    """Yellow by a rule, without a card, nothing done."""
    return issue(reasons=[LAG], card=None, earlier_notices=[], past=NOTHING, **changes)


def done(**changes):
    found = ticket(deadline="2025-10-16") | {"past": DONE} | changes
    return found | {"reasons": [*found["reasons"], LATE]}


def refused(said, *tickets, kind="N1", **more):
    """What is wrong with a demand on the paper."""
    facts = red_card(
        kind=kind, number=None, issues=list(tickets), demands=[{"text": said}], rounds=[],
        cited={}, **more,
    )  # fmt: skip
    found = claims_of(facts, kinds.template_of(facts), kinds.template_name(facts))
    return "".join(unproven(found, facts).get(DEMANDS, ()))


FALSE = {
    "已申请验收": "该问题已经申请验收 你单位已经提交验收申请 验收申请已经提交 "
                  "于2025年10月1日申请验收",
    "销号": "该问题已经销号完毕 该问题于2025年10月1日销号 该事项2025年10月11日销号 该问题已销号 "
            "该事项于二〇二五年十月一日销号 该事项是2025年10月1日销号的 已完成销号 "
            "同意该问题销号",
    "整改完成": "已经完成整改 整改任务已经全部完成 完成了整改",
    "通过验收": "该事项验收已通过 验收合格 该事项经验收合格 验收结论为合格 "
                "已经通过验收 验收工作顺利通过 "
                "2025年10月1日通过验收",
    "现场核查": "现场核查合格 经现场核查合格 现场核查已经通过",
    "现场核查未通过": "现场核查不合格 经现场核查未通过",
    "初验": "初验合格 已经通过初验 初验已经通过",
    "初验未通过": "初验未通过 初步验收不合格",
    "验收退回": "验收未通过 验收申请已被退回 验收不合格",
    "挂过红牌": "该事项亮红牌 该问题挂上红牌",
    "经批准延期": "延期至2026年3月2日已获批准 该事项获准延期至2026年3月2日 "
                  "该事项已获准延期至2026年3月2日 "
                  "延期获批，新时限为2026年3月2日 整改时限变更为2026年3月2日 "
                  "时限调整为2026年3月2日 "
                  "时限已经延长至二〇二六年三月二日 延期申请已经批准，期限改为2026年3月２日",
    "显示红色": "该事项为红色 处于红色 已转红 已转入红色 已进入红色 已经转为红色 被列为红色 "
                "2025年11月1日转红",
    "显示绿色": "该事项为绿色 已转绿",
    "现挂红牌": "该事项为红牌事项 处于红牌督办期 红牌至今未摘",
    "现挂黄牌": "处于黄牌督办期 该事项列入黄牌督办名单",
    "挂牌天数": "黄牌督办已满30天 已挂黄牌十天 红牌督办已经超过两个月 挂牌督办已达60天",
    "逾期天数": "逾期四十一天仍未完成 已逾期四十余天 已经逾期两个月 逾期４１天",
    "滞后幅度": "滞后序时进度80个百分点 落后序时进度八十个百分点 进度滞后80%",
    "完成比例": "该问题整改完成率99% 整改完成率百分之九十 整改进度已达90％ 已经完成整改任务的90%",
    "未报方案": "你单位未报送整改方案 仍未报整改方案 整改方案至今未报送 一直没有制定整改方案",
    "未填报进展": "一直没有填报进展 至今未报送整改进展 进展一直未填报",
    "未申请验收": "你单位至今未申请验收 从未提交验收申请",
    "未批准延期": "并未同意延期 我办没有批准延期",
    "虚假整改或反弹": "该问题反弹 你单位弄虚作假 问题反弹严重 已经反弹 涉嫌弄虚作假",
    "立案处罚": "已立案查处并罚款20万元 对企业罚款二十万元 企业已被处罚 公安机关已经立案",
    "问责处理": "已对3名责任人问责 有关责任人已被处分 问责责任人3名",
    "移交处理": "已移交纪检监察机关 问题线索已经移送 已经移送公安机关",
    "此前已印发文书": "此前我办已发提示函三份 我办已经下发三份提示函 2025年以来已发出督办通知",
    "已挂牌督办": "该事项已实行挂牌督办 已被列入挂牌督办",
}  # fmt: skip
"""By the claim. Where the twin ticket proves it with another day or figure, that one is wrong."""
DENIED = {"未报方案", "未填报进展", "未申请验收", "未批准延期"}
HONEST = {
    "已申请验收": "于2025年9月1日申请验收 该问题已经申请验收 验收申请已经提交",
    "销号": "该问题已经销号完毕 该事项2025年10月10日销号 该事项于二〇二五年十月十日销号 "
            "同意该问题销号",
    "整改完成": "已经完成整改 完成了整改",
    "通过验收": "该事项验收已通过 验收合格 2025年9月15日通过验收",
    "现场核查": "现场核查合格 2025年9月8日，经现场核查合格", "现场核查未通过": "现场核查不合格",
    "初验": "初验合格 已经通过初验", "初验未通过": "2025年8月3日初验未通过 初验未通过",
    "验收退回": "验收未通过 验收申请已被退回",
    "经批准延期": "该事项获准延期至2026年3月1日 整改时限变更为2026年3月1日 "
                  "延期获批，新时限为2026年3月1日 时限已经延长至二〇二六年三月一日",
    "逾期天数": "逾期四十天仍未完成 已经逾期一个月 逾期４０天 已逾期三十余天",
    "完成比例": "该问题整改完成率100% 整改完成率百分之百",
    "此前已印发文书": "此前我办已发提示函两份 我办已经下发两份提示函",
    "滞后幅度": "滞后序时进度20个百分点 进度滞后二十个百分点",
    "显示黄色": "该事项为黄色 2025年11月10日转黄 已经转入黄色",
}  # fmt: skip
CARDED = {
    "现挂黄牌": "该事项为黄牌事项 处于黄牌督办期", "挂牌天数": "黄牌督办已满30天 已挂黄牌三十天 "
    "黄牌督办已经超过二十天",
}  # fmt: skip
NO_CLAIM = """
请于2025年12月20日前申请验收。请于12月20日前申请验收。请于2025年12月20日前提交验收申请。
请于2025年11月20日提交验收申请。请于2025年12月5日前约谈有关责任人。12月1日前对相关企业开展约谈。
12月10日前进行约谈。逾期不报将被约谈。逾期将被通报曝光。逾期将被通报。仍不整改的将受到通报。
整改完成后，经验收合格方可销号。经验收合格，方可销号。未经验收合格不得销号。并未同意延期。
请于十二月二十日前申请验收。请于2025年12月20日之前完成初验。确保验收合格。待验收合格后销号。
以验收合格为准。请按验收合格标准整改。直至现场核查合格。如现场核查不合格，重新整改。
验收不合格的，退回重办。力争12月底前销号。申请销号时一并报送。请于12月20日前销号。销号前不得停工。
尚未销号。不予销号。确需调整时限的，依规申请。不得擅自将时限调整为明年。未获准延期。
防止问题反弹。严防虚假整改、敷衍整改和整改反弹。严禁弄虚作假。弄虚作假的，从严追责。
弄虚作假将严肃追责。弄虚作假一律追责。对弄虚作假行为严肃查处。避免转为红色。防止已整改问题反弹。
否则将转为红色。将列为红牌事项。红牌督办满60天的，挂牌督办。黄牌督办后3日内报告。
逾期超过30天的，从严督办。滞后超过30个百分点的，挂红牌。确保整改完成率100%。完成率须达到100%。
依法立案查处违法行为。对违法行为依法处罚。已立案查处的，附处罚决定书。是否已立案，请说明。
将移交纪检监察机关。逾期将被问责。未报送整改方案的，挂黄牌。如未填报进展，请说明原因。
对弄虚作假、敷衍整改的严肃问责。请报送已被问责人员名单。推动企业转为绿色发展。请抓紧转为绿色。建议对该问题挂红牌。将对该事项挂红牌。延期须经批准。
请说明未申请验收的原因。对列入红色的事项逐项研究。可能会被通报。
"""


def cases(table):
    return [(name, said) for name, of in table.items() for said in of.split()]


@pytest.mark.parametrize(("name", "said"), cases(FALSE))
def test_a_false_sentence_in_any_wording_is_refused(name, said):
    at = done() if name in DENIED else ticket()
    assert f"“{name}”没有依据：" in refused(f"{said}。", at)


@pytest.mark.parametrize(("name", "said"), cases(HONEST))
def test_its_honest_twin_stands(name, said):
    at = done()
    assert refused(f"{said}。", at) == ""


@pytest.mark.parametrize(("name", "said"), cases(CARDED))
def test_a_card_that_stands_is_said_with_its_days(name, said):
    standing = ticket() | {"card": CARD, "past": NOTHING | {"cards": [CARD | {"card": "黄牌"}]}}
    assert refused(f"{said}。", standing) == ""
    assert f"“{name}”" in refused(f"{said}。", ticket())
    late = CARD | {"on": "2025-11-20"}
    assert name != "挂牌天数" or f"“{name}”" in refused(f"{said}。", ticket() | {"card": late})


@pytest.mark.parametrize("said", [said for line in NO_CLAIM.split() for said in line.split("。")])
def test_an_order_a_condition_or_a_threat_refuses_no_paper(said):
    assert refused(f"{said}。", ticket()) == ""


def test_each_wording_is_refused_by_its_row_alone(monkeypatch):
    """The control: without the rows, nothing else on the way refuses."""
    monkeypatch.setattr(claims, "CLAIMS", ())
    for name, said in cases(FALSE):
        assert f"“{name}”" not in refused(f"{said}。", ticket())


@pytest.mark.parametrize(
    "said", ["未报送整改方案", "一直没有填报进展", "至今未申请验收", "并未同意延期"]
)
def test_what_was_not_done_is_said_where_no_record_is(said):
    assert refused(f"{said}。", ticket()) == ""


def test_the_day_of_more_time_stays_with_more_time():
    told = refused("该事项已挂黄牌并获准延期至2026年3月1日。", ticket())
    assert "没有挂黄牌的记录" in told
    assert "没有延期至2026年3月1日批准延期的记录" in told


STEPS_SAID = [
    ("逾期将按规定予以黄牌督办", CARD, "再予黄牌"), ("逾期将按规定予以黄牌督办", RED, "再予黄牌"),
    ("逾期将升级为红牌督办", RED, "再予红牌"), ("逾期将升级为红牌督办", CARD, ""),
    ("逾期将按规定予以黄牌督办", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("said", "card", "name"), STEPS_SAID)
def test_a_threat_is_the_step_after_the_card_that_stands(said, card, name):
    told = refused(f"{said}。", ticket() | {"card": card})
    assert (f"“{name}”" in told) if name else told == ""


@pytest.mark.parametrize(
    ("kind", "card", "step"),
    [("N1", None, "予以黄牌督办"), ("N1", CARD, "升级为红牌督办"),
     ("N1", RED, "提请约谈、挂牌督办"),
     ("N2", CARD, "升级为红牌督办"), ("N2", RED, "提请约谈、挂牌督办"),
     ("N0", None, "列入黄牌情形予以督办")],
)  # fmt: skip
def test_the_shipped_threat_fits_the_card(kind, card, step):
    facts = red_card(kind=kind, issues=[ticket() | {"card": card}])
    assert f"将按规定{step}" in "".join(p.text for p in kinds.compose(facts).body)


BOARD = {
    "on": TODAY, "red": 19, "yellow": 15, "green": 60, "closed": 40, "total": 134,
    "groups": [
        {"name": "恩阳区人民政府", "red": 3, "yellow": 2, "green": 40, "closed": 22},
        {"name": "巴州区人民政府", "red": 16, "yellow": 13, "green": 20, "closed": 18},
    ],
    "earlier": [{"on": "2025-10-25", "red": 14, "yellow": 16, "green": 62, "closed": 30}],
    "listed": [], "named": [], "red_cards": 9, "yellow_cards": 2,
}  # fmt: skip
COUNTED = [
    ("全市红牌8项，黄牌2项。", "全市红牌9项，黄牌2项。"),
    ("全市红牌九项，黄牌1项。", "全市红牌九项，黄牌两项。"),
    ("本期没有红色、黄色事项。", "恩阳区没有红牌督办情形。"),
    ("本期无红色事项。", "本期红色、黄色事项共34项。"),
    ("恩阳区红色9项，已连续三期排名末位。", "恩阳区红色3项，黄色2项。"),
    ("恩阳区红色３项，巴州区15项红色。", "恩阳区红色３项，巴州区16项红色。"),
    ("全市红黄牌共34项。", "全市红黄牌共11项。"),
    ("本期红色、黄色事项共33项。", "本期红色和黄色事项三十四项，合计34项。"),
    ("恩阳红色4项。", "恩阳红色3项、黄色2项，合计5项。"),
    ("恩阳区和巴州区红色共18项。", "恩阳区和巴州区红色共19项。"),
    ("已销号41项，绿色60项。", "已销号40项，绿色60项。"),
    ("清单问题共130项。", "清单问题共134项。"),
    ("红色较上期增加4项。", "红色较上期增加5项，黄色减少1项。"),
    ("恩阳区红牌1项。", "红色事项责任单位要在3日内报告。"),
    ("南江县红色9项。", "红色事项每月至少销号2项。"),
    ("南江县红色19项。", "红色事项3项以上的单位，从严督办。"),
    ("合计135项。", "力争12月底前红色减少5项。"),
    ("巴州区连续3个月末位。", "黄色事项责任单位要查明原因，防止转为红色。"),
    ("9项红牌，3项黄牌。", "9项红牌，2项黄牌。"),
    ("排名全市倒数第一。", "确保红色事项不超过3项。"),
]
"""A count that the board does not tell, and one that it does or that is none."""


@pytest.mark.parametrize(("false", "honest"), COUNTED)
def test_a_count_typed_into_a_bulletin_is_the_boards(false, honest):
    said = {"kind": "N5", "bulletin": BOARD}
    assert "没有依据：" in refused(false, **said)
    assert refused(honest, **said) == ""


def test_what_the_board_says_itself_is_not_refused():
    for said in board.pressing_told({"bulletin": BOARD}), board.pressing_told({"bulletin": EMPTY}):
        of = EMPTY if "没有" in said[0] else BOARD
        assert refused(said[0], kind="N5", bulletin=of) == ""


def test_the_shipped_bulletin_prints_its_own_counts():
    said = {"kind": "N5", "bulletin": BOARD, "rounds": [TODAY], "issues": []}
    text = "".join(p.text for p in kinds.compose(red_card(**said)).body)
    assert "共134项，其中红色19项，黄色15项，绿色60项，已销号40项。" in text


EMPTY = BOARD | {"red": 0, "yellow": 0}


@pytest.mark.parametrize(
    ("part", "said"),
    [(part, said) for part in ("place", "host", "attendees", "time")
     for said in ("另行通知", "待定", "另告", "见通知", "未定", "时间另行 通知", "待通知",
                  "暂定三楼", "另行电话告知", "以会议通知为准", "？", "无")],
)  # fmt: skip
def test_words_that_fix_nothing_fix_no_meeting(part, said):
    fixed = {"on": "2025-12-05", "time": "上午9:00", "place": "市政府三楼会议室",
             "host": "赵副市长", "attendees": ["区长", "局长"]}  # fmt: skip
    assert meeting_errors(fixed) == {}
    told = meeting_errors(fixed | {part: [said] if part == "attendees" else said})
    assert list(told) == [f"meeting_{part}"]


def meeting_errors(meeting):
    facts = red_card(kind="N4", number=None, issues=[ticket()], meeting=meeting)
    found = claims_of(facts, kinds.template_of(facts), "N4")
    return {field: said for field, said in unproven(found, facts).items() if "meeting" in field}


def test_a_listing_needs_a_red_card_of_its_days_or_an_exposure():
    def told(**changes):
        facts = red_card(kind="N6", number=None, card_days=60, issues=[ticket() | changes])
        found = claims_of(facts, kinds.template_of(facts), "N6")
        return "“挂牌督办的情形”" in str(unproven(found, facts))

    assert told()
    assert told(card=CARD | {"on": "2025-01-01"})
    assert told(card=RED | {"on": "2025-09-27"})
    assert not told(card=RED | {"on": "2025-09-26"})
    assert not told(reasons=[LAG | {"rule": "R6"}])


def test_every_row_of_wordings_is_a_claim_of_the_table():
    known = {claim.name for claim in (*CLAIMS, *STEPS)}
    assert {*FALSE, *HONEST, *CARDED} <= known
