"""Deadlines as published ledgers write them: kinds of wording, honest ones and dangerous ones."""

from datetime import date

import pytest
from hypothesis import given, strategies as st
from paper import DEFAULT

from issues.rules.dates.days import written
from issues.rules.dates.deadlines import (
    UnreadableDeadline,
    is_counted,
    read_day,
    read_deadline,
    read_with_notes,
)
from issues.rules.dates.workdays import Workdays
from issues.vocabulary import DeadlineKind as Kind

ASSIGNED = date(2025, 4, 18)
MAY_DAY = {date(2025, 5, day): False for day in (1, 2, 5)} | {date(2025, 4, 27): True}
CALENDAR = Workdays(overrides=MAY_DAY, published_years=frozenset({2025}))

FIXED = {
    "2025-06-30": """
        2025年上半年 2025年上半年前完成 2025上半年 2025年上半年底 二〇二五年上半年
        2025年第二季度末前 2025年二季度 2025年2季度末 2025年Q2 2025年q2前 2025年6月下旬
        2025年6月下旬完成整改 2025年6月内 二〇二五年六月三十日 二零二五年六月三十日前
        二○二五年六月底 二O二五年六月三十日 2025年六月三十日 2025年6月三十日前
        2025年6月30日（星期一） 2025年6月30日(周一)前 2025年6月30日周一前 2025/06/30（星期一）
        2025年6月30日17时前 2025年6月30日24:00前 2025年6月30日下午6点前 2025年6月30日（含）前
        2025年6月30日前（含当日） 不迟于2025年6月30日 不晚于2025年6月底 最迟2025年6月30日前
        力争2025年6月底前完成 确保2025年6月30日前整改到位 整改时限：2025年6月30日前
        完成时限：2025年6月 2025年6月30日止 即日起至2025年6月30日 2025年4月至6月
        2025年4月18日—6月30日 2025年6月30日前整改完成 2025年6月30日前完成整改并销号
        2025年6月底前基本完成 于2025年6月底完成 2025年6月完成整改 整改工作于2025年6月底前完成
        2025年6月30日前完成整改，确保不反弹 2025年6月底前，建成投用
        2025年6月底前完成1200米管网建设 2025。6。30 ２０２５．６．３０前 2025年6月底前持续推进整改
        立行立改，2025年6月底前完成 立即整改，2025年6月30日前整改到位
        2025年5月底前完成方案编制；2025年6月底前完成整改 2025年5月底前启动，6月底前完成整改
        2025年1—6月 2025年1至6月 2025年4-6月 2025年一、二季度 2025年一至二季度 2025.1-2025.6
        限期2025年6月30日 限2025年6月30日前完成 2025年6月30日，星期一
        一期2025年5月底前完成，二期2025年6月底前完成
        近期：2025年5月底前完成清淤；远期：2025年6月底前完成截污
        （一）2025年5月底前完成方案编制（二）2025年6月底前完成整改
        1.2025年5月底前完成排查；2.2025年6月底前完成整改
        第一阶段：2025年5月底前完成排查；第二阶段：2025年6月底前完成整改
        方案编制2025年5月底前完成，整改2025年6月底前完成
        2025年5月20日前完成整改（2025年6月底前销号）
        """,
    "2025-09-30": """
        2025年三季度末 2025年第三季度前 2025年第三季度 2025年3季度末前完成 2025年前三季度
        2025年第3季 二〇二五年三季度末 2025年Q3 2025年6月至9月 自2025年6月起至9月底
        """,
    "2025-12-31": """
        2025年下半年 2025年四季度 2025年年内 2025年年末前 2025年度内 2025年内完成整改
        二〇二五年底前 2025年底前全部完成整改，并通过验收 2025年12月底前完成验收销号
        2025年12月底前取得明显成效 2025年12月31日（星期三） 2021年7月至2025年12月
        2021年至2025年12月底 2021年7月—2025年12月 2025.6.30-12月底 二〇二五年十二月底前
        2025年十二月底前 2025年十二月三十一日 2025年12月31日24时 2025年12月底前完成整改任务
        2025年底前完成督察反馈问题整改 2025年底前完成未批先建整改 2025年底前关停或搬迁
        2025年底前完成节约用水改造治理 2025年底前完成信访投诉问题整治 2025年底前完成若干治理工程
        2025年12月底前，全面消除黑臭 2025年12月底前达到序时进度
        2025年3月底前完成方案编制；2025年底前完成整改 2025年6月底前完成50%，2025年12月底前全部完成
        2025年3月底前完成方案编制，6月底前完成主体工程，12月底前完成整改
        """,
    "2025-06-10": "2025年6月上旬 2025年6月上旬末 2025年六月上旬前",
    "2025-06-20": "2025年6月中旬 2025年6月中旬前 2025年6月中旬前完成整改",
    "2026-03-31": "2025年10月至次年3月 2025年10月—2026年3月 2026年一季度 2026年第一季度末前",
    "2025-05-03": """
        交办之日起15日内 自交办之日起15日内完成整改 交办之日起十五日内 交办后15天内
        交办之日起15个自然日内 15日内（自交办之日起） 交办之日起15天内整改到位 转办之日起15日内
        自交办之日起算15日内 收到之日起15日内 收到交办通知之日起15日内 接到交办件后15日内办结
        自收到转办函之日起15日内 交办之日起15日内完成整改并上报 自交办之日起，15日内完成
        """,
    "2025-05-13": """
        交办之日起15个工作日内 自交办之日起十五个工作日内完成整改 15个工作日内（自交办之日起）
        收到交办通知之日起15个工作日内
        """,
    "2025-07-18": "交办之日起三个月内完成 自交办之日起3个月内 接到交办件后三个月内",
    "2025-10-18": "交办之日起半年内 自交办之日起6个月内",
    "2026-04-18": "交办之日起一年内完成整改",
}  # fmt: skip
OTHERS = {
    (Kind.IMMEDIATE, "2025-05-03"): "立即整改 立即整改到位 立查立改 即知即改 立行立改到位",
    (Kind.IMMEDIATE_THEN_STANDING, "2025-05-03"): """
        立即整改，长期坚持 立行立改，并长期坚持 立行立改（长期坚持） 立即整改并持续推进
        长期坚持，立行立改
        """,
    (Kind.STANDING, None): """
        长期坚持，持续推进 持续推进 常态化整治 持续用力 常态化推进 常态化 长期 持续整改，长期坚持
        长期坚持、常抓不懈 时限：长期坚持
        """,
    (Kind.FIXED_THEN_STANDING, "2025-12-31"): """
        2025年底前完成阶段性目标，长期坚持 2025年12月底前（长期坚持） 2025年12月底前完成并持续推进
        长期坚持，2025年底前取得阶段性成效 2025年底；长期坚持 2025年12月底前完成整改，持续巩固提升
        2025年12月底前完成；并持续推进长效管理 2025年12月底前完成整改，转入长期坚持
        二〇二五年底前完成，长期坚持
        """,
    (Kind.FIXED_THEN_STANDING, "2025-06-17"): "交办之日起60日内完成整改，长期坚持",
    (Kind.BY_MEASURES, None): "按时序进度推进 按序时进度整改 详见整改措施 按各项措施时限完成",
}
HONEST = [
    (text, kind, day)
    for (kind, day), texts in (
        *(((Kind.FIXED, day), texts) for day, texts in FIXED.items()), *OTHERS.items()
    )
    for text in texts.split()
]  # fmt: skip


