"""Figure 21: what is sent is never SQL, template, address, header, line of the log or formula."""

import contextlib
import io
import logging
from urllib.parse import urlsplit

import openpyxl
import pytest
import tally
from asking import INSIDE, NEEDED, address, is_call, missing_in, name_of, routes, written
from page import counted
from people import PASSWORD
from planting import plant
from sqlalchemy import text
from tally import on_both, part, tell

from extensions import db
from issues.act_fields import fields_of
from issues.logs import lines
from issues.queries.notices.pages import NoticeFilters
from issues.queries.register.filters import Filters
from issues.vocabulary import Action

MARK = "zqx"
PRODUCT = str(1337 * 7331)
SENT = (
    "zqx' OR '1'='1", 'zqx"; DROP TABLE issue; --', "zqx) UNION SELECT 1 --", "1 zqx", "zqx\\' --",
    "{{1337*7331}}zqx", "${1337*7331}zqx", "{%set a=1337*7331%}{{a}}zqx", "%(zqx)s{0.zqx}",
    "//zqx.example.org/", "https://zqx.example.org/", "/\\zqx.example.org",
    "\thttps:zqx.example.org",
    "zqx\r\nSet-Cookie: zqx=1", "zqx\nERROR forged",
)  # fmt: skip
ELSE = ("next", "back", "url", "sort", "page", "q", "layer", "turning", "on", "unit", "by", "year")
FORMULAS = ("=1+{0}()", "+{0}", "-{0}()", "@{0}", "\t={0}", "＝{0}()")
WHO = {"/admin/grants": "secadmin", "/admin/": "sysadmin", "/history": "auditor",
       "/digests": "zhao", "/covert": "lin", "/flags": "lin"}  # fmt: skip


def who(rule):
    return next((name for start, name in WHO.items() if rule.rule.startswith(start)), "sun")


def names():
    acts = {field.name for action in Action for field in fields_of(action)}
    return sorted(
        {*Filters.__dataclass_fields__, *NoticeFilters.__dataclass_fields__, *ELSE, *acts}
    )


class Lines(logging.Handler):
    """The lines a log would hold."""

    def __init__(self):
        super().__init__()
        self.held, self.forms = [], [lines.formatter(one) for one in lines.FORMATS]

    def emit(self, record):
        self.held += [form.format(record) for form in self.forms]

    @contextlib.contextmanager
    def listening(self):
        root, ours = logging.getLogger(), logging.getLogger("issues")
        level = ours.level
        root.addHandler(self)
        ours.setLevel(logging.INFO)
        try:
            yield
        finally:
            ours.setLevel(level)
            root.removeHandler(self)


def taken_in(answer, statements, logged):
    """What of the sent was more than text."""
    if any(MARK in one for one in statements):
        yield "SQL"
    if PRODUCT.encode() in answer.get_data():
        yield "template"
    place = urlsplit(answer.headers.get("Location", "").strip())
    if place.netloc not in {"", "localhost"} or place.scheme not in {"", "http"}:
        yield "address"
    if any(MARK in name.lower() or f"{MARK}=" in value for name, value in answer.headers
           if name.lower() in {MARK, "set-cookie"}):  # fmt: skip
        yield "header"
    if any(len(one.splitlines()) > 1 and "Traceback" not in one for one in logged):
        yield "log"
    if answer.status_code >= 500:
        yield f"{answer.status_code}"


def injected(asking, app, share):
    found, tried, known, log = [], 0, names(), Lines()
    with log.listening():
        for turn, (method, rule) in enumerate(routes(app)):
            for value in part(SENT, share, turn):
                said = dict.fromkeys(known, value)
                key = "query_string" if method == "GET" else "json" if is_call(rule) else "data"
                before = len(log.held)
                with counted() as statements:
                    answer = asking.ask(who(rule), method, rule, address(rule, asking.city.own),
                                        **{key: said})  # fmt: skip
                tried += 1
                found += [(name_of(method, rule), value, one)
                          for one in taken_in(answer, statements, log.held[before:])]  # fmt: skip
                if method != "GET" and written(statements):
                    asking.undo()
    return found, tried, log.held


def secrets_in(held, asking):
    """Which lines hold what was typed, a password, or what opens the door for somebody."""
    opens = [*asking.city.secrets.values(), *asking.city.cookies.values(), PASSWORD]
    opens += [*asking.city.tokens.values(), asking.city.own["token"], MARK]
    return [line[:200] for line in held if any(one in line for one in opens)]


@pytest.mark.postgresql
def test_nothing_that_is_sent_is_more_than_text(asking, app, database):
    found, tried, held = injected(asking, app, 15)

    assert len(held) >= tried, "each request leaves a line"
    told = f"日志（{len(held)} 行，{len(names())} 个字段各有埋设）"
    tell(28, told, tried, secrets_in(held, asking), database)
    tell(23, "乱填后的响应头和内情", tried, asking.untold, database)
    tell(21, "SQL、模板、重定向、响应头、日志", tried, found, database)


def formulas(data):
    """(cells that are formulas, cells that hold what was planted)."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    bad = [cell.coordinate for cell in cells if cell.data_type == "f"]
    return bad, sum("zq" in str(cell.value) for cell in cells)


@on_both
def test_no_workbook_holds_what_was_typed_as_a_formula(asking, app, database):
    found, tried = [], 0
    rule = next(rule for _, rule in routes(app, "GET") if rule.rule == "/issues/export.xlsx")
    for turn in range(len(FORMULAS)) if tally.FULL else (0,):
        plant(FORMULAS[turn:] + FORMULAS[:turn])
        for name in ("sun", "chen", "zhao"):
            bad, held = formulas(asking.ask(name, "GET", rule, rule.rule).data)
            found, tried = found + bad, tried + held
        asking.undo()

    assert tried > 5
    tell(21, "表格公式", tried, found, database)


def test_a_formula_in_a_workbook_is_found():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "=1+zq1q()"
    book.save(out)

    assert formulas(out.getvalue()) == (["A1"], 1)


def test_what_stands_in_the_log_is_found(asking):
    held = ["GET /verify/" + asking.city.own["token"], "a line", f"title={MARK}"]

    assert secrets_in(held, asking) == [held[0], held[2]]


def test_an_answer_that_tells_too_little_or_too_much_is_found(asking):
    answer = asking.ask("sun", "GET", next(rule for _, rule in routes(asking.app)), "/account")
    assert list(missing_in(answer)) == []
    for name in NEEDED:
        answer.headers.remove(name)
    answer.headers["Server"] = "x"
    answer.set_data(INSIDE[0])

    assert set(missing_in(answer)) == {*NEEDED, "Server", "the inside"}


def test_each_kind_of_injection_is_found(app):
    log = Lines()
    with app.test_request_context(), counted() as statements:
        db.session.execute(text("SELECT 1 /* zqx */"))
        answer = app.response_class(PRODUCT, 302, {"Location": "//zqx.example.org/"})
        answer.headers.add("Set-Cookie", "zqx=1")
    log.held.append("one\nERROR forged")

    found = set(taken_in(answer, statements, log.held))

    assert found == {"SQL", "template", "address", "header", "log"}
