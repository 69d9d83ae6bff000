"""Words of the history: what a chain is about, what may be done to it, between which states."""

from enum import IntEnum

from issues.vocabulary.keepers import KeeperAct
from issues.vocabulary.leads import LeadAct, LeadState
from issues.vocabulary.messages import HookAct
from issues.vocabulary.people import AccountAct, RegionAct, Role, UnitAct
from issues.vocabulary.polluters import PolluterAct
from issues.vocabulary.scores import ScoreAct
from issues.vocabulary.supervision import NoticeAct, NoticeStatus
from issues.vocabulary.ticket import Action, Status
from issues.vocabulary.word import Word


class BesideAct(Word):
    """What is written in a ticket's history beside the acts of its life."""

    VIEW_COMPLAINANT = "view_complainant", "查看举报人信息"
    GRANT_CLEARANCE = "grant_clearance", "授权查看举报人信息"
    REVOKE_CLEARANCE = "revoke_clearance", "收回查看举报人信息的授权"
    SEAL_COMPLAINANT = "seal_complainant", "封存补充信息中的举报人信息"
    RECORD_CALLBACK = "record_callback", "登记满意度回访"
    ADD_ORIGINAL = "add_original", "封存信访件原件"
    VIEW_ORIGINAL = "view_original", "打开信访件原件"
    RULE_FLAG = "rule_flag", "复核佐证疑点"
    RULE_CONTRADICTION = "rule_contradiction", "判断矛盾线索"
    WITHDRAW_EVIDENCE = "withdraw_evidence", "撤回佐证材料"
    RECORD_READING = "record_reading", "登记监测数据"
    WITHDRAW_READING = "withdraw_reading", "撤回监测数据"
    CONFIRM_READING = "confirm_reading", "确认监测数据"
    RETURN_READING = "return_reading", "退回监测数据"
    CORRECT_READING = "correct_reading", "更正监测数据"
    EXPORT_DOSSIER = "export_dossier", "导出一题一档"
    CHECK_THRESHOLDS = "check_thresholds", "核对颜色"
    FILL_PAST = "fill_past", "补记导入前的颜色"
    CLEAN_TEXT = "clean_text", "清理看不见的字符"
    TAKE_BACK = "take_back", "随导入撤回"
    BRING_AGAIN = "bring_again", "再次导入"
    MOVE_UNITS = "move_units", "单位调整"
    HAND_OVER = "hand_over", "交接经办人员"
    DROP_LOOKBACK = "drop_lookback", "取消回头看安排"
    BE_LINKED = "be_linked", "被关联"
    BE_UNLINKED = "be_unlinked", "被解除关联"
    VISIT = "visit", "包保查看"


class RoundAct(Word):
    OPEN = "open", "开始调度"
    CONFIRM = "confirm", "确认挂牌"
    HOLD = "hold", "暂缓挂牌"
    RAISE = "raise", "加重挂牌"
    TAKE_BACK = "take_back", "撤回研判"
    CLOSE = "close", "结束调度"


class CountyRoundAct(Word):
    OPEN = "open", "开始县级调度"
    KEEP = "keep", "继续跟踪"
    PRESS = "press", "督促整改"
    CLOSE = "close", "结束县级调度"


class CovertAct(Word):
    WRITE = "write", "记录暗访"
    ADD_PHOTO = "add_photo", "上传暗访照片"
    BECOME_TICKET = "become_ticket", "登记为问题"
    CLEAN_TEXT = "clean_text", "清理看不见的字符"


class TemplateAct(Word):
    SAVE = "save", "保存文书模板"


class PolicyAct(Word):
    PUBLISH = "publish", "发布规则"
    ADOPT = "adopt", "启用规则"


class DraftAct(Word):
    """Acts on a revision of the rules that is not in force."""

    BEGIN = "begin", "起草修订稿"
    SAVE = "save", "修改修订稿"
    DROP = "drop", "放弃修订稿"
    PUBLISH = "publish", "发布修订稿"


class CalendarAct(Word):
    FILL = "fill", "录入放假安排"


class WallAct(Word):
    OPEN = "open", "生成大屏地址"
    END = "end", "停用大屏地址"