def read(text, assigned=ASSIGNED):
    return read_deadline(text, assigned, DEFAULT, CALENDAR)


@pytest.mark.parametrize(("text", "kind", "day"), HONEST, ids=lambda value: str(value))
def test_an_honest_wording_is_read(text, kind, day):
    deadline = read(text)

    assert (deadline.kind, str(deadline.on) if deadline.on else None) == (kind, day)
    assert deadline.text == text


DANGEROUS = {
    "没有写四位数的年份": """
        三季度末 第三季度前 上半年 下半年 年底前 年内 今年年底 本月底 下月底前 六月三十日前
        6月上旬 2025年10月至3月 农历八月底前 25年12月底
        """,
    "不明确": """
        2025年初 2025年年中 2025年8月初 2025年度 2025—2027年 2025年12月前完成 2025年十二月前
        """,
    "没有写从哪一天起算": """
        15日内 十五日内 一个月内完成 15个工作日内 2025年6月30日前3日内 15天 3个月 半年内
        两年内完成
        """,
    "不从交办之日起算": """
        自文件印发之日起30日内 受理之日起15日内 自2025年6月30日起15日内 方案批准后30日内
        """,
    "没有写原定的日期": "已完成 已完成，长期坚持 已整改完毕 2025年6月已完成",
    "15个工作日内或三个月内": "交办之日起半个月内 交办之日起一个季度内 交办之日起3月内",
    "先后次序不清": "2025年12月31日前完成整改，2025年6月30日前完成销号",
    "颠倒": "2025年12月至2025年6月 2026年起至2025年12月底",
    "不符，请改正": "2025年12月31日（星期二） 2025年12月31日周二前",
    "不是日历上有的日子": "二〇二五年六月三十一日 2025年十三月 2025年2月30日（星期日）",
    "长度应在1天至3650天之间": """
        交办之日起0日内 交办之日起9999日内 交办之日起9999个工作日内 交办之日起99年内
        """,
    "没有写到哪一天止": "2025年6月30日起 2025年第三季度以后 2025年下半年起 2025年1月起长期坚持",
    "分不清以哪一个为准": """
        2025年底前延期至2026年6月底 2025年6月30日前未完成的，2025年12月底前完成
        2025年6月30日或2025年7月31日
        """,
    "认不出时限": """
        2025年6月30日左右 2025年6月30日前后 2025年6月30日或7月15日 预计2025年底前完成
        暂定2025年6月底 2025年6月30日0时前 2025年6月30日25时前 2025年6月（星期一）
        2025年6月30日前（不含） 2025年12月31日前（已延期） 2025年6月30日发现污水直排
        2025年6月30日督察反馈 2025年6月30日前已建成 2025年6月30日31日 12025年6月30日
        2025年第五季度 2025年Q5 2025年零季度 2025年汛期前 2025年春节前 2025年每季度末 每年12月底前
        每月25日前 长期坚持至2025年底 不再长期坚持 非立行立改 按方案推进 按程序推进
        待上级批复后确定 视情况 达到整改要求为止 尽快 无 同上 见附件 / - 2025、12、31 ？ 交办之日
        交办之日起 交办之日起第十五日 2025年6月30日前（待定） 2025年5月底前启动，6底前完成整改
        2025年1—6 2025年6月30日前或适时完成 2025年6月30日前若条件成熟完成 2025年底前发现问题整改
        2025年6月30日前待批复后完成 2025年底前完成，长坚持 2025年底前完成并不持续推进
        """,
}
REFUSED = [(text, says) for says, texts in DANGEROUS.items() for text in texts.split()]


