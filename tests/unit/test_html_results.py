from __future__ import annotations

import html.parser
import io
import re
from dataclasses import replace

from result_samples import INFO, NASTY, record, write_answers

from paradigm_gui.core.export import write_results
from paradigm_gui.core.html_results import write_html
from paradigm_gui.core.results_table import ResultsInfo, ResultsTable, TableForm


class _Page(html.parser.HTMLParser):
    """Collect the tags, attributes and cell texts of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.cells = set(), [], []
        self._is_cell = False

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        self._is_cell = tag in ("td", "th")
        if self._is_cell:
            self.cells.append("")

    def handle_endtag(self, tag):
        self._is_cell = False

    def handle_data(self, data):
        if self._is_cell:
            self.cells[-1] += data


def test_html_shows_foreign_text_literally():
    records = [record(0, text, {"<u>": text}) for text in NASTY]
    file = io.BytesIO()
    write_html(file, ResultsTable(records, ["<u>"], INFO, TableForm(), for_reading=True))
    page = _Page()
    page.feed(file.getvalue().decode("utf-8"))
    known = "html head meta title style body h1 h2 p div table thead tbody tr th td"
    assert page.tags <= set(known.split())
    assert not [
        name for name, _ in page.attributes if name in ("src", "href", "style") or name.startswith("on")
    ]
    assert ("lang", "fr") in page.attributes
    for text in ["<u>", *NASTY]:
        assert text in page.cells
    assert "<i>5 s</i>" in page.cells
    assert "réponse" in page.cells


def test_html_holds_the_picture_and_the_settings(tmp_path):
    path = tmp_path / "r.html"
    picture = '<svg role="img"><title>Race</title></svg>'
    write_results(path, [record()], ["name"], replace(INFO, picture=picture, settings=[("<p>", "{a} <b>")]))
    page = path.read_text("utf-8")
    assert f"<figure>{picture}</figure>" in page
    assert "{a} &lt;b&gt;" in page
    assert "&lt;p&gt;" in page


def test_html_needs_nothing_from_elsewhere_and_is_marked_when_simulated(tmp_path):
    path = tmp_path / "r.html"
    write_answers(path, ["Hello"])
    page = path.read_text("utf-8")
    assert not re.search(r"https?:|url\(|@import|<script|<link|<img", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert '<p class="mark">simulé</p>' in page
    assert "<title>Greetings &amp; &lt;co&gt;</title>" in page
    write_results(path, [record()], ["name"], ResultsInfo("t", "m", "e", simulated=False))
    assert 'class="mark"' not in path.read_text("utf-8")


def test_the_answers_come_before_the_race_and_the_settings(tmp_path):
    path = tmp_path / "r.html"
    info = replace(INFO, picture="<svg></svg>", settings=[("cap", 20)], labels={})
    write_results(path, [record()], ["name"], info)
    page = path.read_text("utf-8")
    places = [page.index(part) for part in ("× 2.8", ">Hello<", "<svg>", ">cap<")]
    assert places == sorted(places)


def test_long_texts_get_room_and_numbers_the_mark_of_the_country(tmp_path):
    path = tmp_path / "r.html"
    info = replace(INFO, decimal_mark=",", settings=[("temperature", 0.7)])
    write_results(path, [record(text="word " * 50)], ["name"], info, form=TableForm(is_technical=True))
    page = path.read_text("utf-8")
    assert '<td class="l" dir="auto">word ' in page
    assert '<td class="s" dir="auto">Zoë</td>' in page
    assert ">1,50<" in page
    assert ">0,7<" in page
    assert "overflow-wrap: anywhere" not in page
