"""What the forms of sign-in and of accounts ask for."""

from dataclasses import replace

from auth.changing import Way
from auth.pairs import LONGEST_REASON
from issues.act_fields import Field, optional
from issues.ground.refusals import Incomplete
from issues.vocabulary import DoorKind, PairAct, Role
from issues.web.door import forms

SIGN_IN = (
    Field("username", "text", "账号", limit=80, autocomplete="username", asks="请填写账号。"),
    Field(
        "password", "password", "密码", autocomplete="current-password", asks="请填写密码。"
    ),
)  # fmt: skip
CODE = (
    Field(
        "code", "text", "动态口令", limit=40, autocomplete="one-time-code",
        asks="请填写动态口令或恢复码。",
        hint="手机上显示的 6 位数字；手机不在身边时填一个恢复码。",
    ),
)  # fmt: skip
_CURRENT = Field(
    "current", "password", "现用密码", autocomplete="current-password", asks="请填写现用密码。"
)
_HINTS = {
    "gb": "至少 10 个字符，含大写字母、小写字母、数字、其他符号中的三类，"
    "不含账号、姓名、单位和本系统的名称，不是键盘上的连续按键，不是最近用过的 5 个密码。",
    "asvs": "至少 15 个字符，可以是几个不相干的词，不含账号、姓名、单位和本系统的名称，"
    "不是键盘上的连续按键，不是最近用过的 5 个密码。",
}


def _new(profile: str) -> tuple[Field, ...]:
    return (
        Field(
            "new", "password", "新密码", autocomplete="new-password", asks="请填写新密码。",
            hint=_HINTS[profile],
        ),
        Field(
            "again", "password", "再次输入新密码", autocomplete="new-password",
            asks="请再次输入新密码。",
        ),
    )  # fmt: skip


OPENING = {profile: _new(profile) for profile in _HINTS}
PASSWORD = {profile: (_CURRENT, *fields) for profile, fields in OPENING.items()}
"""By the profile of the setting PASSWORD_PROFILE."""


def chosen(fields: tuple[Field, ...]) -> forms.Values:
    """What was typed, the new password twice the same. Raises Incomplete."""
    said = forms.read(fields)
    if said["new"] != said["again"]:
        raise Incomplete({"again": ["两次输入的新密码不一致。"]})
    return said


IDENTITY = (
    Field(
        "door", "choice", "登录方式", choices=tuple(DoorKind.choices()), asks="请选择登录方式。"
    ),
    Field(
        "subject", "text", "编号", limit=255, asks="请填写编号。",
        hint="本人第一次用外部身份登录时，页面上显示的编号。",
    ),
)  # fmt: skip
ACCOUNT = (
    Field(
        "name", "text", "账号", limit=40, asks="请填写账号。",
        hint="由字母、数字、点、横线或下划线组成，以字母开头；建立后不能更改。",
    ),
    Field("display_name", "text", "姓名", limit=40, asks="请填写姓名。"),
    optional("unit", "unit", "所属单位", asks="没有这个单位，请重新选择。"),
    optional("phone", "tel", "联系电话", limit=40),
)  # fmt: skip
ROLE = (Field("role", "choice", "角色", choices=tuple(Role.choices()), asks="请选择角色。"),)
WAY = (
    optional(
        "way", "choice", "交给本人的方式", hint="不选时显示一次性链接。",
        asks="请选择交给本人的方式。",
        choices=(
            (Way.SLIP.value, "打印密封单（三天内有效）"),
            (Way.LINK.value, "一次性链接（24 小时内有效）"),
        ),
    ),
)  # fmt: skip


def way_of(said: forms.Values) -> Way:
    return Way(said["way"] or Way.LINK.value)


REASON = Field("reason", "text", "理由", limit=LONGEST_REASON, asks="请写明理由。")
GIVING = (
    *ROLE,
    replace(
        REASON, required=False, hint="授予系统、安全、审计管理员时必填，须由另一位管理员复核。"
    ),
)
PAIR = (
    Field("act", "choice", "事项", choices=tuple(PairAct.choices()), asks="请选择事项。"),
    REASON,
)
