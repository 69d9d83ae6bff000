"""What is named by its code in the details of an act: a unit, a region, an account."""

from typing import Any

from sqlalchemy import bindparam, select

from auth.models import Unit, User
from extensions import db
from issues import regions
from issues.act_fields.field import Field, Wrong
from issues.models import Issue

_UNIT = select(Unit).where(Unit.code == bindparam("code"))
_ACCOUNT = select(User).where(User.name == bindparam("name"))


def unit(_field: Field, value: Any, _issue: Issue | None) -> Unit:
    found = db.session.scalars(_UNIT, {"code": str(value).strip()}).first()
    if found is None:
        raise Wrong(f"没有代码为“{str(value)[:30]}”的单位")
    if found.ended_at is not None:
        raise Wrong(f"“{found.short_name}”已停用，请选择现在的单位")
    return found


def region(_field: Field, value: Any, _issue: Issue | None) -> str:
    code = str(value).strip()
    if regions.driven(code) is None:
        raise Wrong(f"没有代码为“{code[:30]}”的行政区域")
    return code


def account(_field: Field, value: Any, _issue: Issue | None) -> User:
    user = db.session.scalars(_ACCOUNT, {"name": str(value).strip()}).first()
    if user is None or not user.is_active:
        raise Wrong(f"没有名为“{str(value)[:30]}”的账号")
    return user
