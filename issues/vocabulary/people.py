"""Words for who acts: roles, and how a unit stands to a ticket."""

from enum import Enum

from issues.vocabulary.word import Word


class Seat(Enum):
    """For whom a role acts. An administrator holds no other role; a unit's person has a unit.

    A county's person belongs to its centre.
    """

    CITY = "city"
    COUNTY = "county"
    UNIT = "unit"
    ADMINISTRATION = "administration"


class Role(Word):
    """Who acts. What each may do stands in issues/rights/table.py."""

    seat: Seat

    def __init__(self, _code: str, _label: str = "", seat: Seat = Seat.CITY) -> None:
        self.seat = seat

    OFFICE = "office", "市环委办经办", Seat.CITY
    HEAD = "head", "市环委办负责人", Seat.CITY
    INSPECTOR = "inspector", "督察员", Seat.CITY
    COUNTY_OFFICE = "county_office", "县级经办", Seat.COUNTY
    COUNTY_HEAD = "county_head", "县级负责人", Seat.COUNTY
    REPORTER = "reporter", "单位经办", Seat.UNIT
    UNIT_LEADER = "unit_leader", "单位负责人", Seat.UNIT
    LEADER = "leader", "市领导", Seat.CITY
    PERFORMANCE = "performance", "目标绩效办", Seat.CITY
    SYSADMIN = "sysadmin", "系统管理员", Seat.ADMINISTRATION
    SECADMIN = "secadmin", "安全管理员", Seat.ADMINISTRATION
    AUDITOR = "auditor", "审计管理员", Seat.ADMINISTRATION


ADMINISTRATORS = frozenset(role for role in Role if role.seat is Seat.ADMINISTRATION)
UNIT_ROLES = frozenset(role for role in Role if role.seat is Seat.UNIT)
COUNTY_ROLES = frozenset(role for role in Role if role.seat is Seat.COUNTY)


COUNTY, ZONE = "县（区）", "园区"
CENTRE, TOWNSHIP = "县级指挥中心", "乡镇（街道）"
DEPARTMENT = "市级部门"
UNIT_KINDS = ("牵头机构", DEPARTMENT, COUNTY, ZONE, CENTRE, TOWNSHIP, "其他")
"""What a unit is, in the words it is kept in."""


class Relation(Word):
    """How a unit stands to a ticket."""

    PRIMARY = "primary", "主责单位"
    RESPONSIBLE = "responsible", "责任单位"
    LEAD = "lead", "牵头单位"
    SUPPORTING = "supporting", "配合单位"
    ACCEPTANCE = "acceptance", "验收单位"
    SUPERVISING = "supervising", "督导单位"
    MEASURE = "measure", "措施责任单位"
    TERRITORIAL = "territorial", "属地县（区）"
    CENTRE = "centre", "县级指挥中心"
    TASK = "task", "任务承办单位"


class UnitAct(Word):
    """What is done to a unit, as its history names it."""

    CREATE = "create_unit", "新建单位"
    AMEND = "amend_unit", "修改单位"
    ADD_ALIAS = "add_alias", "添加别称"
    END_ALIAS = "end_alias", "停用别称"
    MERGE = "merge_unit", "并入其他单位"
    TAKE_IN = "take_in_unit", "并入本单位"
    SPLIT = "split_unit", "分设"
    COME_OF = "come_of_unit", "由分设而来"
    ADD_ADDRESS = "add_address", "添加群接收地址"
    PROVE_ADDRESS = "prove_address", "验证群接收地址"
    END_ADDRESS = "end_address", "停用群接收地址"


class RegionKind(Word):
    """What a place is, the widest first."""

    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县（区）"
    ZONE = "zone", "园区"
    TOWNSHIP = "township", "乡镇（街道）"
    VILLAGE = "village", "村（社区）"
    GRID = "grid", "网格"
    RIVER = "river", "河段"


class RegionAct(Word):
    """What is done to a place, as its history names it. A place is never removed."""

    CHOOSE = "choose_city", "选定城市"
    ADD = "add_region", "添加区域"
    RENAME = "rename_region", "更改区域名称"
    MOVE = "move_region", "调整上级区域"
    END = "end_region", "停用区域"
    RESTORE = "restore_region", "恢复区域"
    IMPORT = "import_regions", "导入区域"


class AliasKind(Word):
    """What else a unit is called."""

    SHORT = "short", "简称"
    FORMER = "former", "曾用名"


