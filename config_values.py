"""How one setting is read: a word, a figure, a place; and the sentence where it is wrong."""

import contextlib
import os
import re
import secrets
from collections.abc import Collection, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})
FOLDER, FILE = "目录", "文件"
HOST = re.compile(r"[a-z0-9_.-]{1,253}|[0-9a-f:]{2,45}")
POSTGRESQL = ("postgresql://", "postgres://")
DRIVER = "postgresql+psycopg://"
DATABASES = ("sqlite:///", DRIVER)
EVIDENCE = ("file:///", "s3://")
Network = IPv4Network | IPv6Network


class Misconfigured(click.ClickException):
    """The product does not start. The message names the setting."""


def flag(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "").lower()
    if value not in TRUE | FALSE:
        raise Misconfigured(f"{name} 只能是 1 或 0，现为“{value}”。")
    return value in TRUE


def number(given: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    value = given.get(name) or str(default)
    is_short = value.isascii() and value.isdigit() and len(value) <= len(str(allowed[-1]))
    if not (is_short and int(value) in allowed):
        raise Misconfigured(f"{name} 应是 {allowed[0]} 到 {allowed[-1]} 的整数，现为“{value}”。")
    return int(value)


def choice(given: Mapping[str, str], name: str, allowed: Collection[str]) -> str:
    """One of these words; the first where none is given."""
    value = given.get(name) or next(iter(allowed))
    if value not in allowed:
        raise Misconfigured(f"{name} 只能是 {'、'.join(allowed)} 之一，现为“{value}”。")
    return value


def existing_path(given: Mapping[str, str], name: str, kind: str) -> Path | None:
    value = given.get(name)
    if value and not (Path(value).is_dir() if kind == FOLDER else Path(value).is_file()):
        raise Misconfigured(f"{name} 指向的{kind}“{value}”不存在。")
    return Path(value) if value else None


def signing(given: Mapping[str, str]) -> dict[str, Any]:
    """What papers are signed with. Time stamps are asked of the one address named here."""
    tsa = given.get("TSA_URL", "")
    if tsa and not is_address(tsa):
        raise Misconfigured("TSA_URL 应是时间戳服务的地址，以 https:// 或 http:// 开头。")
    lists = given.get("SIGN_CRLS", "")
    place = FOLDER if lists and Path(lists).is_dir() else FILE
    return {
        "sign_cert": existing_path(given, "SIGN_CERT", FILE),
        "sign_key_password": given.get("SIGN_KEY_PASSWORD", ""),
        "sign_roots": existing_path(given, "SIGN_ROOTS", FILE),
        "sign_crls": existing_path(given, "SIGN_CRLS", place),
        "tsa_url": tsa,
        "seal_file": existing_path(given, "SEAL_FILE", FILE),
        "seal_key": existing_path(given, "SEAL_KEY", FILE),
        "must_stamp": choice(given, "TSA_AWAY", ("refuse", "sign")) == "refuse",
    }


def networks(given: Mapping[str, str], name: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(item) for item in given.get(name, "").replace(",", " ").split())
    except ValueError:
        raise Misconfigured(f"{name} 应是代理服务器的地址或网段，用逗号分开。") from None


def hosts(given: Mapping[str, str], name: str) -> frozenset[str]:
    """Names of machines, without scheme, port or path."""
    named = given.get(name, "").replace(",", " ").lower().split()
    if wrong := [one for one in named if not HOST.fullmatch(one)]:
        raise Misconfigured(f"{name} 应是主机名，用空格分开，不写端口和路径，现有“{wrong[0]}”。")
    return frozenset(named)


def mail_server(given: Mapping[str, str], name: str) -> str:
    """How apprise writes a mail server. What is wrong is not repeated: it holds a password."""
    value = given.get(name, "")
    if value and not value.startswith(("mailto://", "mailtos://")):
        raise Misconfigured(f"{name} 应以 mailto:// 或 mailtos:// 开头。")
    return value


def is_address(value: str) -> bool:
    """A place to put a path behind: no account, question, fragment, nothing unprintable."""
    try:
        parts = urlsplit(value)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    is_plain = value.isprintable() and not set(value) & set(" @?#\\\"'<>")
    return parts.scheme in {"https", "http"} and named and is_plain


def kept_secret(path: Path, length: int) -> str:
    """A random text made at the first start and read at every later one.

    It appears under its name whole or not at all, so of two processes the second reads the first's.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(length))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


def database(given: Mapping[str, str], instance: Path) -> str:
    url = given.get("DATABASE_URL") or f"sqlite:///{instance / 'rectification.db'}"
    for prefix in POSTGRESQL:
        if url.startswith(prefix):
            url = DRIVER + url.removeprefix(prefix)
    if not url.startswith(DATABASES):
        raise Misconfigured("DATABASE_URL 应以 sqlite:/// 或 postgresql:// 开头。")
    return url


def evidence(given: Mapping[str, str], instance: Path) -> str:
    url = given.get("EVIDENCE_URL") or (instance / "evidence").as_uri()
    if not url.startswith(EVIDENCE):
        raise Misconfigured("EVIDENCE_URL 应是 file:///目录 或 s3://桶/前缀。")
    return url
