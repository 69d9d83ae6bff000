"""What GB/T 33190-2016 asks of a package, read back from its bytes: a list of what is wrong.

By clause: 6 the package and its paths, 7.4 OFD.xml, 7.5 Document.xml, 7.7 page objects, 7.9
resources, 8.2 colours, 8.5 what every object has, 9.1 paths, 10 pictures, 11.1 fonts, 11.2 and 11.3
text and its places, 18 signatures. Not looked at, because none is written: 7.6 templates, 7.8
outlines, 12 composites, 13 to 17 actions, annotations, versions, attachments, custom tags.
"""

import io
import posixpath
import re
import zipfile

from defusedxml.ElementTree import fromstring
from fontTools.ttLib import TTFont

OFD = "{http://www.ofdspec.org/2016}"
MOST_PART = 8 * 1024 * 1024
NUMBER = r"-?\d+(?:\.\d+)?"
BOX = re.compile(rf"{NUMBER} {NUMBER} {NUMBER} {NUMBER}")
DRAWN = re.compile(rf"M {NUMBER} {NUMBER}(?: (?:L|M) {NUMBER} {NUMBER}| C)*")
# What stands in an element, in this order; `+` says that it must, `*` that it may be repeated.
HOLDS = {
    "OFD": "DocBody+", "DocBody": "DocInfo+ DocRoot+ Signatures",
    "DocInfo": "DocID+ Title Author Subject CreationDate",
    "Document": "CommonData+ Pages+",
    "CommonData": "MaxUnitID+ PageArea+ PublicRes DocumentRes",
    "PageArea": "PhysicalBox+", "Pages": "Page*", "Res": "Fonts MultiMedias",
    "Fonts": "Font*", "Font": "FontFile+", "MultiMedias": "MultiMedia*",
    "MultiMedia": "MediaFile+", "Area": "PhysicalBox+", "Content": "Layer*",
    "TextObject": "FillColor TextCode+", "PathObject": "StrokeColor FillColor AbbreviatedData+",
    "Signatures": "MaxSignId Signature*",
    "SignedInfo": "Provider+ SignatureMethod SignatureDateTime References+ StampAnnot* Seal",
    "References": "Reference*", "Reference": "CheckValue+", "Seal": "BaseLoc+",
}  # fmt: skip
OBJECTS = frozenset({"TextObject", "PathObject", "ImageObject"})
SAYS = {
    "OFD": "Version DocType", "Res": "BaseLoc", "Font": "ID FontName", "MultiMedia": "ID Type",
    "Page": "", "Layer": "ID", "TextObject": "ID Boundary Font Size", "PathObject": "ID Boundary",
    "ImageObject": "ID Boundary ResourceID CTM", "FillColor": "Value", "StrokeColor": "Value",
    "TextCode": "X Y", "Reference": "FileRef", "References": "CheckMethod", "Signature": "",
}  # fmt: skip


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def faults(data):
    found = parts(data)
    if next(iter(found)) != "OFD.xml":
        yield "6: OFD.xml is not the root"
    trees = {name: fromstring(text) for name, text in found.items() if name.endswith(".xml")}
    for name, tree in trees.items():
        for element in tree.iter():
            yield from (f"{name}: {fault}" for fault in _shape(element))
    yield from _places(trees, set(found))
    yield from _numbers(trees)
    yield from _fonts(trees, found)


def local(element):
    return element.tag.removeprefix(OFD)


def _shape(element):
    name, inside = local(element), [local(one) for one in element]
    if not element.tag.startswith(OFD):
        yield f"{name} is in no namespace of the standard"
    for asked in SAYS.get(name, "").split():
        if element.get(asked) is None:
            yield f"{name} does not say {asked}"
    if name == "Layer" and (odd := set(inside) - OBJECTS):
        yield f"7.7: a layer holds {odd}"
    if name in HOLDS:
        yield from _held(name, inside)
    yield from _values(element, name)


def _values(element, name):
    if element.get("Boundary") and not _in_sheet(element.get("Boundary")):
        yield f"8.5: the box of {name} is {element.get('Boundary')}"
    if name == "AbbreviatedData" and not DRAWN.fullmatch(element.text or ""):
        yield "9.1: a path is no path"
    if name in ("FillColor", "StrokeColor") and not _is_colour(element):
        yield f"8.2: the colour {element.get('Value')}"
    if name == "TextCode":
        yield from _spread(element)


