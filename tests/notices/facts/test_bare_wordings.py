"""Deeds told without a mark of what was (完成整改 for 已完成整改), and what only sounds like them.

Each sentence is read twice: on a ticket of which nothing was done, where it is refused, and on one
of which all of it was, where it stands. What asks, denies, hopes or doubts stands on the first.
"""

import pytest
from notice_facts import issue, red_card

from issues.notices import kinds
from issues.notices.kinds import TEMPLATES, shipped
from issues.notices.kinds.claims import made_by, reading
from issues.notices.kinds.proving import claims_of, unproven

TODAY = "2025-11-25"
LISTS = (
    "assigned", "planned", "asked", "granted", "refused", "exposures", "objections", "visits",
    "notices", "signed_for", "answered", "summoned", "reported", "claims", "returns", "cards",
    "lifts",
)  # fmt: skip
STEPS = ("claimed_on", "first_passed_on", "checked_on", "approved_on", "publicised_on",
         "publicity_ended_on", "closed_on")  # fmt: skip
NOTHING = {name: [] for name in LISTS} | dict.fromkeys(STEPS)
ALL = (
    {name: [{"on": "2025-09-01"}] for name in LISTS}
    | dict.fromkeys(STEPS, "2025-09-01")
    | {"objections": [], "visits": [{"on": "2025-09-01", "what": "pass"}]}
)


def ticket(past):
    return issue(reasons=[], card=None, earlier_notices=[], past=past)


def refused(said, past):
    facts = red_card(
        kind="N1", number=None, issues=[ticket(past)], demands=[{"text": f"{said}。"}], rounds=[],
        cited={},
    )  # fmt: skip
    found = claims_of(facts, kinds.template_of(facts), kinds.template_name(facts))
    return "".join(unproven(found, facts).get("demands.0.text", ()))


