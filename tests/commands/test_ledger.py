"""`ledger import` on the command line: what it says, what it writes, how it exits."""

import shutil

import pytest
from foreign import PLAIN, matched
from handmade import FIRST, told
from openpyxl import load_workbook
from pictured import pictured
from samples import jpeg
from sheets import COMPLAINTS, INSPECTION, LEDGER, changed, short
from sqlalchemy import func, select

from auth.actor import SYSTEM
from extensions import db, transaction
from issues.exchange import uploads
from issues.exchange.matching import kept
from issues.exchange.reading.constants import profile_of
from issues.models import Event, Evidence, Issue, LedgerImport, Measure


@pytest.fixture
def ledger(app, tmp_path):
    """Run `ledger import` on these bytes, written to a file."""

    def run(content, *options, name="台账.xlsx"):
        file = tmp_path / name
        file.write_bytes(content)
        return app.test_cli_runner().invoke(args=["ledger", "import", str(file), *options])

    return run


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_117_come_in(app):
    result = app.test_cli_runner().invoke(args=["ledger", "import", str(LEDGER)])

    assert (result.exit_code, result.exception) == (0, None)
    assert "117个问题，417项措施" in result.output
    assert (count(Issue), count(Measure)) == (117, 417)
    row = db.session.scalars(select(LedgerImport)).one()
    assert (row.name, row.user, row.report["tickets"]) == ("ledger_117.xlsx", None, 117)
    assert uploads.content(app.extensions["evidence"], row.sha256) == LEDGER.read_bytes()
    assert set(db.session.scalars(select(Event.actor))) == {"系统"}


def test_a_dry_run_writes_nothing(ledger):
    result = ledger(short(), "--dry-run")

    assert result.exit_code == 0
    assert "检查通过，没有写入：4个问题" in result.output
    assert (count(Issue), count(Event), count(LedgerImport)) == (0, 0, 0)


@pytest.mark.parametrize("options", [[], ["--dry-run"]], ids=["import", "dry run"])
def test_each_bad_cell_is_named_and_nothing_is_written(ledger, options):
    result = ledger(changed(short(), {"J5": "市水务局牵头", "R9": "尽快"}), *options)

    assert result.exit_code == 1
    assert "J5 责任单位 没有名为“市水务局”的单位，是不是“市水利局”" in result.output
    assert "R9 整改时限 认不出时限“尽快”" in result.output
    assert (count(Issue), count(Event), count(LedgerImport)) == (0, 0, 0)


def test_pictures_come_in_where_they_are_asked_for_and_a_bad_one_is_told(ledger):
    broken = pictured({"image2.jpeg": jpeg()[:2000]})

    without = ledger(broken)
    first = count(Evidence)
    result = ledger(broken, "--pictures")

    assert "表中有3张图片，没有收入，加上 --pictures 收入为佐证" in without.output
    assert (first, result.exit_code) == (0, 0)
    assert "收入佐证图片2张，1张没有收入" in result.output
    assert "U5 图片没有收入：图片损坏或不完整" in result.output
    rows = db.session.scalars(select(Evidence).order_by(Evidence.id)).all()
    assert [(row.name, row.uploaded_by, row.unit) for row in rows] == [
        ("T5-排口.png", None, None), ("V5-远景.jpg", None, None),
    ]  # fmt: skip
    assert count(Issue) == 1


def test_the_errors_are_written_into_a_copy_of_the_workbook(ledger, tmp_path):
    marked = tmp_path / "标错.xlsx"

    result = ledger(changed(short(), {"J5": "市水务局牵头"}), "--errors", str(marked))

    assert result.exit_code == 1
    assert "市水务局" in load_workbook(marked)["责任清单"]["J5"].comment.text


@pytest.mark.parametrize("options", [[], ["--dry-run"]], ids=["import", "dry run"])
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"no workbook", "文件不是.xlsx工作簿"),
        (b"PK\x03\x04" + bytes(30 * 1024 * 1024), "文件超过25MB"),
    ],
    ids=["empty", "text", "30 MB"],
)
def test_an_unreadable_file_exits_1_with_a_sentence(ledger, content, sentence, options):
    result = ledger(content, *options)

    assert result.exit_code == 1
    assert sentence in result.output


