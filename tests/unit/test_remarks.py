from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.remarks import MOST_CHARACTERS, NO_REMARK, Remark, Remarks

BOTH = Remark(is_marked=True, comment="why?")


def state(remarks):
    return {row: remarks.of(row) for row in range(6) if remarks.of(row) != NO_REMARK}


def test_rows_are_marked_together_and_their_comments_stay():
    remarks = Remarks({1: Remark(comment="why?"), 2: Remark(is_marked=True)})
    assert remarks.mark({1, 2, 3}, is_marked=True) == {1, 3}
    assert state(remarks) == {1: BOTH, 2: Remark(True), 3: Remark(True)}
    assert (remarks.marked, remarks.commented) == ({1, 2, 3}, {1})
    assert remarks.mark([1, 2, 5], is_marked=False) == {1, 2}
    assert state(remarks) == {1: Remark(comment="why?"), 3: Remark(True)}


def test_a_comment_is_one_line():
    remarks = Remarks()
    assert remarks.comment(0, "  two\r\nlines\u2028and\ta tab ") == {0}
    assert remarks.of(0).comment == "two lines and a tab"
    assert remarks.comment(0, "two lines and a tab\n") == frozenset()
    remarks.comment(1, "x" * 5000)
    assert len(remarks.of(1).comment) == MOST_CHARACTERS
    assert remarks.comment(0, " \n ") == {0}
    assert remarks.of(0) is NO_REMARK


def test_there_are_remarks_until_the_last_one_is_taken_away():
    remarks = Remarks()
    assert not remarks
    remarks.mark([4], is_marked=True)
    remarks.comment(4, "x")
    remarks.mark([4], is_marked=False)
    assert remarks
    remarks.comment(4, "")
    assert not remarks


def test_changes_are_taken_back_one_after_the_other():
    remarks = Remarks({0: Remark(comment="as it was kept")})
    assert not remarks.can_undo
    remarks.mark([0, 1], is_marked=True)
    remarks.comment(1, "a")
    remarks.comment(1, "b")
    remarks.mark([1], is_marked=True)  # which it is: nothing to take back
    assert remarks.undo() == {1}
    assert remarks.of(1) == Remark(True, "a")
    assert [remarks.undo(), remarks.undo()] == [{1}, {0, 1}]
    assert state(remarks) == {0: Remark(comment="as it was kept")}
    assert (remarks.can_undo, remarks.undo()) == (False, frozenset())
    assert remarks.redo() == {0, 1}
    assert state(remarks) == {0: Remark(True, "as it was kept"), 1: Remark(True)}
    remarks.mark([3], is_marked=True)
    assert (remarks.can_redo, remarks.redo()) == (False, frozenset())


CHANGES = st.lists(
    st.tuples(st.just("mark"), st.sets(st.integers(0, 5)), st.booleans())
    | st.tuples(st.just("comment"), st.integers(0, 5), st.sampled_from(["", "a", "b"])),
    max_size=12,
)


@given(CHANGES)
def test_undo_and_redo_go_through_the_same_states(changes):
    remarks = Remarks()
    states = [state(remarks)]
    for what, *arguments in changes:
        before = state(remarks)
        if what == "mark":
            changed = remarks.mark(arguments[0], is_marked=arguments[1])
        else:
            changed = remarks.comment(*arguments)
        after = state(remarks)
        assert changed == {row for row in range(6) if before.get(row) != after.get(row)}
        if changed:
            states.append(after)
    for expected in states[-2::-1]:
        remarks.undo()
        assert state(remarks) == expected
    assert not remarks.can_undo
    for expected in states[1:]:
        remarks.redo()
        assert state(remarks) == expected
    assert not remarks.can_redo
