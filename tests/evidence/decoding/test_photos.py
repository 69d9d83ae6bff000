"""What a photo says, how it looks, and the previews made of it."""

import io
import random
from datetime import datetime

import pytest
from hypothesis import given, strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from issues.evidence.decoding.decode import study
from issues.evidence.decoding.photos import dhash, tags_of
from issues.evidence.flags.twins import distance
from issues.evidence.intake.proof import FileType, examine, make_preview
from tests.evidence import samples

SECRET = "SECRET-OF-THE-SENDER"
NEAR, FAR = 7, 16


@pytest.fixture
def arrived(tmp_path):
    def arrived(data):
        path = tmp_path / "arrived"
        path.write_bytes(data)
        return path

    return arrived


def facts_of(path, file_type):
    return study(path, file_type.decoder).facts


def apart(one, other):
    return distance([one], [other])


@pytest.mark.parametrize("make", [samples.jpeg, samples.heic])
def test_a_phone_photo_says_when_where_and_by_what(arrived, make):
    data = make(exif=samples.exif(software="Adobe Photoshop 26.0").tobytes())
    facts = facts_of(arrived(data), FileType.JPEG if make is samples.jpeg else FileType.HEIC)

    assert facts.taken_at == datetime(2025, 11, 20, 9, 30)  # noqa: DTZ001 - the camera's local time
    assert (facts.lon, facts.lat) == (106.75, 31.86)
    assert facts.software == "Adobe Photoshop 26.0"
    assert (facts.width, facts.height) == (640, 480)


def test_a_photo_without_exif_says_nothing_and_is_no_error(arrived):
    facts = facts_of(arrived(samples.jpeg()), FileType.JPEG)

    assert (facts.taken_at, facts.lon, facts.lat, facts.software) == (None, None, None, None)
    assert len(facts.dhash_text) == 16


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "    :  :     :  :  ", "", "昨天", "2025-11-20", "\0" * 19]
)
def test_a_camera_that_does_not_know_the_time_says_none(arrived, taken):
    data = samples.jpeg(exif=samples.exif(taken=taken).tobytes())
    assert facts_of(arrived(data), FileType.JPEG).taken_at is None