def test_a_conflict_with_a_ticket_that_is_here_is_refused_by_both(ledger):
    assert ledger(short()).exit_code == 0
    other = changed(short(), {"N5": "改过的整改目标"})

    for options in ([], ["--dry-run"]):
        result = ledger(other, *options)
        assert result.exit_code == 1
        assert "B5 编号 编号BZ-AF-2025-001已登记为BZ-AF-2025-001" in result.output
    assert count(Issue) == 4


def test_the_same_workbook_again_is_nothing_to_import(ledger):
    ledger(short())

    result = ledger(short())

    assert result.exit_code == 0
    assert "没有新的内容" in result.output
    assert count(Issue) == 4


@pytest.mark.parametrize(("source", "tickets"), [(INSPECTION, 22), (COMPLAINTS, 39)])
def test_the_profile_beside_the_workbook_is_found(app, tmp_path, source, tickets):
    for path in (source, source.with_suffix(".toml")):
        shutil.copy(path, tmp_path)

    file = tmp_path / source.name
    result = app.test_cli_runner().invoke(args=["ledger", "import", str(file)])

    assert result.exit_code == 0
    assert count(Issue) == tickets


def test_a_profile_may_be_named_and_is_asked_for_where_it_is_needed(ledger):
    content = INSPECTION.read_bytes()

    without = ledger(content)
    with_one = ledger(content, "--profile", str(INSPECTION.with_suffix(".toml")))

    assert without.exit_code == 1
    assert "表中没有“问题来源”一栏" in without.output
    assert with_one.exit_code == 0


@pytest.mark.parametrize("options", [[], ["--dry-run"]], ids=["import", "dry run"])
def test_a_file_that_is_not_there_exits_1_with_a_sentence(app, tmp_path, options):
    for path in (tmp_path / "没有.xlsx", tmp_path):
        result = app.test_cli_runner().invoke(args=["ledger", "import", str(path), *options])

        assert result.exit_code == 1
        assert "读不到文件" in result.output


@pytest.mark.both
def test_a_workbook_of_a_kept_layout_is_recognised(ledger):
    refused = ledger(PLAIN.content)
    with transaction():
        kept.save(SYSTEM, PLAIN.name, ["问题描述"], matched(PLAIN))

    told = ledger(PLAIN.content)
    again = ledger(PLAIN.content)

    assert (refused.exit_code, told.exit_code) == (1, 0)
    assert "指明一次各栏是什么" in refused.output
    assert f"按《{PLAIN.name}》识别" in told.output
    assert "2个问题" in told.output
    assert "都已在台账中，且内容相同" in again.output
    assert count(Issue) == 2
    row = db.session.scalars(select(LedgerImport)).first()
    assert profile_of(row.report["profile"]).match.name == PLAIN.name


def test_rows_that_may_be_here_are_named_until_one_answer_is_given_for_all(ledger):
    problem = FIRST["存在问题"]
    edited = problem.replace("发臭", "黑臭")
    ledger(told(problem))

    for options in ((), ("--dry-run",)):
        asked = ledger(told(edited), *options)
        assert asked.exit_code == 1
        assert (
            "F5 存在问题 第5行可能与台账中的问题是同一问题：BZ-AF-2025-001（字词相同86%"
            in asked.output
        )
        assert "--likeness new" in asked.output
    assert count(Issue) == 1

    same = ledger(told(edited), "--likeness", "same", "--accept", "all")
    assert "已接受" in same.output
    assert db.session.scalars(select(Issue.problem)).one() == edited
    twice = ledger(told(f"{edited}甲", f"{edited}乙"), "--likeness", "same")
    assert (twice.exit_code, "只能对应表中的一行" in twice.output) == (1, True)
    new = ledger(told(f"{edited}甲"), "--likeness", "new")
    assert (new.exit_code, count(Issue)) == (0, 2)