BARE = {
    "整改完成": """
        完成整改 该事项完成整改 该问题整改完成 整改完毕 问题整改完毕 整改到位 该问题整改到位
        治理完成 治理到位 排口治理完毕 问题整治到位 管网修复完成 整改工作完成 整改任务全部完成
        问题得到解决 问题得到彻底整改 全部整改到位 措施落实到位 整改措施全部落实
        该事项按期完成整改 你单位如期完成整改任务 实现全面整改 完成治理 该问题解决
        各项措施执行到位 整改事项均到位 该事项办结 企业完成各项整改工作 经核实，问题整改到位
        群众反映的问题均得到解决 隐患消除，问题清零 你单位采取有力措施，完成整改 整改工作结束
        该问题予以解决 完成全部整改任务，可以摘牌""",
    "公示无异议": """
        群众无异议 公示期间未收到异议 无人提出异议 公示期间无人提出异议 公众无异议
        未收到任何异议 公示期间未收到意见 无意见反馈 公示期内没有收到群众意见 群众没有异议
        未接到群众异议 社会各方无异议 无反对意见 未收到不同意见 没有人提出异议
        公示期间未收到任何投诉举报 公示期无投诉 异议0件 收到异议零件 未收到书面异议
        无任何人提出异议 公示期间未接到举报 公示期间零异议 公示期满，群众无不同意见
        公示期间没有单位和个人提出异议 公示期间未收到反对意见 公示无异议 公示期间，无人反对""",
    "通过验收": """
        通过验收 验收合格 验收通过 该事项通过验收 通过市级验收 经验收合格 验收工作完成
        整改验收顺利 该问题验收达标 市级验收过关 符合验收标准 达到验收要求 验收完毕
        该事项综合验收合格 现通过验收 顺利通过综合验收 验收结果为合格 经组织验收，达到验收标准
        通过了最终验收""",
    "现场核查": """
        核实无误 核查无误 经核实无误 现场核查合格 现场核实无误 复核无误 核查通过 核查合格
        复查合格 通过现场核查 实地核查达标 经现场核查通过 现场查验合格 核验通过 完成现场核查
        经复核，核查无误 整改情况核实无误 经实地踏勘，核实到位""",
    "初验": "初验合格 初验通过 通过初验 完成初验 初步验收合格 初验完成 经县级初验 初步验收完毕",
    "审定": "审定通过 审定同意 经市生态环境委员会办公室审定 完成审定 通过审定",
    "公示": "完成公示 经公示 2025年9月1日在市政府网站公示 通过公示",
    "公示期满": "公示期满 公示结束 公示届满 公示完毕 公示到期 公示完成 公示期于2025年9月1日届满",
    "销号": """
        予以销号 完成销号 办理销号 实现销号 销号完毕 该事项销号 该问题予以销号 销号成功 准予销号
        同意该事项销号 符合销号条件 该问题从清单中移除 该事项按程序销号 销号办结""",
    "摘牌": """
        解除红牌 红牌解除 摘除黄牌 黄牌予以解除 撤销红牌 取下红牌 督办牌摘除 予以摘牌
        符合摘牌条件 红牌全部摘除""",
    "已申请验收": """
        你单位提交验收申请 验收申请收悉 你单位申请验收 验收申请提交完毕 责任单位报送验收申请
        你单位提出验收申请 提交了验收申请 验收申请上报""",
    "已签收": "你单位签收 文书签收完毕 你单位于当日签收 通知收悉 函送达完毕 文书均签收",
    "已答复": """
        你单位答复称问题属实 收到你单位答复 你单位作出答复了 答复收悉 你单位书面答复
        你单位按期回复 收悉你单位复函 你单位回复表示认可""",
    "已约谈": "约谈完毕 完成约谈 约谈结束 你单位主要负责同志接受约谈 约谈了主要负责同志 约谈会举行",
    "已报方案": """
        你单位报送整改方案 整改方案获批 整改方案通过审查 整改方案报送完毕 整改方案收悉
        制定了整改方案 完成整改方案编制 整改方案备案 你单位制定整改方案""",
    "已填报进展": "你单位填报进展 进展报送完毕 填报了整改进展 你单位按月报送进展情况 已填报进展",
    "申请过延期": "你单位申请延期 延期申请收悉 延期申请受理 你单位提出延期",
    "做过回头看": "完成回头看 回头看完成 开展了回头看 回头看工作结束 经回头看",
    "回头看通过": "回头看合格 回头看通过 回头看未发现反弹 回头看达标",
    "已交办": "该事项交办你单位 该问题交办完毕 2025年9月1日交办你单位 本件由市委交办给你单位",
}  # fmt: skip
UNRECORDED = [
    "立案3起", "查处企业两家", "处罚2家", "拘留3人", "关停企业4家", "罚款20万元", "起诉2件",
    "问责3人",
]  # fmt: skip
"""Told of no record of the system: never proven, so of no ticket."""
ASKED = """
请于2025年12月20日前完成整改。请于12月底前完成整改。请尽快整改到位。请抓紧完成整改任务。
须完成整改。应完成整改。你单位应于年底前完成整改。要完成全部整改任务。务必整改到位。
确保问题整改到位。未完成整改。逾期未完成整改。逾期未完成的，予以督办。仍未完成整改。尚未整改到位。
未按期完成整改。未能如期完成整改任务。没有全面完成整改。整改未到位。整改不到位。整改未完成。
问题未得到解决。问题没有解决。完成整改后申请验收。整改完成后报告。整改到位前不得销号。
整改完成情况另报。请报告整改完成情况。整改到位的，按程序销号。以整改到位为准。直至整改完成。
待整改完成后申请验收。是否完成整改，请核实。加快进度，如期完成整改。倒排工期，按期完成整改任务。
压实责任，全面整改到位。按期完成整改。限期整改到位。举一反三，彻底整改到位。
采取有力措施，按时完成整改。计划12月底完成整改。预计明年完成整改。承诺年底完成整改。
如完成整改，可申请验收。推动问题得到解决。督促企业完成整改。做到整改到位。
由分管负责同志牵头，一次性整改到位。加强问题整改到位。整改完成率须达到100%。整改完成时限不变。
整改完成标准从严。请按整改完成标准自查。力争年内完成整改。需完成整改。争取整改到位。难以完成整改。
无法按期完成整改。整改到位一个、销号一个的。不能完成整改的，请说明。防止整改不到位。
请落实到位，完成治理。将于12月完成整改。可于年底完成整改。问题未解决的，不得销号。
如何完成整改，请说明。如有异议，请于5个工作日内提出。有异议的，请书面提出。公示期间收到异议。
无异议的，按程序销号。如无异议，请签收。公示无异议后销号。逾期未提出异议，视为同意。
未提出异议的，视为同意。对本通知无异议。对整改方案无异议。请说明是否收到异议。
公示期间无异议方可销号。请于12月20日前通过验收。确保通过验收。未通过验收。力争通过验收。
通过验收后销号。须验收合格。未经验收合格不得销号。验收合格后按程序办理。应当通过验收。
验收标准另发。符合验收标准的，可以申请。请核实无误后报送。请核查无误后签收。未核实无误。
须核实无误。确保数据核实无误。核查合格后销号。尚未核查。请现场核查。经现场核查合格的，销号。
请于12月1日前完成现场核查。未通过现场核查。应现场核查合格。请于12月1日前完成初验。初验合格后申请。
尚未通过初验。请审定后公示。审定同意后公示。尚未审定。请于12月10日前完成公示。公示期满后销号。
公示期满无异议的，予以销号。公示结束前不得销号。公示期为5个工作日。请按程序销号。不予销号。
未予销号。符合销号条件的，予以销号。确保年内完成销号。请办理销号。应予以销号。申请解除红牌。
红牌解除条件另行通知。未解除红牌。请申请摘除红牌。不得摘除红牌。红牌解除前按月报告。
请你单位提交验收申请。你单位应于12月20日前提交验收申请。你单位未提交验收申请。
你单位提交验收申请前自查。请你单位签收。请你单位于3日内签收。你单位须签收。你单位未签收。
请你单位签收后答复。请你单位书面答复。你单位应按期答复。你单位未按期答复。请于12月1日前答复。
你单位须书面答复。请你单位主要负责同志接受约谈。决定约谈。现就有关问题进行约谈。请接受约谈。
约谈结束后10日内报告。请你单位报送整改方案。你单位应制定整改方案。你单位未报送整改方案。
整改方案报送前须审核。请完成整改方案编制。请你单位填报进展。你单位须按月报送进展情况。
你单位未填报进展。请报送进展。请按月填报了解到的情况。你单位须申请延期的，请提前报告。
请勿申请延期。未申请延期。请做好回头看。请完成回头看。将开展回头看。回头看合格后归档。请及时交办。
未交办。请将该问题交办你单位下属单位。对违法行为依法立案查处。
"""
ORDERS = [said for line in ASKED.split() for said in line.split("。") if said]
CASES = [(name, said) for name, of in BARE.items() for said in of.split()]


