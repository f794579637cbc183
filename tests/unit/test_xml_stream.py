from __future__ import annotations

import io
from pathlib import Path

import pytest

from paradigm_gui.core import xml_stream
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.xml_stream import read_elements


class Heard(list):
    def start(self, name, attributes):
        self.append((name, attributes))

    def end(self, name):
        self.append(f"/{name}")

    def text(self, text):
        self.append(text)


def heard(document, **options):
    elements = Heard()
    read_elements(Path("t.xlsx"), io.BytesIO(document), elements, **options)
    return elements


def test_elements_come_in_order_and_texts_whole(monkeypatch):
    monkeypatch.setattr(xml_stream, "_CHUNK_BYTES", 3)
    seen = []
    document = "<a x='1'>é &amp;<b:c/>\r\n</a>".encode()
    assert "".join(part for part in heard(document, on_position=seen.append) if isinstance(part, str)) == (
        "é &/b:c\n/a"
    )
    assert seen == [*range(3, len(document), 3), len(document)]
    monkeypatch.undo()
    assert heard(document) == [("a", {"x": "1"}), "é &", ("b:c", {}), "/b:c", "\n", "/a"]
    assert heard("<a>é</a>".encode("utf-16")) == [("a", {}), "é", "/a"]


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<a>",
        b"<a></b>",
        b"\0",
        b"<a>\x01</a>",
        b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>',
        b"<a>&b;</a>",
    ],
)
def test_what_is_no_document_or_declares_entities_is_refused(document):
    with pytest.raises(UserFacingError) as caught:
        heard(document)
    assert (caught.value.code, caught.value.details) == ("bad_spreadsheet", {"path": "t.xlsx"})


@pytest.mark.parametrize(
    "document",
    [
        b"<a>" * 1001 + b"</a>" * 1001,
        b"<a b='" + b"x" * 5_000_000 + b"'/>",
        b"<a><!--" + b"x" * 5_000_000 + b"--></a>",
        b"<" + b"x" * 5_000_000 + b"/>",
    ],
)
def test_what_the_parser_itself_would_have_to_keep_is_refused(document):
    with pytest.raises(UserFacingError) as caught:
        heard(document)
    assert caught.value.code == "bad_spreadsheet"


def test_long_texts_and_many_elements_are_not_refused(monkeypatch):
    monkeypatch.setattr(xml_stream, "_LONGEST_TAG_BYTES", 100_000)
    depth = 999 * b"<a>" + 999 * b"</a>"
    assert len(heard(b"<b>" + depth * 3 + b"x" * 300_000 + b"<!---->" + b" " * 300_000 + b"</b>")) > 5000
