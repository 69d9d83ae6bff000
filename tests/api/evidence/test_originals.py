"""What a complainant sent in reaches the cleared alone, by one door, and each look is recorded."""

import io
import json
import zipfile
from urllib.parse import quote

import pytest

from extensions import db, transaction
from issues import audit
from issues.evidence import clearances
from issues.ground import clock
from issues.imprints import checking
from issues.jobs.job import Tools
from issues.jobs.steps import scrub_evidence, sweep_orphans
from issues.models import ComplaintOriginal, Event
from issues.vocabulary import Action, Status
from tests.evidence import samples

CANARY = "举报人张有理"
NAME = f"{CANARY}来信.jpg"


@pytest.fixture
def issue(make_issue):
    return make_issue(Status.RECTIFYING, source="YX", case_number="X2BZ202509010001")


@pytest.fixture
def url(issue):
    return f"/issues/{issue.number}/originals"


@pytest.fixture
def sealed(browser, url):
    browser.as_("lin").post(url, file=(io.BytesIO(samples.jpeg()), NAME))
    return db.session.query(ComplaintOriginal).one()


def clear(issue, people, name="lin"):
    from auth.models import User  # noqa: PLC0415 - one test's hand

    with transaction():
        user = db.session.query(User).filter_by(name=name).one()
        clearances.grant(issue, people.zhou, user, "核实情况", clock.today(), clock.now())


def test_the_cleared_open_it_with_a_reason_and_each_look_is_recorded(
    browser, issue, url, sealed, people
):
    browser.as_("lin").post(f"{url}/{sealed.id}/open", 403, reason="想看")
    clear(issue, people)

    assert NAME not in browser.as_("lin").get(url).html
    browser.as_("lin").post(f"{url}/{sealed.id}/open", 422, reason=" ")
    page = browser.as_("lin").post(f"{url}/{sealed.id}/open", reason="核实地点")

    assert page.answer.data == samples.jpeg()
    sent_as = page.answer.headers["Content-Disposition"]
    assert sent_as.startswith("attachment")
    assert quote(NAME) in sent_as
    assert "sandbox" in page.answer.headers["Content-Security-Policy"]
    looks = db.session.query(Event).filter_by(action="view_original").all()
    assert [(row.actor, row.reason, row.is_covert) for row in looks] == [
        (people.lin.display_name, "核实地点", True)
    ]
    assert list(audit.faults("x")) == []
    assert list(checking.faults()) == []


def test_a_reason_that_is_refused_stays_at_the_file_it_was_written_for(
    browser, issue, url, sealed, people
):
    clear(issue, people)

    page = browser.as_("lin").post(f"{url}/{sealed.id}/open", 422, reason="核" * 201)

    field = page.tree.one("input", id=f"f-reason-{sealed.id}")
    assert field["value"] == "核" * 201
    assert "请写明查看的理由" in page.tree.one("p", id=f"f-reason-{sealed.id}-error").text


def test_who_put_it_in_sees_that_it_is_there_and_no_more(browser, url, sealed):
    text = browser.as_("lin").get(url).text

    assert "第1份" in text
    assert CANARY not in browser.as_("lin").get(url).html


@pytest.mark.parametrize("name", ["chen", "liu", "wu", "zhao", "he"])
def test_the_rest_do_not_learn_that_there_is_any(browser, url, sealed, name):
    browser.as_(name).get(url, 404)
    browser.as_(name).post(f"{url}/{sealed.id}/open", 404, reason="想看")


def test_the_head_clears_a_person_for_it_on_the_page(browser, url, sealed):
    browser.as_("zhou").post(
        f"{url}/clearance", user="lin2", reason="核实", until=clock.today().isoformat()
    )

    assert "打开原件" in browser.as_("lin2").get(url).text
    browser.as_("sun").post(
        f"{url}/clearance", 403, user="sun", reason="自己看", until=clock.today().isoformat()
    )


