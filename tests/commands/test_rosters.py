"""Units and people by workbook on the command line: all of it or nothing, each wrong cell named."""

import stat

import pytest
import rosters_filled as filled
from openpyxl import load_workbook
from sqlalchemy import func, select

from auth import signin
from auth.models import Unit, UnitAlias, User
from extensions import db, transaction
from issues import regions
from issues.commands.rosters import people as command
from issues.models import Event
from issues.vocabulary import RegionKind

pytestmark = pytest.mark.both
WRONG_UNITS = {
    "A": "511900/XF", "B": None, "C": "巴州区", "D": "公司", "E": "天上", "F": "市生态环境局",
    "G": "恩阳区", "H": "长" * 41, "I": "1" * 41, "J": "很前",
}  # fmt: skip
WRONG_PEOPLE = {"A": "王敏", "B": None, "C": "天上局", "D": "国王", "E": "1" * 41, "F": "长" * 201}
MIXED = ("gaoxin", "高新", "", "审计管理员、市领导", "", "")
WITHOUT_UNIT = ("heping", "何平", "", "单位经办", "", "")
TWICE = ("sun9", "孙九", "", "", "", "")
"""A plant in each column, each in a row of its own."""


def run(app, *words):
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def counts():
    tables = (Unit, UnitAlias, User, Event)
    found = [db.session.scalar(select(func.count()).select_from(one)) for one in tables]
    db.session.rollback()
    return found


def unit(short_name):
    return db.session.scalars(select(Unit).where(Unit.short_name == short_name)).one()


def test_units_come_in_once_and_what_differs_needs_a_reason(app, tmp_path):
    file = tmp_path / "units.xlsx"
    file.write_bytes(filled.units())
    before = counts()
    assert run(app, "units", "import", file, "--dry-run").exit_code == 0
    assert counts() == before

    ran = run(app, "units", "import", file)

    assert ran.exit_code == 0, ran.output
    assert "新建3个单位" in ran.stdout
    made = unit("市信访局")
    assert (made.code, made.region, made.contact, made.position) == (
        "511900-XFJ", "511900", "王敏", 900,
    )  # fmt: skip
    assert unit("巴州工业园").region == "511902"
    assert [one.text for one in db.session.scalars(select(UnitAlias))] == ["市信访办", "邮管局"]
    after = counts()
    again = run(app, "units", "import", file)
    assert (again.exit_code, counts()) == (0, after), again.output
    assert "不变3个单位" in again.stdout
    file.write_bytes(filled.units(changes={"H2": "赵云"}))
    bare = run(app, "units", "import", file)
    assert bare.exit_code == 1
    assert "--reason" in bare.stdout
    assert counts() == after
    told = run(app, "units", "import", file, "--reason", "人员变动")
    assert "联系人：王敏 → 赵云" in told.stdout
    assert unit("市信访局").contact == "赵云"


def planted(base, wrong):
    """A good row for each plant, told apart by its number, and the cells to be made bad."""
    rows = [tuple(one.format(n) for one in base) for n in range(1, len(wrong) + 1)]
    return rows, {f"{column}{n}": value for n, (column, value) in enumerate(wrong.items(), start=2)}


@pytest.mark.sqlite
@pytest.mark.parametrize("kind", ["units", "users"])
def test_every_wrong_cell_is_named_and_nothing_is_written(app, tmp_path, kind):
    file, marked, before = tmp_path / "wrong.xlsx", tmp_path / "marked.xlsx", counts()
    if kind == "units":
        base = ("511900-X{}J", "巴中市某某{}局", "市某某{}局", "市级部门", "市级", *[""] * 5)
        rows, bad = planted(base, WRONG_UNITS)
        file.write_bytes(filled.units(rows, bad))
        named = {*bad}
    else:
        base = ("ren{}", "某人{}", "市生态环境局", "单位经办", "", "")
        rows, bad = planted(base, WRONG_PEOPLE)
        file.write_bytes(filled.people([*rows, MIXED, WITHOUT_UNIT, TWICE, TWICE], bad))
        named = {*bad, "D8", "D9", "A11"}

    ran = run(app, kind, "import", file, "--errors", marked)

    assert ran.exit_code == 1, ran.output
    lines = [line.split(" ")[0] for line in ran.stdout.splitlines()]
    assert set(lines[: len(named)]) == named, ran.output
    assert lines[-1] == f"有{len(named)}处错误，没有导入任何内容"
    assert counts() == before
    told = load_workbook(marked)["错误清单"].iter_rows(min_row=2, max_col=1, values_only=True)
    assert {one for (one,) in told} == named


