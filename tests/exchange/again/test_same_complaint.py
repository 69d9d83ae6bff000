"""A row whose 受理编号 is known is that complaint: shown with its ticket, and no error."""

import io

from handmade import register
from sheets import read
from sqlalchemy import func, select

from extensions import db
from issues.models import Issue

NUMBER, OTHER = "D3SC202410210054", "D3SC202410210055"
HEADINGS = {"备注": "受理编号"}
FIRST = {"备注": NUMBER, "问题来源": "中央督察信访"}
CHANGED = FIRST | {"存在问题": "示例：另一处污水外溢，与先前所说不同。"}


def sheet(*rows):
    return register(*rows, headings=HEADINGS)


def count():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Issue))


def upload(visitor, content):
    form = visitor.bare({"workbook": (io.BytesIO(content), "信访.xlsx")})
    return visitor.get(visitor.send("/issues/import", 303, follow=False, **form).location)


def test_the_page_shows_it_as_the_ticket_it_is_and_brings_in_the_others(browser):
    sun = browser.as_("sun")
    sun.post(f"{upload(sun, sheet(FIRST)).url}/confirm")
    number = db.session.scalars(select(Issue.number)).one()
    new = FIRST | {"备注": OTHER, "存在问题": "示例：砂石厂夜间噪声扰民，多次反映未解决。"}

    page = upload(sun, sheet(CHANGED, new))
    assert f"同一信访件，即 {number}" in page.text
    assert f"与{number}的受理编号相同，是同一信访件，不再登记" in page.text
    assert "没有错误的问题" not in page.text
    done = sun.post(f"{page.url}/confirm")
    assert "已导入1个问题" in done.text
    assert count() == 2


def test_the_command_line_leaves_it_and_brings_in_the_others(app, people, tmp_path):
    file = tmp_path / "信访.xlsx"
    run = app.test_cli_runner().invoke
    file.write_bytes(sheet(FIRST))
    assert run(args=["ledger", "import", str(file)]).exit_code == 0
    new = FIRST | {"备注": OTHER, "存在问题": "示例：砂石厂夜间噪声扰民，多次反映未解决。"}
    file.write_bytes(sheet(CHANGED, new))

    for options in (["--dry-run"], []):
        result = run(args=["ledger", "import", str(file), *options])
        assert result.exit_code == 0, result.output
        assert "是同一信访件，不再登记" in result.output
    assert count() == 2
    assert run(args=["ledger", "import", str(file), "--diff"]).exit_code == 3


def test_two_rows_of_one_file_with_the_same_number_are_an_error_that_names_both(people):
    (error,) = read(sheet(FIRST, CHANGED)).errors

    assert "第5行和第6行是同一信访件，请只留一行" in error.sentence
    assert error.value == NUMBER
