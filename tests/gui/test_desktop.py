"""Files that the desktop asks the program to open."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent


def test_files_are_opened_when_there_is_somebody_to_do_it(qapp, tmp_path):
    paths = [tmp_path / name for name in ("a b.csv", "é.json", "c.txt")]
    opened = []
    for path in paths[:2]:
        assert QCoreApplication.sendEvent(qapp, QFileOpenEvent(str(path)))
    try:
        qapp.hand_files_to(opened.append)
        assert opened == paths[:2]
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(str(paths[2])))
        assert opened == paths
    finally:
        qapp.hand_files_to(None)


def test_what_is_no_file_opens_nothing(qapp):
    opened = []
    try:
        qapp.hand_files_to(opened.append)
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(""))
        assert opened == []
    finally:
        qapp.hand_files_to(None)
