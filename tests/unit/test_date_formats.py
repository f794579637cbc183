from __future__ import annotations

import pytest

from paradigm_gui.core.date_formats import DateFormat
from paradigm_gui.core.format_codes import sections_of

# 2 January 2024, 15:04:05
DAY = 45293
MOMENT = DAY + (15 * 3600 + 4 * 60 + 5) / 86400


def shown(code, value=MOMENT, **options):
    return DateFormat(sections_of(code)[0], **options).shown(value)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("yyyy-mm-dd", "2024-01-02"),
        ("dd/mm/yyyy", "02/01/2024"),
        ("d.m.yy h:mm", "2.1.24 15:04"),
        ("mm/dd/yy", "01/02/24"),
        ("dddd, mmmm d, yyyy", "Tuesday, January 2, 2024"),
        ("ddd d mmm", "Tue 2 Jan"),
        ("mmmmm", "J"),
        ("[$-40C]dddd d mmmm yyyy", "mardi 2 janvier 2024"),
        ("[$-fr-FR]ddd d mmm", "mar. 2 janv."),
        ("[$-409]d mmm", "2 Jan"),
        ("[$-en-GB]d mmm", "2 Jan"),
        ("h:mm AM/PM", "3:04 PM"),
        ("h:mm A/P", "3:04 P"),
        ("hh:mm:ss.000", "15:04:05.000"),
        ("mm:ss.0", "04:05.0"),
        ('h"h"mm', "15h04"),
        ('yyyy\\-mm\\-dd"T"hh:mm', "2024-01-02T15:04"),
        ("h:m:s", "15:4:5"),
    ],
)
def test_dates_and_times_show_as_their_format_says(code, text):
    assert shown(code) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2024-01-02"),
        ("[$-x-sysdate]dddd", "2024-01-02"),
        ("[$-F400]h:mm:ss\\ AM/PM", "15:04:05"),
        ("[$-407]d. mmmm yyyy hh:mm", "2024-01-02 15:04"),
        ("[$-de-DE]mmmm", "2024-01-02"),
        ('[$-411]ggge"年"', "2024-01-02"),
    ],
)
def test_what_the_file_leaves_to_the_machine_is_iso(code, text):
    assert (
        shown(code if "y" in code or "F4" in code or "mm" in code or "d" in code else f"{code}yyyy") == text
    )


def test_the_two_calendars():
    assert shown("yyyy-mm-dd", 1) == "1900-01-01"
    assert shown("yyyy-mm-dd", 59) == "1900-02-28"
    assert shown("yyyy-mm-dd", 61) == "1900-03-01"
    assert shown("yyyy-mm-dd", 0, is_1904=True) == "1904-01-01"
    assert shown("yyyy-mm-dd", DAY - 1462, is_1904=True) == "2024-01-02"


def test_elapsed_times_go_on_counting():
    assert shown("[h]:mm:ss", 1.5) == "36:00:00"
    assert shown("[hh]:mm", 0.0625) == "01:30"
    assert shown("[mm]:ss", 0.5) == "720:00"
    assert shown("[ss].0", 1 / 86400) == "01.0"
    assert shown("[h]:mm", -1.25) == "-30:00"


def test_a_second_that_is_all_but_reached_is_reached():
    assert shown("h:mm:ss", 0.1 + 0.2 - 0.3 + 0.5) == "12:00:00"
    assert shown("hh:mm:ss", DAY + 0.99999999999) == "00:00:00"
    assert shown("hh:mm:ss", 59.6 / 86400) == "00:00:59"


@pytest.mark.parametrize("value", [-1, 2_958_466, 1e300])
def test_what_is_no_date(value):
    assert shown("yyyy-mm-dd", value) is None
    assert shown("yyyy", 2_958_465) == "9999"
    assert shown("[h]", 1e300) is None
