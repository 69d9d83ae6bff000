"""Which part of a package a picture lies in: by WPS's key, Excel's value of a cell, a relation."""

import posixpath
from collections.abc import Callable, Iterable
from typing import NamedTuple
from xml.parsers import expat

from issues.exchange.workbook.package import MEDIA, Package, judge_xml
from issues.ground.numbers import LARGEST_ID, whole

RICH = "vm:"
"""Before the number of the value that Excel keeps beside a cell."""
MOST = 2000
_VALUES, _SHAPES = "xl/richdata/rdrichvalue.xml", "xl/richdata/rdrichvaluestructure.xml"
_LOCAL, _LISTED = "_rvRel:LocalImageIdentifier", "xl/richdata/richvaluerel.xml"
Attributes = dict[str, str]


class Relation(NamedTuple):
    """A target outside the package is none."""

    id: str
    kind: str
    target: str


def part(package: Package, wanted: str) -> bytes | None:
    names = (name for name in package.beside if name.lower() == wanted.lower())
    return next((package.beside[name] for name in names), None)


def walk(
    data: bytes | None,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    if data:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler, parser.CharacterDataHandler = end, text
        judge_xml(data, parser)


def relations(package: Package, name: str) -> list[Relation]:
    """What a part is related to inside the package."""
    folder, file = posixpath.split(name)
    found: list[Relation] = []

    def start(name: str, attributes: Attributes) -> None:
        if name.rpartition(":")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            kind = attributes.get("Type", "")
            found.append(Relation(attributes.get("Id", ""), kind, posixpath.normpath(path)))

    walk(part(package, f"{folder}/_rels/{file}.rels"), start)
    return found


def media_of(package: Package, name: str) -> dict[str, str]:
    """By the id of its relation, the picture a part shows."""
    related = relations(package, name)
    return {one.id: one.target for one in related if MEDIA.fullmatch(one.target)}


def embedded(attributes: Attributes) -> str:
    """The relation a drawn picture names; "" where it lies outside the file."""
    return next((value for name, value in attributes.items() if name.endswith("embed")), "")


def in_cells(package: Package, asked: Iterable[str]) -> dict[str, str]:
    """By what a cell says of its picture, the part it lies in.

    Of one cell whose picture nothing names, it is the one picture of the file that nothing shows:
    a program that did not know WPS's list has saved it since.
    """
    found = _of_excel(package) | _of_wps(package)
    unknown = sorted(set(asked) - found.keys())
    owners = [name for name in package.beside if name.endswith(".rels")]
    shown = {target for name in owners for target in media_of(package, _owner(name)).values()}
    left = sorted(set(package.media) - shown)
    return found | (dict(zip(unknown, left, strict=True)) if len(unknown) == len(left) == 1 else {})


def _owner(relations_: str) -> str:
    """The part whose relations these are."""
    folder, file = posixpath.split(relations_)
    return f"{posixpath.dirname(folder)}/{file.removesuffix('.rels')}"


def _of_wps(package: Package) -> dict[str, str]:
    media = media_of(package, "xl/cellimages.xml")
    found: dict[str, str] = {}
    key = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal key
        name = name.rpartition(":")[2]
        if name == "cNvPr":
            key = attributes.get("name", "")
        elif name == "blip" and key and len(found) < MOST and embedded(attributes) in media:
            found.setdefault(key, media[embedded(attributes)])

    walk(part(package, "xl/cellimages.xml"), start)
    return found


def _of_excel(package: Package) -> dict[str, str]:
    """A cell names a value, the value one of a list of relations, through three lists of Excel."""
    values, listed = _values(package), _listed(package)
    found = {}
    for number, value in enumerate(_metadata(package)[:MOST], start=1):
        picture = values.get(value)
        if picture is not None and picture < len(listed):
            found[f"{RICH}{number}"] = listed[picture]
    return {key: target for key, target in found.items() if target}


def _metadata(package: Package) -> list[int]:
    """By the number a cell names, less one, the number of the rich value."""
    rich: list[int] = []
    named: list[int] = []
    list_ = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal list_
        name = name.rpartition(":")[2]
        if name in {"futureMetadata", "valueMetadata", "cellMetadata"}:
            list_ = attributes.get("name", name)
        elif name == "rvb":
            rich.append(_number(attributes.get("i")))
        elif name == "rc" and list_ == "valueMetadata":
            named.append(_number(attributes.get("v")))

    walk(part(package, "xl/metadata.xml"), start)
    return [rich[place] if 0 <= place < len(rich) else -1 for place in named]


def _values(package: Package) -> dict[int, int]:
    """By the number of a rich value that is a picture of the file, its place in the list."""
    places = _shapes(package)
    found: dict[int, int] = {}
    count, shape, said, text = -1, -1, [""], ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal count, shape, said, text
        text = ""
        if name.rpartition(":")[2] == "rv":
            count, shape, said = count + 1, _number(attributes.get("s")), []

    def characters(more: str) -> None:
        nonlocal text
        text = (text + more)[:20]

    def end(name: str) -> None:
        name = name.rpartition(":")[2]
        place = places.get(shape)
        if name == "v":
            said.append(text)
        elif name == "rv" and place is not None and place < len(said) and len(found) < MOST:
            found[count] = _number(said[place])

    walk(part(package, _VALUES), start, end, characters)
    return {value: place for value, place in found.items() if place >= 0}


def _shapes(package: Package) -> dict[int, int]:
    """By the number of a kind of value, which of its fields names a picture of the file."""
    found: dict[int, int] = {}
    shape = field = -1

    def start(name: str, attributes: Attributes) -> None:
        nonlocal shape, field
        name = name.rpartition(":")[2]
        if name == "s":
            shape, field = shape + 1, -1
        elif name == "k":
            field += 1
            if attributes.get("n") == _LOCAL:
                found[shape] = field

    walk(part(package, _SHAPES), start)
    return found


def _listed(package: Package) -> list[str]:
    media = media_of(package, "xl/richData/richValueRel.xml")
    found: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name.rpartition(":")[2] == "rel":
            rid = next((v for key, v in attributes.items() if key.endswith(":id")), "")
            found.append(media.get(rid, ""))

    walk(part(package, _LISTED), start)
    return found


def _number(text: str | None) -> int:
    number = whole(text or "", 0, LARGEST_ID)
    return -1 if number is None else number