@pytest.mark.parametrize(("text", "says"), REFUSED)
def test_a_dangerous_wording_is_refused_with_what_to_write(text, says):
    with pytest.raises(UnreadableDeadline) as refused:
        read(text)

    assert says in refused.value.sentence
    assert "请" in refused.value.sentence or says == "长度应在1天至3650天之间"


def test_there_are_as_many_as_the_kinds_need():
    assert len(HONEST) >= 130
    assert len(REFUSED) >= 60


WIDE = str.maketrans("0123456789.()-/:", "０１２３４５６７８９．（）－／：")
HALF = str.maketrans("，；：（）", ",;:()")


@given(st.sampled_from(HONEST), st.data())
def test_how_it_is_typed_does_not_matter(wording, data):
    text = wording[0]
    places = data.draw(st.lists(st.integers(1, len(text)), max_size=3))
    for place in places:
        text = text[:place] + data.draw(st.sampled_from(" \u3000\n\u200b")) + text[place:]
    text = text.translate(data.draw(st.sampled_from([WIDE, HALF, {}])))
    text += data.draw(st.sampled_from(["", "。", "；", " "]))

    same, deadline = read(wording[0]), read(text)

    assert (deadline.kind, deadline.on) == (same.kind, same.on)


NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
TENS = {10: "十", 20: "二十", 30: "三十"}


def in_chinese(number):
    if number < 10:
        return str(number).translate(NUMERALS)
    tens, ones = number // 10 * 10, number % 10
    return TENS[tens] + (str(ones).translate(NUMERALS) if ones else "")


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_written_day_is_read_back(day):
    chinese = (
        f"{str(day.year).translate(NUMERALS)}年{in_chinese(day.month)}月{in_chinese(day.day)}日"
    )
    weekday = f"（星期{'一二三四五六日'[day.weekday()]}）"

    for text in (written(day), chinese, written(day) + weekday, chinese + weekday):
        assert read_day(text) == day
        assert read(f"{text}前").on == day


NO_DATE = st.lists(
    st.sampled_from([*"前底内起至。，（）第旬日按之的", "整改", "完成", "坚持", "推进", "星期"]),
    min_size=1, max_size=12,
).map("".join)  # fmt: skip


@given(NO_DATE)
def test_words_without_a_day_or_a_term_are_not_read(text):
    with pytest.raises(UnreadableDeadline):
        read(text)


@pytest.mark.parametrize(
    "part", ["2025年6月底前，", "长期坚持", "（", "交办", "6月", "至", "2025.6."]
)
def test_a_long_cell_takes_no_time(part):
    with pytest.raises(UnreadableDeadline):
        read(part * 5000)


def test_what_was_taken_in_a_way_of_its_own_is_told():
    def notes(text):
        return " ".join(read_with_notes(text, ASSIGNED, DEFAULT, CALENDAR).notes)

    assert "2025年3月31日请填入整改措施" in notes("2025年3月底前完成方案；2025年底前完成整改")
    assert "以止日2025年12月31日" in notes("2021年7月至2025年12月")
    assert "从交办日期2025年4月18日起算" in notes("收到之日起15日内")
    assert "最后一天2025年9月30日" in notes("2025年第三季度前")
    assert "以写明的2025年6月30日为准" in notes("立行立改，2025年6月底前完成")
    assert not notes("2025年6月30日前") + notes("交办之日起15个工作日内")


def test_working_days_are_those_of_the_calendar():
    """1, 2 and 5 May are holidays, 27 April is worked; a year that nobody published is told."""
    words = "交办之日起15个工作日内"
    plain = read_with_notes(words, ASSIGNED, DEFAULT, Workdays())

    assert read(words).on == date(2025, 5, 13)
    assert plain.deadline.on == date(2025, 5, 9)
    assert "2025年放假安排未公布" in plain.notes[0]
    with pytest.raises(UnreadableDeadline, match="没有工作日历"):
        read_deadline(words, ASSIGNED, DEFAULT)


def test_a_term_has_no_day_before_the_assignment():
    deadline = read("交办之日起15日内，长期坚持", assigned=None)

    assert (deadline.kind, deadline.on) == (Kind.FIXED_THEN_STANDING, None)
    assert is_counted(deadline.text)
    assert not any(map(is_counted, ("立行立改", "2025年6月30日前", "长期坚持", "15日内", "")))
