"""What is set of the practice city, on both sides: whether there is one, where, of which city.

The real city reads PRACTICE, PRACTICE_URL, PRACTICE_PORT and PRACTICE_DIR. PRACTICE_OF and
PRACTICE_KEY are told by it to the process of the practice city alone.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from config import PORTS, Config, Misconfigured
from config_values import flag, is_address, number

FOLDER = "practice"
BEYOND = 10
"""So many above the port of the real city stands that of the practice city, where none is set."""
PURPOSE = b"practice city: entry"
NO_ADDRESS = (
    "PRACTICE=1 时请用 PRACTICE_URL 写明练习城市的网址（与 PUBLIC_URL 不同的主机名或端口）："
    "它只在本机监听，须由代理转到 PRACTICE_PORT。"
)
NOT_ONE = "PRACTICE_URL 应以 https:// 或 http:// 开头，只写到域名，现为“{}”。"
SAME = "PRACTICE_URL 不能与 PUBLIC_URL 是同一个地址，请另用主机名或端口。"
OUTWARD = "练习城市不向外发送，也不连接外部系统：请取消设置 {}。"
ALONE = (
    "PRACTICE_OF 只由正式系统交给它的练习城市，并须同时有 PRACTICE_KEY、PRACTICE_DIR 和 DEMO=1。"
)


@dataclass(frozen=True)
class Practice:
    """`home` is the real city's address, where this process is the practice city of one."""

    folder: Path
    is_offered: bool = False
    url: str = ""
    port: int = 0
    home: str = ""
    key: str = field(default="", repr=False)

    @property
    def is_one(self) -> bool:
        return bool(self.home)


def practice_of(config: Config) -> Practice:
    """Raises Misconfigured, naming the setting."""
    given = config.practice
    folder = Path(given.get("PRACTICE_DIR") or config.instance / FOLDER)
    if home := given.get("PRACTICE_OF", ""):
        return _practice_city(config, folder, home)
    url = given.get("PRACTICE_URL", "").rstrip("/")
    if url and not is_address(url):
        raise Misconfigured(NOT_ONE.format(url))
    if url and urlsplit(url).netloc == urlsplit(config.public_url).netloc:
        raise Misconfigured(SAME)
    is_wanted = flag({"PRACTICE": given.get("PRACTICE") or "1"}, "PRACTICE")
    is_reached = bool(url) or _is_near(config)
    if given.get("PRACTICE") and is_wanted and not is_reached:
        raise Misconfigured(NO_ADDRESS)
    return Practice(
        folder.resolve(),
        is_wanted and is_reached and not config.testing,
        url,
        number(given, "PRACTICE_PORT", 0, PORTS),
        key=hmac.new(config.secret_key.encode(), PURPOSE, hashlib.sha256).hexdigest(),
    )


def _practice_city(config: Config, folder: Path, home: str) -> Practice:
    key = config.practice.get("PRACTICE_KEY", "")
    if not (key and config.demo and config.practice.get("PRACTICE_DIR")):
        raise Misconfigured(ALONE)
    set_ = {
        "NOTIFY_URLS": config.notify_urls, "ANCHOR_URLS": config.anchor_urls,
        "ANCHOR_DIR": config.anchor_dir, "SIGN_CERT": config.sign_cert,
        "SEAL_FILE": config.seal_file,
        **config.outside,
    }  # fmt: skip
    if named := [name for name, value in set_.items() if value]:
        raise Misconfigured(OUTWARD.format("、".join(named)))
    return Practice(folder, home=home, key=key)


def _is_near(config: Config) -> bool:
    """Whether people reach the real city on this very machine: then they reach the other one too.

    A machine that is open to others has a practice city only where PRACTICE_URL says so.
    """
    if not config.chosen_url:
        return _is_loopback(config.host)
    return _is_loopback(urlsplit(config.chosen_url).hostname or "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