class AccountAct(Word):
    """What is done to an account, as its history names it."""

    CREATE = "create_account", "新建账号"
    DISABLE = "disable_account", "停用账号"
    ENABLE = "enable_account", "启用账号"
    AMEND = "amend_account", "修改账号"
    MOVE = "move_account", "随单位调整"
    HAND_OVER = "hand_over_work", "交出工作"
    TAKE_OVER = "take_over_work", "接手工作"
    ASK_ROLE = "ask_role", "申请授予角色"
    REFUSE_ROLE = "refuse_role", "不同意授予角色"
    RESET_PASSWORD = "reset_password", "重置密码"
    CHANGE_PASSWORD = "change_password", "修改密码"
    GRANT = "grant_role", "授予角色"
    REVOKE = "revoke_role", "收回角色"
    SIGN_IN = "sign_in", "登录"
    SIGN_IN_FAILED = "sign_in_failed", "登录失败"
    SIGN_OUT = "sign_out", "退出登录"
    END_SESSION = "end_session", "结束会话"
    ISSUE_TOKEN = "issue_token", "发放接口令牌"
    REVOKE_TOKEN = "revoke_token", "吊销接口令牌"
    SET_PASSWORD = "set_password", "用一次性链接设定密码"
    SET_FACTOR = "set_factor", "启用动态口令"
    END_FACTOR = "end_factor", "停用动态口令"
    RESET_FACTOR = "reset_factor", "重置动态口令"
    NEW_CODES = "new_recovery_codes", "更换恢复码"
    USE_RECOVERY = "use_recovery_code", "使用恢复码"
    PROVE = "prove_again", "再次验证身份"
    PROOF_FAILED = "proof_failed", "身份验证未通过"
    UNLOCK = "unlock_account", "解除登录限制"
    ASK_PAIR = "ask_pair", "提出双人复核申请"
    CONFIRM_PAIR = "confirm_pair", "同意双人复核申请"
    REFUSE_PAIR = "refuse_pair", "不同意双人复核申请"
    WITHDRAW_PAIR = "withdraw_pair", "撤回双人复核申请"
    LINK = "link_identity", "关联外部身份"
    CONFIRM_LINK = "confirm_identity", "确认外部身份"
    UNLINK = "unlink_identity", "解除外部身份"
    OPEN_PASSWORD = "open_password", "开放应急密码登录"
    ADD_ADDRESS = "add_address", "添加接收地址"
    PROVE_ADDRESS = "prove_address", "验证接收地址"
    END_ADDRESS = "end_address", "停用接收地址"
    OPEN_FEED = "open_feed", "生成日历订阅地址"
    END_FEED = "end_feed", "停用日历订阅地址"


OF_OTHERS = frozenset({
    AccountAct.RESET_PASSWORD, AccountAct.RESET_FACTOR, AccountAct.GRANT, AccountAct.REVOKE,
    AccountAct.DISABLE, AccountAct.ENABLE, AccountAct.END_SESSION, AccountAct.ISSUE_TOKEN,
    AccountAct.REVOKE_TOKEN, AccountAct.UNLOCK, AccountAct.SIGN_IN_FAILED,
    AccountAct.PROOF_FAILED, AccountAct.LINK, AccountAct.CONFIRM_LINK, AccountAct.UNLINK,
    AccountAct.OPEN_PASSWORD,
    AccountAct.AMEND,
    AccountAct.MOVE,
})  # fmt: skip
"""What the owner of an account is told of where somebody else did it."""
BY_A_LINK = frozenset({AccountAct.SET_PASSWORD, AccountAct.USE_RECOVERY})
"""Done in the person's own name, perhaps by who had stolen a link or a code."""
BY_NOBODY = frozenset({AccountAct.SIGN_IN_FAILED, AccountAct.PROOF_FAILED})
"""Tries that failed: nobody's acts, and as many as somebody likes to make."""


class RosterKind(Word):
    """What the rows of a workbook of the city's own bodies are."""

    UNITS = "units", "单位"
    PEOPLE = "people", "人员"
    POLLUTERS = "polluters", "污染源"
    LEADS = "leads", "线索"
    KEEPERS = "keepers", "包保人"


class PairAct(Word):
    """What is done to an account by two administrators only."""

    GRANT = "grant_role", "授予管理员角色"
    RESET_PASSWORD = "reset_password", "重置管理员密码"
    RESET_FACTOR = "reset_factor", "重置动态口令"


class PairOutcome(Word):
    """How a request for two ended."""

    CONFIRMED = "confirmed", "已同意"
    REFUSED = "refused", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"


class DoorKind(Word):
    """Another system that says who somebody is."""

    OIDC = "oidc", "统一身份认证"
    CAS = "cas", "CAS 单点登录"
    LDAP = "ldap", "单位目录账号"


class TokenScope(Word):
    """What a token may be used for, within what its account may do."""

    FULL = "full", "全部权限"
    ACT = "act", "查看和日常办理"
    READ = "read", "只能查看"
    LEADS = "leads", "只能报送线索"
