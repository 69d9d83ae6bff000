"""一题一档: what it holds, for whom, and that one changed byte is found and named offline."""

import io
import json
import random
import zipfile

import pytest
import samples
from sqlalchemy import select
from taken import check, export, text_of

from extensions import db
from issues.dossiers import verify
from issues.dossiers.content import INSIDE, OUTSIDE, content_of
from issues.evidence.intake.incoming import key_of
from issues.models import Event
from issues.vocabulary import Action, EvidenceKind, Status

COVERT = ("暗访现场.jpg", samples.jpeg(exif=samples.exif(taken=None)))


@pytest.fixture
def issue(make_issue):
    issue = make_issue(Status.CLOSED)
    make_issue.evidence(issue, EvidenceKind.AFTER, "sun", file=("后.jpg", samples.jpeg()))
    make_issue.evidence(issue, EvidenceKind.SITE_CHECK, "lin", file=COVERT)
    return issue


def test_the_archive_holds_the_file_the_originals_and_the_history(app, issue, tmp_path):
    path = export(app, issue, tmp_path / "档.zip")

    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("manifest.json"))
        text = text_of(archive, issue)
        after = next(name for name in names if name.endswith("后.jpg"))
        assert archive.read(after) == samples.jpeg()
    assert {f"{issue.number}.pdf", "history.json", "verify.py", "manifest.sha256"} <= names
    assert manifest["history"]["length"] > 10
    for said in (
        "一题一档",
        "目录",
        "二、颜色说明",
        "四、办理过程",
        "佐证材料",
        "核验方法",
        issue.number,
    ):
        assert "".join(said.split()) in text
    code, said = check(path)
    assert (code, said.splitlines()[-1]) == (0, "全部文件与历史记录核对一致")


def test_what_is_covert_stands_only_in_the_edition_for_inside(app, issue, tmp_path):
    outside = export(app, issue, tmp_path / "外.zip")
    inside = export(app, issue, tmp_path / "内.zip", "--inside")

    with zipfile.ZipFile(outside) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert not [name for name in archive.namelist() if "暗访" in name]
        assert COVERT[1] not in everything
        assert "暗访现场".encode() not in everything
        assert "回头看" not in text_of(archive, issue)
    with zipfile.ZipFile(inside) as archive:
        assert [name for name in archive.namelist() if "暗访现场" in name]
    assert check(outside)[0] == check(inside)[0] == 0


def test_no_edition_names_the_complainant(app, make_issue, tmp_path):
    canary = {"name": "举报人甲乙丙", "phone": "13900001111", "address": "柳林巷7号"}
    issue = make_issue(
        Status.ASSIGNED, source="YX", case_number="X2BZ202509010001", complainant=canary
    )

    for edition in ((), ("--inside",)):
        path = export(app, issue, tmp_path / f"档{len(edition)}.zip", *edition)
        with zipfile.ZipFile(path) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist())
            told = everything.decode("utf-8", "ignore") + text_of(archive, issue)
        assert not [word for word in canary.values() if word in told and len(word) > 2]


def test_a_flipped_byte_anywhere_is_found(app, issue, tmp_path):
    path = export(app, issue, tmp_path / "档.zip")
    key = app.extensions["seal"].public_key
    whole, chance = path.read_bytes(), random.Random(7)  # noqa: S311 - places, not secrets
    broken = tmp_path / "坏.zip"

    missed = []
    for place in [0, len(whole) - 1, *chance.sample(range(len(whole)), 60)]:
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        broken.write_bytes(changed)
        try:
            faults = verify.faults_of(verify.Archive(broken), key)
        except zipfile.BadZipFile as error:
            faults = [str(error)]
        if not faults:
            missed.append(place)

    assert missed == []


