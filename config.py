"""Every setting, read once from the environment, checked, and named where it is wrong."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from config_values import (
    FOLDER,
    Misconfigured,
    Network,
    choice,
    database,
    evidence,
    existing_path,
    flag,
    hosts,
    is_address,
    kept_secret,
    mail_server,
    networks,
    number,
    signing,
)

ROOT = Path(__file__).resolve().parent
EXAMPLE_DAY = date(2025, 11, 25)
SHORTEST_SECRET = 16
PORTS, WORKERS, BACKUPS = range(65_536), range(1, 257), range(2, 1001)
LOG_DAYS = range(180, 36_501)
PROFILES = {"gb": 90, "asvs": 0}  # after how many days a password is to be changed; 0 for never
FACTORS = ("roles", "all", "off")  # who must have a second factor; of the example nobody
PASSWORD_DAYS, TOKEN_DAYS = range(3651), range(1, 3651)
MINUTES, FAILURES, KEPT_DAYS = range(61), range(20, 100_001), range(1, 31)
OUTSIDE = ("OIDC_", "CAS_", "LDAP_", "OUTSIDE_")
BESIDE = ("PRACTICE", "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""What the process of a practice city is told: of itself, and of the machine it runs on."""
ANYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - listened on, never told as an address
NO_ADDRESS = "PUBLIC_URL 未设置：正式运行（DEMO=0）必须写明本系统对外的网址，如 https://hjzg.example.gov.cn。"


@dataclass(frozen=True)
class Config:
    """What one process runs on. `today` is None where the business date follows the clock."""

    database_url: str
    evidence_url: str
    secret_key: str = field(repr=False)
    earlier_secrets: tuple[str, ...] = field(default=(), repr=False)
    s3_options: Mapping[str, str] = field(default_factory=dict, repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    chosen_url: str = ""
    workers: int = 4
    demo: bool = False
    secrecy: str = "none"
    demo_password: str | None = field(default=None, repr=False)
    tried_password: str | None = field(default=None, repr=False)
    today: date | None = None
    is_today_chosen: bool = False
    notify_urls: tuple[str, ...] = field(default=(), repr=False)
    mail_url: str = field(default="", repr=False)
    outbound_hosts: frozenset[str] = frozenset()
    is_silent: bool = False
    anchor_dir: Path | None = None
    anchor_urls: tuple[str, ...] = field(default=(), repr=False)
    fonts_dir: Path | None = None
    sign_cert: Path | None = None
    sign_key_password: str = field(default="", repr=False)
    sign_roots: Path | None = None
    sign_crls: Path | None = None
    tsa_url: str = ""
    seal_file: Path | None = None
    seal_key: Path | None = None
    must_stamp: bool = True
    trusted_proxies: tuple[Network, ...] = ()
    crypto: str = "general"
    log_format: str = "text"
    log_dir: Path | None = None
    log_days: int = LOG_DAYS[0]
    backup_dir: Path | None = None
    backups_kept: int = 14
    profile: str = "gb"
    password_days: int = 0
    second_factor: str = "off"
    proof_minutes: int = 0
    outside: Mapping[str, str] = field(default_factory=dict, repr=False)
    is_oidc_only: bool = False
    practice: Mapping[str, str] = field(default_factory=dict, repr=False)
    failures_each_address: int = 200
    token_days: int = 365
    kept_days: int = 7
    instance: Path = ROOT / "instance"
    tool_folder: Path = ROOT / ".tools"
    testing: bool = False

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, root: Path = ROOT) -> "Config":
        """The settings of this process. Raises Misconfigured, naming the variable."""
        given = {
            name: value.strip()
            for name, value in (os.environ if environ is None else environ).items()
        }
        instance = _instance(given, root)
        demo = flag(given, "DEMO")
        return cls(
            database_url=database(given, instance),
            evidence_url=evidence(given, instance),
            secret_key=_secret(given, instance, demo=demo),
            earlier_secrets=tuple(given.get("SECRET_KEY_PREVIOUS", "").splitlines()),
            s3_options={name: value for name, value in given.items() if name.startswith("AWS_")},
            host=given.get("HOST") or cls.host,
            port=number(given, "PORT", cls.port, PORTS),
            chosen_url=_address(given, demo=demo),
            workers=number(given, "WORKERS", cls.workers, WORKERS),
            demo=demo,
            secrecy=choice(given, "SECRECY", ("none", "internal", "classified")),
            demo_password=_demo_password(given, instance) if demo else None,
            tried_password=_tried_password(given, instance),
            today=_today(given, demo=demo),
            is_today_chosen=bool(given.get("TODAY")),
            fonts_dir=existing_path(given, "FONTS_DIR", FOLDER),
            **signing(given),
            trusted_proxies=networks(given, "TRUSTED_PROXIES"),
            crypto=choice(given, "CRYPTO", ("general", "national")),
            **_of_what_is_kept(given),
            practice={name: given[name] for name in given if name.startswith(BESIDE)},
            instance=instance,
            tool_folder=root / ".tools",
            **_of_speaking(given),
            **_of_signing_in(given, demo=demo),
        )

    @property
    def listening_url(self) -> str:
        """Where a browser on this machine finds what listens here."""
        host = "127.0.0.1" if self.host in ANYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def public_url(self) -> str:
        """What every address that leaves the system begins with; empty where nobody has told it."""
        return self.chosen_url or (self.listening_url if self.demo else "")


