"""The fields that say what is wrong, where, and what is to be reached by when."""

from issues.tickets.field import YES, Export, InTemplate, Ledger, Not, Part, Shown, TicketField
from issues.vocabulary import ProblemType, Source

_CODED = Not("a word of a fixed list: the register narrows by it instead")
_COUNTY = Not("the county is searched by its name, as a unit of the ticket")
_TOWN = Not("it is searched by the names of the places, not by the code that is kept")
_FLAG = Not("a yes or a no is no word to search by")
_FIGURE = Not("a figure nobody types to find a ticket; the register narrows by its day or place")

PROBLEM = (
    TicketField(
        name="source", type="choice", label="问题来源", choices=tuple(Source.choices()),
        is_required=True, is_filled=False, tells_registration=True,
        draft=Part.PROBLEM, amend=Not("the number is made from it; a wrong one is withdrawn"),
        ledger=Ledger(("问题来源", "来源"), by="ticket_texts", is_first=True),
        export=Export(30, "问题来源", 12), search=_CODED, dossier=YES, api=YES,
        page=InTemplate("_about.html"), history=YES,
    ),
    TicketField(
        name="source_ref", type="text", label="来源文件及项号", limit=80, is_nullable=True,
        draft=Part.PROBLEM, amend=YES,
        ledger=Ledger(("来源文件及项号",), by="ticket_texts", is_first=True),
        export=Export(40, "来源文件及项号", 14, optional=True), search=YES, dossier=YES, api=YES,
        page=InTemplate("_about.html"), history=YES,
    ),
    TicketField(
        name="case_number", type="text", label="受理编号", limit=32, is_nullable=True,
        draft=Part.PROBLEM, amend=YES,
        ledger=Ledger(("受理编号",), by="ticket_texts", is_first=True),
        export=Export(50, "受理编号", 18, optional=True), search=YES, dossier=YES, api=YES,
        page=InTemplate("_about.html"), history=YES,
    ),
    TicketField(
        name="title", type="text", label="标题", limit=120,
        is_required=True, is_never_emptied=True, tells_registration=True,
        draft=Part.PROBLEM, amend=YES,
        ledger=Ledger(("标题", "问题标题"), by="ticket_texts", is_first=True),
        export=Not("the ledger has no such column; it is read again from the problem"),
        search=YES, dossier=YES, api=YES, page=InTemplate("page.html"), history=YES,
    ),
    TicketField(
        name="problem", type="long_text", label="存在问题", limit=5000,
        is_required=True, is_never_emptied=True, draft=Part.PROBLEM, amend=YES,
        ledger=Ledger(("存在问题", "主要问题", "问题描述", "交办问题基本情况"), by="ticket_texts",
                      is_first=True, as_long_as_a_cell=True),
        export=Export(100, "存在问题", 50), search=YES, dossier=YES, api=YES,
        page=InTemplate("_about.html"), history=YES,
    ),
    TicketField(
        name="region", type="region", label="行政区域",
        is_required=True, is_never_emptied=True, needed_to_assign=True,
        draft=Part.PROBLEM, amend=YES,
        ledger=Ledger(("行政区域", "属地"), by="unit_roles", is_first=True),
        export=Export(70, "行政区域", 10), search=_COUNTY, dossier=YES, api=YES,
        page=Not("the page names the county as the unit of the territory"), history=YES,
    ),
    TicketField(
        name="township", type="place", label="乡镇（街道）", limit=120, is_filled=False,
        hint="可写到村（社区）、网格，如“某镇某村”，须在行政区域内", draft=Part.PROBLEM, amend=YES,
        ledger=Ledger(("乡镇", "乡镇街道")), export=Export(75, "乡镇（街道）", 14, optional=True),
        search=_TOWN, dossier=YES, api=YES, api_label="乡镇（街道）代码",
        page=Shown("about", "乡镇（街道）"), history=YES,
    ),
    TicketField(
        name="place", type="text", label="点位", limit=500, draft=Part.PROBLEM, amend=YES,
        ledger=Ledger(("点位及坐标", "点位", "地点"), by="ticket_texts", by_profile=True,
                      is_first=True, as_long_as_a_cell=True),
        export=Export(80, "点位及坐标", 22), search=YES, dossier=YES, api=YES,
        page=InTemplate("_about.html"), history=YES,
    ),
    TicketField(
        name="lon", type="decimal", label="经度", hint="手机定位的坐标，小数度", most=180,
        draft=Part.PROBLEM, amend=YES,
        ledger=Ledger(("经度",), by="ticket_texts", is_first=True),
        export=Not("stands in brackets in the column of the place"), search=_FIGURE, dossier=YES,
        api=YES, api_label="经度（WGS-84）", page=InTemplate("_about.html"), history=YES,
    ),
    TicketField(
        name="lat", type="decimal", label="纬度", hint="手机定位的坐标，小数度", most=90,
        draft=Part.PROBLEM, amend=YES,
        ledger=Ledger(("纬度",), by="ticket_texts", is_first=True),
        export=Not("stands in brackets in the column of the place"), search=_FIGURE, dossier=YES,
        api=YES, api_label="纬度（WGS-84）", page=InTemplate("_about.html"), history=YES,
    ),
    TicketField(
        name="types", type="choices", label="问题类型", choices=tuple(ProblemType.choices()),
        draft=Part.PROBLEM, amend=YES,
        ledger=Ledger(("问题类型", "污染类型"), by="ticket_texts", is_first=True),
        export=Export(90, "问题类型", 10), search=_CODED, dossier=YES, api=YES,
        page=InTemplate("_about.html"), history=YES,
    ),
    TicketField(
        name="goal", type="long_text", label="整改目标", needed_to_assign=True,
        draft=Part.DEMANDS, amend=YES,
        ledger=Ledger(("整改目标",), by_profile=True, is_first=True, as_long_as_a_cell=True),
        export=Export(200, "整改目标", 30), search=YES, dossier=YES, api=YES,
        page=InTemplate("_about.html"), history=YES,
    ),
    TicketField(
        name="criteria", type="long_text", label="验收标准", needed_to_assign=True,
        draft=Part.DEMANDS, amend=YES,
        ledger=Ledger(("验收标准",), by_profile=True, is_first=True, as_long_as_a_cell=True),
        export=Export(210, "验收标准", 30),
        search=Not("much the same in every ticket: whoever asks for its words finds nearly all"),
        dossier=YES, api=YES, page=InTemplate("_about.html"), history=YES,
    ),
    TicketField(
        name="deadline", type="date", label="整改时限", is_filled=False, is_deadline=True,
        draft=Part.DEMANDS, amend=YES,
        ledger=Ledger(("整改时限", "整改期限", "完成时限"), by="tickets", is_first=True),
        export=Export(240, "整改时限", 16), search=_FIGURE, dossier=YES, api=YES,
        page=InTemplate("_about.html"), history=YES,
    ),
    TicketField(
        name="deadline_text", type="deadline", label="整改时限（原文）", limit=120,
        hint="如2025年底前、2025年三季度末、交办之日起15日内、立行立改、长期坚持",
        is_filled=False, is_deadline=True, draft=Part.DEMANDS, amend=YES,
        ledger=Not("the words in the column of the deadline are kept beside its day"),
        export=Not("the column of the deadline shows the words while they mean its day"),
        search=_FIGURE, dossier=YES, api=YES, page=InTemplate("_about.html"), history=YES,
    ),
)  # fmt: skip