def test_a_changed_file_is_named_in_the_archive_and_in_the_folder(app, issue, tmp_path):
    path = export(app, issue, tmp_path / "档.zip")
    with zipfile.ZipFile(path) as archive:
        entry = next(one for one in archive.infolist() if one.filename.endswith("后.jpg"))
        archive.extractall(tmp_path / "档")
    place = path.read_bytes().index(samples.jpeg()) + 1000
    changed = bytearray(path.read_bytes())
    changed[place] ^= 1
    path.write_bytes(changed)
    unpacked = tmp_path / "档" / entry.filename
    unpacked.write_bytes(unpacked.read_bytes()[:-1] + b"!")

    for where in (path, tmp_path / "档"):
        code, said = check(where, by=tmp_path / "档" / "verify.py")
        assert code == 1
        assert entry.filename in said


def test_a_rewritten_history_is_found(app, issue, tmp_path):
    path = export(app, issue, tmp_path / "档.zip")
    folder = tmp_path / "档"
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    rows = json.loads((folder / "history.json").read_text(encoding="utf-8"))
    rows[2]["actor"] = "另一个人"
    (folder / "history.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    faults = verify.faults_of(verify.Folder(folder), app.extensions["seal"].public_key)

    assert any("第3条内容与摘要不符" in fault for fault in faults)


def test_a_damaged_original_stops_the_dossier_and_is_told(app, issue, place, tmp_path):
    kept = place.evidence / key_of(content_of(issue, OUTSIDE).files[0].sha256)
    kept.chmod(0o640)
    kept.write_bytes(b"else")

    made = app.test_cli_runner().invoke(
        args=["dossier", issue.number, "BZ-AF-2025-999", "-o", str(tmp_path / "档")]
    )

    assert made.exit_code == 1
    assert f"{issue.number}：该佐证原件已损坏" in made.output
    assert "BZ-AF-2025-999：没有这个编号的事项" in made.output


def test_the_page_gives_each_reader_the_edition_of_their_sight(browser, issue, people):
    url = f"/issues/{issue.number}/dossier"
    sight = {"chen": False, "liu": False, "zhao": False, "lin": True, "sun": True}
    for name, sees in sight.items():
        visitor = browser.as_(name)
        visitor.get(url)
        answer = visitor.send(url, **visitor.bare({})).answer
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            found = [one for one in archive.namelist() if "暗访" in one]
        assert bool(found) is sees, name
    browser.as_("wu").get(url, expect=404)
    browser.as_("sysadmin").get(url, expect=404)
    taken = select(Event).where(Event.action == "export_dossier")
    assert len(db.session.scalars(taken).all()) == 5


def test_the_page_says_which_fields_its_edition_leaves_out(browser, issue):
    url = f"/issues/{issue.number}/dossier"
    left_out = "也不列包片人、包段人、包户人、责任人及电话"

    assert left_out in browser.as_("chen").get(url).text
    assert "也不列" not in browser.as_("sun").get(url).text


def test_several_are_listed_with_a_form_each(browser, issue, make_issue):
    other = make_issue(Status.RECTIFYING)

    page = browser.as_("sun").get("/dossiers", numbers=f"{issue.number} {other.number}")

    assert page.has_form(f"/issues/{issue.number}/dossier")
    assert page.has_form(f"/issues/{other.number}/dossier")


def test_the_same_content_draws_the_same_pdf(app, issue):
    from issues.dossiers import sheet  # noqa: PLC0415 - beside what it says

    faces, seal = app.extensions["faces"](), app.extensions["seal"]
    drawn = [sheet.draw(content_of(issue, INSIDE), faces, lambda *_: None, seal) for _ in range(2)]

    assert drawn[0] == drawn[1]


def test_a_comment_stands_in_the_course(app, make_issue, tmp_path):
    issue = make_issue(Status.RECTIFYING)
    make_issue.act(Action.COMMENT, issue, "sun", text="请加快进度")
    path = export(app, issue, tmp_path / "档.zip")

    with zipfile.ZipFile(path) as archive:
        assert "请加快进度" in text_of(archive, issue)
