"""Whatever is written, the rules answer with places of it; right counts are never called wrong."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings, strategies as st

from issues.rules.contradictions.finding import find
from issues.rules.contradictions.quantities import done_counts, quantities
from issues.rules.contradictions.sources import Figure, Paper, Sample, Step, Text
from issues.rules.contradictions.words import plain
from issues.vocabulary import ContradictionKind, SourceKind

ON = date(2025, 11, 24)
PIECES = (
    "已", "于", "完成", "整改", "措施", "1", "２", "2025年", "11月3日", "2月30日", "2025-12-03",
    "前", "，", "。", "；", "\n", "（", "）", "累计", "清理", "48", "户", "2.4", "公里", "吨", "万",
    "立方米", "预计", "氨氮", "0.8", "毫克每升", "mg/L", "通江县", "诺江镇", "未", "全部",
    "时限调整为", "提前完成", "𠮷", "%",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
SOURCES = st.sampled_from([kind for kind in SourceKind if kind is not SourceKind.FIGURE])
STEP = Step(7, 1, "清理48户。", date(2025, 12, 31), Decimal(48), "户", done_on=ON, is_done=True)
FEW = settings(max_examples=60)


def report(id_, on, text, figure=None):
    lines = () if figure is None else (Figure(7, 1, Decimal(figure), None, is_done=False),)
    return Text(SourceKind.REPORT, id_, "填报", text, on, lines)


@FEW
@given(st.lists(st.tuples(SOURCES, TEXTS), max_size=5), TEXTS)
def test_any_words_are_read_and_what_is_quoted_stands_in_them(sources, plan):
    texts = tuple(
        Text(source, number, "某处", text, ON) for number, (source, text) in enumerate(sources)
    )
    step = Step(7, 1, plan, date(2025, 12, 31), Decimal(48), "户")
    samples = (Sample(3, "氨氮", Decimal("9.9"), "mg/L", ON, None),)
    paper = Paper(
        "恩阳区", ("通江县",), "某处", date(2025, 9, 1), ON, date(2025, 12, 1), None,
        (step,), texts, samples,
    )  # fmt: skip
    whole = [plan, *(text.text for text in texts)]

    found = find(paper)

    assert list(found) == list(find(paper))
    for side in (side for one in found.values() for side in one[2:]):
        assert 0 <= side.start < side.end <= len(side.text)
        written = {SourceKind.TICKET, SourceKind.FIGURE, SourceKind.READING, SourceKind.MEASURE}
        is_quoted = any(side.text in text for text in whole)
        assert is_quoted or side.source in written or side.text.startswith("书写之日")


@FEW
@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.booleans())
def test_a_count_falls_where_one_is_below_the_most_before_it(values, in_words):
    texts = tuple(
        report(place, ON + timedelta(days=place), f"累计清理{value}户。" if in_words else "推进。",
               None if in_words else value)
        for place, value in enumerate(values)
    )  # fmt: skip
    falls = sum(value < max(values[:place], default=0) for place, value in enumerate(values))

    kinds = [one.kind for one in find(Paper(steps=(STEP,), texts=texts)).values()]

    assert kinds.count(ContradictionKind.COUNT_FALLS) == falls
    assert kinds.count(ContradictionKind.COUNT_OVER_TARGET) == (max(values) > 48)


@FEW
@given(st.lists(st.integers(0, 48), min_size=1, max_size=6), st.integers(0, 48))
def test_what_agrees_is_silent_and_one_wrong_count_is_one_finding(values, wrong):
    values = sorted(values)
    texts = [
        report(place, ON + timedelta(days=place), f"目前累计清理{value}户，其余在推进。", value)
        for place, value in enumerate(values)
    ]
    assert find(Paper(steps=(STEP,), texts=tuple(texts))) == {}

    texts[-1] = report(99, texts[-1].on, f"目前累计清理{wrong}户。", values[-1])
    kinds = [one.kind for one in find(Paper(steps=(STEP,), texts=tuple(texts))).values()]

    assert kinds == [ContradictionKind.COUNT_NOT_FIGURE] * (wrong != values[-1])


@FEW
@given(
    st.decimals(Decimal("0.01"), Decimal(99999), places=2),
    st.sampled_from(["户", "公里", "亩", "立方米", "吨", "m³", "㎡", "台"]),
    st.text("甲乙 ，。", max_size=8),
)
def test_a_count_is_read_wherever_it_stands(number, unit, before):
    words = plain(f"{before}累计完成{number}{unit}。")

    (found,) = quantities(words)

    assert (found.number, words[found.start : found.end]) == (number, f"{number}{plain(unit)}")
    assert [one.number for one in done_counts(words)] == [number]
