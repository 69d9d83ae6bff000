"""The set-up of the faces: whole or not at all, nothing done twice, the operator's own first."""

import json

import pytest
from fontTools.ttLib import TTFont
from measured import BUILT

from issues.notices.fonts.faces import FaceRole
from issues.notices.fonts.files import NoFonts, load_faces
from tools.fonts.__main__ import Builder


def test_every_role_is_there_with_every_character_of_gbk(faces):
    hanzi = "".join(
        bytes([high, low]).decode("gbk")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF if high != 0xD7 else 0xFA)
    )

    assert set(faces.roles) == set(FaceRole)
    assert faces.missing(hanzi) == set()
    assert faces.missing("〇滘喆昇珺璟䶮㎡μ³₂☑—…“”") == set()


def test_the_index_names_the_file_its_digest_and_whether_it_is_a_substitute():
    index = json.loads((BUILT / "fonts.json").read_text(encoding="utf-8"))

    for entry in index["roles"].values():
        assert (BUILT / entry["file"]).is_file()
        assert len(entry["sha256"]) == 64
        assert isinstance(entry["substitute"], bool)
    assert index["roles"]["songtitle"]["substitute"], "a bold Song is no 小标宋， and says so"


def test_a_step_that_breaks_off_leaves_nothing_half_installed(tmp_path):
    builder = Builder(tmp_path)

    def breaks(target):
        target.write_bytes(b"half")
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - the break itself
        builder.make("song.ttf", "宋体", breaks)
    assert not (tmp_path / "song.ttf").exists()
    assert not builder.is_whole()


def test_what_stands_is_not_made_again(tmp_path):
    made = []

    def produce(target):
        made.append(target)
        target.write_bytes(b"face")

    Builder(tmp_path).make("song.ttf", "宋体", produce)
    Builder(tmp_path).make("song.ttf", "宋体", produce)
    assert len(made) == 1

    (tmp_path / "song.ttf").write_bytes(b"cut o")
    Builder(tmp_path).make("song.ttf", "宋体", produce)
    assert len(made) == 2


def test_the_operators_own_face_stands_before_the_built_one(tmp_path):
    own = tmp_path / "whatever.ttf"
    with TTFont(BUILT / "fangsong.ttf") as font:
        for record in font["name"].names:
            if record.nameID in {1, 16}:
                record.string = "仿宋_GB2312" if record.isUnicode() else "FangSong_GB2312"
        font.save(own)

    found = load_faces(BUILT, tmp_path, ())

    assert found.roles[FaceRole.FANGSONG].path == own
    assert found.roles[FaceRole.KAI].path == BUILT / "kai.ttf"


def test_without_any_face_it_says_which_are_wanting(tmp_path):
    with pytest.raises(NoFonts, match="仿宋、小标宋、黑体、楷体、宋体"):
        load_faces(tmp_path, None, ())


def test_a_substitute_is_told_to_the_administrator(tmp_path):
    index = json.loads((BUILT / "fonts.json").read_text(encoding="utf-8"))
    index["roles"]["fangsong"] = index["roles"]["kai"] | {"substitute": True}
    for name in {entry["file"] for entry in index["roles"].values()}:
        (tmp_path / name).symlink_to(BUILT / name)
    (tmp_path / "fonts.json").write_text(json.dumps(index), encoding="utf-8")

    assert "本机无仿宋字体，以LXGW WenKai代替" in load_faces(tmp_path, None, ()).notices()
