"""Which part of the manual a page's “?” opens: one table, by endpoint and by act.

A spot is a chapter and, behind `#`, one of its headings. Of several the first is opened whose
chapter is written for the reader. A test holds that every page has its row and every spot is there.
"""

from collections.abc import Mapping

from issues.manual.book import HERE, address
from issues.manual.chapters import CHAPTERS, Reader
from issues.vocabulary import Action

Spots = tuple[str, ...]

_OWN: Spots = (
    "office", "head", "inspector", "unit", "county", "leader", "performance", "sysadmin",
    "secadmin", "auditor",
)  # fmt: skip
"""The chapter of the reader's own part."""
_IMPORT: Spots = ("importing",)
_TICKET: Spots = ("life", "questions")

PAGES: Mapping[str, Spots] = {
    "access.page": ("sysadmin#账号", "accounts#正在使用的登录"),
    "account.page": ("accounts#正在使用的登录",),
    "account.password": ("accounts#密码要求",),
    "acts.form": _TICKET,
    "addresses.page": ("messages#同时收到邮件或群消息",),
    "addresses.unit_page": ("messages#单位群",),
    "admin.account_list": ("sysadmin#账号",),
    "admin.new_account": ("sysadmin#账号",),
    "admin.one_account": ("sysadmin#账号",),
    "aliases.listed": ("sysadmin#单位", "wording#单位"),
    "api_docs.docs": ("glossary",),
    "asked_roles.page": ("bodies#按工作簿导入人员",),
    "board.page": ("board#看板",),
    "calendar.page": ("sysadmin#工作日历", "first-week"),
    "checklist.page": ("evidence#要哪些材料",),
    "city.preview": ("places",),
    "city.search": ("places",),
    "clearances.ask": ("head#举报人信息",),
    "complaint_originals.page": ("head#举报人信息", "office#登记问题"),
    "contradictions.index": ("evidence#矛盾线索",),
    "contradictions.page": ("evidence#矛盾线索",),
    "covert.listed": ("inspector#暗访", "office"),
    "covert.new": ("inspector#暗访",),
    "covert.page": ("inspector#暗访", "office"),
    "deliveries.page": ("messages#管理人员",),
    "differences.page": ("board#逐件变化",),
    "differences_of_import.page": _IMPORT,
    "digests.page": ("leader#每周提要",),
    "disable.page": ("bodies#人员离任",),
    "dossier.page": ("office#一题一档", "life"),
    "dossier.several": ("office#一题一档", "life"),
    "dossier_batches.listed": ("office#一题一档", "life"),
    "dossier_batches.page": ("office#一题一档", "life"),
    "evidence.gallery": ("unit#上传佐证材料", "evidence#上传"),
    "evidence.one": ("unit#上传佐证材料", "evidence#上传"),
    "exchange.ask": _IMPORT,
    "exchange.show": _IMPORT,
    "exchange.start": _IMPORT,
    "factor.page": ("accounts#动态口令",),
    "first_week.page": ("first-week",),
    "flags.counts": ("inspector#疑点和矛盾线索",),
    "flags.page": ("evidence#疑点",),
    "fonts.page": ("sysadmin#站外通知和字体", "papers"),
    "grants.grant_list": ("secadmin#授予角色",),
    "grants.one_grant": ("secadmin#授予角色",),
    "handover.page": ("bodies#人员离任",),
    "history.whole": ("auditor#历史",),
    "instructions.page": ("leader#批示", "life"),
    "layouts.listed": ("importing#保存过的格式",),
    "layouts.show": ("importing#保存过的格式",),
    "long_exports.page": ("taking-out",),
    "lookbacks.new": ("inspector#回头看", "life"),
    "lookbacks.page": ("inspector#回头看", "life"),
    "lookbacks.sample": ("inspector#回头看", "life"),
    "map.page": ("board#地图和作战图",),
    "map.sheets": ("office#地图大屏和要点",),
    "match.page": ("importing#核对栏目",),
    "merge.page": ("bodies#单位更名并入和分设",),
    "messages.page": ("messages",),
    "new.new": ("office#登记问题", "inspector#暗访"),
    "notice_templates.listed": ("papers#起草",),
    "notice_templates.page": ("papers#起草",),
    "notice_volume.page": ("papers", "board"),
    "notices.ask_void": ("papers#作废",),
    "notices.listed": ("papers", "board"),
    "notices.new": ("papers#起草",),
    "notices.page": ("papers#核对和签发",),
    "outbox.page": ("sysadmin#站外通知和字体", "papers"),
    "points.page": ("office#地图大屏和要点", "board#工作要点和每周提要"),
    "policy.current": ("colours#怎样调整参数",),
    "policy.draft": ("colours#怎样调整参数",),
    "policy.lab": ("colours#怎样调整参数",),
    "policy.version": ("colours#怎样调整参数",),
    "practice.ask_reset": ("practice#恢复原样",),
    "practice.page": ("practice#进入",),
    "profiles.edit": ("taking-out#自建样式市环委办经办",),
    "profiles.new": ("taking-out#自建样式市环委办经办",),
    "profiles.page": ("taking-out#自建样式市环委办经办",),
    "publicity.page": ("office#公示和销号", "life"),
    "readings.page": ("unit#登记监测数据", "evidence#监测数据"),
    "region_import.start": ("places",),
    "regions.ask": ("places",),
    "regions.listed": ("places",),
    "regions.new": ("places",),
    "regions.one": ("places",),
    "register.page": ("finding#台账",),
    "register_print.page": ("taking-out#打印",),
    "report_readings.page": ("unit#登记监测数据", "evidence#监测数据"),
    "reviews.page": ("accounts#三员双人复核",),
    "rosters.people": ("bodies#按工作簿导入人员",),
    "rosters.show_people": ("bodies#按工作簿导入人员",),
    "rosters.show_units": ("bodies#按工作簿导入单位",),
    "rosters.units": ("bodies#按工作簿导入单位",),
    "rounds.listed": ("office#调度", "head#结束调度", "colours#计算颜色和挂牌"),
    "rounds.page": ("office#调度", "head#结束调度", "colours#计算颜色和挂牌"),
    "running.page": ("sysadmin#后台和存储", "importing"),
    "search.page": ("finding#查找",),
    "setup.page": ("setup",),
    "similar_page.page": ("office#重复和关联",),
    "split.page": ("bodies#单位更名并入和分设",),
    "style.page": ("glossary",),
    "taken_back.page": ("importing#导错了整批撤回", "auditor#历史"),
    "targets.page": ("office#监测数据和目标", "evidence#目标"),
    "ticket.page": _TICKET,
    "undoing.ask": ("importing#导错了整批撤回",),
    "units.listed": ("sysadmin#单位",),
    "units.new": ("sysadmin#单位",),
    "units.one": ("sysadmin#单位",),
    "wall.passes": ("office#地图大屏和要点",),
    "webhooks.one": ("messages#管理人员",),
    "webhooks.page": ("messages#管理人员",),
    "worklist.page": _OWN,
    "works.listed": ("importing#较大的工作簿在后台办", "taking-out"),
    "works.page": ("importing#较大的工作簿在后台办", "taking-out"),
}