@pytest.mark.postgresql
def test_people_come_in_with_roles_and_passwords_of_the_owner_s_alone(app, tmp_path, people):
    units, file, out = tmp_path / "u.xlsx", tmp_path / "p.xlsx", tmp_path / "out.xlsx"
    units.write_bytes(filled.units())
    file.write_bytes(filled.people())
    assert run(app, "users", "import", file, "--passwords", out).exit_code == 1
    run(app, "units", "import", units)
    assert run(app, "users", "import", file).exit_code == 1

    ran = run(app, "users", "import", file, "--passwords", out)

    assert ran.exit_code == 0, ran.output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    rows = list(load_workbook(out).active.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["wangmin", "lijun", "caomei", "dengan"]
    assert signin.user_of("wangmin", rows[0][3]) == people["wangmin"].id
    assert {role.value for role in people["wangmin"].roles} == {"reporter", "unit_leader"}
    user = db.session.scalars(select(User).where(User.name == "wangmin")).one()
    assert (user.must_change_password, user.note) == (True, "科长")
    after = counts()
    again = run(app, "users", "import", file, "--passwords", tmp_path / "none.xlsx")
    assert (again.exit_code, counts()) == (0, after), again.output
    assert not (tmp_path / "none.xlsx").exists()


@pytest.mark.sqlite
def test_no_passwords_no_people(app, tmp_path, monkeypatch):
    """Where the file cannot be written, or what follows fails, neither is there."""
    file, out = tmp_path / "p.xlsx", tmp_path / "out.xlsx"
    file.write_bytes(filled.people(filled.PEOPLE[1:]))
    before = counts()
    out.write_bytes(b"of somebody else")
    assert run(app, "users", "import", file, "--passwords", out).exit_code == 1
    assert out.read_bytes() == b"of somebody else"
    nowhere = tmp_path / "no" / "out.xlsx"
    assert run(app, "users", "import", file, "--passwords", nowhere).exit_code == 1
    assert counts() == before

    def broken(*_lines):
        raise RuntimeError

    late = tmp_path / "late.xlsx"
    with monkeypatch.context() as patched:
        patched.setattr(db.session, "commit", broken)
        assert run(app, "users", "import", file, "--passwords", late).exit_code == 1
    assert not late.exists()
    assert counts() == before
    monkeypatch.setattr(command, "_write", lambda *_given: None)  # the guard off: nobody notices
    assert run(app, "users", "import", file, "--passwords", nowhere).exit_code == 0
    assert counts() != before


def test_a_city_begins_with_its_workbook(empty_app, tmp_path):
    """Nothing is there but its places: the departments and counties of another city come in."""
    with transaction():
        city = regions.add("510700", "绵阳市", RegionKind.CITY)
        regions.add("510703", "涪城区", RegionKind.COUNTY, city)
    rows = [
        ("", "绵阳市生态环境局", "市生态环境局", "市级部门", "市级", "市环保局", "", "", "", ""),
        ("", "涪城区", "涪城区", "县（区）", "", "", "", "", "", ""),
        ("", "绵阳市环境保护委员会办公室", "市环委办", "牵头机构", "绵阳市", "", "", "", "", ""),
        ("", "涪城经济开发区", "涪城经开区", "园区", "涪城区", "", "", "", "", ""),
    ]  # fmt: skip
    file = tmp_path / "units.xlsx"
    file.write_bytes(filled.units(rows))

    ran = run(empty_app, "units", "import", file)

    assert ran.exit_code == 0, ran.output
    made = db.session.scalars(select(Unit).order_by(Unit.position, Unit.id)).all()
    assert {(one.code, one.region) for one in made} == {
        ("510700-STHJJ", "510700"), ("510703", "510703"), ("510700-HWB", "510700"),
        ("510703-FCJKQ", "510703"),
    }  # fmt: skip
    assert [one.short_name for one in made] == ["市生态环境局", "涪城区", "市环委办", "涪城经开区"]
