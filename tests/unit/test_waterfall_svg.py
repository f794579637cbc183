from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded_arms import CANCELLED, FAILED, arm_of, one_by_one, recorded

from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.timing import SegmentKind
from paradigm_gui.core.waterfall_svg import RaceWords, race_svg

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>&amp;\"' \x00\x1f\ud800\uffff ]]> <!--"


def words(*headings, title="A race"):
    return RaceWords(
        title=title,
        headings=headings,
        legend={kind: f"<{kind}>" for kind in SegmentKind},
        failed="failed",
        seconds=lambda time, decimals: f"{time:.{decimals}f} s",
        merged=lambda rows: f"{rows} rows a line",
    )


def drawn(*arms, headings=None, **options):
    return ET.fromstring(race_svg(arms, words(*(headings or ["arm"] * len(arms))), **options))


def texts(picture):
    return [element.text for element in picture.iter(f"{SVG}text")]


def paths(picture, shape):
    return "".join(path.get("d") for path in picture.iter(f"{SVG}path") if path.get("class") == shape)


def boxes(picture, shape):
    """The left end and the width of every bar of a shape."""
    return [(float(x), float(w)) for x, w in re.findall(r"M([\d.]+) [\d.]+h([\d.]+)", paths(picture, shape))]


MIXED = arm_of(
    recorded(0, (0.0, 1.0, 4.0), name="Ada"),
    recorded(1, (2.0, 3.0), (5.0, 6.0, 8.0), errors=["server_error"], name="Bob"),
    recorded(2, (1.0, 2.0), errors=["server_error"], state=FAILED, name="Cleo"),
    recorded(3, (0.0, 1.0, 3.0), state=CANCELLED, name="Dan"),
)


def test_both_arms_stand_on_one_axis():
    picture = drawn(MIXED, one_by_one([10.0, 10.0]), headings=["Concurrent: 8 s", "Sequential: 20 s"])
    found = texts(picture)
    assert "Concurrent: 8 s" in found
    assert "Sequential: 20 s" in found
    assert found.count("0 s") == found.count("10 s") == found.count("20 s") == 2
    [first, second] = boxes(drawn(one_by_one([10.0, 10.0])), "wait")
    assert first[1] == pytest.approx(second[1], abs=0.2)
    assert second[0] == pytest.approx(first[0] + first[1], abs=0.2)


def test_segments_have_their_own_shapes_and_lengths():
    picture = drawn(MIXED)
    [(left, second_px)] = [box for box in boxes(picture, "wait") if box[0] == min(boxes(picture, "wait"))[0]][
        :1
    ]
    assert (left + second_px, pytest.approx(3 * second_px, abs=0.5)) in boxes(picture, "stream")
    assert (pytest.approx(left + 3 * second_px, abs=0.5), pytest.approx(2 * second_px, abs=0.5)) in boxes(
        picture, "backoff"
    )
    assert (left, pytest.approx(2 * second_px, abs=0.5)) in boxes(picture, "queue")
    assert paths(picture, "cross").count("M") == 2
    assert paths(picture, "cut").count("M") == 3
    fills = {path.get("class"): path.get("fill") for path in picture.iter(f"{SVG}path")}
    assert fills["wait"] == "url(#race-0-wait)"
    assert {"Ada", "Bob", "Cleo", "Dan"} <= set(texts(picture))


def test_it_stands_alone_and_ids_are_its_own():
    for prefix in ("race", "second"):
        source = race_svg([MIXED, MIXED], words("a", "b"), prefix=prefix)
        picture = ET.fromstring(source)
        ids = [element.get("id") for element in picture.iter() if element.get("id")]
        assert len(set(ids)) == len(ids)
        assert all(name.startswith(f"{prefix}-") for name in ids)
        assert set(re.findall(r"url\(#([^)]*)\)", source)) <= set(ids)
        assert picture.get("aria-labelledby") in ids
        assert not re.search(r"<script|<style|href|<image|<foreignObject|\son\w+=|url\((?!#)", source)
        assert re.findall(r"\w+://\S+?(?=\")", source) == ["http://www.w3.org/2000/svg"]


