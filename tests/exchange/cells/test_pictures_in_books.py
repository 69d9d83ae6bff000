"""Pictures of a workbook: which part each lies in, whose ticket it is of, which kind it becomes."""

import pytest
from books import DRAWN, REMARK, anchor, raw
from pictured import EXCEL, FLOATING, HEADINGS, KEY, WPS, blip, pictured, related
from samples import png
from sheets import read, repacked

from issues.exchange.pictures import found
from issues.exchange.workbook.pictures import OF_PERSONS, TAKE, UPLOAD
from issues.ground.secrecy import persons
from issues.vocabulary import EvidenceKind

SHOWN = f'<f>_xlfn.DISPIMG("{KEY}",1)</f><v>x</v>'


def places(understood):
    return {one.cell: (one.file, one.kind) for one in understood.pictures}


def told(understood, cell):
    return next(one.sentence for one in understood.notices if one.cell == cell)


def test_each_of_the_three_ways_is_found_with_the_kind_its_heading_says():
    understood = read(pictured())

    assert understood.errors == ()
    assert places(understood) == {
        WPS: ("image1.png", EvidenceKind.BEFORE),
        EXCEL: ("image2.jpeg", EvidenceKind.AFTER),
        FLOATING: ("image3.jpeg", EvidenceKind.OTHER),
    }
    assert {one.row for one in understood.pictures} == {5}
    assert all(told(understood, cell).endswith(TAKE) for cell in (WPS, EXCEL, FLOATING))


@pytest.mark.parametrize(
    ("rows", "place", "owner"),
    [
        ([{}, {"存在问题": "另一处"}], (5, 21), [6]), ([{}], (1, 1), []), ([{}], (8, 1), []),
    ],
    ids=["of the second", "over the title", "below the table"],
)  # fmt: skip
def test_a_floating_picture_is_of_the_ticket_whose_row_it_lies_over(rows, place, owner):
    understood = read(pictured(floats_at=place, rows=rows))

    assert [one.row for one in understood.pictures if one.file == "image3.jpeg"] == owner


def test_no_picture_is_offered_of_a_column_about_who_complained(monkeypatch):
    """The control: were the column like any other, it would be."""
    content = pictured(floats_at=(4, 22))

    understood = read(content)

    assert "W5" not in places(understood)
    assert told(understood, "W5").endswith(OF_PERSONS)
    monkeypatch.setattr(found.persons, "kind_of", lambda _heading: None)
    assert "W5" in places(read(content))
    monkeypatch.undo()
    assert persons.kind_of(HEADINGS["W3"])


@pytest.mark.parametrize(
    "target",
    ["../media/../worksheets/sheet1.xml", "../../docProps/core.xml", "../media/a/b.png"],
)
def test_only_a_picture_of_the_file_is_ever_linked(target):
    relation = related(target)
    understood = read(
        repacked(pictured(), {"xl/drawings/_rels/drawing1.xml.rels": relation.encode()})
    )

    assert FLOATING not in places(understood)
    assert told(understood, FLOATING).endswith(UPLOAD)


def test_an_address_elsewhere_is_no_picture():
    outside = '<Relationship Id="rId1" Type="x/hyperlink" Target="http://x" TargetMode="External"/>'
    rels = related("../media/image3.jpeg").split("<Relationship ")[0]
    content = repacked(
        pictured(),
        {"xl/drawings/_rels/drawing1.xml.rels": f"{rels}{outside}</Relationships>".encode()},
    )

    assert FLOATING not in places(read(content))


def test_the_one_picture_that_nothing_names_is_that_of_the_one_cell_that_shows_one():
    """As another program saves it. Of two pictures none is guessed."""
    content = raw({REMARK: ('t="str"', SHOWN)})

    one = read(repacked(content, {"xl/media/image1.png": png()}))
    two = read(repacked(content, {"xl/media/image1.png": png(), "xl/media/image2.png": png()}))

    assert places(one) == {REMARK: ("image1.png", EvidenceKind.OTHER)}
    assert places(two) == {}
    assert told(two, REMARK).endswith(UPLOAD)


def test_a_list_of_values_that_leads_nowhere_is_told_as_before():
    named = {"xl/richData/rdrichvalue.xml": b'<rvData><rv s="1"><v>99</v></rv></rvData>'}

    understood = read(repacked(pictured(), named))

    assert EXCEL not in places(understood)
    assert told(understood, EXCEL).endswith(UPLOAD)


def test_a_group_of_two_is_two_pictures_of_one_cell():
    group = f"<xdr:grpSp>{blip('前')}{blip('后', 'rId2')}</xdr:grpSp>"
    content = pictured()
    both = related("../media/image3.jpeg").replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="x/image" Target="/xl/media/image1.png"/></Relationships>',
    )
    understood = read(
        repacked(
            content,
            {
                "xl/drawings/drawing1.xml": DRAWN.format(anchor(4, 21, group)).encode(),
                "xl/drawings/_rels/drawing1.xml.rels": both.encode(),
            },
        )
    )

    files = [one.file for one in understood.pictures if one.cell == FLOATING]
    assert files == ["image3.jpeg", "image1.png"]
