"""A directory: the person is looked for by name, and the directory compares the password."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ldap3 import NONE, SIMPLE, SUBTREE, Connection, Server, Tls
from ldap3.core.exceptions import LDAPException
from ldap3.utils.conv import escape_filter_chars

from auth.doors.door import NotProven, Proven, Start, Unreachable, proven
from auth.doors.outbound import LOOPBACK
from issues.vocabulary import DoorKind

CONNECT_SECONDS, ANSWER_SECONDS = 3, 5
WRONG = "账号或密码不正确。"
SUCCESS = 0
TWO_ARE_TOO_MANY = 2


@dataclass(frozen=True, slots=True)
class Directory:
    """Where it is, who may look in it, and how a person is found. `{name}` stands in `wanted`."""

    url: str
    base: str
    reader: str
    reader_password: str = field(repr=False)
    wanted: str
    subject: str
    shown: str
    authority: str


class LdapDoor:
    kind = DoorKind.LDAP
    asks_here = True

    def __init__(self, directory: Directory) -> None:
        self.issuer = directory.url
        self._directory = directory

    def start(self, back: str) -> Start:
        return Start(back, {})

    def prove(self, said: Mapping[str, str], kept: Mapping[str, str]) -> Proven:  # noqa: ARG002 - of every door
        """An empty password would bind as nobody, which a directory calls success."""
        name, password = said.get("username", ""), said.get("password", "")
        if not name or not password or "\0" in name + password:
            raise NotProven(WRONG)
        try:
            found = self._found(name)
            # Asked of nobody too: how long it takes must not tell which names there are.
            dn = found[0] if found else f"cn=nobody,{self._directory.base}"
            if not self._is_password(dn, password) or found is None:
                raise NotProven(WRONG)
        except (LDAPException, OSError):
            raise Unreachable from None
        _, subject, shown = found
        return proven(self.kind, self.issuer, subject, shown)

    def way_out(self, back: str) -> str:  # noqa: ARG002 - of every door
        return ""

    def _found(self, name: str) -> tuple[str, str, str] | None:
        """DN, subject and shown name of the one person of this name."""
        where = self._directory
        with _Opened(self._connection(where.reader, where.reader_password)) as connection:
            if not connection.bind():
                raise Unreachable
            connection.search(
                where.base,
                where.wanted.replace("{name}", escape_filter_chars(name)),
                search_scope=SUBTREE,
                attributes=sorted({where.subject, where.shown}),
                size_limit=TWO_ARE_TOO_MANY,
                time_limit=ANSWER_SECONDS,
            )
            if connection.result["result"] != SUCCESS:
                return None
            rows = [row for row in connection.response or () if row["type"] == "searchResEntry"]
        if len(rows) != 1 or not rows[0]["dn"]:
            return None
        held = {key.lower(): value for key, value in rows[0]["raw_attributes"].items()}
        subject = _text(held.get(where.subject.lower()))
        return rows[0]["dn"], subject, _text(held.get(where.shown.lower()))

    def _is_password(self, dn: str, password: str) -> bool:
        with _Opened(self._connection(dn, password)) as connection:
            return bool(connection.bind()) and connection.result["result"] == SUCCESS

    def _connection(self, dn: str, password: str) -> Connection:
        """Encrypted before anything is said, unless the directory is on this machine."""
        parts = urlsplit(self._directory.url)
        host = parts.hostname or ""
        is_ldaps = parts.scheme == "ldaps"
        server = Server(
            host,
            port=parts.port or (636 if is_ldaps else 389),
            use_ssl=is_ldaps,
            tls=_Checked(self._directory.authority),
            get_info=NONE,
            connect_timeout=CONNECT_SECONDS,
        )
        connection = Connection(
            server, user=dn, password=password, authentication=SIMPLE, auto_referrals=False,
            receive_timeout=ANSWER_SECONDS, raise_exceptions=False, check_names=False,
        )  # fmt: skip
        try:
            connection.open(read_server_info=False)
            if not is_ldaps and host not in LOOPBACK:
                connection.start_tls(read_server_info=False)
        except (LDAPException, OSError):
            if connection.socket is not None:
                connection.socket.close()
            raise
        return connection


class _Checked(Tls):  # type: ignore[misc]  # ldap3 has no types
    """The certificate is checked, and that it is this host's, by the standard library."""

    def __init__(self, authority: str) -> None:
        super().__init__(validate=ssl.CERT_REQUIRED)
        self._authority = authority

    def wrap_socket(self, connection: Connection, do_handshake: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 - ldap3's own
        context = ssl.create_default_context(cafile=self._authority or None)
        host = connection.server.host
        connection.socket = context.wrap_socket(connection.socket, server_hostname=host)


class _Opened:
    """Closed whatever comes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Connection:
        return self._connection

    def __exit__(self, *_why: object) -> None:
        self._connection.unbind()


def _text(values: object) -> str:
    """The only value, as text; what is no text (an objectGUID) by its figures."""
    if not isinstance(values, list) or len(values) != 1 or not isinstance(values[0], bytes):
        return ""
    try:
        text = values[0].decode()
    except UnicodeDecodeError:
        return values[0].hex()
    return text if text.isprintable() else values[0].hex()
