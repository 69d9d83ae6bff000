"""Undo and redo over versions that only grow; words compared; a text that comes back aligned."""

import hypothesis.strategies as st
import notice_facts
from hypothesis import given, settings

from issues.notices import kinds
from issues.notices.desk.annex.putting import read_table
from issues.notices.desk.overlay import standing
from issues.notices.desk.taking_in import What, accepted, changes
from issues.notices.desk.versions import Step, stacks
from issues.notices.desk.words import compared
from issues.notices.page.document import Level, Paragraph
from issues.vocabulary.desk import DeskAct

COMPOSED = kinds.composed(notice_facts.red_card())
TEXT = st.text("甲乙丙丁。2.4 mg/L\n", max_size=40)


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=40))
def test_undo_and_redo_lead_where_a_list_of_states_would(acts):
    steps, states, place, made = [Step(1, DeskAct.BEGIN)], [1], 0, 1
    for act in acts:
        found = stacks(steps)
        if (act == "undo" and not found.undo) or (act == "redo" and not found.redo):
            continue
        made += 1
        if act == "edit":
            steps.append(Step(made, DeskAct.WRITE))
            states, place = [*states[: place + 1], made], place + 1
        else:
            steps.append(Step(made, DeskAct.UNDO if act == "undo" else DeskAct.REDO))
            place += -1 if act == "undo" else 1
        now = stacks(steps)
        assert now.now == states[place]
        assert now.undo == states[:place]
        assert now.redo == states[place + 1 :][::-1]


@given(TEXT, TEXT)
def test_a_compare_holds_both_texts_whole(before, after):
    parts = compared(before, after)
    assert "".join(part.text for part in parts if part.kind != "new") == before
    assert "".join(part.text for part in parts if part.kind != "old") == after


def test_a_figure_is_compared_as_one_word():
    parts = compared("氨氮2.4mg/L，超标。", "氨氮2.6mg/L，超标。")
    assert [part.text for part in parts if part.kind != "same"] == ["2.4mg/L", "2.6mg/L"]


def told(desk):
    return [Paragraph(one.text, one.level) for one in standing(COMPOSED, desk)]


def test_a_file_that_was_not_changed_says_nothing():
    assert {one.what for one in changes(standing(COMPOSED, {}), told({}))} == {What.KEPT}


def test_what_was_changed_added_and_struck_is_told_and_taken_in():
    stands, file = standing(COMPOSED, {}), told({})
    file[2] = Paragraph(file[2].text.replace("市级暗访督导", "市级暗访检查"), Level.SECOND)
    del file[3]
    file.insert(5, Paragraph("3. 请高度重视，亲自部署。"))
    found = changes(stands, file)
    assert sorted(one.what for one in found if one.what is not What.KEPT) == [
        What.ADDED, What.CHANGED, What.STRUCK,
    ]  # fmt: skip
    desk, _ = accepted(COMPOSED, {}, found, {one.token for one in found})
    said = [one.text for one in standing(COMPOSED, desk) if not one.is_struck]
    assert [one.text.removeprefix("3. ") for one in file] == said
    added = next(one for one in standing(COMPOSED, desk) if one.is_own)
    assert added.level is Level.THIRD


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_the_file_says_all_of_it_accepted_is_the_file_and_none_of_it_is_the_draft(data):
    file = [p for p in told({}) if data.draw(st.booleans())]
    for text in data.draw(st.lists(st.text("戊己庚辛", min_size=3, max_size=9), max_size=4)):
        file.insert(data.draw(st.integers(0, len(file))), Paragraph(text))
    found = changes(standing(COMPOSED, {}), file)
    desk, _ = accepted(COMPOSED, {}, found, {one.token for one in found})
    after = standing(COMPOSED, desk)
    assert [one.text for one in after if not one.is_struck] == [one.text for one in file]
    assert {piece.key for piece in COMPOSED} <= {one.key for one in after}
    assert accepted(COMPOSED, {}, found, set())[0] == {}


def test_cells_copied_from_a_sheet_are_read():
    assert read_table('点位\t氨氮\r\n"上游\n断面"\t"说""清"""\r\n下游\r\n') == [
        ["点位", "氨氮"], ["上游\n断面", '说"清"'], ["下游", ""],
    ]  # fmt: skip


@given(
    st.lists(
        st.lists(st.text('甲1\t\n"', max_size=4), min_size=2, max_size=3), min_size=1, max_size=4
    )
)
def test_no_pasted_text_breaks_the_reader(rows):
    pasted = "\n".join("\t".join(row) for row in rows)
    found = read_table(pasted)
    assert len({len(row) for row in found}) == 1
