"""The results table's model: cells, order, filter, and how changes are announced."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt

from paradigm_gui.core.batch import Attempt, RequestState, Row
from paradigm_gui.models import results_model
from paradigm_gui.models.results_model import DISPLAY_LENGTH, Column, ResultsModel, one_line

DONE, FAILED, CANCELLED = RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED
QUEUED, SENT, STREAMING = RequestState.QUEUED, RequestState.SENT, RequestState.STREAMING
ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture(autouse=True)
def english(qapp):
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def model(make_run):
    run = make_run(
        ("Cy", DONE, "gamma"),
        ("ada", DONE, "alpha"),
        ("Bo", FAILED, ""),
        ("Éd", QUEUED, ""),
        ("Di", STREAMING, "half"),
    )
    (arm,) = run.arms.values()
    model = ResultsModel()
    model.show_arm(arm)
    return model


def cells(model, column):
    return [model.index(row, column).data() for row in range(model.rowCount())]


def order(model):
    return [model.row_at(place) for place in range(model.rowCount())]


def test_it_keeps_qts_rules(model, qtmodeltester):
    qtmodeltester.check(model)


def test_a_row_in_cells(model):
    row = [model.index(0, column).data() for column in Column]
    assert row[:2] == ["1", "Cy"]
    assert row[3:] == ["gamma", "0.01", "0.10", "0.12", "1", "1", "", ""]
    assert all(cells(model, Column.STATE))
    assert len(set(cells(model, Column.STATE))) == 4
    assert "<b>too rude</b>" in cells(model, Column.ANSWER)[2]
    assert [model.index(3, column).data() for column in list(Column)[3:]] == [""] * 8
    icon = model.index(0, Column.STATE).data(Qt.ItemDataRole.DecorationRole)
    assert not icon.pixmap(16).isNull()


def test_what_is_in_flight_follows_the_clock(model):
    model.refresh([4], 53.0)
    assert cells(model, Column.SERVICE)[4] == "2.98"
    assert cells(model, Column.TTFT)[4] == "0.01"
    assert cells(model, Column.RESPONSE)[4] == ""


def test_a_change_is_announced_once_for_neighbours(model):
    announced = []
    model.dataChanged.connect(lambda first, last, _roles: announced.append((first.row(), last.row())))
    model.refresh({0, 1, 2, 4}, 51.0)
    assert announced == [(0, 2), (4, 4)]


def test_a_cell_is_read_again_only_when_its_row_changed(model):
    request = model.request_at(3)
    assert cells(model, Column.ATTEMPTS)[3] == ""
    request.attempts.append(Attempt(50.0))
    assert cells(model, Column.ATTEMPTS)[3] == ""
    model.refresh([3], 51.0)
    assert cells(model, Column.ATTEMPTS)[3] == "1"


def test_rows_are_ordered_by_value(model):
    model.sort(Column.INPUT, ASCENDING)
    assert cells(model, Column.INPUT) == ["ada", "Bo", "Cy", "Di", "Éd"]
    model.sort(Column.NUMBER, DESCENDING)
    assert order(model) == [4, 3, 2, 1, 0]
    model.sort(Column.NUMBER, ASCENDING)
    assert order(model) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("column", "known"),
    [(Column.SERVICE, [0, 1]), (Column.RESPONSE, [0, 1, 2]), (Column.TOKENS, [0, 1])],
)
def test_what_has_no_value_comes_last_either_way(model, column, known):
    unknown = [row for row in range(5) if row not in known]
    model.sort(column, ASCENDING)
    assert order(model) == known + unknown
    model.sort(column, DESCENDING)
    assert order(model) == known[::-1] + unknown


def test_the_filter_looks_in_inputs_and_answers_without_case(model):
    model.show_only("ALPHA", ())
    assert order(model) == [1]
    model.show_only(" éD ", ())
    assert order(model) == [3]
    model.show_only("", (FAILED, QUEUED))
    assert order(model) == [2, 3]
    assert [model.place_of(row) for row in range(5)] == [None, None, 0, 1, None]
    model.show_only("", (), {4, 2, 99})
    assert order(model) == [2, 4]
    model.show_only("", (FAILED,), {4, 2})
    assert order(model) == [2]
    model.show_only("", (), set())
    assert order(model) == []
    model.show_only("nothing like it", ())
    assert (order(model), model.total) == ([], 5)
    model.show_only("", ())
    assert order(model) == [0, 1, 2, 3, 4]


def test_rows_keep_their_places_while_they_change(model):
    model.show_only("", (QUEUED,))
    request = model.request_at(0)
    request.state = CANCELLED
    announced = []
    model.dataChanged.connect(lambda first, last, _roles: announced.append((first.row(), last.row())))
    model.refresh({0, 3}, 51.0)
    assert order(model) == [3]
    assert announced == [(0, 0)]
    model.arrange()
    assert order(model) == []


def test_numbers_follow_the_locale(model):
    QLocale.setDefault(QLocale("fr_FR"))
    model.retranslate()
    assert cells(model, Column.SERVICE)[0] == "0,10"


def test_every_column_has_a_title_and_an_explanation(model):
    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        texts = [model.headerData(column, Qt.Orientation.Horizontal, role) for column in Column]
        assert all(texts)
        assert len(set(texts)) == len(Column)
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert [column for column, title in zip(Column, titles, strict=True) if not title] == [Column.MARK]
    icon = model.headerData(Column.MARK, Qt.Orientation.Horizontal, Qt.ItemDataRole.DecorationRole)
    assert not icon.pixmap(16).isNull()


def test_one_line():
    assert one_line(" a\n\tb  c\u2028d ") == "a b c d"
    assert one_line("x" * DISPLAY_LENGTH) == "x" * DISPLAY_LENGTH
    long = one_line("x" * 100_000)
    assert (len(long), long[-1]) == (DISPLAY_LENGTH, "…")


def test_very_many_changes_are_told_of_at_once(qtbot, make_run):
    (arm,) = make_run(*[("x", QUEUED, "")] * 2500).arms.values()
    model = ResultsModel()
    model.show_arm(arm)
    assert model.index(7, Column.ANSWER).data() == ""
    told = []
    model.dataChanged.connect(lambda first, last, _: told.append((first.row(), last.row())))
    (after,) = make_run(*[("x", DONE, "y")] * 2500).arms.values()
    arm.requests[:] = after.requests
    model.refresh(set(range(2400)), 51.0)
    assert told == [(0, 2499)]
    assert model.index(7, Column.ANSWER).data() == "y"
    with qtbot.waitSignal(model.modelReset):
        model.show_only("nothing like it", ())
    model.refresh(set(range(2400)), 51.0)
    assert len(told) == 1


@pytest.fixture
def large(make_run, monkeypatch):
    """A table that is arranged in slices, as short as can be; every third row is done."""
    monkeypatch.setattr(results_model, "SLICE_S", 0.0)
    rows = [
        (f"Ñame {number % 100}", DONE, f"answer {number}") if number % 3 == 0 else ("x", FAILED, "")
        for number in range(5000)
    ]
    model = ResultsModel()
    model.show_arm(next(iter(make_run(*rows).arms.values())))
    return model


def after(qtbot, model, act, *arguments):
    """What is shown after something that arranges the rows anew, which takes more than a moment."""
    before = order(model)
    with qtbot.waitSignal(model.modelReset):
        act(*arguments)
        assert model.is_arranging
        assert order(model) == before
    assert not model.is_arranging
    assert [model.place_of(row) for row in order(model)] == list(range(model.rowCount()))
    return order(model)


def test_a_large_table_is_arranged_in_slices(qtbot, large):
    done = range(0, 5000, 3)
    assert after(qtbot, large, large.show_only, '"ANSWER 49"', ()) == [
        row for row in done if str(row).startswith("49")
    ]
    assert after(qtbot, large, large.show_only, "", (FAILED,)) == [row for row in range(5000) if row % 3]
    assert after(qtbot, large, large.show_only, "answer", (DONE,), {3, 4, 4998, 9999}) == [3, 4998]
    large.show_only("", ())
    assert order(large) == list(range(5000))
    by_name = sorted(done, key=lambda row: f"name {row % 100}")
    failed = [row for row in range(5000) if row % 3]
    assert after(qtbot, large, large.sort, Column.INPUT, ASCENDING) == by_name + failed
    assert after(qtbot, large, large.sort, Column.SERVICE, DESCENDING) == list(done)[::-1] + failed
    assert after(qtbot, large, large.sort, Column.NUMBER, DESCENDING) == list(range(5000))[::-1]


def test_what_is_asked_for_last_is_shown(qtbot, large):
    large.show_only("answer", ())
    for _ in range(20):
        large._take_slice()
    assert large.is_arranging
    assert after(qtbot, large, large.show_only, '"answer 3000"', ()) == [3000]
    large.show_only("answer", ())
    large.show_only("", ())
    assert not large.is_arranging
    assert len(order(large)) == 5000
    with qtbot.assertNotEmitted(large.modelReset, wait=50):
        pass


def test_an_arm_that_is_shown_meanwhile_is_the_one_that_is_searched(qtbot, large, make_run):
    (other,) = make_run(*[("x", DONE, f"other {number}") for number in range(5000)]).arms.values()
    large.show_only('"r 4321"', ())
    large.show_arm(other)
    assert after(qtbot, large, large.arrange) == [4321]
    (short,) = make_run(*[("x", DONE, f"short {number}") for number in range(3000)]).arms.values()
    large.show_arm(short)
    assert len(order(large)) == 3000
    assert after(qtbot, large, large.show_only, '"t 2"', (), {2, 2000, 4000}) == [2, 2000]


def test_rows_that_changed_are_looked_at_anew(qtbot, large):
    assert after(qtbot, large, large.show_only, "new", ()) == []
    large.sort(Column.ANSWER, DESCENDING)
    assert after(qtbot, large, large.show_only, "answer", ())[0] == 999
    for row in (4000, 4500):
        request = large._requests[row]
        request.state, request.completion = DONE, replace(large.request_at(0).completion, text=f"new {row}")
    large.refresh({4000, 4500}, 51.0)
    assert after(qtbot, large, large.show_only, "new", ()) == [4500, 4000]
    assert 4500 not in after(qtbot, large, large.show_only, "answer", ())
    large._requests[4500].completion = replace(large._requests[0].completion, text="newer")
    large.refresh(range(5000), 51.0)
    assert after(qtbot, large, large.show_only, "new", ()) == [4500, 4000]
    large._requests[4000].completion = replace(large._requests[0].completion, text="newest")
    large.refresh([4000], 51.0)
    assert after(qtbot, large, large.arrange) == [4000, 4500]


def test_texts_are_read_before_they_are_searched(qtbot, large, monkeypatch):
    folded = []
    fold = large._folded._make
    monkeypatch.setattr(large._folded, "_make", lambda block: folded.append(block) or fold(block))
    large.prepare_search()
    qtbot.waitUntil(lambda: sum(map(len, folded)) == 5000)
    assert after(qtbot, large, large.show_only, '"answer 3000"', ()) == [3000]
    assert sum(map(len, folded)) == 5000


def found(model, text):
    model.show_only(text, ())
    return order(model)


def test_case_and_accents_do_not_matter(model, make_run):
    texts = ["Straße", "STRASSE", "İstanbul", "e\u0301t\u00e9", "ÅNGSTRÖM", "文字", "Évreux"]
    model.show_arm(next(iter(make_run(*[("x", DONE, text) for text in texts]).arms.values())))
    assert found(model, "strasse") == found(model, "ß") == [0, 1]
    assert found(model, "istanbul") == [2]
    assert found(model, "ete") == [3]
    assert found(model, "angstrom") == [4]
    assert found(model, "字") == [5]
    assert found(model, "evreux") == found(model, "ÉVREUX") == [6]
    assert found(model, "xS") == []


def test_words_are_found_in_any_order_and_column(make_run):
    run = make_run(("Le Havre", DONE, "ships and sea"), ("Havre", DONE, "le ships"), ("Lyon", FAILED, ""))
    run.remarks.comment(0, "Call Ada")
    model = ResultsModel()
    model.show_arm(next(iter(run.arms.values())), (), run.remarks)
    assert found(model, "sea havre ADA") == [0]
    assert found(model, "havre le") == [0, 1]
    assert found(model, '"le havre"') == [0]
    assert found(model, '"havre le"') == []
    model.show_only("", ())
    error = cells(model, Column.ANSWER)[2]
    assert found(model, f'"{error}"') == found(model, "rude") == [2]


def test_errors_are_found_in_the_language_they_are_shown_in(model, monkeypatch):
    assert found(model, "zu unhöflich") == []
    monkeypatch.setattr(results_model.wording, "error_in_short", lambda _error: "Zu unhöflich")
    model.retranslate()
    assert found(model, "zu unhoflich") == [2]


INPUTS = ("name", "price", "note")


@pytest.fixture
def with_inputs(make_run):
    """A table of three columns, in another order than the rows have them, with a field of the answers."""
    run = make_run(*((name, DONE, f'{{"n": "{name}"}}') for name in ("Ada", "Bo", "Cy", "Di")))
    (arm,) = run.arms.values()
    for request, price in zip(arm.requests, ("10", "9,5", "", "free"), strict=True):
        variables = {"note": f"about {request.row.variables['name']}\n" * 90, "price": price}
        request.row = Row(request.index, {**variables, **request.row.variables})
    model = ResultsModel()
    model.show_arm(arm, ("n",), run.remarks, INPUTS)
    return model


def test_every_input_column_has_a_column(with_inputs, qtmodeltester):
    qtmodeltester.check(with_inputs)
    first, price, note = with_inputs.input_columns
    assert (first, list(with_inputs.field_columns)) == (Column.INPUT, [note + 1])
    titles = [with_inputs.headerData(column, Qt.Orientation.Horizontal) for column in (first, price, note)]
    assert titles == list(INPUTS)
    tip = with_inputs.headerData(price, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "“price”" in tip
    assert cells(with_inputs, first) == cells(with_inputs, note + 1) == ["Ada", "Bo", "Cy", "Di"]
    assert cells(with_inputs, price) == ["10", "9,5", "", "free"]
    assert len(cells(with_inputs, note)[0]) == DISPLAY_LENGTH
    assert with_inputs.text_of(1, note) == "about Bo\n" * 90
    assert with_inputs.text_of(1, price) == "9,5"


def test_input_columns_are_sorted_numbers_as_numbers(with_inputs):
    price = with_inputs.input_columns[1]
    with_inputs.sort(price, ASCENDING)
    assert order(with_inputs) == [1, 0, 3, 2]
    with_inputs.sort(price, DESCENDING)
    assert order(with_inputs) == [3, 0, 1, 2]
    assert found(with_inputs, "free ada") == []
    assert found(with_inputs, "free di") == [3]


def test_other_columns_forget_what_was_sorted_by(with_inputs, make_run):
    with_inputs.sort(with_inputs.input_columns[1], DESCENDING)
    run = make_run(("b", DONE, "x"), ("a", DONE, "y"))
    with_inputs.show_arm(next(iter(run.arms.values())), ("f",), None, ("name", "other"))
    assert order(with_inputs) == [0, 1]


def test_what_failed_is_copied_as_it_is_shown(model):
    assert model.text_of(2, Column.ANSWER) == cells(model, Column.ANSWER)[2]


@pytest.fixture
def with_fields(make_run):
    texts = (
        '{"n": 10, "t": "b"}',
        '{"n": 9, "t": ["x"]}',
        '{"t": null}',
        "no JSON",
        '{"n": "many", "t": "Á"}',
    )
    run = make_run(
        *((f"row {number}", DONE, text) for number, text in enumerate(texts)), ("f", FAILED, texts[0])
    )
    model = ResultsModel()
    model.show_arm(next(iter(run.arms.values())), ("n", "t"))
    return model


def test_fields_of_answers_are_columns(with_fields, qtmodeltester):
    qtmodeltester.check(with_fields)
    assert with_fields.columnCount() == len(Column) + 2
    assert cells(with_fields, len(Column)) == ["10", "9", "", "", "many", ""]
    assert cells(with_fields, len(Column) + 1) == ["b", '["x"]', "", "", "Á", ""]
    assert with_fields.headerData(len(Column), Qt.Orientation.Horizontal) == "n"
    tip = with_fields.headerData(len(Column), Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "“n”" in tip


def test_fields_are_sorted_by_their_values(with_fields):
    with_fields.sort(len(Column), ASCENDING)
    assert order(with_fields) == [1, 0, 4, 2, 3, 5]
    with_fields.sort(len(Column), DESCENDING)
    assert order(with_fields) == [4, 0, 1, 2, 3, 5]
    with_fields.sort(len(Column) + 1, ASCENDING)
    assert order(with_fields) == [1, 4, 0, 2, 3, 5]


def test_an_arm_without_the_field_that_was_sorted_by_is_in_its_order(with_fields, make_run):
    with_fields.sort(len(Column), DESCENDING)
    run = make_run(("b", DONE, "x"), ("a", DONE, "y"))
    with_fields.show_arm(next(iter(run.arms.values())))
    assert order(with_fields) == [0, 1]


def test_a_huge_answer_is_not_taken_apart_in_the_table(make_run):
    run = make_run(("a", DONE, '{"n": "' + "x" * 300_000 + '"}'))
    model = ResultsModel()
    model.show_arm(next(iter(run.arms.values())), ("n",))
    assert model.index(0, len(Column)).data() == ""


def test_what_is_noted_on_a_row_is_asked_for(make_run, qtmodeltester):
    run = make_run(("a", DONE, "x"), ("b", DONE, "y"))
    (arm,) = run.arms.values()
    model = ResultsModel()
    model.show_arm(arm, (), run.remarks)
    qtmodeltester.check(model)
    asked = []
    model.mark_requested.connect(lambda row, is_marked: asked.append((row, is_marked)))
    model.comment_requested.connect(lambda row, text: asked.append((row, text)))
    model.sort(Column.NUMBER, DESCENDING)
    mark, comment = (model.index(0, column) for column in (Column.MARK, Column.COMMENT))
    check = Qt.ItemDataRole.CheckStateRole
    assert model.setData(mark, Qt.CheckState.Checked, check)
    assert model.setData(mark, Qt.CheckState.Unchecked, check)
    assert model.setData(comment, "why?")
    assert asked == [(1, True), (1, False), (1, "why?")]
    for index, value, role in ((mark, "x", Qt.ItemDataRole.EditRole), (comment, 2, check)):
        assert not model.setData(index, value, role)
    assert not model.setData(model.index(0, Column.ANSWER), "forged")
    assert not model.index(0, Column.ANSWER).flags() & Qt.ItemFlag.ItemIsEditable
    run.remarks.mark([1], is_marked=True)
    run.remarks.comment(1, "y" * 500)
    told = []
    model.dataChanged.connect(lambda first, last, _roles: told.append((first.row(), last.row())))
    model.renew({1})
    assert told == [(0, 0)]
    assert mark.data(check) == Qt.CheckState.Checked
    assert len(comment.data()) == DISPLAY_LENGTH
    assert comment.data(Qt.ItemDataRole.EditRole) == model.text_of(0, Column.COMMENT) == "y" * 500
