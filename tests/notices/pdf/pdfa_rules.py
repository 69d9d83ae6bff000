"""PDF/A-2b: what ISO 19005-2:2011 asks of a file, read back from its bytes, clause by clause.

Looked at: 6.1.2 header, 6.1.3 trailer, 6.1.4 cross references (by qpdf), 6.1.7 streams, 6.1.9
objects, 6.1.12 permissions, 6.1.13 limits, 6.2.2 operators and resources, 6.2.3 output intent,
6.2.4 colours, 6.2.5 graphics state, 6.2.6 intents, 6.2.8 pictures, 6.2.9 forms, 6.2.10 blending,
6.2.11.2 kinds of font, 6.2.11.4 embedding, 6.2.11.5 widths, 6.2.11.6 encodings, 6.2.11.8 .notdef,
6.3 annotations, 6.4 fields and signatures, 6.5 actions, 6.6.2 metadata, 6.6.3 Info and XMP, 6.6.4
the claim, 6.8 enclosed files, 6.9 layers, 6.10 alternates, 6.11 requirements.

Not looked at: 6.2.4.2 the inside of an ICC profile beyond its head, 6.2.8.3 JPEG2000, 6.2.11.3
composite fonts and 6.2.11.7 text of levels A and U (a file that has any is a fault here), and what
Annex B says of signatures beyond 6.4.3.
"""

import re
from io import BytesIO

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

OPERATORS = frozenset(
    """b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k
    l M m MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W*
    y ' \"""".split()  # noqa: SIM905 - quoted words are harder to read
)
DEVICE = {"RG": "RGB", "rg": "RGB", "G": "Gray", "g": "Gray", "K": "CMYK", "k": "CMYK"}
INTENTS = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
BLENDS = frozenset(
    """/Normal /Compatible /Multiply /Screen /Overlay /Darken /Lighten /ColorDodge /ColorBurn
    /HardLight /SoftLight /Difference /Exclusion /Hue /Saturation /Color /Luminosity""".split()  # noqa: SIM905
)
FILTERS = {
    "/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/DCTDecode", "/RunLengthDecode",
}  # fmt: skip
MOST_STRING, MOST_NAME, MOST_NESTED, MOST_INTEGER = 32767, 127, 28, 2**31 - 1
PRINT, HIDDEN, INVISIBLE, NO_VIEW, TOGGLE, NO_ZOOM, NO_ROTATE = 4, 2, 1, 32, 256, 8, 16
CLAIM = "2B"


def faults(data):
    yield from _bytes(data)
    with pikepdf.open(BytesIO(data)) as opened:
        yield from (f"6.1.4: {said}" for said in opened.check_pdf_syntax())
        yield from _trailer(opened)
        yield from _catalog(opened.Root)
        yield from _metadata(opened)
        for item in opened.objects:
            for one in _with_inside(item):
                yield from _item(one)
        for number, page in enumerate(opened.pages, 1):
            yield from (f"page {number}: {fault}" for fault in _page(page))


def _bytes(data):
    head = re.match(rb"%PDF-1\.[0-7]\r?\n%([^\r\n]*)", data)
    if not head or sum(byte > 127 for byte in head[1][:4]) < 4:
        yield "6.1.2: the head"
    if not re.search(rb"%%EOF[\r\n]{0,2}\Z", data):
        yield "6.1.3: something stands behind the end"
    for one in re.finditer(rb"\n(\d+) (\d+) obj(.)", data):
        if one[3] not in b"\r\n":
            yield f"6.1.9: object {one[1].decode()} does not begin a line"
            break


def _trailer(opened):
    if "/ID" not in opened.trailer:
        yield "6.1.3: no ID"
    if opened.is_encrypted or "/Encrypt" in opened.trailer:
        yield "6.1.3: encrypted"


def _catalog(root):
    for name, clause in (
        ("/AA", "6.5.2"), ("/OCProperties", "6.9"), ("/Requirements", "6.11"), ("/Perms", "6.1.12"),
        ("/OpenAction", "6.5.1"), ("/Collection", "6.8"),
    ):  # fmt: skip
        if name in root:
            yield f"{clause}: the catalog has {name}"
    names = root.get("/Names", {})
    for name, clause in (("/JavaScript", "6.5.1"), ("/EmbeddedFiles", "6.8"),
                         ("/AlternatePresentations", "6.10")):  # fmt: skip
        if name in names:
            yield f"{clause}: the names have {name}"
    yield from _intent(root)
    yield from _form(root.get("/AcroForm"))