@pytest.mark.parametrize("prefix", ["", "1a", "a b", 'a"', "a<", "é"])
def test_a_prefix_that_is_no_name_is_a_bug(prefix):
    with pytest.raises(ValueError, match="XML name"):
        race_svg([], words(), prefix=prefix)


@given(st.text(st.characters()) | st.just(HOSTILE))
def test_foreign_texts_are_plain_text(text):
    arm = arm_of(recorded(0, (0.0, 1.0), name=text))
    picture = ET.fromstring(race_svg([arm], words(text, title=text)))
    plain = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text).replace("\r", "\n")
    assert (picture.find(f"{SVG}title").text or "") == plain
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= {
        "svg",
        "title",
        "rect",
        "g",
        "pattern",
        "path",
        "text",
    }


def test_long_labels_are_cut_to_their_column():
    arm = arm_of(
        recorded(0, (0.0, 1.0), name="a" * 100_000),
        recorded(1, (0.0, 1.0), name="漢" * 50),
        recorded(2, (0.0, 1.0), name="one\n two"),
    )
    labels = texts(drawn(arm))
    assert "a" * 16 + "…" in labels
    assert "漢" * 7 + "…" in labels
    assert "one two" in labels


def test_many_rows_are_merged_into_few_lines_and_that_is_said():
    rows = 20_000
    requests = [recorded(index, (index, index + 1.0)) for index in range(rows)]
    failed = recorded(rows, (0.0, 1.0), errors=["server_error"], state=FAILED)
    source = race_svg([arm_of(*requests, failed)], words("all"))
    picture = ET.fromstring(source)
    assert len(source) < 60_000
    assert "84 rows a line" in texts(picture)
    # the last to end and the one that failed are still there
    left, width = max(boxes(picture, "queue"))
    assert left + width > 900
    assert paths(picture, "cross").count("M") == 2
    assert "rows a line" not in race_svg([MIXED], words("few"))


def test_a_row_with_thousands_of_attempts_stays_small():
    times = [(index * 0.001, index * 0.001 + 0.0005) for index in range(20_000)]
    request = recorded(0, *times, errors=["server_error"] * (len(times) - 1))
    assert len(race_svg([arm_of(request)], words("many"))) < 100_000


def no_start():
    arm = arm_of(recorded(0, state=CANCELLED))
    arm.started_at = arm.ended_at = None
    return arm


def running():
    arm = arm_of(recorded(0, (0.0, 1.0, 2.0)), recorded(1, (1.0, 3.0)))
    arm.ended_at = arm.requests[1].ended_at = arm.requests[1].attempts[0].ended_at = None
    return arm


@pytest.mark.parametrize(
    "arms",
    [
        [],
        [arm_of()],
        [no_start()],
        [running()],
        [arm_of(recorded(0, (0.0, 0.0)))],
        [one_by_one([1e-9]), arm_of()],
        [one_by_one([1e9])],
    ],
)
def test_odd_arms_are_drawn_without_a_crash(arms):
    source = race_svg(arms, words(*["arm"] * len(arms)))
    ET.fromstring(source)
    assert not re.search(r"nan|inf\b", source)


def test_what_still_runs_is_drawn_as_far_as_it_has_come():
    assert len(boxes(drawn(running()), "stream")) == 1
    assert drawn(running()).get("width") == "960"
    assert drawn(running(), width=500).get("width") == "500"


def test_a_narrow_picture_has_its_legend_in_lines():
    def legend(width):
        group = drawn(MIXED, width=width).find(f"{SVG}g[@id='race-legend']")
        return [(float(text.get("x")), float(text.get("y"))) for text in group.iter(f"{SVG}text")]

    assert len({y for _, y in legend(960)}) == 1
    narrow = legend(240)
    assert len({y for _, y in narrow}) > 1
    assert len(set(narrow)) == len(narrow) == 5
    assert max(x for x, _ in narrow) < 240
    assert max(y for _, y in narrow) < float(drawn(MIXED, width=240).get("height"))


def test_an_arm_of_another_kind_has_a_colour_too():
    colours = set()
    for kind in ArmKind:
        arm = arm_of(recorded(0, (0.0, 1.0, 2.0)), kind=kind)
        colours |= {
            path.get("fill") for path in drawn(arm).iter(f"{SVG}path") if path.get("class") == "stream"
        }
    assert len(colours) == len(ArmKind)
