"""How far a backup is: files and bytes, never more than there are, told to everyone who listens."""

import sys

from hypothesis import given, strategies as st

from issues.backups.course import Step, counted, listening
from issues.commands.upkeep.progress import bars, line


@given(st.dictionaries(st.text(max_size=4), st.integers(0, 2**40), max_size=20))
def test_it_grows_to_all_of_it_and_every_name_comes_once(sizes):
    inner, outer = [], []
    with listening(outer.append), listening(inner.append):
        assert list(counted("备份材料", sizes)) == list(sizes)

    assert inner == outer
    assert [step.files for step in inner] == list(range(len(sizes) + 1))
    assert [step.size for step in inner] == sorted(step.size for step in inner)
    last = inner[-1]
    assert (last.files, last.size) == (last.all_files, last.all_size)
    assert last.all_size == sum(sizes.values())


def test_a_terminal_is_shown_a_bar_and_a_log_nothing(capsys, monkeypatch):
    sizes = dict.fromkeys("abcd", 1024 * 1024)
    with bars():
        list(counted("备份材料", sizes))
    assert capsys.readouterr().err == ""

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with bars():
        list(counted("备份材料", sizes))
    shown = capsys.readouterr().err
    assert "备份材料 2/4，2.0 MB/4.0 MB [############------------]" in shown
    assert shown.endswith("\n")
    assert line(Step("核对数据表", 3, 9)) == "核对数据表 3/9"
