"""/metrics: read by an independent parser, for this machine or the right token, and never more."""

import re
from ipaddress import ip_network

import pytest
from planted import planted
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select

from auth.actor import SYSTEM
from auth.models import ApiToken
from auth.people import issue_token
from auth.tokens import end_tokens
from config import ROOT
from extensions import db, transaction
from issues.operations.bounds import BOUNDS
from issues.operations.families import FAMILIES, PREFIX
from issues.queries.admin import stored as storing
from issues.vocabulary import EvidenceKind, Status, TokenScope
from tests.evidence import samples

URL = "/metrics"
OUTSIDE = {"REMOTE_ADDR": "192.0.2.1"}
NAME = re.compile(r"`(rectification_[a-z_]+)`")


def scraped(text):
    return {family.name: family for family in text_string_to_metric_families(text)}


def scrape(app):
    return scraped(app.test_client().get(URL).text)


def value(found, name, **labels):
    (one,) = [
        sample.value
        for family in found.values()
        for sample in family.samples
        if sample.name == PREFIX + name and labels.items() <= sample.labels.items()
    ]
    return one


def ask(app, secret="", outside=True, **headers):
    if secret:
        headers["Authorization"] = f"Bearer {secret}"
    place = OUTSIDE if outside else {}
    return app.test_client().get(URL, headers=headers, environ_base=place).status_code


def token(person, scope=TokenScope.FULL):
    with transaction():
        return issue_token(SYSTEM, person.id, scope=scope)


@pytest.mark.both
def test_each_figure_of_the_database_is_what_its_rows_say(app, make_issue, people):
    make_issue.evidence(
        make_issue(Status.RECTIFYING), EvidenceKind.AFTER, file=("后.jpg", samples.jpeg())
    )
    found = scrape(app)
    kind = db.engine.dialect.name
    assert value(found, "evidence_files") == 1
    assert value(found, "evidence_bytes") == len(samples.jpeg())
    assert value(found, "database_up") == 1
    assert value(found, "database_bytes") > 100_000
    assert value(found, "works", state="queued") == 0
    assert value(found, "build_info", database=kind) == 1
    (build,) = found[f"{PREFIX}build_info"].samples
    assert re.fullmatch(r"\d{4}_\w+", build.labels["schema"])
    own = {"sqlite": "database_wal_bytes", "postgresql": "database_longest_transaction_seconds"}
    for of, name in own.items():
        assert bool(found[PREFIX + name].samples) == (of == kind)
    if kind == "postgresql":
        assert value(found, "database_connections_limit") >= 20


def test_every_family_stands_there_once_with_its_type_and_words(app):
    found = scrape(app)
    assert found.keys() == {f.told.removesuffix("_total") for f in FAMILIES}
    for family in FAMILIES:
        one = found[family.told.removesuffix("_total")]
        assert (one.type, one.documentation) == (family.kind, family.words)


def routes_in(text):
    return {
        sample.labels["route"]: sample.labels
        for sample in scraped(text)[f"{PREFIX}http_request_duration_seconds"].samples
    }


def test_a_request_is_counted_by_its_pattern_and_by_nothing_of_its_address(
    app, browser, make_issue
):
    before = routes_in(app.test_client().get(URL).text).keys()  # of other applications of the tests
    issue = make_issue(Status.RECTIFYING, title="不应出现在指标中的标题")
    browser.as_("sun").get(f"/issues/{issue.number}")
    browser.as_("sun").get("/issues", q="不应出现")
    app.test_client().open("/no/such/place", method="SECRET")
    text = app.test_client().get(URL).text
    routes = routes_in(text)
    assert "/issues/<number>" in routes
    assert "/issues" in routes
    known = {rule.rule for rule in app.url_map.iter_rules()} | {"unmatched"}
    assert routes.keys() - before <= known
    for secret in (issue.number, "不应出现", "SECRET", "no/such", "sun"):
        assert secret not in text.replace("unmatched", "")
    assert routes["unmatched"]["method"] == "other"


def test_counts_and_times_of_a_route_agree(app):
    before = scrape(app)
    client = app.test_client()
    for _ in range(3):
        client.get("/healthz")
    after = scrape(app)
    name = "http_request_duration_seconds"
    asked = {"route": "/healthz", "method": "GET", "status": "2xx"}

    def count(found):
        try:
            return value(found, f"{name}_count", **asked)
        except ValueError:
            return 0

    assert count(after) - count(before) == 3
    assert value(after, f"{name}_bucket", le="+Inf", **asked) == count(after)
    buckets = [
        sample.value
        for sample in after[PREFIX + name].samples
        if sample.name.endswith("_bucket") and asked.items() <= sample.labels.items()
    ]
    assert buckets == sorted(buckets)


