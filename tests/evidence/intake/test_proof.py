"""Which files are taken, and which are refused with what sentence."""

import time
import zipfile

import pytest
from hypothesis import given, strategies as st

from issues.evidence.intake.proof import (
    NAME_LENGTH,
    FileType,
    examine,
    named_type,
    of_media_type,
    safe_name,
)
from issues.evidence.refusals import BrokenFile, KindNotAllowed
from tests.evidence import samples
from tests.evidence.intake.hostile import (
    BOMBS,
    BROKEN,
    HONEST,
    NOT_WHAT_THE_NAME_SAYS,
    many_scans,
)


@pytest.fixture
def arrived(tmp_path):
    def arrived(data):
        path = tmp_path / "arrived"
        path.write_bytes(data)
        return path

    return arrived


@pytest.mark.parametrize("name", samples.GOOD)
def test_every_kind_on_the_list_is_taken(arrived, name):
    file_type = examine(arrived(samples.GOOD[name]()), name).file_type

    assert name[name.rfind(".") :].lower() in file_type.extensions
    assert of_media_type(file_type.media_type) is file_type


@pytest.mark.parametrize("case", NOT_WHAT_THE_NAME_SAYS)
def test_bytes_that_are_not_what_the_name_says_are_refused_as_such(arrived, case):
    name, data = NOT_WHAT_THE_NAME_SAYS[case]
    with pytest.raises(KindNotAllowed, match=r"。$") as refused:
        examine(arrived(data), name)
    assert refused.value.status == 415


@pytest.mark.parametrize(
    "name",
    [
        "页面.html",
        "图.svg",
        "宏.docm",
        "程序.exe",
        "压缩.zip",
        "旧.doc",
        "无扩展名",
        "",
        ".htaccess",
        "照片.jpg.php",
        "照片.gif",
        "照片.jpg/..",
        "\u202egpj.exe",
    ],
)
def test_names_of_other_kinds_are_refused(arrived, name):
    with pytest.raises(KindNotAllowed, match="仅接收"):
        examine(arrived(samples.jpeg()), name)


@pytest.mark.parametrize("case", BOMBS)
def test_a_document_that_unpacks_to_too_much_is_refused_before_unpacking(arrived, case):
    with pytest.raises(BrokenFile, match="解压后过大"):
        examine(arrived(BOMBS[case]()), "a.docx")


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_or_dangerous_file_is_refused_with_a_sentence(arrived, case):
    name, data = BROKEN[case]
    with pytest.raises(BrokenFile, match=r"未保存.*。$") as refused:
        examine(arrived(data), name)
    assert refused.value.status == 422


def test_a_picture_that_decodes_for_ever_is_stopped_within_ten_seconds(arrived):
    path, started = arrived(many_scans()), time.monotonic()
    with pytest.raises(BrokenFile, match="超时"):
        examine(path, "照片.jpg")
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("case", HONEST)
def test_what_word_processors_leave_behind_is_taken(arrived, case):
    assert examine(arrived(HONEST[case]), "a.docx").file_type is FileType.DOCX


def test_words_that_look_like_a_script_inside_a_stream_are_only_words(arrived):
    data = samples.pdf(b"5 0 obj\n<</Length 30>>\nstream\n(/JavaScript /JS)\nendstream\nendobj")
    assert examine(arrived(data), "a.pdf").file_type is FileType.PDF


def test_a_picture_with_a_camera_maker_s_trailer_is_taken(arrived):
    assert examine(arrived(samples.jpeg() + b"SEFT" * 500), "a.jpg").file_type is FileType.JPEG


def test_a_document_with_a_broken_sum_is_refused(arrived):
    data = bytearray(samples.archive(samples.word_parts(), zipfile.ZIP_STORED))
    at = data.find("整改方案".encode())
    data[at] ^= 1
    with pytest.raises(BrokenFile):
        examine(arrived(bytes(data)), "a.docx")


def test_the_limit_is_25_mb_and_200_mb_for_films():
    limits = {one: one.limit // 1024 // 1024 for one in FileType}
    assert limits.pop(FileType.MP4) == 200
    assert set(limits.values()) == {25}


def test_a_document_has_no_facts_and_no_previews(arrived):
    done = examine(arrived(samples.pdf()), "a.pdf", edges=(320,))
    assert (done.file_type, done.facts, done.previews) == (FileType.PDF, None, {})


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("整改后照片（东侧）.jpg", "整改后照片（东侧）.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\王\\桌面\\照片.JPG", "照片.JPG"),
        ("a\u200b.jpg\u202e\0\r\n", "a.jpg"),
        ("照片\u200b.\ufeffpdf", "照片.pdf"),
        ("  a \u3000 b .jpg ", "a b .jpg"),
        ('<img src="x">.png', "_img src=_x__.png"),
        (".htaccess", "htaccess"),
        ("", "未命名文件"),
        ("..", "未命名文件"),
        ("/\\", "未命名文件"),
    ],
)
def test_a_name_is_only_a_label(sent, shown):
    assert safe_name(sent) == shown


def test_a_long_name_keeps_its_extension():
    name = safe_name("长" * 500 + ".docx")
    assert len(name) == NAME_LENGTH
    assert name.endswith(".docx")


@given(st.text(max_size=400))
def test_no_name_reaches_outside_or_hides_signs(sent):
    name = safe_name(sent)

    assert 0 < len(name) <= NAME_LENGTH
    assert not set(name) & set('/\\\0\r\n\t<>:"|?*\u200b\u200e\u202e\u2066\ufeff')
    assert not name.startswith(".")
    assert safe_name(name) == name


@given(st.text(max_size=40).map(lambda stem: f"{stem}a\u200b.j\u200bpg"))
def test_the_kind_is_read_from_the_name_as_it_is_shown(sent):
    assert named_type(sent) is FileType.JPEG
    assert safe_name(sent).endswith("jpg")


@given(st.sampled_from(sorted(FileType, key=lambda one: one.name)), st.binary(max_size=300))
def test_no_noise_is_taken_for_a_document_or_film(tmp_path_factory, file_type, noise):
    path = tmp_path_factory.getbasetemp() / "noise"
    path.write_bytes(noise)
    with pytest.raises((KindNotAllowed, BrokenFile)):
        examine(path, f"a{file_type.extensions[0]}")