def _intent(root):
    own = [one for one in root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFA1"]
    if len(own) != 1 or "/DestOutputProfile" not in own[0]:
        yield "6.2.3: no output intent of PDF/A"
        return
    profile = own[0].DestOutputProfile
    said = profile.read_bytes()
    kinds = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
    if said[36:40] != b"acsp" or said[16:20] != kinds.get(int(profile.N)) or said[8] > 4:
        yield "6.2.3: the profile is none, or another colour space"
    if said[12:16] not in (b"prtr", b"mntr", b"scnr", b"spac"):
        yield "6.2.3: the profile is of no such class"


def _form(form):
    if form is None:
        return
    if form.get("/NeedAppearances", False):
        yield "6.4.1: NeedAppearances"
    if "/XFA" in form:
        yield "6.4.2: XFA"
    for field in form.get("/Fields", []):
        value = field.get("/V")
        if field.get("/FT") == "/Sig" and value is not None:
            if len(value.get("/ByteRange", [])) != 4 or "/Contents" not in value:
                yield "6.4.3: a signature without its range"
            if "/Reference" in value and any("/DigestMethod" in one for one in value.Reference):
                yield "6.4.3: a reference with a digest method"


def _metadata(opened):
    stream = opened.Root.get("/Metadata")
    if stream is None or stream.get("/Subtype") != "/XML":
        yield "6.6.2.1: no metadata"
        return
    packet = stream.read_bytes()
    if re.search(rb"<\?xpacket[^>]*(bytes|encoding)=", packet):
        yield "6.6.2.1: the head of the packet says more than it may"
    packet.decode("utf-8")
    prefixes = set(re.findall(rb"xmlns:(\w+)=", packet))
    if odd := prefixes - {b"x", b"rdf", b"dc", b"pdf", b"xmp", b"pdfaid"}:
        yield f"6.6.2.3: schemas not predefined: {odd}"
    about = opened.open_metadata()
    if about.pdfa_status != CLAIM:
        yield f"6.6.4: the claim is {about.pdfa_status}"
    told = {"/Title": "dc:title", "/Subject": "dc:description", "/Producer": "pdf:Producer"}
    for name, term in told.items():
        if name in opened.docinfo and str(opened.docinfo[name]) != str(about.get(term, "")):
            yield f"6.6.3: {name} differs"


def _item(item):
    if isinstance(item, Stream):
        if {"/F", "/FFilter", "/FDecodeParms"} & set(item.keys()):
            yield "6.1.7.1: a stream outside the file"
        filters = item.get("/Filter", [])
        for one in [filters] if isinstance(filters, Name) else filters:
            if str(one) not in FILTERS:
                yield f"6.1.7.2: the filter {one}"
        if item.get("/Subtype") == "/Image":
            yield from _picture(item)
        elif item.get("/Subtype") == "/Form":
            yield from _form_object(item)
    if isinstance(item, Dictionary | Stream):
        yield from _dictionary(item)
    yield from _limits(item)


def _with_inside(item):
    """And what stands in it without a number of its own."""
    yield item
    if isinstance(item, Dictionary | Stream):
        inside = [item[key] for key in item.keys()]  # noqa: SIM118 - a stream has no other way
    else:
        inside = list(item) if isinstance(item, Array) else []
    for one in inside:
        if isinstance(one, Dictionary | Array) and not one.is_indirect:
            yield from _with_inside(one)


def _dictionary(item):
    kind = item.get("/Type")
    if kind == "/Font":
        yield from _font(item)
    elif kind == "/ExtGState":
        yield from _state(item)
    if {"/JS", "/EF", "/AA"} & set(item.keys()):
        yield f"6.5, 6.8: {sorted(map(str, item.keys()))}"
    if kind == "/Action" or item.get("/S") in ("/Launch", "/JavaScript", "/ImportData", "/URI"):
        yield f"6.5.1: an action {item.get('/S')}"
    if kind == "/Filespec":
        yield "6.8: a file is enclosed"


def _limits(item):
    for one in _leaves(item):
        if isinstance(one, pikepdf.String) and len(bytes(one)) > MOST_STRING:
            yield "6.1.13: a string is too long"
        if isinstance(one, int) and abs(one) > MOST_INTEGER:
            yield "6.1.13: an integer is too large"


def _leaves(item):
    inside = item.values() if isinstance(item, Dictionary) else item
    if isinstance(item, Dictionary | Array):
        yield from (one for one in inside if isinstance(one, int | pikepdf.String))


def _state(state):
    if "/TR" in state or state.get("/TR2", Name("/Default")) != "/Default" or "/HTP" in state:
        yield "6.2.5: the graphics state"
    if str(state.get("/BM", "/Normal")) not in BLENDS:
        yield f"6.2.10: the blend {state.BM}"
    if "/RI" in state and str(state.RI) not in INTENTS:
        yield "6.2.6: the rendering intent"


def _picture(one):
    if {"/Alternates", "/OPI"} & set(one.keys()) or one.get("/Interpolate", False):
        yield "6.2.8: a picture"
    space = one.get("/ColorSpace")
    if isinstance(space, Name) and space not in ("/DeviceRGB", "/DeviceGray"):
        yield f"6.2.4.3: a picture in {space}"


def _form_object(one):
    if {"/OPI", "/PS", "/Ref"} & set(one.keys()) or one.get("/Subtype2") == "/PS":
        yield "6.2.9: a form"


def _font(font):
    if font.get("/Subtype") != "/TrueType":
        yield f"6.2.11.2: a font of the kind {font.get('/Subtype')} is not judged here"
        return
    about = font.get("/FontDescriptor")
    if about is None or "/FontFile2" not in about:
        yield "6.2.11.4: a font is not embedded"
        return
    cut = _cut(font)
    is_symbolic = bool(int(about.Flags) & 4)
    if is_symbolic and ("/Encoding" in font or len(cut["cmap"].tables) != 1):
        yield "6.2.11.6: a symbolic font says an encoding, or has several maps"
    if not is_symbolic and font.get("/Encoding") not in ("/WinAnsiEncoding", "/MacRomanEncoding"):
        yield "6.2.11.6: a font that is not symbolic says no encoding"
    glyphs, unit = cut["cmap"].tables[0].cmap, cut["head"].unitsPerEm
    for code, width in enumerate(font.Widths, int(font.FirstChar)):
        if code in glyphs and abs(cut["hmtx"][glyphs[code]][0] * 1000 / unit - float(width)) > 1:
            yield f"6.2.11.5: {font.BaseFont} is {width} wide at {code}"
            break


def _cut(font):
    return TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()))


