"""What files are called in a dossier: short enough for ext4, each its own, the ending kept."""

import json
import zipfile

import kept_pdf
import pytest
import samples
from taken import check, export, text_of

from issues.dossiers.names import MOST_BYTES, Names, fitted
from issues.vocabulary import EvidenceKind, Status

LONG = "照" * 100


def long_parts(names):
    return [part for name in names for part in name.split("/") if len(part.encode()) > MOST_BYTES]


@pytest.mark.both
def test_a_name_of_a_hundred_characters_is_unpacked_and_passes(app, make_issue, tmp_path):
    issue = make_issue(Status.RECTIFYING)
    for end in ("", "甲", "乙"):
        file = (f"{LONG}{end}.jpg", samples.jpeg())
        make_issue.evidence(issue, EvidenceKind.AFTER, "sun", file=file)
    path = export(app, issue, tmp_path / "档.zip")
    folder = tmp_path / "档"

    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        archive.extractall(folder)
    originals = [name for name in names if name.startswith("原件/")]
    assert long_parts(names) == []
    assert len({name.casefold() for name in names}) == len(names)
    assert len(originals) == 3
    assert {name[-4:] for name in originals} == {".jpg"}
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {entry["name"] for entry in told if "name" in entry} >= {f"{LONG}甲.jpg"}
    assert check(path)[0] == check(folder, by=folder / "verify.py")[0] == 0
    (folder / "档.zip").write_bytes(path.read_bytes())
    assert check(folder, by=folder / "verify.py")[0] == 0, "it was unpacked where it lies"
    (folder / "原件" / "另一张.zip").write_bytes(b"else")
    assert check(folder, by=folder / "verify.py")[0] == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("照片.jpg", "照片.jpg"),
        (f"{LONG}.jpg", f"{'照' * 83}.jpg"),
        (LONG, "照" * 85),
        (f"a.{LONG}", f"a.{'照' * 84}"),
        ("a" * 300 + ".tar.gz", "a" * 252 + ".gz"),
        ("𠮷" * 100 + ".png", "𠮷" * 62 + ".png"),
        ("a/b\\c:d*e?.pdf", "a_b_c_d_e_.pdf"),
        ("..", "_"),
        ("", "_"),
        ("点在末尾. . .", "点在末尾"),
    ],
)
def test_a_name_is_cut_between_characters_and_before_its_ending(name, kept):
    assert fitted(name) == kept
    assert len(kept.encode()) <= MOST_BYTES


def test_names_that_become_one_by_cutting_are_told_apart():
    names = Names()
    found = [names.free("文书", f"{LONG}{number}.pdf") for number in range(12)]
    found += [names.free("文书", "A.pdf"), names.free("文书", "a.pdf")]

    assert len({name.casefold() for name in found}) == 14
    assert long_parts(found) == []
    assert {name[-4:] for name in found} == {".pdf"}


@pytest.mark.parametrize("is_full", [True, False])
def test_the_parts_are_numbered_without_a_gap(app, make_issue, tmp_path, is_full):
    issue = make_issue(Status.RECTIFYING if is_full else Status.ASSIGNED)
    if is_full:
        file = ("后.jpg", samples.jpeg())
        make_issue.evidence(issue, EvidenceKind.AFTER, "sun", file=file)
    path = export(app, issue, tmp_path / "档.zip")

    with zipfile.ZipFile(path) as archive:
        text = text_of(archive, issue)
        pdf = archive.read(f"{issue.number}.pdf")
    parts = ["基本情况", "颜色说明", "整改措施", "办理过程", "督办文书", "佐证材料"]
    parts += ["佐证材料预览", "核验方法"]
    there = [part for part in parts if f"、{part}" in text]
    assert len(there) == (7 if is_full else 5)
    for sign, part in zip("一二三四五六七八九", there, strict=False):
        assert text.count(f"{sign}、{part}") >= 2, "once in the index, once at its head"
    assert kept_pdf.faults(pdf) == []
    title, author, _subject, day = kept_pdf.told_of(pdf)
    assert title.startswith(issue.number)
    assert (author, day) == ("巴中市生态环境保护委员会办公室", "D:20251125")