def test_no_page_file_or_answer_beside_its_door_tells_of_it(
    browser, api, issue, sealed, app, people
):
    """Every reader, cleared or not, on every channel that shows evidence."""
    number, digest = issue.number, sealed.sha256
    pages = ["", "/evidence", "/evidence?by=stage", "/flags", "/readings", "/dossier", "/history"]
    calls = ["", "/evidence", "/history", "/readings"]
    clear(issue, people)
    for name in ("sun", "lin", "zhou", "chen", "liu"):
        told = []
        for page in pages:
            answer = browser.as_(name).client.get(f"/issues/{number}{page}")
            told.append(answer.get_data(as_text=True))
        told += [getattr(api, name).get(f"/issues/{number}{call}").data.decode() for call in calls]
        told.append(browser.as_(name).client.get(f"/issues?q={CANARY}").get_data(as_text=True))
        assert not [text for text in told if CANARY in text and "<title>" not in text]
        assert not [text for text in told if NAME in text]
    for way in ("preview/320", "preview/1280", "file"):
        browser.as_("lin").get(f"/issues/{number}/evidence/{sealed.id}/{way}", 404)
    assert digest not in json.dumps(api.chen.get(f"/issues/{number}/history").json)


@pytest.mark.parametrize("inside", [[], ["--inside"]])
def test_no_dossier_holds_it(issue, sealed, app, tmp_path, inside):
    path = tmp_path / "档.zip"
    done = app.test_cli_runner().invoke(args=["dossier", issue.number, "-o", str(path), *inside])
    assert done.exit_code == 0, done.output

    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert CANARY not in name
            assert CANARY.encode() not in archive.read(name)
            assert archive.read(name) != samples.jpeg()


def test_no_export_holds_it(browser, sealed):
    data = browser.as_("sun").get("/issues/export.xlsx").answer.data

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if CANARY.encode() in archive.read(name)]


def test_it_is_no_proof_and_no_twin(browser, issue, sealed, make_issue):
    """The same picture sent as evidence elsewhere raises no doubt that would tell of this one."""
    other = make_issue(Status.RECTIFYING)
    make_issue.evidence(other, file=("前.jpg", samples.jpeg()))

    text = browser.as_("lin").get(f"/issues/{other.number}/flags").text
    assert issue.number not in text
    with pytest.raises(Exception, match="条件"):
        make_issue.act(Action.REQUEST_ACCEPTANCE, issue, "chenlead", text="申请验收")


def test_its_bytes_are_scrubbed_and_never_swept(sealed, app, issue):
    tools = Tools(clock.today(), clock.now(), app.extensions["evidence"], "x" * 32)

    assert scrub_evidence.find(tools) == [sealed.sha256]
    assert sealed.sha256 not in set(sweep_orphans.find(tools))
    assert sweep_orphans.do(tools, sealed.sha256) is False
    assert "共核验原件 1 份" in app.test_cli_runner().invoke(args=["evidence", "verify"]).output


def test_the_same_original_twice_is_one_and_a_wrong_file_is_said(browser, url, sealed):
    browser.as_("sun").post(url, file=(io.BytesIO(samples.jpeg()), "再来.jpg"))
    wrong = browser.as_("sun").post(url, 415, file=(io.BytesIO(b"nonsense"), "假.pdf"))

    assert "假.pdf" in wrong.text
    assert db.session.query(ComplaintOriginal).count() == 1


@pytest.mark.both
def test_through_the_api_it_is_sealed_and_opened_the_same_way(api, make_issue, people):
    issue = make_issue(Status.RECTIFYING, source="YX")
    path = f"/issues/{issue.number}/originals"
    sent = {"data": {"file": (io.BytesIO(samples.jpeg()), NAME)}}

    said = api.lin.ask("POST", path, 201, **sent)
    api.chen.get(path, 404)
    assert api.lin.get(path)["items"] == [said.json]
    assert said["name"] is None
    file = f"{path}/{said['id']}/file"
    api.lin.get(f"{file}?reason=x", 403)
    clear(issue, people)
    api.lin.get(file, 422)
    assert api.lin.get(f"{file}?reason=x").data == samples.jpeg()
    assert api.lin.get(path)["items"][0]["name"] is None
    acts = [row["action"] for row in api.sun.get(f"/issues/{issue.number}/history")["items"]]
    assert acts[-1] == "view_original"
    assert not {"add_original", "view_original"} & {
        row["action"] for row in api.chen.get(f"/issues/{issue.number}/history")["items"]
    }
