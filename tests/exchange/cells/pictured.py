"""A register with pictures in every way a workbook has them, each in a column of its own."""

from books import DRAWN, RELATED, RELATIONS, TYPE, anchor, edited, put, raw
from handmade import register
from samples import encoded, jpeg, picture, png
from sheets import repacked

HEADINGS = {"T3": "整改前照片", "U3": "整改后照片", "V3": "现场照片", "W3": "举报人照片"}
WPS, EXCEL, FLOATING = "T5", "U5", "V5"
KEY = "ID_1A"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
NAMED = (
    '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
    ' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    f'<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="{KEY}" descr="排口.png"/>'
    '</xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic>'
    "</etc:cellImage></etc:cellImages>"
)
METADATA = (
    f'<metadata xmlns:xlrd="{RICH}"><futureMetadata name="XLRICHVALUE" count="2"><bk><extLst><ext>'
    '<xlrd:rvb i="1"/></ext></extLst></bk><bk><extLst><ext><xlrd:rvb i="0"/></ext></extLst></bk>'
    '</futureMetadata><valueMetadata><bk><rc t="1" v="1"/></bk></valueMetadata></metadata>'
)
VALUES = '<rvData><rv s="1"><v>0</v><v>5</v></rv><rv s="0"><v>x</v></rv></rvData>'
SHAPES = (
    '<rvStructures><s t="_other"><k n="a" t="s"/></s><s t="_localImage">'
    '<k n="_rvRel:LocalImageIdentifier" t="i"/><k n="CalcOrigin" t="i"/></s></rvStructures>'
)
LISTED = (
    '<richValueRels xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<rel r:id="rId1"/></richValueRels>'
)


def related(target, kind=IMAGE):
    return RELATED.format(f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>')


def blip(name, embed="rId1"):
    return (
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="图片 1" descr="{name}"/></xdr:nvPicPr>'
        '<xdr:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships" r:embed="{embed}"/></xdr:blipFill></xdr:pic>'
    )


def pictured(media=None, *, floats_at=(4, 21), rows=()):
    """WPS's in T5, Excel's in U5, one that floats over V5; `media` are other bytes of the parts."""
    content = edited(
        lambda sheet: [sheet.__setitem__(*one) for one in HEADINGS.items()], register(*rows)
    )
    wps = f'<c r="{WPS}" t="str"><f>_xlfn.DISPIMG("{KEY}",1)</f><v>=DISPIMG("{KEY}",1)</v></c>'
    excel = f'<c r="{EXCEL}" t="e" vm="1"><v>#VALUE!</v></c>'
    parts = {
        "xl/cellimages.xml": NAMED, "xl/_rels/cellimages.xml.rels": related("media/image1.png"),
        "xl/metadata.xml": METADATA, "xl/richData/rdrichvalue.xml": VALUES,
        "xl/richData/rdrichvaluestructure.xml": SHAPES, "xl/richData/richValueRel.xml": LISTED,
        "xl/richData/_rels/richValueRel.xml.rels": related("../media/image2.jpeg"),
        RELATIONS: related("../drawings/drawing1.xml", TYPE),
        "xl/drawings/drawing1.xml": DRAWN.format(anchor(*floats_at, blip("远景"))),
        "xl/drawings/_rels/drawing1.xml.rels": related("../media/image3.jpeg"),
    }  # fmt: skip
    content = raw({}, content, parts, sheet=lambda xml: put(put(xml, WPS, wps), EXCEL, excel))
    kept = {
        "image1.png": png(),
        "image2.jpeg": jpeg(),
        "image3.jpeg": encoded(picture(tone=90), "JPEG"),
    }
    kept |= media or {}
    return repacked(content, {f"xl/media/{name}": data for name, data in kept.items()})
