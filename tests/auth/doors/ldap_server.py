"""A small directory that speaks LDAP on a real socket: simple bind, search by equality, StartTLS.

As RFC 4513 lets it, a bind with a name and an empty password succeeds: as nobody.
"""

import contextlib
import socketserver
import ssl
import threading

from ldap3.protocol.rfc4511 import (
    LDAPDN,
    AttributeDescription,
    AttributeValue,
    BindResponse,
    ExtendedResponse,
    LDAPMessage,
    LDAPString,
    MessageID,
    PartialAttribute,
    PartialAttributeList,
    ProtocolOp,
    ResultCode,
    SearchResultDone,
    SearchResultEntry,
    Vals,
)
from pyasn1.codec.ber import decoder, encoder
from pyasn1.error import PyAsn1Error

READER, READER_PASSWORD = "cn=reader,dc=bazhong", "reads-only-here"
FINE, WRONG = 0, 49


class Directory:
    """`people`: DN to (password, attributes). `told` are all binds and filters in their order."""

    def __init__(self, people, context=None, *, starts_tls=False):
        self.people = people
        self.context = context
        self.starts_tls = starts_tls
        self.told = []

    def bind(self, dn, password):
        self.told.append(("bind", dn, password))
        if not password:
            return FINE
        known = {READER: READER_PASSWORD} | {dn: held[0] for dn, held in self.people.items()}
        return FINE if known.get(dn) == password else WRONG

    def search(self, name, value):
        self.told.append(("search", name, value))
        return [
            (dn, attributes)
            for dn, (_, attributes) in self.people.items()
            if value in attributes.get(name, [])
        ]


class Talk(socketserver.BaseRequestHandler):
    def handle(self):
        self.held = b""
        directory = self.server.directory
        with contextlib.suppress(OSError, PyAsn1Error):
            if directory.context and not directory.starts_tls:
                self.request = directory.context.wrap_socket(self.request, server_side=True)
            while (message := self._message()) is not None:
                self._answer(message, directory)

    def _message(self):
        while True:
            with contextlib.suppress(PyAsn1Error):
                message, self.held = decoder.decode(self.held, asn1Spec=LDAPMessage())
                return message
            part = self.request.recv(65_536)
            if not part:
                return None
            self.held += part

    def _answer(self, message, directory):
        operation, number = message["protocolOp"], int(message["messageID"])
        asked = operation.getName()
        if asked == "bindRequest":
            bind = operation["bindRequest"]
            code = directory.bind(
                str(bind["name"]), bytes(bind["authentication"]["simple"]).decode()
            )
            self._send(number, "bindResponse", _result(BindResponse(), code))
        elif asked == "searchRequest":
            wanted = operation["searchRequest"]["filter"]["equalityMatch"]
            value = bytes(wanted["assertionValue"]).decode()
            for dn, attributes in directory.search(str(wanted["attributeDesc"]), value):
                self._send(number, "searchResEntry", _entry(dn, attributes))
            self._send(number, "searchResDone", _result(SearchResultDone(), FINE))
        elif asked == "extendedReq":
            code = FINE if directory.starts_tls else 2
            self._send(number, "extendedResp", _result(ExtendedResponse(), code))
            if directory.starts_tls:
                self.request = directory.context.wrap_socket(self.request, server_side=True)
        else:
            self.request.close()

    def _send(self, number, name, value):
        message = LDAPMessage()
        message["messageID"] = MessageID(number)
        message["protocolOp"] = ProtocolOp().setComponentByName(name, value)
        self.request.sendall(encoder.encode(message))


def _result(answer, code):
    answer["resultCode"] = ResultCode(code)
    answer["matchedDN"] = LDAPDN("")
    answer["diagnosticMessage"] = LDAPString("")
    return answer


def _entry(dn, attributes):
    entry = SearchResultEntry()
    entry["object"] = LDAPDN(dn)
    listed = PartialAttributeList()
    for place, (name, values) in enumerate(attributes.items()):
        held = Vals()
        for order, value in enumerate(values):
            raw = value if isinstance(value, bytes) else value.encode()
            held.setComponentByPosition(order, AttributeValue(raw))
        one = PartialAttribute()
        one["type"] = AttributeDescription(name)
        one["vals"] = held
        listed.setComponentByPosition(place, one)
    entry["attributes"] = listed
    return entry


class Listening(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextlib.contextmanager
def directory_server(directory):
    """Listens on loopback; `directory.port` is set."""
    with Listening(("127.0.0.1", 0), Talk) as server:
        server.directory = directory
        directory.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield directory
        finally:
            server.shutdown()
            thread.join()


def server_context(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
