"""What every door is: where a person is sent, what comes back, and who that proves.

A door knows no account. What it proves is looked up by (kind, issuer, subject) alone: a name or an
address of mail is shown, and decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from issues.ground.refusals import Refusal
from issues.vocabulary import DoorKind

LONGEST_SUBJECT = 255
LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Proven:
    """Who somebody is to an outside system. `mark` is of this one proof, taken only once."""

    kind: DoorKind
    issuer: str
    subject: str
    shown: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """Where the browser goes, and what must be at hand when it comes back."""

    url: str
    kept: Mapping[str, str]


class NotProven(Refusal):
    """The outside system did not say who it is, or not in a way that can be believed."""

    status = 403

    def __init__(
        self, sentence: str = "没有通过外部认证，请重新登录；多次不成功，请联系系统管理员。"
    ) -> None:
        super().__init__(sentence)


class Unreachable(Refusal):
    """The outside system does not answer, or answers what cannot be read."""

    status = 503

    def __init__(self) -> None:
        super().__init__("外部认证系统暂时没有正常应答，请稍后再试；持续如此，请联系系统管理员。")


class Door(Protocol):
    """One outside system. `asks_here`: the password is typed on our own page."""

    kind: DoorKind
    issuer: str
    asks_here: bool

    def start(self, back: str) -> Start:
        """How a sign-in begins. Raises Unreachable."""

    def prove(self, said: Mapping[str, str], kept: Mapping[str, str]) -> Proven:
        """Who it is, by what came back or was typed. Raises NotProven, Unreachable."""

    def way_out(self, back: str) -> str:
        """Where the session over there is ended; empty where it offers none."""


def proven(kind: DoorKind, issuer: str, subject: object, shown: object, mark: str = "") -> Proven:
    """Raises NotProven for a subject that is none."""
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise NotProven
    if not subject.isprintable() or subject != subject.strip():
        raise NotProven
    name = shown if isinstance(shown, str) and shown.isprintable() else ""
    return Proven(kind, issuer, subject, name[:LONGEST_SHOWN], mark)
