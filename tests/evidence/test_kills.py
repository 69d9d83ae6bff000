"""A process killed at any moment of taking a file in loses nothing that it acknowledged."""

from people import PASSWORD
from standing import token_of
from tally import tell
from trials import trials

from bench.data import Ground
from bench.files import equal
from bench.files.kills import run
from issues.evidence.refusals import NoSpace
from issues.vocabulary import Status

KILLS, LONGEST = trials(5, 200), 0.6
"""Each is killed within so many seconds of its first word; a file is taken in in a part of one."""
EQUAL = trials(15, 10_000)


def test_nothing_acknowledged_is_lost_or_altered_by_kills(app, place, database, make_issue):
    issue = make_issue(Status.RECTIFYING)
    settings = place.config()
    environ = {
        "DATABASE_URL": settings.database_url,
        "EVIDENCE_URL": settings.evidence_url,
        "SECRET_KEY": settings.secret_key,
        "DEMO": "1",
        "DEMO_PASSWORD": PASSWORD,
        "TODAY": "2025-11-25",
        "BENCH_ISSUE": issue.number,
    }

    tally = run(environ, KILLS, longest=LONGEST)

    assert tally.kills == KILLS
    assert tally.acknowledged > 0
    assert (tally.lost, tally.altered, tally.half) == (0, 0, 0)
    tell(1, f"收件程序被强制终止，已确认的{tally.acknowledged}份", KILLS, [], database)


def test_files_of_every_size_come_back_byte_for_byte(app, place, database, make_issue, people):
    """Here a small share, as `python -m bench.files.equal` sends and takes out again."""
    settings = place.config()
    environ = {
        "DATABASE_URL": settings.database_url,
        "EVIDENCE_URL": settings.evidence_url,
        "SECRET_KEY": settings.secret_key,
        "DEMO": "1",
        "DEMO_PASSWORD": PASSWORD,
    }
    token, number = token_of("sun"), make_issue(Status.RECTIFYING).number
    ground = Ground(environ, {"tokens": [token], "open": [number]}, {})

    tally = equal.run(ground, EQUAL, print)

    assert (tally.sent, tally.equal) == (EQUAL, EQUAL)
    tell(5, "收入又取回的文件", EQUAL, [], database)


def test_a_full_disk_says_so_and_leaves_no_half_file(tmp_path):
    """The limit on a file's size answers as a full disk does, at every size up to the file's."""
    import io  # noqa: PLC0415 - beside the limits they are for
    import resource  # noqa: PLC0415
    import signal  # noqa: PLC0415

    import pytest  # noqa: PLC0415

    from issues.evidence.storage.local import LocalStore  # noqa: PLC0415

    store, data = LocalStore(tmp_path / "kept", reserve=0), bytes(range(256)) * 512
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        for limit in range(0, len(data), 8192):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
            with pytest.raises(NoSpace):
                store.put(io.BytesIO(data), limit=len(data))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)

    assert list(store.digests()) == []
    assert list(store.incoming.glob("*")) == []
    assert store.exists(store.put(io.BytesIO(data), limit=len(data)).sha256)