ACTS: Mapping[Action, Spots] = {
    Action.EDIT: ("office#登记问题", "inspector#暗访"),
    Action.ASSIGN: ("office#交办",),
    Action.ACKNOWLEDGE: ("unit#签收",),
    Action.DECLINE: ("unit#签收",),
    Action.SUBMIT_PLAN: ("unit#报送整改方案",),
    Action.APPROVE_PLAN: ("reviewing#牵头单位", "office#审方案和确认进展"),
    Action.RETURN_PLAN: ("reviewing#牵头单位", "office#审方案和确认进展"),
    Action.REPORT_PROGRESS: ("unit#填报进展",),
    Action.CONFIRM_PROGRESS: ("reviewing#牵头单位", "office#审方案和确认进展"),
    Action.RETURN_PROGRESS: ("reviewing#牵头单位", "office#审方案和确认进展"),
    Action.REQUEST_EXTENSION: ("unit#申请延期",),
    Action.GRANT_EXTENSION: ("head#延期",),
    Action.REFUSE_EXTENSION: ("head#延期",),
    Action.REQUEST_ACCEPTANCE: ("unit#申请验收",),
    Action.PASS_FIRST_ACCEPTANCE: ("reviewing#验收单位", "life#各环节"),
    Action.RETURN_ACCEPTANCE: ("reviewing#验收单位", "life#退回和重来"),
    Action.RECORD_SITE_CHECK: ("inspector#现场核查",),
    Action.PROCEED: ("head#仍予推进",),
    Action.APPROVE_CLOSURE: ("head#同意公示和退回整改",),
    Action.RETURN_CLOSURE: ("head#同意公示和退回整改",),
    Action.RECORD_OBJECTION: ("office#公示和销号",),
    Action.UPHOLD_OBJECTION: ("office#公示和销号",),
    Action.DISMISS_OBJECTION: ("office#公示和销号",),
    Action.CLOSE: ("office#公示和销号",),
    Action.INTERIM_CLOSE: ("office#公示和销号",),
    Action.RECORD_LOOKBACK: ("inspector#回头看",),
    Action.PLAN_LOOKBACK: ("inspector#回头看", "life"),
    Action.REOPEN: ("life#退回和重来",),
    Action.RECORD_EXPOSURE: ("colours#R5",),
    Action.RECORD_FINDING: ("colours#R6",),
    Action.RAISE_CARD: ("office#挂牌",),
    Action.LIFT_CARD: ("head#摘牌",),
    Action.AMEND: ("office#调整事项",),
    Action.COMMENT: ("life#办理过程",),
    Action.INSTRUCT: ("leader#批示",),
    Action.REPLY_INSTRUCTION: ("leader#批示", "life"),
    Action.DELEGATE: ("county#交督办和收回市环委办经办",),
    Action.RECALL: ("county#交督办和收回市环委办经办",),
    Action.HAND_TASK: ("county#县级经办",),
    Action.CONFIRM_TASK: ("county#县级经办",),
    Action.RETURN_TASK: ("county#县级经办",),
    Action.ANSWER_TASK: ("county#乡镇街道和其他承办单位",),
    Action.LINK: ("office#重复和关联",),
    Action.UNLINK: ("office#重复和关联",),
    Action.MERGE: ("head#并案和撤销",),
    Action.WITHDRAW: ("head#并案和撤销",),
}


_BY_CODE = {act.value: spots for act, spots in ACTS.items()}


def help_for(endpoint: str | None, act: str | None, reader: Reader) -> str:
    """Where the “?” of a page leads: to the contents where it has no row."""
    spots = PAGES.get(endpoint or "", ())
    if not spots:
        return HERE
    slug, _, anchor = _for(_BY_CODE.get(act or "", spots), reader).partition("#")
    return address(slug, anchor)


def _for(spots: Spots, reader: Reader) -> str:
    readers = {chapter.slug: chapter.readers for chapter in CHAPTERS}
    return next((one for one in spots if reader.slug in readers[one.partition("#")[0]]), spots[0])
