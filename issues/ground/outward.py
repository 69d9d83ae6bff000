"""The one gate for what leaves the house: mail, robots, webhooks, anchors. Shut, nothing goes out.

A copy that is only tried out or restored is silenced here and nowhere else. Which hosts may be
spoken to at all is one list of the settings, empty where nobody has filled it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Way:
    """`hosts` may be told by what people type in; the installation's own addresses need no entry.

    `mail_url` holds the mail server's password: it is neither logged nor shown. `is_silent` is
    asked each time: a copy put back from a backup is silent until it is released.
    """

    hosts: frozenset[str] = frozenset()
    mail_url: str = ""
    public_url: Callable[[], str] = str
    is_silent: Callable[[], bool] = bool


class _Gate:
    way = Way()


def use(way: Way) -> None:
    """What this installation may speak to; handed over once at the start."""
    _Gate.way = way


def way() -> Way:
    return _Gate.way


def may_speak() -> bool:
    return not _Gate.way.is_silent()


def pass_out(send: Callable[[], bool]) -> bool:
    """What `send` answers: whether it was delivered. Where the gate is shut it is not called."""
    return may_speak() and send()


def is_listed(host: str, hosts: Collection[str] | None = None) -> bool:
    """Whether what people type in may be sent to this host."""
    return host.lower() in (_Gate.way.hosts if hosts is None else hosts)


def is_open_to(url: str) -> bool:
    """Whether the host of an address is listed; False of what is no address."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return False
    return bool(host) and is_listed(host or "")
