from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.number_formats import general, number_format

ACCOUNTS = '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)'
PHONE = '0#" "##" "##" "##" "##'


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("0", {0.5: "1", 1.5: "2", -2.5: "-3", -0.001: "0", 1e20: "1" + "0" * 20}),
        ("0.00", {3: "3.00", 1.005: "1.01", -0.001: "0.00", 99.999: "100.00"}),
        ("#,##0", {0: "0", 1234.5: "1,235", -999: "-999", 1e6: "1,000,000"}),
        ("#,##0.00", {1234.5678: "1,234.57", 0.5: "0.50"}),
        ("0%", {0.5: "50%", 1.005: "101%", -0.001: "0%"}),
        ("0.00%", {-0.001: "-0.10%", 1 / 3: "33.33%"}),
        ("0.00E+00", {1234.5: "1.23E+03", -0.001: "-1.00E-03", 99.999: "1.00E+02", 0: "0.00E+00"}),
        ("##0.0E+0", {12345: "12.3E+3", 0.5: "500.0E-3", 999.99: "1.0E+3"}),
        ("0E-0", {1000: "1E3", 0.001: "1E-3"}),
        ("00000", {1000: "01000", -1: "-00001", 123456: "123456", 1.5: "00002"}),
        ("000-00-0000", {612345678: "612-34-5678", 1: "000-00-0001"}),
        (PHONE, {612345678: "06 12 34 56 78"}),
        ("(000) 000-0000", {2125550123: "(212) 555-0123"}),
        ("0.0#", {1: "1.0", 1.25: "1.25", 1.256: "1.26"}),
        ("0.##", {1: "1", 1.5: "1.5"}),
        ("#.##", {0: "", 0.5: ".5", 12: "12"}),
        (".00", {12.5: "12.50", 0.5: ".50"}),
        ("# ?/?", {0.5: "1/2", 1.5: "1 1/2", 2: "2", 0: "0", -0.75: "-3/4"}),
        ("# ??/??", {1234.5678: "1234 46/81"}),
        ("# ?/8", {0.5: "4/8", 1.25: "1 2/8", 0.99: "1"}),
        ("# ?/100", {0.5: "50/100"}),
        ("?/?", {2.5: "5/2", 0: "0/1"}),
        ("#,##0.00\\ [$€-40C]", {1234.5: "1,234.50 €"}),
        ('"$"#,##0.00;[Red]("$"#,##0.00)', {5: "$5.00", -5: "($5.00)", 0: "$0.00"}),
        (ACCOUNTS, {5: "5.00", -1234: "(1,234.00)", 0: "-"}),
        ("0,", {12_499: "12", 12_500: "13"}),
        ('0.0,,"M"', {1_234_567: "1.2M"}),
        ("#,##0,", {12_345_678: "12,346"}),
        ('0" kg"', {1.4: "1 kg"}),
        ('[>=1000]0.0,"k";0', {1500: "1.5k", 3: "3", -3: "-3"}),
        ("[<0](0);0", {-2: "(2)", 2: "2"}),
        ('[=1]"yes";[=0]"no";0', {1: "yes", 0: "no", 7: "7"}),
        ('[=1]"yes";[=0]"no"', {7: "7"}),
        ('+0;-0;"zero"', {3: "+3", -3: "-3", 0: "zero"}),
        (";;;", {1: "", -1: "", 0: ""}),
        ("0;;", {1: "1", -1: "", 0: ""}),
        ('General" kg"', {1.5: "1.5 kg", -2: "-2 kg"}),
        ('"no digits"', {1: "no digits"}),
        ("???", {5: "5"}),
        ("0,0", {1234: "1,234"}),
        ('0", "0', {12: "1, 2"}),
        ("%0", {0.5: "%50"}),
        ("dd/mm/yyyy;@", {45293: "02/01/2024", -1: "-1"}),
        ("[h]:mm;@", {1.5: "36:00"}),
    ],
)
def test_numbers_show_as_their_format_says(code, values):
    form = number_format(164, code)
    assert {value: form.number(value) for value in values} == values


@pytest.mark.parametrize(
    ("number", "value", "text"),
    [
        (1, 1.5, "2"),
        (4, 1234.5, "1,234.50"),
        (7, -1234.5, "-1,234.50"),
        (9, 0.5, "50%"),
        (12, 0.5, "1/2"),
        (14, 45293.7, "2024-01-02"),
        (15, 45293, "2-Jan-24"),
        (18, 0.75, "6:00 PM"),
        (21, 0.75, "18:00:00"),
        (22, 45293.75, "2024-01-02 18:00"),
        (30, 45293, "2024-01-02"),
        (38, -5, "(5)"),
        (44, 5, "5.00"),
        (46, 1.5, "36:00:00"),
        (48, 12345, "12.3E+3"),
    ],
)
def test_formats_without_a_code(number, value, text):
    assert number_format(number).number(value) == text


@pytest.mark.parametrize("code", ["0/ 0", "# ?/ ?", '0/"x"0', "0/-0"])
def test_fractions_of_no_clear_form_show_the_number(code):
    assert number_format(164, code).number(0.5) == "0.5"


def test_the_calendar_of_the_file():
    assert number_format(14, is_1904=True).number(45293 - 1462) == "2024-01-02"


@pytest.mark.parametrize(
    ("number", "code"), [(0, None), (163, None), (49, None), (164, "General"), (164, "@")]
)
def test_values_without_a_format_show_as_they_are(number, code):
    assert number_format(number, code) is None


def test_a_format_without_end_is_none():
    assert number_format(164, "0" * 1001) is None
    assert number_format(164, "0" * 1000).number(7) == "7".zfill(1000)


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (0.1 + 0.2, "0.3"), (2.0**53 - 1, "9007199254740991"), (1e20, "1E+20"), (1e-7, "1E-07")],
)
def test_general_numbers_have_fifteen_digits(value, text):
    assert general(value) == text


def test_texts_stay_but_for_what_a_format_puts_around_them():
    assert number_format(164, "0.00").text("07") == "07"
    assert number_format(164, ACCOUNTS).text("07") == "07"
    assert number_format(164, '"No. "@').text("07") == "No. 07"
    assert number_format(164, '"No. "@').number(7) == "No. 7"
    assert number_format(164, '0;0;0;"text"').text("x") == "text"
    assert number_format(164, ";;;").text("x") == ""


@given(
    st.text(alphabet='0#?.,%@;"\\_*[]$-<=>ymdhsAPM/E+-19 ', max_size=30),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_any_format_shows_any_number(code, value):
    form = number_format(164, code)
    assert form is None or isinstance(form.number(value), str)


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_keep_all_their_digits(value):
    assert number_format(1).number(float(value)) == str(value)
    assert number_format(3).number(float(value)) == f"{value:,}"


@given(st.decimals(-10_000, 10_000, places=2))
def test_decimals_keep_theirs(value):
    assert number_format(2).number(float(value)) == f"{value + 0:.2f}".replace("-0.00", "0.00")


@pytest.mark.parametrize("code", ["%" * 999 + "0", "0" + "," * 999, "0." + "0" * 998, "?/" + "?" * 998])
@pytest.mark.parametrize("value", [1.7e308, 5e-324, -1.0])
def test_the_longest_formats_of_the_largest_numbers(code, value):
    assert number_format(164, code).number(value)
