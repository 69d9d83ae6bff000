"""Accounts from the command line: for who runs the machine, acting as the system itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from auth import changing, identities, people
from auth.acting import locked
from auth.actor import SYSTEM
from auth.models import Unit, User
from auth.proofs import factors, proof_tries
from extensions import db, transaction
from issues.commands.typed import TYPED
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.vocabulary import DoorKind, Role, TokenScope
from issues.web.door.addresses import outside

DOORS = click.Choice([kind.value for kind in DoorKind])

users = AppGroup("users", help="账号、一次性密码与接口令牌。")


@contextmanager
def _one_act() -> Iterator[None]:
    """A refusal is a sentence on the terminal and exit 1."""
    try:
        with transaction():
            yield
    except Refusal as refusal:
        said = [sentence for errors in refusal.errors.values() for sentence in errors]
        raise click.ClickException(" ".join(said) or refusal.sentence) from None


@users.command("add", help="新建账号并授予角色，打印一次性密码。")
@click.argument("name", type=TYPED)
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="角色，可重复给出。",
)
@click.option("--unit", "code", type=TYPED, help="所属单位代码。")
@click.option("--display-name", type=TYPED, help="姓名，缺省同账号。")
def add(name: str, roles: tuple[str, ...], code: str | None, display_name: str | None) -> None:
    with _one_act():
        user = people.add(SYSTEM, name, display_name or name, _unit(code))
        password = changing.once_password(user)
        for role in roles:
            people.grant(SYSTEM, user.id, Role(role))
    click.echo(f"账号 {name} 已建立，首次登录须修改密码。一次性密码：", err=True)
    click.echo(password)


@users.command("token", help="发放接口令牌，只打印这一次。")
@click.argument("name", type=TYPED)
@click.option("--note", type=TYPED, default="", help="用途。")
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in TokenScope]),
    default=TokenScope.FULL.value,
    help="范围：full 全部，act 查看和日常办理，read 只能查看，leads 只能报送线索。",
)
@click.option(
    "--until",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="到期日，如 2026-12-31，当日有效；缺省按 TOKEN_DAYS。",
)
def token(name: str, note: str, scope: str, until: datetime | None) -> None:
    end = _end_of(until)
    with _one_act():
        secret = people.issue_token(SYSTEM, _user(name).id, note, TokenScope(scope), end)
    click.echo(f"账号 {name} 的接口令牌，{clock.local(end):%Y-%m-%d %H:%M} 到期：", err=True)
    click.echo(secret)


def _end_of(day: datetime | None) -> datetime:
    """The end of a day by the real clock, in Shanghai."""
    if day is None:
        return clock.real_now() + timedelta(days=current_app.extensions["settings"].token_days)
    if day.date() == date.max:
        raise click.ClickException("到期日太远。")
    return datetime.combine(day.date() + timedelta(days=1), time(), clock.SHANGHAI)


@users.command("link", help="把外部身份关联到账号，即刻可以登录。")
@click.argument("name", type=TYPED)
@click.option("--door", type=DOORS, required=True, help="登录方式。")
@click.option("--subject", type=TYPED, required=True, help="外部系统给出的用户编号。")
def link(name: str, door: str, subject: str) -> None:
    held = current_app.extensions["doors"]
    if DoorKind(door) not in held:
        raise click.ClickException(f"没有设置 {door}，设置方法见部署文档。")
    with _one_act():
        issuer = held[DoorKind(door)].issuer
        identities.link_for(SYSTEM, _user(name).id, DoorKind(door), issuer, subject)
    click.echo(f"账号 {name} 已关联{DoorKind(door).label}编号 {subject}。")


@users.command("unlink", help="解除账号的外部身份，用它的登录即刻结束。")
@click.argument("name", type=TYPED)
@click.option("--door", type=DOORS, required=True, help="登录方式。")
def unlink(name: str, door: str) -> None:
    with _one_act():
        user_id = _user(name).id
        held = [one for one in identities.identities_of(user_id) if one.door.value == door]
        if not held:
            raise click.ClickException(f"账号 {name} 没有关联 {door}。")
        identities.unlink(SYSTEM, user_id, held[0].id)
    click.echo(f"账号 {name} 已解除 {door}。")


@users.command("open-password", help="应急：OIDC_ONLY=1 时让一个账号在一段时间内用密码登录。")
@click.argument("name", type=TYPED)
@click.option(
    "--minutes", type=click.IntRange(1, identities.LONGEST_OPEN), default=30, show_default=True
)
def open_password(name: str, minutes: int) -> None:
    with _one_act():
        until = identities.open_password(_user(name).id, minutes)
    click.echo(
        f"账号 {name} 可以用密码登录到 {clock.local(until):%Y-%m-%d %H:%M}，"
        "请打开 /login?password=1。密码遗失的先用 users password 重置。"
    )


@users.command("password", help="重置密码并结束全部登录，打印一次性密码。")
@click.argument("name", type=TYPED)
def password(name: str) -> None:
    with _one_act():
        _, secret = changing.reset_password(SYSTEM, _user(name).id)
    click.echo(f"账号 {name} 的一次性密码：", err=True)
    click.echo(secret)


@users.command(
    "password-link", help="原密码作废，打印本人设定新密码的一次性链接（24 小时内有效）。"
)
@click.argument("name", type=TYPED)
def password_link(name: str) -> None:
    with _one_act():
        _, secret = changing.reset_by_link(SYSTEM, _user(name).id)
        address = outside("opening.page", key=secret)
    click.echo(f"账号 {name} 的一次性链接，只发给本人：", err=True)
    click.echo(address)


@users.command("unlock", help="解除连续输错密码或动态口令后的登录限制。")
@click.argument("name", type=TYPED)
def unlock(name: str) -> None:
    with _one_act():
        proof_tries.unlock(SYSTEM, _user(name).id)
    click.echo(f"账号 {name} 现在可以登录。", err=True)


@users.command("drop-factor", help="停用账号的动态口令，结束全部登录；只用于管理员无法双人办理时。")
@click.argument("name", type=TYPED)
def drop_factor(name: str) -> None:
    with _one_act():
        factors.reset(SYSTEM, locked(_user(name).id))
    click.echo(f"账号 {name} 的动态口令已停用。", err=True)


@users.command("list", help="列出账号、单位与角色，一行一个。")
def show() -> None:
    rows = db.session.execute(
        select(User, Unit.code).outerjoin(Unit, Unit.id == User.unit_id).order_by(User.name)
    )
    for user, code in rows:
        roles = sorted(grant.role.label for grant in user.grants if grant.revoked_at is None)
        state = "在用" if user.is_active else "停用"
        click.echo(f"{user.name}\t{code or '-'}\t{state}\t{'、'.join(roles) or '无角色'}")


def _unit(code: str | None) -> Unit | None:
    if code is None:
        return None
    unit = db.session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        raise click.ClickException(f"没有代码为 {code} 的单位。")
    return unit


def _user(name: str) -> User:
    user = db.session.scalar(select(User).where(User.name == name))
    if user is None:
        raise click.ClickException(f"没有账号 {name}。")
    return user