def _of_speaking(given: Mapping[str, str]) -> dict[str, Any]:
    """To whom and over what anything leaves the house."""
    return {
        "notify_urls": tuple(given.get("NOTIFY_URLS", "").split()),
        "mail_url": mail_server(given, "MAIL_URL"),
        "outbound_hosts": hosts(given, "OUTBOUND_HOSTS"),
        "is_silent": flag(given, "SILENT"),
        "anchor_dir": existing_path(given, "ANCHOR_DIR", FOLDER),
        "anchor_urls": tuple(given.get("ANCHOR_URLS", "").split()),
    }


def _instance(given: Mapping[str, str], root: Path) -> Path:
    """Where this machine keeps what is its own; a practice city has a folder apart."""
    apart = given.get("PRACTICE_DIR") if given.get("PRACTICE_OF") else ""
    return Path(apart) if apart else root / "instance"


def _of_what_is_kept(given: Mapping[str, str]) -> dict[str, Any]:
    """Logs, backups, what was typed and not sent."""
    return {
        "backup_dir": existing_path(given, "BACKUP_DIR", FOLDER),
        "backups_kept": number(given, "BACKUP_KEEP", Config.backups_kept, BACKUPS),
        "log_format": choice(given, "LOG_FORMAT", ("text", "json")),
        "log_dir": Path(given["LOG_DIR"]).resolve() if given.get("LOG_DIR") else None,
        "log_days": number(given, "LOG_DAYS", Config.log_days, LOG_DAYS),
        "kept_days": number(given, "KEPT_DAYS", Config.kept_days, KEPT_DAYS),
    }


def _of_signing_in(given: Mapping[str, str], *, demo: bool) -> dict[str, Any]:
    """Passwords, codes, other systems that say who somebody is, tries, tokens of programs."""
    profile = choice(given, "PASSWORD_PROFILE", PROFILES)
    most_days = 0 if demo else PROFILES[profile]
    return {
        "profile": profile,
        "password_days": number(given, "PASSWORD_DAYS", most_days, PASSWORD_DAYS),
        "second_factor": choice(given, "SECOND_FACTOR", FACTORS[::-1] if demo else FACTORS),
        "proof_minutes": number(given, "PROOF_MINUTES", 0 if demo else 10, MINUTES),
        "outside": {name: value for name, value in given.items() if name.startswith(OUTSIDE)},
        "is_oidc_only": flag(given, "OIDC_ONLY"),
        "failures_each_address": number(
            given, "SIGN_IN_FAILURES", Config.failures_each_address, FAILURES
        ),
        "token_days": number(given, "TOKEN_DAYS", Config.token_days, TOKEN_DAYS),
    }


def _address(given: Mapping[str, str], *, demo: bool) -> str:
    """PUBLIC_URL without the slash at its end. Whoever says DEMO=0 must say it too."""
    value = given.get("PUBLIC_URL", "")
    if not value:
        if given.get("DEMO") and not demo:
            raise Misconfigured(NO_ADDRESS)
        return ""
    if not is_address(value):
        raise Misconfigured(
            f"PUBLIC_URL 应以 https:// 或 http:// 开头，只写到域名，现为“{value}”。"
        )
    return value.rstrip("/")


def _secret(given: Mapping[str, str], instance: Path, *, demo: bool) -> str:
    """The key that signs: given, or made once where one machine keeps everything itself."""
    secret = given.get("SECRET_KEY")
    if not secret:
        if not demo and given.get("DATABASE_URL"):
            raise Misconfigured("SECRET_KEY 未设置：使用指定的数据库时必须提供，各进程取同一个值。")
        return kept_secret(instance / "secret_key", 48)
    if len(secret) < SHORTEST_SECRET and not demo:
        raise Misconfigured(f"SECRET_KEY 太短，至少 {SHORTEST_SECRET} 个字符。")
    return secret


def _demo_password(given: Mapping[str, str], instance: Path) -> str:
    return given.get("DEMO_PASSWORD") or kept_secret(demo_password_file(instance), 12)


def _tried_password(given: Mapping[str, str], instance: Path) -> str | None:
    """The example's password where one is known, also to what is no example; none is made."""
    kept = demo_password_file(instance)
    return given.get("DEMO_PASSWORD") or (kept.read_text().strip() if kept.is_file() else None)


def demo_password_file(instance: Path) -> Path:
    return instance / "demo_password"


def _today(given: Mapping[str, str], *, demo: bool) -> date | None:
    value = given.get("TODAY", "")
    if not demo:
        if value:
            raise Misconfigured("TODAY 只在示例数据（DEMO=1）下可用，正式运行请取消设置。")
        return None
    if not value:
        return EXAMPLE_DAY
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Misconfigured(f"TODAY 应写作 2025-11-25 的样子，现为“{value}”。") from None
