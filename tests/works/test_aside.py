"""How far a piece is, told beside the one writer that SQLite has."""

from extensions import db, transaction
from issues.models import LongWork
from issues.vocabulary import WorkKind
from issues.works import asking, claiming
from issues.works.aside import Aside, Said, heard


def test_what_the_holder_tells_is_heard_and_nobody_elses(app, people, tmp_path, monkeypatch):
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    with transaction():
        work_id = asking.begin(people.zhou, WorkKind.ROUND, {"round": 1}).id
    claiming.claim("mine")
    work = db.session.get_one(LongWork, work_id)
    mine, before = Aside(app, work_id, "mine"), Said("", 0, 0)
    assert heard(app, work) == before

    mine.tell(Said("逐件挂牌", 3, 9))

    assert heard(app, work) == Said("逐件挂牌", 3, 9)
    Aside(app, work_id, "dead").tell(Said("逐件挂牌", 8, 9))
    assert heard(app, work) == before, "of a holder that lost the piece"
    (tmp_path / "works" / f"{work_id}.json").write_text("{", "utf-8")
    assert heard(app, work) == before
    mine.forget()
    mine.forget()
    assert list((tmp_path / "works").iterdir()) == []