def _held(name, inside):
    order = [one.strip("+*") for one in HOLDS[name].split()]
    places = [order.index(one) if one in order else -1 for one in inside]
    if -1 in places or places != sorted(places):
        yield f"{name} holds {inside}"
    for one in HOLDS[name].split():
        if one.endswith("+") and one.strip("+") not in inside:
            yield f"{name} lacks {one}"
        if not one.endswith("*") and inside.count(one.strip("+")) > 1 and name != "OFD":
            yield f"{name} says {one} twice"


def _in_sheet(box):
    return bool(BOX.fullmatch(box)) and min(map(float, box.split()[2:])) >= 0


def _is_colour(element):
    shades = element.get("Value", "").split()
    return len(shades) == 3 and all(one.isdecimal() and int(one) < 256 for one in shades)


def _spread(code):
    """As many steps as there are signs, but one."""
    text, steps = code.text or "", (code.get("DeltaX") or "").split()
    count, at = 0, 0
    while at < len(steps):
        is_group = steps[at] == "g"
        count += int(steps[at + 1]) if is_group else 1
        at += 3 if is_group else 1
    if not text.strip() or text != text.strip() or count != len(text) - 1:
        yield f"11.3: {len(text)} signs at {count + 1} places: {text!r}"


def _places(trees, names):
    """Every path leads to a file, and every file is on some path."""
    led = {"OFD.xml"}
    for name, tree in trees.items():
        base = posixpath.dirname(name)
        if local(tree) == "Res":
            base = posixpath.join(base, tree.get("BaseLoc"))
        for element in tree.iter():
            said = [element.get("BaseLoc") if local(element) in ("Page", "Signature") else None]
            if local(element) in _LOCATIONS:
                said.append(element.text)
            led |= {_whole(base, one) for one in said if one}
    yield from (f"6: no file is at {one}" for one in led - names)
    yield from (f"6: nothing leads to {one}" for one in names - led)


_LOCATIONS = {
    "DocRoot", "PublicRes", "DocumentRes", "FontFile", "MediaFile", "Signatures", "SignedValue",
    "BaseLoc",
}  # fmt: skip


def _whole(base, said):
    return (
        said.lstrip("/") if said.startswith("/") else posixpath.normpath(posixpath.join(base, said))
    )


def _numbers(trees):
    """An id is one thing's; what is drawn with is there (7.5, 7.9)."""
    ids, used = [], set()
    for name, tree in trees.items():
        if "/Signs/" in name:
            continue
        for element in tree.iter():
            ids += [int(element.get("ID"))] if element.get("ID") else []
            used |= {int(element.get(one)) for one in ("Font", "ResourceID") if element.get(one)}
    most = int(trees["Doc_0/Document.xml"].find(f".//{OFD}MaxUnitID").text)
    if len(set(ids)) != len(ids) or max(ids) > most:
        yield "7.5: ids are told twice, or beyond the highest"
    if used - set(ids):
        yield f"7.9: {used - set(ids)} is drawn with and is not there"


def _fonts(trees, found):
    """Each text's font has a glyph for each of its signs (11.1)."""
    fonts, said = {}, trees["Doc_0/PublicRes.xml"]
    for one in said.iter(f"{OFD}Font"):
        data = found[f"Doc_0/Res/{one.find(f'{OFD}FontFile').text}"]
        cut = TTFont(io.BytesIO(data))
        for table in ("glyf", "hmtx", "OS/2", "name", "maxp"):
            cut[table]
        fonts[one.get("ID")] = cut.getBestCmap()
    for name, tree in trees.items():
        for one in tree.iter(f"{OFD}TextObject"):
            text = one.find(f"{OFD}TextCode").text
            lacking = {sign for sign in text if ord(sign) not in fonts.get(one.get("Font"), {})}
            if lacking:
                yield f"11.1: {name} has no glyph for {lacking}"


def text_of(data):
    """What each page says, line by line as they stand under each other."""
    found = parts(data)
    order = [
        one.get("BaseLoc") for one in fromstring(found["Doc_0/Document.xml"]).iter(f"{OFD}Page")
    ]
    return [_page_text(fromstring(found[f"Doc_0/{one}"])) for one in order]


def _page_text(tree):
    pieces = []
    for one in tree.iter(f"{OFD}TextObject"):
        x, y, *_ = map(float, one.get("Boundary").split())
        code = one.find(f"{OFD}TextCode")
        pieces.append((round(y + float(code.get("Y")), 2), x + float(code.get("X")), code.text))
    lines = "".join(text for _, _, text in sorted(pieces))
    return "".join(lines.split())
