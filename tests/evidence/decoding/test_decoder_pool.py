"""Processes that decode one photo after another, and are replaced whenever one is not plain."""

import socket

import pytest

from issues.evidence.decoding import decoder_pool as picture_crew
from issues.evidence.decoding.decoder_fork import Nursery
from issues.evidence.decoding.decoder_pool import Crew
from tests.evidence import samples

SECONDS = 9
DONE, OTHER_KIND, BROKEN = 0, 10, 12

pytestmark = pytest.mark.skipif(picture_crew.CREW is None, reason="没有 fork 的系统")


class Counted(Nursery):
    """A nursery that remembers whom it gave away."""

    def __init__(self):
        super().__init__()
        self.doors = []

    def hire(self):
        self.doors.append(super().hire())
        return self.doors[-1]

    @property
    def hired(self):
        return len(self.doors)


@pytest.fixture
def nursery():
    nursery = Counted()
    yield nursery
    nursery.end()


@pytest.fixture
def crew(nursery):
    crew = Crew(nursery)
    yield crew
    crew.end()


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "照片.jpg"
    path.write_bytes(samples.jpeg())
    return [str(path), "JPEG"]


def test_plain_photos_are_decoded_by_one_process(crew, nursery, photo):
    said = [crew.ask(photo, SECONDS) for _ in range(5)]

    assert {one[0] for one in said} == {DONE}
    assert len(set(said)) == 1
    assert nursery.hired == 1


def test_a_file_of_another_kind_is_a_plain_answer(crew, nursery, photo):
    assert crew.ask([photo[0], "PNG"], SECONDS)[0] == OTHER_KIND
    assert crew.ask(photo, SECONDS)[0] == DONE
    assert nursery.hired == 1


def test_a_broken_photo_costs_its_process_and_nobody_else(crew, nursery, photo, tmp_path):
    broken = tmp_path / "断.jpg"
    broken.write_bytes(samples.jpeg()[:-400])

    assert crew.ask(photo, SECONDS)[0] == DONE
    assert crew.ask([str(broken), "JPEG"], SECONDS)[0] == BROKEN
    assert crew.ask(photo, SECONDS)[0] == DONE
    assert nursery.hired == 2


def test_who_is_too_slow_is_given_up_and_replaced(crew, nursery, photo):
    assert crew.ask(photo, 0) == b""
    assert crew.ask(photo, SECONDS)[0] == DONE
    assert nursery.hired == 2


def test_a_process_is_replaced_after_so_many_files(crew, nursery, photo, monkeypatch):
    monkeypatch.setattr(picture_crew, "FILES_EACH", 3)

    for _ in range(7):
        assert crew.ask(photo, SECONDS)[0] == DONE

    assert nursery.hired == 3


def test_a_process_that_ended_meanwhile_is_replaced_unseen(crew, nursery, photo):
    assert crew.ask(photo, SECONDS)[0] == DONE
    nursery.doors[0].shutdown(socket.SHUT_RDWR)

    assert crew.ask(photo, SECONDS)[0] == DONE
    assert nursery.hired == 2


def test_the_previews_asked_for_come_along(crew, photo):
    said = crew.ask([*photo, "320", "1280"], SECONDS)

    assert said[0] == DONE
    assert said.count(b"\xff\xd8\xff") == 2