BESIDE = (
    TicketField(
        name="subject_firm", type="text", label="责任主体", limit=120, narrowed_by="firm",
        hint="造成问题的企业或个人，便于查找同一主体的其他事项", draft=Part.PROBLEM, amend=YES,
        ledger=Ledger(("责任主体",)), export=Export(190, "责任主体", 18, "整改责任", optional=True),
        search=YES, dossier=YES, api=YES, page=Shown("about", "责任主体"), history=YES,
    ),
    TicketField(
        name="unlawful", type="flag", label="存在违法行为", draft=Part.PROBLEM, amend=YES,
        ledger=Not("the ledger has no such column; 立案处罚 tells what followed"),
        export=Not("the ledger has no such column"), search=_FLAG, dossier=YES,
        api=YES, page=Shown("about", "违法行为", "存在，须有处罚材料"), history=YES,
    ),
    TicketField(
        name="remark", type="long_text", label="备注事项", draft=Part.OTHER, amend=YES,
        ledger=Ledger(("备注",), by_profile=True, is_first=True, as_long_as_a_cell=True),
        export=Export(1000, "备注", 24), search=YES, dossier=YES, api=YES,
        page=Shown("about", "备注"), history=YES,
    ),
    TicketField(
        name="starred", type="flag", label="重点", attribute="is_starred",
        hint="标★的信访件，答复期限较短", draft=Part.OTHER,
        amend=Not("a ledger marks it: the star of whoever handed the problem over"),
        ledger=Ledger(("重点", "是否重点"), by="ticket_texts", is_first=True),
        export=Export(60, "重点", 6), search=_FLAG, dossier=YES, api=YES,
        page=Shown("about", "重点"), history=YES,
    ),
)  # fmt: skip
