"""The body of a document read back from what WPS and Word save."""

import pytest
from written_out import W, docx, p, package, r, style

from issues.evidence.refusals import EvidenceRefused
from issues.notices.docx.reading import read
from issues.notices.page.document import Level, Paragraph

# WPS keeps the names of styles and gives them numbers of its own.
OURS = (
    style("1", "公文正文", default=True)
    + style("11", "公文一级标题", base="1", drawn='<w:outlineLvl w:val="0"/>')
    + style("12", "公文二级标题", base="1")
    + style("20", "公文标题")
    + style("21", "主送机关")
    + style("30", "附件说明")
    + style("31", "发文机关署名")
    + style("32", "成文日期")
    + style("40", "公文一级标题 Char", base="11")
    + style("50", "批注框文本")
)
HEAD = p("关于整改的通知", style="20") + p("某区人民政府：", style="21")
TAIL = p("附件：清单", style="30") + p("某市办公室", style="31") + p("2026年5月1日", style="32")


def levels(data):
    return [(one.text, one.level) for one in read(data)]


def test_only_the_body_is_read_with_the_level_of_its_style_or_of_one_based_on_ours():
    body = p("现通知如下。") + p("一、总体", style="40") + p("（一）任务", style="12")
    assert levels(docx(HEAD + body + TAIL, OURS)) == [
        ("现通知如下。", Level.TEXT),
        ("一、总体", Level.FIRST),
        ("（一）任务", Level.SECOND),
    ]


def test_a_paragraph_a_clerk_typed_in_no_style_of_ours_is_of_the_body_by_its_label():
    body = p("开头。") + p("二、新增任务", style="50") + p("3.5毫克以下。", style="50")
    body += (
        p("（2）一项。") + p("1.二项。", drawn='<w:outlineLvl w:val="9"/>') + p("丙", style="50")
    )
    assert levels(docx(HEAD + body + TAIL, OURS)) == [
        ("开头。", Level.TEXT),
        ("二、新增任务", Level.FIRST),
        ("3.5毫克以下。", Level.TEXT),
        ("（2）一项。", Level.FOURTH),
        ("1.二项。", Level.TEXT),
        ("丙", Level.TEXT),
    ]


def test_changes_are_accepted_and_split_runs_are_one_text():
    gone = f'<w:del w:id="1">{r("旧")}</w:del><w:moveFrom w:id="2">{r("移走")}</w:moveFrom>'
    came = f'<w:ins w:id="3">{r("新")}</w:ins><w:moveTo w:id="4">{r("移来")}</w:moveTo>'
    hidden = r("看不见", "<w:vanish/>") + r("看得见", '<w:vanish w:val="0"/>')
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    )
    ruby = (
        "<w:r><w:ruby><w:rt>"
        + r("guǎn")
        + "</w:rt><w:rubyBase>"
        + r("管")
        + "</w:rubyBase></w:ruby></w:r>"
    )
    body = p("甲", gone, came, "乙", hidden, field, ruby)
    assert read(docx(body, OURS))[0].text == "甲新移来乙看得见管"


def test_a_paragraph_mark_that_was_struck_out_joins_two_paragraphs():
    body = p("前半，", drawn='<w:rPr><w:del w:id="1"/></w:rPr>') + p("后半。") + p("另一段。")
    assert [one.text for one in read(docx(body, OURS))] == ["前半，后半。", "另一段。"]


def test_soft_breaks_stay_and_blanks_that_indent_go():
    body = p(
        "　　甲",
        "<w:r><w:br/><w:tab/></w:r>",
        "乙",
        "<w:r><w:tab/></w:r>",
        "丙",
        "<w:r><w:br/></w:r>",
    )
    body += p("　") + p("丁", drawn='<w:ind w:firstLineChars="0" w:firstLine="0"/>')
    assert read(docx(body, OURS)) == (Paragraph("甲\n乙 丙"), Paragraph("丁", indent=False))


def test_numbers_that_word_draws_are_text_by_paragraph_or_by_style():
    place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    book = OURS + style("60", "列表", base="1", drawn=place)
    body = p("总体", drawn=place) + p("任务", style="60")
    found = levels(docx(body, book, word__numbering=numbering))
    assert found == [("一、总体", Level.FIRST), ("二、任务", Level.FIRST)]


def test_controls_and_tables_lose_nothing_and_text_boxes_say_nothing():
    table = f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>"
    box = f"<w:r><w:drawing><w:txbxContent>{p('框')}</w:txbxContent></w:drawing></w:r>"
    body = f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>" + table + p("丙", box)
    assert [one.text for one in read(docx(body, OURS))] == ["控件", "甲 乙", "丙"]


def test_a_file_of_no_style_of_ours_is_read_between_recipients_and_signature():
    body = p("关于整改的通知") + p("某区人民政府，市直有关单位：") + p("现将有关事项通知如下：")
    body += p("一、总体") + p("某市办公室") + p("2026年5月1日") + p("（联系人：某某）")
    assert levels(docx(body)) == [("现将有关事项通知如下：", Level.TEXT), ("一、总体", Level.FIRST)]


def test_a_strict_file_is_read_as_any_other():
    told = docx(p("甲")).replace(b"", b"")
    strict = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p("甲")}</w:body></w:document>'
    assert read(package({"word/document.xml": strict})) == read(told)


RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r9" Type="http://x/relationships/attachedTemplate" '
    'Target="http://example.com/a.dotx" TargetMode="External"/></Relationships>'
)
HOSTILE = {
    "empty": (b"", "空"),
    "other": (b"%PDF-1.7\n", "扩展名"),
    "cut": (docx(p("甲"))[:-40], "损坏"),
    "locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "扩展名"),
    "entities": (
        package(
            {"word/document.xml": f'<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="{W}"/>'}
        ),
        "实体声明",
    ),
    "outside": (
        package(
            {
                "word/document.xml": f'<w:document xmlns:w="{W}"/>',
                "word/_rels/document.xml.rels": RELATION,
            }
        ),
        "模板",
    ),
    "macros": (
        package({"word/document.xml": f'<w:document xmlns:w="{W}"/>', "word/vbaProject.bin": "x"}),
        "宏",
    ),
    "bomb": (package({"word/document.xml": " " * 70_000_000}), "过大"),
    "no body": (docx(""), "没有正文"),
    "torn": (docx("<w:p>"), "段落无法读出|文字无法读出"),
    "deep": (
        docx("<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000),
        "无法读出|没有正文",
    ),
    "long": (docx(p("长" * 40_001)), "超过40000字"),
    "many": (docx(p("段") * 2_001), "超过2000段"),
}


@pytest.mark.parametrize(("data", "told"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_or_wrong_file_is_refused_in_a_sentence(data, told):
    with pytest.raises(EvidenceRefused, match=told):
        read(data)
