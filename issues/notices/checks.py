"""What keeps a document from being signed, in one Chinese sentence each."""

import unicodedata

from issues.notices.fonts.faces import Faces
from issues.notices.page import metrics
from issues.notices.page.document import MOST_TEXT, Document, texts
from issues.notices.page.tables.typed import MOST_ROWS, table_in
from issues.notices.page.titles import lines_in

MOST_ATTACHMENTS = 9
MOST_NAMED = 10
MOST_QR = 500
MOST_RECIPIENTS = 600
_ALLOWED = frozenset("\n")
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs"})


def check(document: Document, faces: Faces) -> list[str]:
    """Every fault found; an empty list lets it be signed. A draft needs no number or date."""
    length = sum(len(text) for _place, text in texts(document))
    if length > MOST_TEXT:
        return [f"公文文字共{length}字，超过{MOST_TEXT}字上限，请改为附件或精简内容。"]
    return [
        *_wanting(document),
        *_controls(document),
        *_unknown(document, faces),
        *_overlong(document, faces),
        *_recipient(document),
    ]


def _wanting(document: Document) -> list[str]:
    needed: list[tuple[str, object]] = [
        ("发文机关标志", document.mark),
        ("标题", document.title),
        ("主送机关", document.recipients or document.form in {"report", "minutes"}),
        ("正文", "".join(paragraph.text for paragraph in document.body)),
        ("署名", document.signer),
    ]
    if not document.draft:
        needed += [("发文字号", document.number), ("成文日期", document.date)]
    found = [f"缺少{name}。" for name, value in needed if not value or not str(value).strip()]
    found += [
        f"正文第{number}段为空。"
        for number, paragraph in enumerate(document.body, 1)
        if not paragraph.text.strip()
    ]
    found += [
        f"附件{number}没有标题。"
        for number, attachment in enumerate(document.attachments, 1)
        if not attachment.title.strip()
    ]
    return found


def _controls(document: Document) -> list[str]:
    """Control, format, private-use and unpaired characters: none belongs in a document."""
    found = []
    for place, text in texts(document):
        bad = sorted(
            {
                character
                for character in text
                if unicodedata.category(character) in _HIDDEN and character not in _ALLOWED
            }
        )
        if bad:
            named = "、".join(f"U+{ord(character):04X}" for character in bad[:MOST_NAMED])
            found.append(f"{place}含有不可见的控制字符（{named}），请删除后再试。")
    return list(dict.fromkeys(found))


def _unknown(document: Document, faces: Faces) -> list[str]:
    found = []
    for place, text in texts(document):
        drawable = "".join(c for c in text if unicodedata.category(c) not in _HIDDEN)
        unknown = sorted(faces.missing(drawable))
        if unknown:
            named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in unknown[:MOST_NAMED])
            found.append(f"{place}中的{named}没有可用字形，请更换用字或安装包含该字的字体。")
    return list(dict.fromkeys(found))


def _overlong(document: Document, faces: Faces) -> list[str]:
    found = []
    tables = (table_in(paragraph) for paragraph in document.body)
    if any(table and len(table.rows) >= MOST_ROWS for table in tables):
        found.append(f"正文中的表格最多{MOST_ROWS}行（含表头），更长的请作附件。")
    lines = len(lines_in(faces, document.title, document.phrases))
    if lines > metrics.TITLE_LINES:
        found.append(f"标题排成{lines}行，超过{metrics.TITLE_LINES}行，请精简标题。")
    if len(document.attachments) > MOST_ATTACHMENTS:
        found.append(f"附件超过{MOST_ATTACHMENTS}个，请合并附件。")
    if document.qr and len(document.qr) > MOST_QR:
        found.append(f"二维码内容超过{MOST_QR}个字符，请缩短验证地址。")
    return found


def _recipient(document: Document) -> list[str]:
    """Many are named in the 版记; more than fill it are better called by a common name."""
    if len(document.recipients) > MOST_RECIPIENTS:
        return [f"主送机关超过{MOST_RECIPIENTS}字，版记排不下，请使用统称。"]
    return []
