"""What a reviewer is asked to look at twice; units are not told."""

import pytest
import samples

from issues.evidence.flags import examine
from issues.vocabulary import Action, EvidenceKind, FlagKind, Status

OTHER_PICTURE = samples.encoded(samples.picture(tone=220).rotate(90), "JPEG")


@pytest.fixture
def issue(make_issue):
    return make_issue(Status.RECTIFYING, lon="106.75", lat="31.86")


def kinds(issue, row, reader):
    return {flag.kind for flag in examine.flags_of(issue, [row], reader).get(row.id, [])}


def test_a_file_without_any_tag_is_nothing_to_look_at(make_issue, issue, people):
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))

    assert kinds(issue, row, people.liu) == set()


def test_the_same_bytes_in_another_ticket(make_issue, issue, people):
    other = make_issue(Status.RECTIFYING)
    make_issue.evidence(other, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))

    (flag,) = examine.flags_of(issue, [row], people.liu)[row.id]

    assert (flag.kind, flag.twin) == (FlagKind.SAME_BYTES, other.number)


def test_a_ticket_the_reader_does_not_see_is_not_named(make_issue, issue, people):
    bureau, finance = "511900-ZRZY", "511900-CZJ"
    other = make_issue(Status.RECTIFYING)
    moved = {"lead_unit": bureau, "acceptance_unit": finance}
    make_issue.act(Action.AMEND, other, "sun", reason="调整", fields=moved)
    make_issue.evidence(other, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))

    (flag,) = examine.flags_of(issue, [row], people.liu)[row.id]

    assert flag.twin == ""
    assert other.number not in flag.because


def test_nearly_the_same_picture_in_another_ticket(make_issue, issue, people):
    other = make_issue(Status.RECTIFYING)
    smaller = samples.encoded(samples.picture().resize((320, 240)), "JPEG", quality=60)
    make_issue.evidence(other, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=("后2.jpg", smaller))
    different = make_issue.evidence(issue, EvidenceKind.AFTER, file=("别处.jpg", OTHER_PICTURE))

    assert kinds(issue, row, people.liu) == {FlagKind.NEAR_IDENTICAL}
    assert kinds(issue, different, people.liu) == set()


def test_one_picture_as_before_and_after(make_issue, issue, people):
    before = make_issue.evidence(issue, EvidenceKind.BEFORE, file=("前.jpg", samples.jpeg()))
    after = make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.png", samples.png()))

    flags = examine.flags_of(issue, [before, after], people.liu)

    assert [flag.kind for flag in flags[after.id]] == [FlagKind.NEAR_IDENTICAL]


ODD = {
    "缺少文件结束标记": ("后.jpg", samples.jpeg()[:-2]),
    "结尾之后另有填充": ("报告.pdf", samples.pdf() + bytes(5000)),
}


@pytest.mark.both
def test_a_file_with_an_odd_end_is_taken_and_told_where_the_reviewer_decides(
    browser, make_issue, issue, people
):
    """Case 25: every viewer opens both; who cut or padded a file is for a person to judge."""
    for told, file in ODD.items():
        row = make_issue.evidence(issue, EvidenceKind.AFTER, file=file)
        assert kinds(issue, row, people.liu) == {FlagKind.ODD_END}
        url = f"/issues/{issue.number}"
        for page in (f"{url}/flags", f"{url}/evidence/{row.id}"):
            assert told in browser.as_("liu").get(page).text, page
        assert "待复核" in browser.as_("liu").get(f"{url}/evidence").text
        assert told not in browser.as_("chen").get(f"{url}/evidence/{row.id}").text
    for file in (("整.jpg", samples.jpeg()), ("整.pdf", samples.pdf() + b"\r\n\r\n")):
        row = make_issue.evidence(issue, EvidenceKind.BEFORE, file=file)
        assert FlagKind.ODD_END not in kinds(issue, row, people.liu)


@pytest.mark.parametrize(
    ("kind", "taken", "found"),
    [
        (EvidenceKind.AFTER, "2025:10:08 10:00:00", {FlagKind.TAKEN_BEFORE_ASSIGNMENT}),
        (EvidenceKind.AFTER, "2025:10:09 10:00:00", set()),
        (EvidenceKind.BEFORE, "2025:10:08 10:00:00", set()),
    ],
)
def test_a_picture_older_than_the_assignment(make_issue, issue, people, kind, taken, found):
    data = samples.jpeg(exif=samples.exif(taken=taken))

    row = make_issue.evidence(issue, kind, file=("图.jpg", data))

    assert kinds(issue, row, people.liu) == found


def test_a_picture_from_elsewhere(make_issue, people):
    far = make_issue(Status.RECTIFYING, lon="106.80", lat="31.86")
    row = make_issue.evidence(
        far, EvidenceKind.AFTER, file=("图.jpg", samples.jpeg(exif=samples.exif(taken=None)))
    )

    (flag,) = examine.flags_of(far, [row], people.liu)[row.id]

    assert flag.because == "拍摄地点距事项点位4.7公里"


@pytest.mark.parametrize(
    ("software", "found"),
    [("Adobe Photoshop 24.0", {FlagKind.EDITED_BY_SOFTWARE}), ("HUAWEI ALN-AL00", set())],
)
def test_a_picture_that_went_through_an_editor(make_issue, issue, people, software, found):
    tags = samples.exif(taken=None, software=software)

    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=("图.jpg", samples.jpeg(exif=tags)))

    assert kinds(issue, row, people.liu) == found


def test_reviewers_are_told_and_units_are_not(browser, make_issue, issue):
    tags = samples.exif(software="Meitu 10.1")
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=("图.jpg", samples.jpeg(exif=tags)))
    url = f"/issues/{issue.number}/evidence"

    for name in ("liu", "sun", "lin"):
        assert "经软件编辑" in browser.as_(name).get(f"{url}/{row.id}").text
        assert "待复核" in browser.as_(name).get(url).text
    assert "经软件编辑" not in browser.as_("chen").get(f"{url}/{row.id}").text
    assert "待复核" not in browser.as_("chen").get(url).text
