"""Words of what differs between two sources of one ticket, and of what a person ruled on it."""

from issues.vocabulary.word import Word


class SourceKind(Word):
    """Where one side of a contradiction stands."""

    TICKET = "ticket", "事项登记"
    REMARK = "remark", "台账备注"
    MEASURE = "measure", "整改措施"
    FIGURE = "figure", "完成值"
    LEDGER = "ledger", "台账进展"
    REPORT = "report", "进展填报"
    REPLY = "reply", "文书答复"
    EXTENSION = "extension", "延期申请"
    CLAIM = "claim", "验收申请"
    READING = "reading", "监测数据"
    EVIDENCE = "evidence", "佐证材料"


class ContradictionGroup(Word):
    """What two sources differ in."""

    DAYS = "days", "日期"
    COUNTS = "counts", "数量"
    UNITS = "units", "单位"
    PLACES = "places", "地点"


class ContradictionKind(Word):
    """One rule each. `number` names it in the documents, `compares` tells what it looks at."""

    number: str
    group: ContradictionGroup
    compares: str

    def __init__(
        self, _code: str, _label: str = "", number: str = "",
        group: ContradictionGroup = ContradictionGroup.DAYS, compares: str = "",
    ) -> None:  # fmt: skip
        self.number, self.group, self.compares = number, group, compares

    FINISH_AHEAD = (
        "finish_ahead", "完成日期晚于书写之日", "C1", ContradictionGroup.DAYS,
        "文字写“已于某日完成”，该日在书写之日以后",
    )  # fmt: skip
    FINISH_CONFIRMED_EARLIER = (
        "finish_confirmed_earlier", "确认完成早于所写日期", "C2", ContradictionGroup.DAYS,
        "文字所写完成日期与措施的确认完成日期",
    )  # fmt: skip
    FINISH_DIFFERS = (
        "finish_differs", "两处完成日期不同", "C3", ContradictionGroup.DAYS,
        "两处文字对同一措施或全部整改所写的完成日期",
    )  # fmt: skip
    FINISH_NOT_TICKED = (
        "finish_not_ticked", "文字称完成而措施未完成", "C4", ContradictionGroup.DAYS,
        "填报文字与同一次填报所选的完成状态",
    )  # fmt: skip
    PROMISE_LATE = (
        "promise_late", "承诺完成晚于时限", "C5", ContradictionGroup.DAYS,
        "文字承诺的完成日期与整改时限、延期",
    )  # fmt: skip
    PLAN_DAY = (
        "plan_day", "措施文字与时限不符", "C6", ContradictionGroup.DAYS,
        "措施文字所写日期与措施时限",
    )  # fmt: skip
    REMARK_DAY = (
        "remark_day", "备注与时限或完成不符", "C7", ContradictionGroup.DAYS,
        "台账备注所写时限、提前完成与事项的时限、申报",
    )  # fmt: skip
    COUNT_FALLS = (
        "count_falls", "累计数量减少", "C8", ContradictionGroup.COUNTS,
        "前后两次所报的累计完成数量",
    )  # fmt: skip
    COUNT_NOT_FIGURE = (
        "count_not_figure", "文字数量与完成值不符", "C9", ContradictionGroup.COUNTS,
        "文字所写完成数量与完成值",
    )  # fmt: skip
    COUNT_OVER_TARGET = (
        "count_over_target", "完成数量超过目标", "C10", ContradictionGroup.COUNTS,
        "所报完成数量与措施目标值",
    )  # fmt: skip
    PLAN_TARGET = (
        "plan_target", "措施文字与目标值不符", "C11", ContradictionGroup.COUNTS,
        "措施文字所写数量与措施目标值",
    )  # fmt: skip
    READING_NOT_TEXT = (
        "reading_not_text", "文字监测值与登记不符", "C12", ContradictionGroup.COUNTS,
        "文字或备注所写监测值与登记的监测数据",
    )  # fmt: skip
    UNIT_DIFFERS = (
        "unit_differs", "计量单位不同", "C13", ContradictionGroup.UNITS,
        "同一数字、同一事物的计量单位",
    )  # fmt: skip
    TAKEN_TOO_EARLY = (
        "taken_too_early", "整改后照片拍摄过早", "C14", ContradictionGroup.DAYS,
        "整改后照片的拍摄日期与交办、整改前照片",
    )  # fmt: skip
    SAMPLED_TOO_EARLY = (
        "sampled_too_early", "采样早于措施完成", "C15", ContradictionGroup.DAYS,
        "申请验收所依据的采样日期与措施未完成的填报",
    )  # fmt: skip
    SAMPLED_TOO_LATE = (
        "sampled_too_late", "采样晚于报告或申报", "C16", ContradictionGroup.DAYS,
        "采样日期与报告日期、上传日期、所称达标的申请",
    )  # fmt: skip
    TAKEN_FAR = (
        "taken_far", "拍摄地点远离点位", "C17", ContradictionGroup.PLACES,
        "照片所记位置与事项点位",
    )  # fmt: skip
    OTHER_COUNTY = (
        "other_county", "文字地点在其他县区", "C18", ContradictionGroup.PLACES,
        "文字所写县（区）与事项的行政区域",
    )  # fmt: skip


class Verdict(Word):
    """What a person found of a contradiction."""

    UPHELD = "upheld", "属实"
    EXPLAINED = "explained", "解释成立"
    MISREAD = "misread", "误报"


class ContradictionState(Word):
    """Where a contradiction stands. `GONE`: a source was changed, and the two no longer differ."""

    OPEN = "open", "待判断"
    RULED = "ruled", "已判断"
    GONE = "gone", "来源已更正"
