"""DOCX files as WPS, Word and worse would save them, written out by hand."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/>{}</Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
MAIN = (
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/>'
)


def package(parts, types=""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(types))
        archive.writestr("_rels/.rels", RELATIONS.format(MAIN))
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(body, styles="", **parts):
    made = {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'}
    if styles:
        made["word/styles.xml"] = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    return package(made | {name.replace("__", "/") + ".xml": text for name, text in parts.items()})


def style(key, name, *, base="", drawn="", default=False):
    is_default = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"{is_default}>'
        f'<w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if base else "")
        + f"<w:pPr>{drawn}</w:pPr></w:style>"
    )


def p(*pieces, style="", drawn=""):
    """A paragraph; a piece that is no XML is a run of its own."""
    own = f'<w:pStyle w:val="{style}"/>' * bool(style) + drawn
    return f"<w:p><w:pPr>{own}</w:pPr>{''.join(map(_run, pieces))}</w:p>"


def _run(piece):
    return piece if piece.startswith("<") else r(piece)


def r(text, drawn=""):
    return f'<w:r><w:rPr>{drawn}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
