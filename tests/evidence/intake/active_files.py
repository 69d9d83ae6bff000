"""Files that would do something by themselves when opened, and honest ones that look like them."""

import io
import zipfile

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from sheets import changed, short

from tests.evidence import samples

RELS = "word/_rels/document.xml.rels"
DOCUMENT = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
EXE = b"MZ\x90\0" + bytes(600)
MAC, LINUX = (f"/{folder}/wang" for folder in ("Users", "home"))
EXTERNAL = 'TargetMode="External"'
SPLIT_FIELD = (
    '<document><r><fldChar fldCharType="begin"/></r><r><instrText>DD</instrText></r>'
    '<r><instrText>EAUTO c:\\\\windows\\\\cmd.exe "/k calc"</instrText></r>'
    '<r><fldChar fldCharType="separate"/></r><r><fldChar fldCharType="end"/></r></document>'
)


def outside(kind, target):
    return samples.docx(**{RELS: samples.relations(kind, target, EXTERNAL)})


def field(text):
    return samples.docx(**{DOCUMENT: f'<document><fldSimple instr="{text}"/></document>'})


def pdf(build, *, encrypted=False):
    """A page of a PDF written as today's programs do, its objects packed."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page(page_size=(200, 200))
    build(document)
    lock = pikepdf.Encryption(owner="known to nobody", user="") if encrypted else False
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=lock)
    return out.getvalue()


def script(document):
    action = document.make_indirect(
        Dictionary(S=Name.JavaScript, JS=document.make_stream(b"app.alert(1)"))
    )
    document.Root.OpenAction = action


def launch(document):
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    document.pages[0].Annots = Array([document.make_indirect(link)])


def xfa(document):
    document.Root.AcroForm = document.make_indirect(
        Dictionary(Fields=Array(), XFA=document.make_stream(b"<xdp/>"))
    )


def remote(document):
    document.Root.OpenAction = Dictionary(
        S=Name.GoToR, F=String("\\\\server\\share\\a.pdf"), D=Array([0, Name.Fit])
    )


def enclosing(name, content):
    def build(document):
        document.attachments[name] = pikepdf.AttachedFileSpec(document, content, filename=name)

    return build


def workbook(**parts):
    """A ledger that can be imported, with further parts."""
    out = io.BytesIO(short())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def formula(text):
    return changed(short(), {"A40": text})


LINK_RELS = "xl/externalLinks/_rels/externalLink1.xml.rels"

WORKBOOKS = {
    "macros": (lambda: workbook(**{"xl/vbaProject.bin": EXE}), "含宏"),
    "DDE in a formula": (lambda: formula("=cmd|'/C calc'!A0"), "DDE"),
    "a DDE link": (
        lambda: workbook(**{"xl/externalLinks/externalLink1.xml": "<a><ddeLink/></a>"}),
        "DDE",
    ),
    "a formula that asks the network": (
        lambda: formula('=WEBSERVICE("http://x/y")'),
        "WEBSERVICE",
    ),
    "a workbook of a file server": (
        lambda: workbook(
            **{LINK_RELS: samples.relations("externalLinkPath", "//server/s/a.xlsx", EXTERNAL)}
        ),
        "编辑链接",
    ),
    "an OLE object": (lambda: workbook(**{"xl/embeddings/oleObject1.bin": OLE}), "OLE"),
    "a program": (lambda: workbook(**{"xl/media/image1.png": EXE}), "可执行"),
    "a source asked at once": (
        lambda: workbook(
            **{"xl/connections.xml": '<connections><connection refreshOnLoad="1"/></connections>'}
        ),
        "外部数据源",
    ),
}
"""{what: (its bytes, words of the sentence)}; all of them ledgers but for that."""

DOCUMENTS = {
    "a DDE field in pieces": (lambda: samples.docx(**{DOCUMENT: SPLIT_FIELD}), "DDE"),
    "a DDE field": (lambda: field("DDE Excel c:\\a.xls"), "DDE"),
    "a DDE field in UTF-16": (
        lambda: samples.docx(**{DOCUMENT: SPLIT_FIELD.encode("utf-16")}),
        "DDE",
    ),
    "a picture by a field": (lambda: field("INCLUDEPICTURE &quot;http://x/a.png&quot;"), "图片"),
    "an outside picture": (lambda: outside("image", "https://x/a.png"), "图片"),
    "an OLE object": (lambda: samples.docx(**{"word/embeddings/oleObject1.bin": OLE}), "OLE"),
    "an OLE relation": (
        lambda: samples.docx(**{RELS: samples.relations("oleObject", "embeddings/a.bin")}),
        "OLE",
    ),
    "an altChunk": (
        lambda: samples.docx(**{RELS: samples.relations("aFChunk", "afchunk.mht")}),
        "altChunk",
    ),
    "macros in what is enclosed": (
        lambda: samples.docx(
            **{"word/embeddings/a.xlsx": samples.archive({"xl/vbaProject.bin": "x"})}
        ),
        "含宏",
    ),
    **{
        f"a template at {target}": (
            lambda target=target: outside("attachedTemplate", target),
            "Normal",
        )
        for target in (
            "\\\\server\\share\\a.dotm",
            "//server/a.dotm",
            "file://server/share/a.dotm",
            "file:////server/a.dotm",
            "file:///%5C%5Cserver/a.dotm",
            "FILE:\\\\server\\a.dotm",
            "https://x/a.dotm",
        )
    },
}

PDFS = {
    "a script in a packed object": (lambda: pdf(script), "JavaScript"),
    "a script in an encrypted one": (lambda: pdf(script, encrypted=True), "JavaScript"),
    "a program started by a link": (lambda: pdf(launch), "启动外部程序"),
    "an XFA form": (lambda: pdf(xfa), "XFA"),
    "an enclosed program": (lambda: pdf(enclosing("a.exe", b"x")), "a.exe"),
    "an enclosed program under another name": (lambda: pdf(enclosing("a.txt", EXE)), "a.txt"),
    "a file server asked at once": (lambda: pdf(remote), "外部地址"),
}

HONEST = {
    **{
        f"a template at {target}": (
            "a.docx",
            lambda target=target: outside("attachedTemplate", target),
        )
        for target in (
            f"file://{MAC}/Library/Templates/Normal.dotm",
            f"{LINUX}/模板/公文.dotx",
            f"file://{LINUX}/%E5%85%AC%E6%96%87.dotx",
            "C:\\Users\\王\\AppData\\Normal.dotm",
            "file:///C:\\Users\\a\\Normal.dotm",
            "file:C:/Templates/Normal.dotm",
            "../Templates/Normal.dotm",
        )
    },
    "a link to press": ("a.docx", lambda: outside("hyperlink", "https://www.example.com")),
    "a table of contents": ("a.docx", lambda: field("TOC \\o &quot;1-3&quot; \\h \\z \\u")),
    "a picture of one's own disk": (
        "a.docx",
        lambda: field("INCLUDEPICTURE &quot;C:\\\\照片\\\\a.png&quot; \\d"),
    ),
    "a chart's workbook": (
        "a.docx",
        lambda: samples.docx(**{"word/embeddings/Microsoft_Excel_Sheet1.xlsx": samples.xlsx()}),
    ),
    "a formula over two workbooks of one's own": (
        "a.xlsx",
        lambda: workbook(
            **{LINK_RELS: samples.relations("externalLinkPath", "file:///C:\\a.xlsx", EXTERNAL)}
        ),
    ),
    "words about DDE": ("a.xlsx", lambda: formula('=IF(A1="cmd|x!","DDE","WEBSERVICE(")')),
    "an invoice with its data enclosed": (
        "a.pdf",
        lambda: pdf(enclosing("发票.xml", b"<invoice/>")),
    ),
    "an owner's lock": ("a.pdf", lambda: pdf(lambda _: None, encrypted=True)),
    "an opening at a page": (
        "a.pdf",
        lambda: pdf(
            lambda document: setattr(
                document.Root, "OpenAction", Array([document.pages[0].obj, Name.Fit])
            )
        ),
    ),
}
