"""The French texts: complete, true to their sources, switched live, and given the room they need."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTabWidget,
    QWidget,
)

from paradigm_gui import wording
from paradigm_gui.core.batch import (
    Arm,
    ArmKind,
    Attempt,
    Batch,
    Completion,
    Limits,
    Parameters,
    Request,
    RequestState,
    Row,
    Run,
    Template,
)
from paradigm_gui.core.batch_file import read_batch_file
from paradigm_gui.core.endpoints import PARADIGM, Endpoint
from paradigm_gui.core.errors import ErrorKind, RequestError
from paradigm_gui.resources import example_path, translation_path
from paradigm_gui.widgets.connection_dialog import ConnectionDialog
from paradigm_gui.widgets.main_window import SMALLEST_SIZE, MainWindow

PLACEHOLDER = re.compile(r"\{\w+\}")
DEMO = Endpoint("Demo", "", model="alfred-demo", is_demo=True)
STRETCH = 0.4
COUNTS = (0, 1, 2, 20)


def messages(language):
    """Context, source, the forms of the translation, and whether it has plural forms, from the .ts file."""
    found = []
    for context in ET.parse(translation_path(language).with_suffix(".ts")).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [form.text or "" for form in translation.findall("numerusform")]
            found.append(
                (
                    context.findtext("name"),
                    message.findtext("source"),
                    forms or [translation.text or ""],
                    bool(forms),
                )
            )
    return found


FRENCH = messages("fr")


class Language:
    """Lets the program speak a language, as the running program does when one is chosen."""

    def __init__(self, app):
        self._app = app
        self._before = QLocale()
        self._translator = None

    def speak(self, language):
        translator = QTranslator()
        assert translator.load(str(translation_path(language)))
        self.use(translator, QLocale(language))

    def use(self, translator, locale):
        self._leave()
        QLocale.setDefault(locale)
        self._translator = translator
        assert self._app.installTranslator(translator)
        self._app.processEvents()

    def close(self):
        self._leave()
        QLocale.setDefault(self._before)
        self._app.processEvents()

    def _leave(self):
        if self._translator:
            self._app.removeTranslator(self._translator)
            self._translator = None


class Stretched(QTranslator):
    """A language in which every text is two fifths longer than in English."""

    def isEmpty(self):  # noqa: N802 - a Qt virtual
        return False

    def translate(self, _context, source, _disambiguation=None, _n=-1):
        return source + "~" * round(len(source) * STRETCH)


@pytest.fixture
def language(qapp):
    language = Language(qapp)
    language.speak("en")
    yield language
    language.close()


@pytest.fixture
def window(qtbot, language):
    """The window at the end of a comparison in which one request failed and one was cancelled."""
    window = MainWindow()
    window.may_close = True
    qtbot.addWidget(window)
    window.run_bar.show_endpoints([DEMO, PARADIGM], DEMO)
    window.run_bar.show_models([DEMO.model], DEMO.model)
    with qtbot.waitSignal(window.input.changed):  # the count of rows follows a moment later
        window.input.show_batch(read_batch_file(example_path("greeting", "en")))
    window.run_bar.show_rows(len(window.input.rows()))
    show_run(window, ended_run())
    window.show()
    window.select_failed = lambda: window.results.table.selectRow(1)
    return window


def ended_run():
    rows = [Row(index, {"name": f"N{index}"}) for index in range(20)]
    batch = Batch(rows, ("name",), Template("{name}"), Parameters(model=DEMO.model))
    arms = {}
    for kind in ArmKind:
        cap = 1 if kind is ArmKind.SEQUENTIAL else len(rows)
        requests = []
        for row in rows:
            sent = float(row.index // cap)
            attempt = Attempt(sent, sent + 0.5, sent + 1, sent + 1)
            completion = Completion("–", "length", DEMO.model, 5, 7)
            requests.append(
                Request(row, "–", RequestState.DONE, 0.0, sent + 1, [attempt], completion=completion)
            )
        requests[1].state, requests[1].completion = RequestState.FAILED, None
        requests[1].error = RequestError(ErrorKind.RATE_LIMITED, "429", 429)
        requests[2].state, requests[2].completion = RequestState.CANCELLED, None
        arms[kind] = Arm(kind, Limits(cap=cap), requests, 0.0, requests[-1].ended_at)
    return Run(batch, DEMO, datetime.now(UTC), arms)


def show_run(window, run):
    changes = {kind: range(len(arm.requests)) for kind, arm in run.arms.items()}
    window.results.show_run(run)
    window.timing.show_run(list(run.arms.values()), simulated=True)
    window.results.refresh(changes, 30.0)
    window.timing.refresh(changes, 30.0)
    window.show_running(is_running=False, is_paused=False)


def texts_of(window):
    """Every text that the window offers, with where it was found."""
    found = {}

    def note(owner, what, text):
        plain = QTextDocumentFragment.fromHtml(text).toPlainText() if text.startswith("<") else text
        for line, part in enumerate(plain.splitlines()):
            found[f"{owner}: {what} {line}"] = part

    for number, widget in enumerate(window.findChildren(QWidget)):
        owner = f"{number} {type(widget).__name__}"
        note(owner, "name", widget.accessibleName())
        note(owner, "tip", widget.toolTip())
        if isinstance(widget, QLabel | QAbstractButton):
            note(owner, "text", widget.text())
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            note(owner, "placeholder", widget.placeholderText())
        if isinstance(widget, QComboBox):
            for index in range(widget.count()):
                note(owner, f"item {index}", widget.itemText(index))
        if isinstance(widget, QTabWidget):
            for index in range(widget.count()):
                note(owner, f"tab {index}", widget.tabText(index))
        if isinstance(widget, QTableView) and widget.model():
            model = widget.model()
            for column in range(model.columnCount()):
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                    text = model.headerData(column, Qt.Orientation.Horizontal, role)
                    note(owner, f"header {column} {role.name}", str(text or ""))
                for row in range(min(3, model.rowCount())):
                    note(owner, f"cell {row} {column}", str(model.index(row, column).data() or ""))
    for number, action in enumerate(window.findChildren(QAction)):
        note(f"{number} QAction", "text", action.text())
    return found


def pattern_of(source):
    """What a source text looks like on screen, whatever its placeholders hold."""
    words = re.split(r"\{\w+\}|%L?n", source)
    return re.compile(".+".join(re.escape(word) for word in words), re.DOTALL)


def in_english(texts):
    """The texts that read as in English although French says it otherwise."""
    french = [pattern_of(form) for _, _, forms, _ in FRENCH for form in forms]
    english = [
        pattern_of(source)
        for _, source, forms, _ in FRENCH
        if source not in forms and re.search("[A-Za-z]{2}", PLACEHOLDER.sub("", source))
    ]
    return [
        f"{place}: {text}"
        for place, text in texts.items()
        if any(pattern.fullmatch(text) for pattern in english)
        and not any(pattern.fullmatch(text) for pattern in french)
    ]


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_compiled_file_says_what_the_source_file_says(language, code):
    translator = QTranslator()
    assert translator.load(str(translation_path(code)))
    entries = messages(code)
    assert entries
    for context, source, forms, has_plurals in entries:
        for count in COUNTS if has_plurals else [-1]:
            is_singular = count == 1 or (code == "fr" and count == 0)
            expected = forms[0] if len(forms) == 1 or is_singular else forms[1]
            assert translator.translate(context, source, None, count) == expected


def test_every_translation_keeps_the_placeholders_of_its_source():
    for context, source, forms, has_plurals in FRENCH:
        place = f"{context}: {source}"
        assert len(forms) == (2 if has_plurals else 1), place
        for form in forms:
            assert form.strip(), place
            assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(source)), place
            assert len(re.findall("%L?n", form)) == source.count("%n"), place
            assert form.count("&") == source.count("&"), place
            assert form.count("\n") == source.count("\n"), place


def test_french_is_set_as_french_is_printed():
    for context, source, forms, _ in FRENCH:
        for form in forms:
            # JSON and headers are written as they are typed
            words = re.sub(r"\{\{.*?\}\}|X-\w+: \w+", "", form)
            faults = re.findall(
                r"'|\.\.\.|[“”\"]| [:;!?»]|« |[^\s\u00a0](?=[:;!?](?:\s|$))|\{seconds\} s", words
            )
            assert not faults, f"{context}: {source}: {form}"


@pytest.mark.parametrize("code", ["en", "fr"])
def test_counts_are_written_as_the_language_writes_them(window, language, code):
    language.speak(code)
    window.run_bar.show_rows(12345)
    assert wording.number(12345, 0) in window.run_bar.run_action.text()
    window.run_bar.show_rows(1)
    assert re.search(r"\b1 (request|requête)$", window.run_bar.run_action.text())


def test_the_whole_window_follows_the_language_and_comes_back(window, language):
    window.select_failed()
    window.results.row_menu.say_what_can_be_done()
    english = texts_of(window)
    assert len(in_english(english)) > len(english) // 3
    language.speak("fr")
    assert in_english(texts_of(window)) == []
    assert window.run_bar.stop_button.text() == "Arrêter"
    language.speak("en")
    assert texts_of(window) == english


def test_a_paused_run_stays_paused_in_another_language(window, language):
    window.show_running(is_running=True, is_paused=True)
    language.speak("fr")
    texts = list(texts_of(window).values())
    assert window.run_bar.pause_button.text() == "Reprendre"
    assert "Suspendre" not in texts


def test_the_connection_dialog_speaks_french(qtbot, language):
    language.speak("fr")
    for has_key in (True, False):
        dialog = ConnectionDialog(PARADIGM, str.strip, lambda *_: None, str.strip)
        dialog.show_key("", "", has_key=has_key)
        qtbot.addWidget(dialog)
        texts = texts_of(dialog) | {"title": dialog.windowTitle()}
        qt_buttons = [place for place in texts if "QPushButton" in place]
        assert in_english({place: text for place, text in texts.items() if place not in qt_buttons}) == []
        assert "Clé API" in texts.values()


@pytest.mark.parametrize("code", ["en", "fr"])
def test_no_two_entries_of_a_menu_share_a_letter(window, language, code):
    language.speak(code)
    bar = window.menuBar()
    for owner in (bar, *(action.menu() for action in bar.actions())):
        letters = [match[1].casefold() for a in owner.actions() if (match := re.search("&(.)", a.text()))]
        assert len(letters) == len(set(letters)), letters
    assert len(bar.actions()) == 4


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_run_button_is_whole_in_the_smallest_window(window, language, qtbot, code):
    language.speak(code)
    window.resize(SMALLEST_SIZE)
    qtbot.waitUntil(lambda: window.run_bar.width() == SMALLEST_SIZE.width())
    window.run_bar.show_rows(20_000)
    bar = window.run_bar
    qtbot.waitUntil(lambda: bar.run_button.width() >= bar.run_button.sizeHint().width())
    assert bar.minimumSizeHint().width() <= bar.width()
    assert bar.stop_button.toolTip() == bar.stop_button.text()


def test_texts_that_are_two_fifths_longer_fit_the_smallest_window(window, language, qtbot):
    language.use(Stretched(), QLocale("en"))
    assert window.run_bar.stop_button.text() == "Stop~~"
    window.resize(SMALLEST_SIZE)
    qtbot.waitUntil(lambda: window.size() == SMALLEST_SIZE)
    assert window.run_bar.minimumSizeHint().width() <= SMALLEST_SIZE.width()
    assert not window.grab().isNull()
