"""Which doors are set, by OIDC_*, CAS_* and LDAP_*. What is wrong stops the start by its name."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from auth.doors.door import Door
from auth.doors.outbound import is_safe
from config import NO_ADDRESS, Config, Misconfigured
from issues.vocabulary import DoorKind

Given = Mapping[str, str]
NAME = "{name}"


def doors_of(config: Config) -> dict[DoorKind, Door]:
    """The doors in the order they are offered. Raises Misconfigured."""
    given = config.outside
    doors = {kind: make(given) for kind, (named, make) in MAKERS.items() if given.get(named)}
    if config.is_oidc_only and DoorKind.OIDC not in doors:
        raise Misconfigured("OIDC_ONLY=1 时必须设置 OIDC_ISSUER，否则无人能够登录。")
    if doors and not config.public_url:
        raise Misconfigured(NO_ADDRESS)
    return doors


def _oidc(given: Given) -> Door:
    """The parts of a door are loaded where it is set: they cost a start."""
    door: Door = import_module("auth.doors.oidc").OidcDoor(
        _web_address(given, "OIDC_ISSUER"),
        _needed(given, "OIDC_CLIENT_ID", "OIDC_ISSUER"),
        _needed(given, "OIDC_CLIENT_SECRET", "OIDC_ISSUER"),
        _authority(given),
    )
    return door


def _cas(given: Given) -> Door:
    door: Door = import_module("auth.doors.cas").CasDoor(
        _web_address(given, "CAS_URL").rstrip("/"), _authority(given)
    )
    return door


def _ldap(given: Given) -> Door:
    module = import_module("auth.doors.ldap")
    wanted = given.get("LDAP_FILTER") or f"(uid={NAME})"
    if not (wanted.startswith("(") and wanted.endswith(")") and NAME in wanted):
        raise Misconfigured("LDAP_FILTER 应写作 (uid={name}) 的样子，{name} 处填入输入的账号。")
    directory = module.Directory(
        url=_directory_address(given),
        base=_needed(given, "LDAP_BASE", "LDAP_URL"),
        reader=_needed(given, "LDAP_BIND_DN", "LDAP_URL"),
        reader_password=_needed(given, "LDAP_BIND_PASSWORD", "LDAP_URL"),
        wanted=wanted,
        subject=given.get("LDAP_SUBJECT") or "entryUUID",
        shown=given.get("LDAP_NAME") or "cn",
        authority=_authority(given),
    )
    door: Door = module.LdapDoor(directory)
    return door


MAKERS: dict[DoorKind, tuple[str, Callable[[Given], Door]]] = {
    DoorKind.OIDC: ("OIDC_ISSUER", _oidc),
    DoorKind.CAS: ("CAS_URL", _cas),
    DoorKind.LDAP: ("LDAP_URL", _ldap),
}


def _needed(given: Given, name: str, because: str) -> str:
    if not given.get(name):
        raise Misconfigured(f"{name} 未设置：设置了 {because} 时必须同时设置。")
    return given[name]


def _web_address(given: Given, name: str) -> str:
    """As it is written: an issuer is compared sign by sign."""
    value = given[name]
    if not is_safe(value) or urlsplit(value).query or urlsplit(value).fragment:
        raise Misconfigured(
            f"{name} 应是 https:// 开头的网址（本机除外），不带参数，现为“{value}”。"
        )
    return value


def _directory_address(given: Given) -> str:
    value = given["LDAP_URL"]
    try:
        parts = urlsplit(value)
        named = bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        named = False
    if not named or parts.scheme not in ("ldap", "ldaps") or parts.path not in ("", "/"):
        raise Misconfigured(f"LDAP_URL 应是 ldaps://主机 或 ldap://主机，现为“{value}”。")
    return value.rstrip("/")


def _authority(given: Given) -> str:
    """The roots that outside systems are known by, where they are the unit's own."""
    value = given.get("OUTSIDE_ROOTS", "")
    if value and not Path(value).is_file():
        raise Misconfigured(f"OUTSIDE_ROOTS 指向的文件“{value}”不存在。")
    return value
