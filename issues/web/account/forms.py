"""What the forms of sign-in and of accounts ask for."""

from issues.act_fields import Field, optional
from issues.vocabulary import DoorKind, Role

SIGN_IN = (
    Field("username", "text", "账号", limit=80, autocomplete="username", asks="请填写账号。"),
    Field(
        "password", "password", "密码", autocomplete="current-password", asks="请填写密码。"
    ),
)  # fmt: skip
PASSWORD = (
    Field(
        "current", "password", "现用密码", autocomplete="current-password",
        asks="请填写现用密码。",
    ),
    Field(
        "new", "password", "新密码", autocomplete="new-password", asks="请填写新密码。",
        hint="至少 10 个字符，含大写字母、小写字母、数字、其他符号中的三类，不含账号和姓名。",
    ),
    Field(
        "again", "password", "再次输入新密码", autocomplete="new-password",
        asks="请再次输入新密码。",
    ),
)  # fmt: skip
LINK = (
    Field(
        "current", "password", "本系统密码", autocomplete="current-password",
        asks="请填写本系统密码。", hint="为防止他人在您离开时关联，请再输入一次您在本系统的密码。",
    ),
)  # fmt: skip
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
