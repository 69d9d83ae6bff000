"""What looks marked as secret is asked about before it is kept, whichever way it comes in."""

import io

import pytest
from drafts import DRAFT
from openpyxl import load_workbook
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from samples import docx
from sheets import changed, short
from sqlalchemy import func, select
from workbooks import HOME, upload

from extensions import db
from issues.ground.secrecy import marking
from issues.models import Evidence, Issue, LedgerImport
from issues.vocabulary import Status

pytestmark = pytest.mark.both
MARK = "机密★20年"


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize(
    "text",
    [
        "绝密★", "机密★10年", "秘 密 ★ 长期", "秘密☆", "密级：机密", "密级: 内部", "密　级：秘密",
        "秘密级文件", "机密级", "【机密】关于某企业的报告", "（绝密）", "关于\n秘密\n的通知",
        "机密 关于整改的报告", "内部资料，注意保存", "內容\n绝密",
    ],
)  # fmt: skip
def test_what_marks_is_found(text):
    assert marking.mark_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "保守秘密", "侵犯商业秘密", "泄露国家秘密的依法处理", "涉密信息不上网",
        "密级：公开", "密级：无", "秘密级别由保密办确定", "该企业以商业机密为由拒绝", "机密处理",
        "加密级联泵站", "内部资料室",
        "星级★★★", "密级：", "绝密电码公司", "秘密排放废水", "夜间秘密偷排★",
    ],
)  # fmt: skip
def test_ordinary_words_mark_nothing(text):
    assert marking.mark_in(text) == ""


def test_a_form_comes_back_with_everything_typed_and_a_box(browser, caplog):
    caplog.set_level("INFO")
    sun = browser.as_("sun")
    typed = {
        "title": "场镇污水直排",
        "problem": f"{MARK}\n直排入河。",
        "source": "AF",
        "region": "511902",
    }

    asked = sun.post("/issues/new", 422, **typed)

    assert asked.heading == "请先核对密级"
    assert "机密★" in asked.text
    assert "没有保存" in asked.text
    assert count(Issue) == 0
    form = asked.form("/issues/new")
    assert form.drawn()["problem"].split() == typed["problem"].split()
    sun.send("/issues/new", 422, **form.drawn())
    assert count(Issue) == 0
    sun.send("/issues/new", **form.drawn() | {"not_secret": "1"})
    assert db.session.scalars(select(Issue.problem)).one().startswith(MARK)
    assert "confirmed not to be: ['problem']" in caplog.text
    assert MARK not in caplog.text


def test_without_the_question_it_would_be_kept(browser, monkeypatch):
    monkeypatch.setattr(marking, "PATTERNS", ())
    typed = {"title": MARK, "problem": "直排。", "source": "AF", "region": "511902"}

    browser.as_("sun").post("/issues/new", **typed)

    assert count(Issue) == 1


def test_a_call_is_answered_422_until_it_says_so(api):
    body = DRAFT | {"title": f"{MARK} 场镇污水"}

    refused = api.sun.post("/issues", body, 422)
    assert set(refused.json["errors"]) == {"title", "not_secret"}
    api.sun.post("/issues", body | {"not_secret": False}, 422)
    api.sun.post("/issues", body | {"not_secret": "yes"}, 422)
    assert count(Issue) == 0
    made = api.sun.post("/issues", body | {"not_secret": True}, 201).json
    assert made["title"] == body["title"]
    api.sun.post("/issues", DRAFT | {"not_secret": False}, 201)
    nested = {"reason": "见附", "measures": [{"text": "密级：机密"}]}
    assert "measures.0.text" in api.sun.act(made["number"], "edit", nested, 422).json["errors"]


def paper(words):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("STSong-Light", 16)
    canvas.drawString(72, 760, words)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def written(words):
    return docx(**{"word/document.xml": f"<w:p><w:t>{words}</w:t></w:p><w:p>整改</w:p>"})


FILES = {
    "name": (written("整改方案"), "机密★整改方案.docx"),
    "docx": (written("机</w:t><w:t>密★10年"), "整改方案.docx"),
    "pdf": (paper(MARK), "整改方案.pdf"),
}


@pytest.mark.sqlite
@pytest.mark.parametrize("door", FILES)
def test_a_file_is_asked_about_by_its_name_and_its_first_words(api, browser, make_issue, door):
    data, name = FILES[door]
    number = make_issue(Status.RECTIFYING).number

    refused = api.sun.upload(number, data, name, "other", 422)
    assert "机密★" in refused.json["errors"]["file"][0]
    url = f"/issues/{number}/evidence"
    sun = browser.as_("sun")
    said = {"kind": "other", "file": (io.BytesIO(data), name)}
    asked = sun.send(url, 422, **sun.bare(said))
    assert asked.heading == "请先核对密级"
    assert name in asked.text
    assert count(Evidence) == 0
    again = asked.form(url).drawn() | {"not_secret": "1", "file": (io.BytesIO(data), name)}
    sun.send(url, **again)
    assert count(Evidence) == 1
    api.sun.upload(number, data, f"a-{name}", "other", 201, not_secret="1")
    plain = api.sun.upload(number, paper("保守秘密，整改方案"), "方案.pdf", "other", 201)
    assert plain.json["name"] == "方案.pdf"


def test_a_cell_of_a_workbook_is_asked_about_before_the_workbook_is_kept(
    browser, app, place, tmp_path
):
    cell = next(
        one
        for row in load_workbook(io.BytesIO(short())).active.iter_rows(min_row=5)
        for one in row
        if isinstance(one.value, str) and len(one.value) > 25
    )
    hidden = changed(short(), {cell.coordinate: f"{MARK}\n{cell.value}"})
    sun = browser.as_("sun")

    asked = upload(sun, hidden, "台账.xlsx", expect=422)

    assert "第" in asked.text
    assert "机密★" in asked.text
    assert count(LedgerImport) == 0
    assert not list(place.evidence.glob("[0-9a-f][0-9a-f]/*/*"))
    again = asked.form(HOME).drawn() | {
        "not_secret": "1",
        "workbook": (io.BytesIO(hidden), "a.xlsx"),
    }
    assert sun.send(HOME, **again).heading == "核对导入内容"
    file = tmp_path / "台账.xlsx"
    file.write_bytes(hidden)
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["ledger", "import", str(file)])
    assert refused.exit_code == 1
    assert "--not-secret" in refused.output
    assert count(Issue) == 0
    assert runner.invoke(args=["ledger", "import", str(file), "--not-secret"]).exit_code == 0
    assert count(Issue) > 0
