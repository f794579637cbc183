"""The language that the program speaks: which one, and where its texts are."""

from __future__ import annotations

import argparse
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from paradigm_gui.resources import translation_path
from paradigm_gui.settings import Settings, default_data_dir
from paradigm_gui.wording.text import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# of Qt's own file dialog, which its translations lack
_TEXTS_OF_QT = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
)
LANGUAGES = {"en": "English", "fr": "Français"}
_DEFAULT = "en"


def language_for(wanted: str | None, settings: Settings) -> str:
    """The language asked for, else the one last chosen in the window, else the system's, else English."""
    for language in (wanted, settings.get("language", ""), QLocale.system().name()[:2]):
        if language in LANGUAGES:
            return language
    return _DEFAULT


def language_of(arguments: Sequence[str]) -> str:
    """The language in which to talk about a command line, mistakes and all."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--lang")
    parser.add_argument("--data-dir", type=Path)
    options = argparse.Namespace(lang=None, data_dir=None)
    with suppress(argparse.ArgumentError):
        parser.parse_known_args(arguments, options)
    return language_for(options.lang, Settings(options.data_dir or default_data_dir()))


def translators(language: str) -> Iterator[QTranslator]:
    """Yield the texts of Qt and of the program in a language, as far as there are any."""
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for path in (os.path.join(qt_folder, f"qtbase_{language}.qm"), str(translation_path(language))):
        translator = QTranslator()
        if translator.load(path):
            yield translator
