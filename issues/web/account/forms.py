"""What the forms of sign-in and accounts take. Each names its own fields and no other."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from issues.vocabulary import Role

LONGEST_PASSWORD = 2000


def options(blank: str, choices: list[tuple[str, str]]) -> list[SelectChoice]:
    """The choices of a list, under one that chooses nothing."""
    return [SelectChoice("", blank), *(SelectChoice(code, label) for code, label in choices)]


class SignInForm(FlaskForm):
    username = StringField(
        "账号",
        [InputRequired("请填写账号。"), Length(max=80, message="账号过长。")],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "密码",
        [InputRequired("请填写密码。"), Length(max=LONGEST_PASSWORD, message="密码过长。")],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(FlaskForm):
    current = PasswordField(
        "现用密码",
        [InputRequired("请填写现用密码。"), Length(max=LONGEST_PASSWORD, message="密码过长。")],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        "新密码",
        [InputRequired("请填写新密码。"), Length(max=LONGEST_PASSWORD, message="密码过长。")],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "再次输入新密码",
        [InputRequired("请再次输入新密码。")],
        render_kw={"autocomplete": "new-password"},
    )


class AccountForm(FlaskForm):
    name = StringField(
        "账号", [InputRequired("请填写账号。"), Length(max=40, message="账号过长。")]
    )
    display_name = StringField(
        "姓名", [InputRequired("请填写姓名。"), Length(max=40, message="姓名过长。")]
    )
    unit = SelectField("所属单位", invalid_choice_message="没有这个单位,请重新选择。")
    phone = TelField("联系电话", [Length(max=40, message="电话过长。")])


class RoleForm(FlaskForm):
    role = SelectField(
        "角色", [InputRequired("请选择角色。")], choices=options("请选择", Role.choices())
    )