def _page(page):
    yield from _annotations(page.obj)
    for name in ("/AA", "/PresSteps"):
        if name in page.obj:
            yield f"6.5.2, 6.10: {name}"
    fonts = {
        name: (_cut(one)["cmap"].tables[0].cmap, one)
        for name, one in page.Resources.get("/Font", {}).items()
        if "/FontFile2" in one.get("/FontDescriptor", {})
    }
    yield from _content(page, fonts)


def _annotations(page):
    for one in page.get("/Annots", []):
        flags, box = int(one.get("/F", 0)), [float(side) for side in one.get("/Rect", [0] * 4)]
        if one.get("/Subtype") not in ("/Widget", "/Link"):
            yield f"6.3.1: an annotation {one.get('/Subtype')}"
        if not flags & PRINT or flags & (HIDDEN | INVISIBLE | NO_VIEW | TOGGLE):
            yield f"6.3.2: the flags {flags}"
        is_empty = box[0] == box[2] and box[1] == box[3]
        if not is_empty and one.get("/Subtype") == "/Widget" and "/AP" not in one:
            yield "6.3.3: a field without its look"
        if {"/A", "/AA"} & set(one.keys()):
            yield "6.4.1, 6.5: a field acts"


def _content(page, fonts):
    nested = deepest = 0
    font, shown = None, {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        yield from _operator(name)
        nested += {"q": 1, "Q": -1}.get(name, 0)
        deepest = max(deepest, nested)
        if name == "Tf":
            font = str(operands[0])
        elif name in ("Tj", "TJ"):
            pieces = operands[0] if name == "TJ" else [operands[0]]
            said = b"".join(bytes(one) for one in pieces if isinstance(one, pikepdf.String))
            shown.setdefault(font, set()).update(said)
    if deepest > MOST_NESTED or nested:
        yield f"6.1.13: {deepest} states in each other, {nested} not ended"
    yield from _shown(shown, fonts, page)


def _operator(name):
    if name not in OPERATORS:
        yield f"6.2.2: the operator {name}"
    if DEVICE.get(name) == "CMYK":
        yield "6.2.4.3: CMYK under an intent of RGB"


def _shown(shown, fonts, page):
    for name, codes in shown.items():
        if name not in page.Resources.get("/Font", {}):
            yield f"6.2.2: the font {name} is not among the resources"
        if name in fonts and (lacking := codes - set(fonts[name][0])):
            yield f"6.2.11.8: {name} draws .notdef for {sorted(lacking)}"