def test_this_machine_reads_and_nobody_through_a_proxy(app):
    assert ask(app, outside=False) == 200
    assert ask(app, outside=True) == 403
    assert ask(app, outside=False, **{"X-Forwarded-For": "192.0.2.1"}) == 403
    assert ask(app, outside=False, **{"X-Forwarded-For": "127.0.0.1"}) == 403
    assert ask(app, outside=False, Forwarded="for=127.0.0.1") == 403
    assert ask(app, outside=False, Via="1.1 proxy") == 403
    assert ask(app, outside=False, **{"X-Real-IP": "192.0.2.1"}) == 403
    assert ask(app, outside=False, Host="hjzg.example.gov.cn") == 403
    assert ask(app, outside=False, Host="127.0.0.1:8000") == 200
    assert ask(app, outside=False, Host="[::1]:8000") == 200


def test_through_a_declared_proxy_only_a_token_reads(place, people):
    secret = token(people.sysadmin, TokenScope.READ)
    with planted(place, trusted_proxies=(ip_network("127.0.0.0/8"),)) as visitor:
        behind = visitor().app
        for client in ("192.0.2.1", "127.0.0.1"):
            through = {"X-Forwarded-For": client}
            assert ask(behind, outside=False, **through) == 403
            assert ask(behind, secret, outside=False, **through) == 200
        assert ask(behind, outside=False) == 200


@pytest.mark.parametrize(
    ("name", "status"),
    [("sysadmin", 200), ("secadmin", 403), ("auditor", 403), ("sun", 403), ("zhou", 403),
     ("chen", 403), ("zhao", 403)],
)  # fmt: skip
def test_from_outside_the_token_of_who_keeps_the_system_reads(app, people, name, status):
    assert ask(app, token(getattr(people, name))) == status


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        (TokenScope.FULL, 200),
        (TokenScope.ACT, 200),
        (TokenScope.READ, 200),
        (TokenScope.LEADS, 403),
    ],
)
def test_a_token_that_only_brings_leads_does_not_read(app, people, scope, status):
    assert ask(app, token(people.sysadmin, scope)) == status


def test_a_revoked_token_and_a_session_do_not_read(app, people, browser):
    secret = token(people.sysadmin)
    with transaction():
        end_tokens(people.sysadmin.id)
    assert db.session.scalars(select(ApiToken.revoked_at)).one() is not None
    assert ask(app, secret) == 403
    assert ask(app, "no such token") == 403
    visitor = browser.as_("sysadmin")
    assert visitor.client.get(URL, environ_base=OUTSIDE).status_code == 403


def test_a_scrape_makes_as_many_statements_however_many_rows_there_are(browser, make_issue, app):
    stranger = browser.stranger
    stranger.get(URL)
    few = len(stranger.get(URL, most=14).statements)
    for _ in range(3):
        issue = make_issue(Status.RECTIFYING)
        make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))
    assert len(stranger.get(URL, most=14).statements) <= few + 1
    assert len(stranger.get(URL, most=14).statements) == few


def test_what_came_since_is_added_to_what_was_counted(app, make_issue):
    """The same bytes twice are one file, also where the second came later."""
    issue = make_issue(Status.RECTIFYING)
    photos = [samples.jpeg(), samples.jpeg(progressive=True)]
    make_issue.evidence(issue, EvidenceKind.AFTER, file=("一.jpg", photos[0]))
    assert storing.stored() == storing.counted_anew()
    make_issue.evidence(issue, EvidenceKind.AFTER, file=("二.jpg", photos[1]))
    other = make_issue(Status.RECTIFYING)
    make_issue.evidence(other, EvidenceKind.AFTER, file=("三.jpg", photos[0]))
    found = storing.stored()
    assert found == storing.counted_anew()
    assert (found.files, found.size) == (2, sum(map(len, photos)))


def test_without_a_database_the_rest_is_told(app, monkeypatch):
    with monkeypatch.context() as changed:
        changed.setattr(db.session, "execute", _unreachable)
        found = scrape(app)
    assert value(found, "database_up") == 0
    assert value(found, "disk_free_bytes", place="evidence") > 0
    assert value(found, "web_processes") >= 1


def _unreachable(*_given, **_named):
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415 - what a driver raises

    raise OperationalError("SELECT 1", {}, Exception("no connection"))


def test_the_documents_name_every_figure_and_no_other(app):
    text = (ROOT / "docs/deployment.md").read_text(encoding="utf-8")
    part = text.partition("\n## 监测指标\n")[2].partition("\n## ")[0]
    told = set(NAME.findall(part))
    assert told == {family.told for family in FAMILIES}
    assert {name.removesuffix("_total") for name in told} == scrape(app).keys()
    rows = {NAME.search(line)[1]: line for line in part.splitlines() if line.startswith("| `")}
    for bound in BOUNDS:
        assert bound.words in rows[bound.family.told], bound.title
