"""Every setting, read once from the environment, checked, and named where it is wrong."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

import click

ROOT = Path(__file__).resolve().parent
EXAMPLE_DAY = date(2025, 11, 25)
SHORTEST_SECRET = 16
TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})
POSTGRESQL = ("postgresql://", "postgres://")
DRIVER = "postgresql+psycopg://"
DATABASES = ("sqlite:///", DRIVER)
EVIDENCE = ("file:///", "s3://")
PORTS = range(65_536)
WORKERS = range(1, 257)
FAILURES = range(20, 100_001)
DAYS = range(1, 3651)
OUTSIDE = ("OIDC_", "CAS_", "LDAP_", "OUTSIDE_")
ANYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - listened on, never told as an address
NO_ADDRESS = "PUBLIC_URL 未设置：正式运行（DEMO=0）必须写明本系统对外的网址，如 https://hjzg.example.gov.cn。"

Network = IPv4Network | IPv6Network


class Misconfigured(click.ClickException):
    """The product does not start. The message names the setting."""


@dataclass(frozen=True)
class Config:
    """What one process runs on. `today` is None where the business date follows the clock."""

    database_url: str
    evidence_url: str
    secret_key: str = field(repr=False)
    s3_options: Mapping[str, str] = field(default_factory=dict, repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    chosen_url: str = ""
    workers: int = 4
    demo: bool = False
    demo_password: str | None = field(default=None, repr=False)
    today: date | None = None
    is_today_chosen: bool = False
    notify_urls: tuple[str, ...] = field(default=(), repr=False)
    fonts_dir: Path | None = None
    sign_cert: Path | None = None
    sign_key_password: str = field(default="", repr=False)
    sign_roots: Path | None = None
    trusted_proxies: tuple[Network, ...] = ()
    outside: Mapping[str, str] = field(default_factory=dict, repr=False)
    is_oidc_only: bool = False
    failures_each_address: int = 200
    token_days: int = 365
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
        instance = root / "instance"
        demo = _flag(given, "DEMO")
        return cls(
            database_url=_database(given, instance),
            evidence_url=_evidence(given, instance),
            secret_key=_secret(given, instance, demo=demo),
            s3_options={name: value for name, value in given.items() if name.startswith("AWS_")},
            host=given.get("HOST") or cls.host,
            port=_number(given, "PORT", cls.port, PORTS),
            chosen_url=_address(given, demo=demo),
            workers=_number(given, "WORKERS", cls.workers, WORKERS),
            demo=demo,
            demo_password=_demo_password(given, instance) if demo else None,
            today=_today(given, demo=demo),
            is_today_chosen=bool(given.get("TODAY")),
            notify_urls=tuple(given.get("NOTIFY_URLS", "").split()),
            fonts_dir=_folder(given, "FONTS_DIR"),
            sign_cert=_file(given, "SIGN_CERT"),
            sign_key_password=given.get("SIGN_KEY_PASSWORD", ""),
            sign_roots=_file(given, "SIGN_ROOTS"),
            trusted_proxies=_networks(given, "TRUSTED_PROXIES"),
            outside={name: value for name, value in given.items() if name.startswith(OUTSIDE)},
            is_oidc_only=_flag(given, "OIDC_ONLY"),
            failures_each_address=_number(
                given, "SIGN_IN_FAILURES", cls.failures_each_address, FAILURES
            ),
            token_days=_number(given, "TOKEN_DAYS", cls.token_days, DAYS),
            instance=instance,
            tool_folder=root / ".tools",
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


def _flag(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "").lower()
    if value not in TRUE | FALSE:
        raise Misconfigured(f"{name} 只能是 1 或 0，现为“{value}”。")
    return value in TRUE


def _number(given: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    value = given.get(name) or str(default)
    is_short = value.isascii() and value.isdigit() and len(value) <= len(str(allowed[-1]))
    if not (is_short and int(value) in allowed):
        raise Misconfigured(f"{name} 应是 {allowed[0]} 到 {allowed[-1]} 的整数，现为“{value}”。")
    return int(value)


def _address(given: Mapping[str, str], *, demo: bool) -> str:
    """PUBLIC_URL without the slash at its end. Whoever says DEMO=0 must say it too."""
    value = given.get("PUBLIC_URL", "")
    if not value:
        if given.get("DEMO") and not demo:
            raise Misconfigured(NO_ADDRESS)
        return ""
    if not _is_address(value):
        raise Misconfigured(
            f"PUBLIC_URL 应以 https:// 或 http:// 开头，只写到域名，现为“{value}”。"
        )
    return value.rstrip("/")


def _is_address(value: str) -> bool:
    """A place to put a path behind: no account, no question, no fragment, nothing unprintable."""
    try:
        parts = urlsplit(value)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    is_plain = value.isprintable() and not set(value) & set(" @?#\\\"'<>")
    return parts.scheme in {"https", "http"} and named and is_plain


def _database(given: Mapping[str, str], instance: Path) -> str:
    url = given.get("DATABASE_URL") or f"sqlite:///{instance / 'rectification.db'}"
    for prefix in POSTGRESQL:
        if url.startswith(prefix):
            url = DRIVER + url.removeprefix(prefix)
    if not url.startswith(DATABASES):
        raise Misconfigured("DATABASE_URL 应以 sqlite:/// 或 postgresql:// 开头。")
    return url


def _evidence(given: Mapping[str, str], instance: Path) -> str:
    url = given.get("EVIDENCE_URL") or (instance / "evidence").as_uri()
    if not url.startswith(EVIDENCE):
        raise Misconfigured("EVIDENCE_URL 应是 file:///目录 或 s3://桶/前缀。")
    return url


def _secret(given: Mapping[str, str], instance: Path, *, demo: bool) -> str:
    """The key that signs: given, or made once where one machine keeps everything itself."""
    secret = given.get("SECRET_KEY")
    if not secret:
        if not demo and given.get("DATABASE_URL"):
            raise Misconfigured("SECRET_KEY 未设置：使用指定的数据库时必须提供，各进程取同一个值。")
        return _kept(instance / "secret_key", 48)
    if len(secret) < SHORTEST_SECRET and not demo:
        raise Misconfigured(f"SECRET_KEY 太短，至少 {SHORTEST_SECRET} 个字符。")
    return secret


def _demo_password(given: Mapping[str, str], instance: Path) -> str:
    return given.get("DEMO_PASSWORD") or _kept(instance / "demo_password", 12)


def _kept(path: Path, length: int) -> str:
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


def _folder(given: Mapping[str, str], name: str) -> Path | None:
    value = given.get(name)
    if not value:
        return None
    if not Path(value).is_dir():
        raise Misconfigured(f"{name} 指向的目录“{value}”不存在。")
    return Path(value)


def _file(given: Mapping[str, str], name: str) -> Path | None:
    value = given.get(name)
    if not value:
        return None
    if not Path(value).is_file():
        raise Misconfigured(f"{name} 指向的文件“{value}”不存在。")
    return Path(value)


def _networks(given: Mapping[str, str], name: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(item) for item in given.get(name, "").replace(",", " ").split())
    except ValueError:
        raise Misconfigured(f"{name} 应是代理服务器的地址或网段，用逗号分开。") from None
