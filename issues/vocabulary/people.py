"""Words for who acts: roles, and how a unit stands to a ticket."""

from issues.vocabulary.word import Word


class Role(Word):
    OFFICE = "office", "市环委办经办"
    HEAD = "head", "市环委办负责人"
    INSPECTOR = "inspector", "督察员"
    REPORTER = "reporter", "单位经办"
    UNIT_LEADER = "unit_leader", "单位负责人"
    LEADER = "leader", "市领导"
    PERFORMANCE = "performance", "目标绩效办"
    SYSADMIN = "sysadmin", "系统管理员"
    SECADMIN = "secadmin", "安全管理员"
    AUDITOR = "auditor", "审计管理员"


ADMINISTRATORS = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})
UNIT_ROLES = frozenset({Role.REPORTER, Role.UNIT_LEADER})


COUNTY, ZONE = "县（区）", "园区"
UNIT_KINDS = ("牵头机构", "市级部门", COUNTY, ZONE, "其他")
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


class UnitAct(Word):
    """What is done to a unit, as its history names it."""

    CREATE = "create_unit", "新建单位"
    AMEND = "amend_unit", "修改单位"


class AccountAct(Word):
    """What is done to an account, as its history names it."""

    CREATE = "create_account", "新建账号"
    DISABLE = "disable_account", "停用账号"
    ENABLE = "enable_account", "启用账号"
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
