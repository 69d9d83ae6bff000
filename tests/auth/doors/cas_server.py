"""A small CAS 3.0 server: tickets for one address, taken once, answered in XML."""

from secrets import token_hex
from urllib.parse import urlencode

SPACE = 'xmlns:cas="http://www.yale.edu/tp/cas"'


class CasServer:
    """`user`: who sits at the browser. `xml` is answered in place of the truth."""

    def __init__(self):
        self.user, self.xml = "chen.jingban", None
        self.tickets = {}

    def answer(self, path, query, _form, _headers):
        if path == "/cas/login":
            ticket = f"ST-{token_hex(8)}-cas"
            self.tickets[ticket] = query["service"]
            sent = urlencode({"ticket": ticket})
            mark = "&" if "?" in query["service"] else "?"
            return 302, {"Location": f"{query['service']}{mark}{sent}"}, b""
        if path == "/cas/p3/serviceValidate":
            return 200, {"Content-Type": "application/xml"}, self._validated(query).encode()
        return 404, {}, b""

    def _validated(self, query):
        if self.xml is not None:
            return self.xml
        service = self.tickets.pop(query["ticket"], None)
        if service is None or service != query["service"]:
            return response('<cas:authenticationFailure code="INVALID_TICKET"/>')
        return response(success(self.user))


def response(inside):
    return f"<cas:serviceResponse {SPACE}>{inside}</cas:serviceResponse>"


def success(user, more=""):
    return (
        f"<cas:authenticationSuccess><cas:user>{user}</cas:user>{more}</cas:authenticationSuccess>"
    )