class MapAct(Word):
    UPLOAD = "upload", "上传地图"
    END = "end", "停用地图"


class ProfileAct(Word):
    """Acts on what the office takes the ledger out as."""

    MAKE = "make", "新建导出样式"
    CHANGE = "change", "修改导出样式"
    END = "end", "停用导出样式"


class LayoutAct(Word):
    SAVE = "save", "保存导入格式"
    CHANGE = "change", "修改导入格式"
    END = "end", "停用导入格式"


class SettingAct(Word):
    SET_CHECKLIST = "set_checklist", "更改必备材料"
    SET_QUOTA = "set_quota", "更改存储额度"
    SET_CAMPAIGN = "set_campaign", "更改看板单列的批次"
    SET_WORDS = "set_words", "更改城市设置"
    BRING_BACK = "bring_back", "恢复城市设置"
    CLEAR_EXAMPLE = "clear_example", "清除示例数据"
    RESET_PRACTICE = "reset_practice", "重置练习城市"


class AccessAct(Word):
    """What somebody took out of the system, or was refused: in the history of the account."""

    EXPORT = "export", "导出"
    DOWNLOAD = "download", "下载原件"
    REFUSED = "refused", "访问被拒绝"


class RecordAct(Word):
    """Acts on the record as a whole."""

    COVER = "cover", "数据行纳入核验"
    RESTORE = "restore", "从备份恢复"
    RELEASE = "release", "解除恢复后的隔离"


class SettingNumber(IntEnum):
    """The number each setting has in the history."""

    CHECKLIST = 0
    QUOTA = 1
    CAMPAIGN = 2
    CITY = 3
    EXAMPLE = 8
    PRACTICE = 20


class Subject(Word):
    """What a chain is about; the words its acts are from; those its `before` and `after` are from.

    Where `states` is None, before and after are kept as they are read.
    """

    acts: tuple[type[Word], ...]
    states: type[Word] | None

    def __init__(
        self, _code: str, _label: str = "", acts: tuple[type[Word], ...] = (),
        states: type[Word] | None = None,
    ) -> None:  # fmt: skip
        self.acts, self.states = acts, states

    TICKET = "ticket", "问题", (Action, BesideAct), Status
    NOTICE = "notice", "督办文书", (NoticeAct,), NoticeStatus
    ROUND = "round", "调度", (RoundAct,)
    COUNTY_ROUND = "county_round", "县级调度", (CountyRoundAct,)
    COVERT = "covert", "暗访", (CovertAct,)
    LEAD = "lead", "线索", (LeadAct,), LeadState
    TEMPLATE = "notice_template", "文书模板", (TemplateAct,)
    POLICY = "policy", "规则", (PolicyAct,)
    POLICY_DRAFT = "policy_draft", "规则修订稿", (DraftAct,)
    CALENDAR = "calendar", "工作日历", (CalendarAct,)
    WALL = "wall", "大屏", (WallAct,)
    MAP = "map", "示意图", (MapAct,)
    PROFILE = "profile", "导出样式", (ProfileAct,)
    LAYOUT = "ledger_layout", "导入格式", (LayoutAct,)
    SETTING = "setting", "设置", (SettingAct,)
    ACCOUNT = "account", "账号", (AccountAct, AccessAct), Role
    UNIT = "unit", "单位", (UnitAct,)
    WEBHOOK = "webhook", "事件推送", (HookAct,)
    REGION = "region", "区域", (RegionAct,)
    POLLUTER = "polluter", "污染源", (PolluterAct,)
    KEEPER = "keeper", "包保人", (KeeperAct,)
    SCORE = "score", "考核记分", (ScoreAct,)
    RECORD = "record", "记录", (RecordAct, AccessAct)

    def act_of(self, code: str) -> Word | None:
        """The act that a row of this subject names, None where no such act is known any more."""
        return next((act for kind in self.acts if (act := kind.of(code))), None)

    def state_of(self, code: str) -> str:
        """The label of a state; what was kept where states have no words; empty for an old one."""
        if self.states is None:
            return code
        state = self.states.of(code)
        return state.label if state else ""
