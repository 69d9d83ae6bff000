"""What somebody types as an address, read into what can be sent to, and how it is shown masked."""

import re
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from issues.ground import outward
from issues.ground.refusals import Incomplete
from issues.vocabulary import AddressKind

FIELD = "address"
LONGEST = 300
MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,120}\.[A-Za-z]{2,24}")
TOKEN = re.compile(r"[A-Za-z0-9_-]{8,128}")
NOT_READ = "请填写邮箱，或从群机器人设置中复制的完整网址（企业微信、钉钉、飞书）"
NO_MAIL = "系统没有设置邮件服务器，暂不能使用邮箱；请联系系统管理员"
NOT_LISTED = "系统没有允许向 {} 发送消息；请联系系统管理员"


class Robot(NamedTuple):
    """Where a kind of robot listens: its token stands in the query, or ends the path."""

    host: str
    path: str
    query: str
    written: str


class Target(NamedTuple):
    """`to` holds what opens the far side: it is sealed, and neither logged nor shown."""

    kind: AddressKind
    to: str
    shown: str


ROBOTS = {
    AddressKind.WECOM: Robot("qyapi.weixin.qq.com", "/cgi-bin/webhook/send", "key", "wecombot://{}"),
    AddressKind.DINGTALK: Robot("oapi.dingtalk.com", "/robot/send", "access_token", "dingtalk://{}"),
    AddressKind.FEISHU: Robot("open.feishu.cn", "/open-apis/bot/v2/hook/", "", "feishu://{}"),
}  # fmt: skip


def read(text: str) -> Target:
    """Raises Incomplete at its field."""
    said = text.strip()
    if len(said) <= LONGEST and MAIL.fullmatch(said):
        if not outward.way().mail_url:
            raise Incomplete({FIELD: [NO_MAIL]})
        return Target(AddressKind.MAIL, said, masked(said))
    found = _robot(said) if len(said) <= LONGEST else None
    if found is None:
        raise Incomplete({FIELD: [NOT_READ]})
    kind, token = found
    if not outward.is_listed(ROBOTS[kind].host):
        raise Incomplete({FIELD: [NOT_LISTED.format(ROBOTS[kind].host)]})
    return Target(kind, token, f"{kind.label} …{token[-4:]}")


def open_now() -> list[AddressKind]:
    """The kinds an address may be of as this installation is set."""
    mail = [AddressKind.MAIL] if outward.way().mail_url else []
    return mail + [kind for kind, robot in ROBOTS.items() if outward.is_listed(robot.host)]


def masked(mail: str) -> str:
    name, _, domain = mail.partition("@")
    return f"{name[0]}***@{domain}"


def _robot(said: str) -> tuple[AddressKind, str] | None:
    try:
        parts = urlsplit(said)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or parts.username is not None or port not in {None, 443}:
        return None
    for kind, robot in ROBOTS.items():
        token = _token(parts, robot) if parts.hostname == robot.host else ""
        if TOKEN.fullmatch(token):
            return kind, token
    return None


def _token(parts: SplitResult, robot: Robot) -> str:
    if robot.query:
        told = parse_qs(parts.query).get(robot.query, [""])
        return told[0] if parts.path == robot.path else ""
    return parts.path.removeprefix(robot.path).rstrip("/")


def url_of(kind: AddressKind, to: str) -> str:
    """As it is sent to; empty where this installation may not, now that it is to be sent."""
    if kind is AddressKind.MAIL:
        server = outward.way().mail_url
        return f"{server}{'&' if '?' in server else '?'}to={quote(to)}" if server else ""
    robot = ROBOTS[kind]
    return robot.written.format(to) if outward.is_listed(robot.host) else ""