HOSTILE_POINTS = [
    {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
    {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (106.0, 0.0, 0.0)},
    {1: "N", 2: (31.0, 0.0), 3: "E", 4: (106.0, 0.0, 0.0)},
    {1: "北", 2: (31.0, 0.0, 0.0), 3: "E", 4: (106.0, 0.0, 0.0)},
    {2: (31.0, 0.0, 0.0), 4: (106.0, 0.0, 0.0)},
    {1: "N", 2: (31.0, 0.0, 0.0), 3: "E", 4: (IFDRational(1, 0), 0.0, 0.0)},
]


@pytest.mark.parametrize("point", HOSTILE_POINTS)
def test_a_place_that_cannot_be_is_none(arrived, point):
    tags = samples.exif(point=False)
    tags.get_ifd(0x8825).update(point)
    image = Image.new("RGB", (8, 8))
    image.info["exif"] = tags.tobytes()
    facts = tags_of(image)

    assert (facts.lon, facts.lat) == (None, None)


def test_south_and_west_are_negative():
    tags = samples.exif()
    tags.get_ifd(0x8825).update({1: "S", 3: "W"})
    image = Image.new("RGB", (8, 8))
    image.info["exif"] = tags.tobytes()

    assert (tags_of(image).lon, tags_of(image).lat) == (-106.75, -31.86)


@pytest.mark.filterwarnings("ignore")  # the decoder's own remarks on each block
def test_ten_thousand_mutilated_exif_blocks_never_raise():
    whole = samples.exif(software="x" * 50).tobytes()
    chance = random.Random(7)  # noqa: S311 - the same trials every time
    for _ in range(10_000):
        block = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            block[chance.randrange(len(block))] = chance.randrange(256)
        image = Image.new("RGB", (1, 1))
        image.info["exif"] = bytes(block[: chance.randint(0, len(block))])
        tags = tags_of(image)
        assert tags.lat is None or -90 <= tags.lat <= 90
        assert tags.orientation in range(1, 9)


def test_the_name_of_a_program_is_one_short_line(arrived):
    data = samples.jpeg(exif=samples.exif(software="a\r\n\u202eb\t" + "c" * 500).tobytes())
    software = facts_of(arrived(data), FileType.JPEG).software

    assert len(software) <= 120
    assert software.isprintable()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stored_on_its_side_is_shown_and_compared_upright(arrived, orientation):
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the turn that the viewer undoes
    upright = samples.picture()
    stored = upright.transpose(back[orientation]) if orientation in back else upright
    data = samples.encoded(
        stored, "JPEG", quality=95, exif=samples.exif(orientation=orientation).tobytes()
    )
    done = examine(arrived(data), "a.jpg", edges=(320,))

    assert (done.facts.width, done.facts.height) == (640, 480)
    assert Image.open(io.BytesIO(done.previews[320])).size == (320, 240)
    assert apart(done.facts.dhash, dhash(upright)) <= 2


@pytest.mark.parametrize("edge", [320, 1280])
def test_a_preview_fits_its_edge_and_is_never_enlarged(arrived, edge):
    large = samples.encoded(samples.picture(4000, 3000), "JPEG", quality=80)
    small = samples.encoded(samples.picture(100, 80), "PNG")

    preview = Image.open(io.BytesIO(make_preview(arrived(large), FileType.JPEG, edge=edge)))
    assert preview.size == (edge, edge * 3 // 4)
    preview = Image.open(io.BytesIO(make_preview(arrived(small), FileType.PNG, edge=edge)))
    assert preview.size == (100, 80)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF", "WEBP"])
def test_a_preview_carries_no_metadata(arrived, kind):
    options = {"exif": samples.exif(software=SECRET).tobytes(), "icc_profile": SECRET.encode()}
    options |= {"comment": SECRET} if kind == "JPEG" else {}
    options |= {"xmp": f"<x>{SECRET}</x>".encode()} if kind in ("JPEG", "WEBP") else {}
    image = samples.picture()
    data = samples.encoded(image, kind, **options)
    file_type = FileType.HEIC if kind == "HEIF" else FileType[kind]
    preview = make_preview(arrived(data), file_type, edge=320)

    assert SECRET.encode() in data
    assert SECRET.encode() not in preview
    assert b"Exif" not in preview
    opened = Image.open(io.BytesIO(preview))
    assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_colour_has_a_preview(arrived, mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    grey = samples.picture().convert("L")
    image = grey.convert("I").point(lambda tone: tone * 257) if mode == "I;16" else grey
    data = samples.encoded(image.convert(mode), kind)
    done = examine(arrived(data), f"a.{kind.lower()}", edges=(320,))
    preview = Image.open(io.BytesIO(done.previews[320])).convert("L")

    assert preview.size == (320, 240)
    if mode != "1":
        assert apart(dhash(preview), dhash(grey)) <= 2


def test_a_see_through_picture_lies_on_white(arrived):
    data = samples.encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG")
    preview = Image.open(io.BytesIO(make_preview(arrived(data), FileType.PNG, edge=320)))

    assert preview.getpixel((20, 20)) == (255, 255, 255)


def test_a_document_has_no_preview(arrived):
    assert make_preview(arrived(samples.pdf()), FileType.PDF, edge=320) is None


@pytest.mark.parametrize("quality", [40, 75, 95])
def test_the_same_picture_sent_through_a_messenger_looks_the_same(arrived, quality):
    original = samples.picture(2000, 1500)
    first = facts_of(arrived(samples.encoded(original, "PNG")), FileType.PNG)
    again = samples.encoded(original.resize((1000, 750)), "JPEG", quality=quality)
    second = facts_of(arrived(again), FileType.JPEG)

    assert apart(first.dhash, second.dhash) <= NEAR // 2


def test_another_picture_looks_different():
    other = samples.picture().transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert apart(dhash(samples.picture()), dhash(other)) > FAR


def test_a_blank_scan_is_like_nothing():
    assert dhash(Image.new("RGB", (600, 800), "white")) is None


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_a_distance_counts_the_bits_that_differ(one, other):
    counted = sum(a != b for a, b in zip(f"{one:064b}", f"{other:064b}", strict=True))
    assert apart(one, other) == counted == apart(other, one)
