"""Each rule of contradictions: a ticket in which two sources differ, and near ones that agree."""

from datetime import date
from decimal import Decimal

import pytest

from issues.rules.contradictions.finding import RULES, find
from issues.rules.contradictions.sources import Figure, File, Paper, Sample, Step, Text
from issues.vocabulary import ContradictionGroup, ContradictionKind, EvidenceKind, SourceKind

K, S = ContradictionKind, SourceKind
ON = date(2025, 11, 24)
ASSIGNED, DEADLINE = date(2025, 9, 8), date(2025, 12, 31)


def step(text="逐户清理堆放的废旧塑料。", target="60", unit="户", **more):
    target = None if target is None else Decimal(target)
    return Step(7, 1, text, **{"deadline": DEADLINE, "target": target, "unit": unit} | more)


def said(text, on=ON, source=S.REPORT, id_=1, figure=None, before=None):
    """A text; with a figure beside it, of measure 1."""
    exact = [None if value is None else Decimal(value) for value in (figure, before)]
    lines = () if figure is None else (Figure(7, 1, *exact, is_done=False),)
    return Text(source, id_, f"{on}的{source.label}", text, on, lines)


def ticked(text, *, done, on=ON, id_=1):
    return Text(S.REPORT, id_, "填报", text, on, (Figure(7, 1, None, None, done),))


def ledger(text):
    return Text(S.LEDGER, 7, "措施1台账进展", text, ON, (), 7)


def sample(day, value="9.9", unit="mg/L", evidence_id=None):
    return Sample(3, "氨氮", Decimal(value), unit, day, evidence_id)


def file(kind, taken=None, **more):
    return File(5, kind, "甲.jpg", more.pop("note", ""), ON, taken, **more)


def paper(*texts, steps=None, **more):
    own = {"county": "恩阳区", "others": ("巴州区", "通江县"), "own_words": "下八庙镇堆点",
           "assigned_on": ASSIGNED, "deadline": DEADLINE}  # fmt: skip
    steps = (step(),) if steps is None else steps
    return Paper(**own | {"steps": steps, "texts": texts} | more)


def kinds(given):
    return [found.kind for found in find(given).values()]


AFTER, BEFORE, LAB = EvidenceKind.AFTER, EvidenceKind.BEFORE, EvidenceKind.MONITORING
TWO = (step(), Step(8, 2, "建设回收点2处。", DEADLINE, Decimal(2), "处"))
PIPE = step("修复破损管网2.4公里。", "2.4", "公里")
HEAP = step("清运建筑垃圾350立方米。", "350", "立方米")
EARLY, LATER = date(2025, 11, 3), date(2025, 11, 12)
DONE_EARLY = (step(is_done=True, done_on=EARLY),)

