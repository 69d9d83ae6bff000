"""`python -m tools.serve`: migrate, load the example city into an empty database, serve.

One process, what `make run` starts and one machine needs: `WORKERS` threads for the pages, and one
for each who may wait for a turn at what is slow.
"""

import logging
import signal
import socket
import sys
from dataclasses import replace
from functools import cache
from types import FrameType

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app import create_app
from auth.models import User
from auth.passwords import is_password
from config import NO_ADDRESS, ROOT, Config, Misconfigured
from extensions import db
from issues import tried_out
from issues.backups.manifest import BackupRefused
from issues.backups.upgrades import going
from issues.city.items import lacks
from issues.city.sections import ADDRESS
from issues.covering import cover_rows
from issues.exchange.earlier_imports import fill_past
from issues.exchange.old.texts import clean_texts
from issues.web.door import turns
from issues.works import claiming
from tools.connections import Server, reserve


def main() -> int:
    try:
        app = create_app()
        refuse_without_address(app.extensions["settings"])
    except Misconfigured as error:
        print(f"无法启动：{error.message}", file=sys.stderr)
        return error.exit_code
    settings: Config = app.extensions["settings"]
    try:
        door = reserve(settings.host, settings.port)
    except OSError as error:
        print(
            f"无法使用 {settings.host}:{settings.port}（{error.strerror}）。"
            "可换一个端口再启动：PORT=8001 make run",
            file=sys.stderr,
        )
        return 1
    with door:
        settings = replace(settings, port=door.getsockname()[1])
        app.extensions["settings"] = settings
        prepare(app, settings)
        if not is_fit(app, settings):
            return 1
        serve(app, settings, door)
    print("已停止。")
    return 0


def is_fit(app: Flask, settings: Config) -> bool:
    """Tells what keeps it from being served, or what is still to be set."""
    with app.app_context():
        faults = list(tried_out.faults(settings))
        lead = lead_to_setup(settings)
    if faults:
        print("无法启动：" + "\n".join(faults), file=sys.stderr)
    elif lead:
        print(lead)
    return not faults


def refuse_without_address(settings: Config) -> None:
    """A command may run without it; what people reach may not. Raises Misconfigured."""
    if not settings.public_url:
        raise Misconfigured(NO_ADDRESS)


def lead_to_setup(settings: Config) -> str:
    """Where a city that has not said all its words goes on; nothing where it has."""
    lacking = len(lacks())
    if settings.demo or not lacking:
        return ""
    return f"设置还缺{lacking}项，请市环委办或系统管理员打开：{settings.public_url}{ADDRESS}"


def prepare(app: Flask, settings: Config) -> None:
    print("数据库：升级到最新结构")
    with app.app_context():
        try:
            home = settings.backup_dir or settings.instance
            going.upgrade(home, str(ROOT / "migrations"), print)
        except BackupRefused as refused:
            raise SystemExit(f"无法启动：{refused.sentence}") from refused
        for cleaned in clean_texts(app.extensions["evidence"]):
            print(f"看不见的字符：已清理{cleaned}个问题或暗访记录的文字")
        for filled in fill_past():
            print(f"导入以前各日的颜色：已补记{filled}个问题")
        if covered := cover_rows():
            print(f"数据行：已把{covered}行纳入核验")
        is_waiting_for_example = settings.demo and is_empty()
    if is_waiting_for_example:
        load_example(app)
    if settings.demo:
        with app.app_context():
            print_accounts(settings)


def is_empty() -> bool:
    return db.session.scalar(select(User.id).limit(1)) is None


def load_example(app: Flask) -> None:
    from seed import example  # noqa: PLC0415 - a start on a filled database does without it

    print("示例数据：装入示例城市")
    example.load(app, print)


def print_accounts(settings: Config) -> None:
    wanted = (
        select(User)
        .where(User.is_active)
        .options(joinedload(User.unit), selectinload(User.grants))
        .order_by(User.id)
    )
    # Checking a password is slow by design, and the example's accounts begin with one digest.
    is_shared = cache(lambda digest: is_password(digest, settings.demo_password or ""))
    users = db.session.scalars(wanted).all()
    shared = [user for user in users if is_shared(user.password_hash)]
    print(f"\n示例账号，{password_words(len(shared), len(users), settings.demo_password)}")
    for user in users:
        roles = "、".join(grant.role.label for grant in user.grants if grant.revoked_at is None)
        unit = user.unit.short_name if user.unit else ""
        own = "" if user in shared or not shared else "  （密码另行设置过）"
        print(f"  {user.name:<10} {user.display_name}  {unit}  {roles}{own}")


def password_words(shared: int, users: int, password: str | None) -> str:
    """What may be said of the password: the accounts keep the one they were made with."""
    if not shared:
        return "密码仍是装入示例数据时的那一个（或各人自己改的），这次的 DEMO_PASSWORD 不改变它"
    return f"密码都是 {password}" if shared == users else f"没有注明的密码是 {password}"


def serve(app: Flask, settings: Config, door: socket.socket) -> None:
    """Until Ctrl+C or SIGTERM; requests under way are finished first.

    Forwarding headers reach the application's own door: it believes those of declared proxies,
    takes the rest away, and has to see that there were any.
    """
    signal.signal(signal.SIGTERM, stop)
    with app.app_context():
        if claiming.is_any_free():  # left by the last stop
            app.extensions["works"].wake()
    app.extensions["figures"].open()
    logging.getLogger("waitress").setLevel(logging.WARNING)  # the address has been told
    server = Server(
        app,
        door,
        settings.workers + turns.most_inside(),
        clear_untrusted_proxy_headers=False,  # requests.BehindProxies does, once it has seen them
    )
    print(f"\n已启动：http://{settings.host}:{settings.port}   （Ctrl+C 停止）")
    try:
        server.run()
    finally:
        app.extensions["practice"].close()


def stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
