"""CAS 3.0: a ticket for our own address, shown to the server that gave it."""

import hmac
import re
from collections.abc import Mapping
from secrets import token_urlsafe
from urllib.parse import urlencode
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from auth.doors.door import NotProven, Proven, Start, Unreachable, proven
from auth.doors.outbound import content_of
from issues.vocabulary import DoorKind

SPACE = "{http://www.yale.edu/tp/cas}"
TICKET = re.compile(r"ST-[A-Za-z0-9._-]{1,250}")


class CasDoor:
    kind = DoorKind.CAS
    asks_here = False

    def __init__(self, home: str, authority: str) -> None:
        self.issuer = home
        self._authority = authority

    def start(self, back: str) -> Start:
        """CAS has no state of its own: ours stands in the address the ticket is for."""
        state = token_urlsafe(32)
        service = f"{back}?{urlencode({'state': state})}"
        url = f"{self.issuer}/login?{urlencode({'service': service})}"
        return Start(url, {"state": state, "service": service})

    def prove(self, said: Mapping[str, str], kept: Mapping[str, str]) -> Proven:
        is_ours = hmac.compare_digest(said.get("state", "").encode(), kept["state"].encode())
        ticket = said.get("ticket", "")
        if not is_ours or not TICKET.fullmatch(ticket):
            raise NotProven
        asked = {"service": kept["service"], "ticket": ticket}
        answer = content_of(f"{self.issuer}/p3/serviceValidate", self._authority, asked)
        name = _user_in(answer)
        return proven(self.kind, self.issuer, name, name, mark=kept["state"])

    def way_out(self, back: str) -> str:
        return f"{self.issuer}/logout?{urlencode({'service': back})}"


def _user_in(answer: bytes) -> str | None:
    """Whom the answer says it is. Raises NotProven where it says nobody."""
    try:
        root = fromstring(answer, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise Unreachable from None
    if root.tag != f"{SPACE}serviceResponse":
        raise Unreachable
    said = list(root)
    if len(said) != 1 or said[0].tag != f"{SPACE}authenticationSuccess":
        raise NotProven
    users = said[0].findall(f"{SPACE}user")
    if len(users) != 1 or said[0].find(f"{SPACE}proxies") is not None:
        raise NotProven
    name: str | None = users[0].text
    return name