def missed():
    told = [said for said in UNRECORDED if not refused(said, NOTHING)]
    return told + [
        said for name, said in CASES if f"“{name}”没有依据" not in refused(said, NOTHING)
    ]


def alarms():
    """The honest twins that are refused: what was done, and what is asked for or denied."""
    done = [(said, refused(said, ALL)) for _name, said in CASES]
    told = [(said, refused(said, NOTHING)) for said in ORDERS]
    return [one for one in (*done, *told) if one[1]]


def test_a_deed_told_without_its_mark_is_refused_and_its_honest_twin_stands():
    lost, false = missed(), alarms()

    print(f"false: {len(CASES) + len(UNRECORDED)}, missed {lost}")  # noqa: T201 - the figures
    print(f"honest: {len(CASES) + len(ORDERS)}, refused {false}")  # noqa: T201 - the figures
    assert len(CASES) >= 150
    assert len(ORDERS) >= 150
    assert lost == []
    assert false == []


@pytest.mark.usefixtures("forgetful")
def test_each_wording_is_refused_by_its_row_and_each_order_stands_by_its_own_words(monkeypatch):
    """The control: without the rows all is missed; without what asks, orders are refused."""
    monkeypatch.setattr(reading, "is_asked", lambda *_words: False)
    assert len(alarms()) > 40
    monkeypatch.setattr(kinds.claims, "CLAIMS", ())
    assert len(missed()) == len(CASES) + len(UNRECORDED)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_shipped_paper_asks_for_nothing_that_is_read_as_done(name):
    lines = [line for line in shipped(name).split("\n") if line.startswith(("要求", "后果"))]

    assert [made.claim.name for line in lines for made in made_by(line)] in ([], ["移交的线索"])