DIFFERS = [
    (K.FINISH_AHEAD, paper(said("已于2025年12月3日完成。"))),
    (K.FINISH_AHEAD, paper(said("整改任务已于12月3日完成。"))),
    (K.FINISH_AHEAD, paper(Text(S.LEDGER, 7, "台账", "2025-12-03已完成", ON, (), 7))),
    (K.FINISH_CONFIRMED_EARLIER, paper(said("措施1已于11月10日完成。"), steps=DONE_EARLY)),
    (K.FINISH_DIFFERS, paper(said("已于11月3日完成整改。", EARLY),
                             said("已于11月10日全部完成。", source=S.REPLY))),
    (K.FINISH_NOT_TICKED, paper(ticked("措施１已全部完成，资料已归档。", done=False))),
    (K.FINISH_NOT_TICKED, paper(ticked("各项整改措施均已全部完成。", done=False))),
    (K.FINISH_NOT_TICKED, paper(said("措施1已于11月3日完成。", EARLY),
                                ticked("继续推进。", done=False, on=LATER, id_=2))),
    (K.PROMISE_LATE, paper(said("预计2026年3月底前全部完成。", source=S.REPLY))),
    (K.PROMISE_LATE, paper(said("池体已凿除，预计2026年3月底前完成施工。"))),
    (K.PROMISE_LATE, paper(said("确保2026年1月15日前完成整改。"))),
    (K.PLAN_DAY, paper(steps=(step("2025年11月底前完成清理60户。"),))),
    (K.REMARK_DAY, paper(Text(S.REMARK, 0, "备注", "时限经同意调整为2026年3月底前", None))),
    (K.REMARK_DAY, paper(Text(S.REMARK, 0, "备注", "提前完成", None),
                         claimed_on=date(2026, 1, 4))),
    (K.COUNT_FALLS, paper(said("推进中。", EARLY, figure="70"),
                          said("推进中。", figure="60", id_=2), steps=(step(target="90"),))),
    (K.COUNT_FALLS, paper(said("累计清理48户。", EARLY),
                          said("目前累计清理40户。", source=S.EXTENSION))),
    (K.COUNT_NOT_FIGURE, paper(said("累计清理48户。", figure="45"))),
    (K.COUNT_NOT_FIGURE, paper(ledger("完成２公里，已组织验收。"),
                               steps=(step("", "2.4", "公里", confirmed=Decimal("2.1")),))),
    (K.COUNT_OVER_TARGET, paper(said("累计清理66户。", figure="66"))),
    (K.COUNT_OVER_TARGET, paper(said("共清运3公顷。"), steps=(step("清运。", "30", "亩"),))),
    (K.PLAN_TARGET, paper(steps=(step("清理废旧塑料80户。"),))),
    (K.READING_NOT_TEXT, paper(said("出水氨氮为0.8毫克每升，已达标。"), samples=(sample(LATER),))),
    (K.READING_NOT_TEXT, paper(said("11月12日采样，氨氮9.9微克/升。"), samples=(sample(LATER),))),
    (K.READING_NOT_TEXT, paper(Text(S.REMARK, 0, "备注", "复测氨氮0.8mg/L", ON),
                               samples=(sample(date(2025, 8, 1)),))),
    (K.UNIT_DIFFERS, paper(said("已清运建筑垃圾350吨。"), steps=(HEAP,))),
    (K.UNIT_DIFFERS, paper(said("管网修复长度2.4米。"), steps=(PIPE,))),
    (K.UNIT_DIFFERS, paper(said("清运建筑垃圾1200立方米。", EARLY),
                           said("共清运建筑垃圾1200吨。", source=S.REPLY), steps=())),
    (K.TAKEN_TOO_EARLY, paper(files=(file(AFTER, date(2025, 9, 1)),))),
    (K.TAKEN_TOO_EARLY, paper(files=(file(BEFORE, LATER), file(AFTER, EARLY)))),
    (K.SAMPLED_TOO_EARLY, paper(ticked("推进。", done=False), samples=(sample(LATER),),
                                claimed_on=ON)),
    (K.SAMPLED_TOO_LATE, paper(files=(file(LAB, note="监测报告 2025年11月3日"),),
                               samples=(sample(LATER, evidence_id=5),))),
    (K.SAMPLED_TOO_LATE, paper(said("水质监测达标，申请验收。", EARLY, S.CLAIM),
                               samples=(sample(LATER),))),
    (K.TAKEN_FAR, paper(files=(file(AFTER, LATER, metres=5200.0),))),
    (K.TAKEN_FAR, paper(files=(file(AFTER, LATER, metres=1500.0, county="通江县"),))),
    (K.OTHER_COUNTY, paper(said("通江县诺江镇堆点已清空。"))),
]  # fmt: skip
AGREES = [
    paper(said("已于2025年11月3日完成。")),
    paper(said("已于12月3日完成。"), assigned_on=date(2024, 9, 1)),
    paper(said("计划于2025年12月3日完成。", figure="1")),
    paper(said("已于2025年12月3日前启动，将完成。")),
    paper(said("措施1已于11月3日完成招标。"), steps=DONE_EARLY),
    paper(said("措施1已于11月1日完成。"), steps=DONE_EARLY),
    paper(said("措施1已于11月10日完成。"), steps=TWO[1:]),
    paper(said("措施1已于11月3日完成，措施2已于11月9日完成。"), steps=TWO),
    paper(ticked("措施1已全部完成。", done=True)),
    paper(ticked("除措施2外，各项整改措施均已全部完成。", done=False)),
    paper(ticked("措施1尚未全部完成。", done=False)),
    paper(said("预计2025年12月底前完成。")),
    paper(said("预计2026年1月20日前完成。"), extended_to=date(2026, 1, 31)),
    paper(said("预计2026年3月底前完成招标。")),
    paper(steps=(step("2025年12月底前完成清理60户。"),)),
    paper(steps=(step("2025年11月底前完成方案，2025年12月底前完成清理60户。"),)),
    paper(Text(S.REMARK, 0, "备注", "时限由2025年9月底前调整为2025年12月底前", None)),
    paper(Text(S.REMARK, 0, "备注", "未按期完成", None), claimed_on=date(2026, 1, 4)),
    paper(said("累计清理48户。", figure="48")),
    paper(said("本月清理16户，累计清理48户。", figure="48")),
    paper(said("已清理16户。", figure="48", before="32")),
    paper(said("约清理50户。", figure="48")),
    paper(said("11月共清理12户，累计48户。", figure="48")),
    paper(said("已清理危旧化粪池3户。", figure="48")),
    paper(said("累计签订协议52户。", figure="48")),
    paper(said("累计完成对52户的现场踏勘。", figure="48")),
    paper(said("推进。", EARLY, figure="48"), said("已完成3户示范户清理。", source=S.REPLY)),
    paper(said("方案编制已于11月10日完成。"), steps=DONE_EARLY),
    paper(said("方案编制已于11月10日全部完成。"), steps=DONE_EARLY),
    paper(said("主管网改造，已于11月10日完成。"), steps=DONE_EARLY),
    paper(said("已于11月3日完成施工。", EARLY), ticked("待验收。", done=False, id_=2)),
    paper(said("进水氨氮12毫克每升。"), samples=(sample(LATER),)),
    paper(said("剩余40户，已完成前期工作。", figure="48")),
    paper(said("累计清理48户。", figure="45"), steps=(*TWO, Step(9, 3, "回访20户。"))),
    paper(said("推进。", EARLY, figure="40"), said("推进。", figure="48", id_=2)),
    paper(ledger("完成19000立方米。"), steps=(step("外运渣土1.9万立方米。", "19000", "立方米",
                                           confirmed=Decimal(19000)),)),
    paper(said("已复绿2公顷。"), steps=(step("复绿30亩。", "30", "亩"),)),
    paper(steps=(step("扩建处理能力至800吨。", "500", "吨"),)),
    paper(steps=(step("每日处理污水800吨。", "500", "吨"),)),
    paper(said("氨氮由9.9毫克每升降至0.8毫克每升。"), samples=(sample(LATER, "0.8"),)),
    paper(said("氨氮不高于1.0毫克每升。"), samples=(sample(LATER),)),
    paper(said("整改前氨氮12毫克每升。"), samples=(sample(LATER),)),
    paper(said("氨氮9.9mg/L。"), samples=(sample(LATER, "9.87"),)),
    paper(said("氨氮0.8mg/L。"), samples=(sample(date(2025, 8, 1)),)),
    paper(said("已清运建筑垃圾350立方米（约350吨）。"), steps=(HEAP,)),
    paper(said("修复管网2400米。"), steps=(PIPE,)),
    paper(said("设2米高围挡。"), steps=(step("建设2公里管线。", "2", "公里"),)),
    paper(files=(file(AFTER, LATER, metres=4800.0),)),
    paper(files=(file(AFTER, LATER, metres=5200.0),), own_words="河岸12公里零星堆放"),
    paper(files=(file(BEFORE, date(2025, 9, 1)), file(AFTER, LATER))),
    paper(ticked("推进。", done=False, on=EARLY), samples=(sample(LATER),), claimed_on=ON),
    paper(ticked("推进。", done=False), samples=(sample(LATER),)),
    paper(files=(file(LAB, note="监测报告 2025年11月20日"),),
          samples=(sample(LATER, evidence_id=5),)),
    paper(said("水质监测达标。", ON, S.CLAIM), samples=(sample(LATER),)),
    paper(said("废料已运往通江县诺江镇填埋场。")),
    paper(said("恩阳区与通江县诺江镇交界处已清理。")),
    paper(said("通江县来函已办理。")),
    paper(said("通江县诺江镇堆点已清空。"), own_words="下八庙镇至通江县界"),
    paper(said("通江县诺江镇堆点已清空。"), county=""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given"), DIFFERS)
def test_two_sources_that_differ_are_found_once(kind, given):
    assert kinds(given).count(kind) == 1


@pytest.mark.parametrize("given", AGREES)
def test_what_agrees_or_is_in_doubt_is_passed_over(given):
    assert kinds(given) == []


def test_every_rule_has_a_ticket_that_it_finds_and_a_number_of_its_own():
    assert {kind for kind, _ in DIFFERS} == set(RULES) == set(ContradictionKind)
    assert [kind.number for kind in ContradictionKind] == [f"C{n}" for n in range(1, 19)]
    assert {kind.group for kind in ContradictionKind} == set(ContradictionGroup)


def test_both_sides_are_quoted_with_what_differs_marked_and_the_arithmetic():
    text = "镇里连日清运，资料已归档。截至目前累计清理48户，其余正在做工作。"
    (found,) = find(paper(said(text, figure="45"))).values()

    sides = [(side.name, side.text, side.text[side.start : side.end]) for side in found[2:]]
    assert sides == [
        ("2025-11-24的进展填报", "截至目前累计清理48户，其余正在做工作", "48户"),
        ("2025-11-24的进展填报所附数据", "措施1完成值45户", "措施1完成值45户"),
    ]
    assert found.because == "文字写48户，完成值为45户，相差3户"


def test_a_finding_is_the_same_until_its_sources_change():
    first = find(paper(said("进场。累计清理48户。", figure="45")))

    assert list(first) == list(find(paper(said("进场了。累计清理48户。", figure="45"))))
    for other in (said("进场。累计清理49户。", figure="45"), said("累计清理48户。", figure="44"),
                  said("进场。累计清理48户。", figure="45", id_=2)):  # fmt: skip
        assert not set(first) & set(find(paper(other)))
