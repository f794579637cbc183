"""The race as a picture: arms as waterfalls on one time axis, in a self-contained, static SVG.

Shapes tell the segments apart as well as colours: a hairline in the queue, hatched while waiting, solid while
streaming, dots while backing off, a cross after a failure, a frayed end where a request was cut off.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.timing import SegmentKind, segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from paradigm_gui.core.batch import Arm, Request

_COLOURS = {ArmKind.CONCURRENT: "#0e8085", ArmKind.SEQUENTIAL: "#c0720a"}
_OTHER_COLOUR = "#4a5a78"
_TEXT, _MUTED, _GRID, _QUEUE, _FAILURE = "#1c1c1c", "#5a5a5a", "#e4e4e4", "#a8a8a8", "#c62828"
_FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif"

_MARGIN = 16
_HEADING_PX = 26
_AXIS_PX = 24
_LEGEND_PX = 24
_LARGEST_ROW_PX = 16.0
_LABELLED_ROW_PX = 11.0
_SMALLEST_ROW_PX = 2.0
_MOST_ROWS_PX = 480
_LABEL_PX = 120
_LABEL_CELLS = 17
_TICK_PX = 80
# Two bars nearer than that cannot be told apart, and a row may have had any number of attempts.
_SMALLEST_STEP_PX = 0.5

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ID = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class RaceWords:
    """The words in the picture, in the language of its reader.

    `headings` stand over the arms, one each; `legend` names the segments, `failed` the cross. `seconds`
    writes a time with so many decimals; `merged` says that a line stands for so many rows, by the one of them
    that ended last.
    """

    title: str
    headings: Sequence[str]
    legend: Mapping[SegmentKind, str]
    failed: str
    seconds: Callable[[float, int], str]
    merged: Callable[[int], str]


def race_svg(arms: Sequence[Arm], words: RaceWords, *, width: int = 960, prefix: str = "race") -> str:
    """Draw arms under each other on one time axis. All ids begin with `prefix`, an XML name.

    An arm that still runs is drawn as far as it has come. The size is bounded: a line that would be too thin
    stands for several rows.
    """
    if not _ID.fullmatch(prefix):
        raise ValueError(f"not an XML name: {prefix!r}")
    plots = [_Plot.of(arm) for arm in arms]
    has_labels = any(plot.row_px >= _LABELLED_ROW_PX for plot in plots)
    left = _MARGIN + (_LABEL_PX if has_labels else 0)
    axis = _Axis(left, width - _MARGIN - 8, max((plot.elapsed for plot in plots), default=0.0))
    parts: list[str] = []
    y = float(_MARGIN)
    for number, (plot, heading) in enumerate(zip(plots, words.headings, strict=True)):
        parts += _arm(plot, heading, words, axis, y, f"{prefix}-{number}")
        y += _HEADING_PX + plot.height + _AXIS_PX
    entries = _legend_entries(words, width)
    parts += _legend(entries, y, f"{prefix}-legend")
    height = math.ceil(y + _LEGEND_PX * (entries[-1].line + 1) + _MARGIN / 2)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="{prefix}-title" '
        f'font-family="{_FONT}" font-size="12" fill="{_TEXT}">\n'
        f'<title id="{prefix}-title">{_escaped(words.title)}</title>\n'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
    )
    return head + "".join(parts) + "</svg>\n"


@dataclass(frozen=True, slots=True)
class _Plot:
    """An arm and the lines that it is drawn with: each stands for `rows_a_line` requests."""

    arm: Arm
    elapsed: float
    lines: Sequence[Sequence[Request]]
    rows_a_line: int
    row_px: float

    @classmethod
    def of(cls, arm: Arm) -> _Plot:
        rows_a_line = max(1, math.ceil(len(arm.requests) * _SMALLEST_ROW_PX / _MOST_ROWS_PX))
        lines = [
            arm.requests[place : place + rows_a_line] for place in range(0, len(arm.requests), rows_a_line)
        ]
        row_px = min(_LARGEST_ROW_PX, _MOST_ROWS_PX / max(1, len(lines)))
        return cls(arm, _reached(arm) - (arm.started_at or 0.0), lines, rows_a_line, row_px)

    @property
    def height(self) -> float:
        return self.row_px * len(self.lines)

    @property
    def colour(self) -> str:
        return _COLOURS.get(self.arm.kind, _OTHER_COLOUR)


def _reached(arm: Arm) -> float:
    """The end of an arm, or the last that is known of one that runs."""
    start = arm.started_at or 0.0
    if arm.ended_at is not None:
        return max(start, arm.ended_at)
    times = (
        attempt.ended_at or attempt.last_token_at or attempt.sent_at
        for request in arm.requests
        for attempt in request.attempts
    )
    return max(times, default=start)


@dataclass(frozen=True, slots=True)
class _Axis:
    left: float
    right: float
    span_s: float

    def x(self, seconds: float) -> float:
        share = seconds / self.span_s if self.span_s > 0 else 0.0
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)

    def ticks(self) -> Iterator[tuple[float, int]]:
        """Marks at steps of 1, 2 or 5 times a power of ten, and the decimals that they need."""
        if self.span_s <= 0:
            yield 0.0, 0
            return
        finest = self.span_s * _TICK_PX / (self.right - self.left)
        exponent = math.floor(math.log10(finest))
        digit = next((digit for digit in (1, 2, 5) if digit * 10.0**exponent >= finest), 10)
        decimals = max(0, -exponent - (digit == 10))
        step = digit * 10.0**exponent
        for number in range(math.floor(self.span_s / step + 1e-9) + 1):
            yield round(number * step, decimals), decimals


def _arm(plot: _Plot, heading: str, words: RaceWords, axis: _Axis, y: float, name: str) -> Iterator[str]:
    """Draw one arm with its heading above and its axis below."""
    caption = words.merged(plot.rows_a_line) if plot.rows_a_line > 1 else ""
    yield f'<g id="{name}">\n'
    yield _text(_MARGIN, y + 14, heading, weight="bold", size=14)
    if caption:
        yield _text(axis.right, y + 14, caption, fill=_MUTED, anchor="end")
    top = y + _HEADING_PX
    bottom = top + plot.height
    yield _hatch(f"{name}-wait", plot.colour)
    ticks = list(axis.ticks())
    grid = "".join(f"M{_px(axis.x(t))} {_px(top)}V{_px(bottom)}" for t, _ in ticks)
    yield f'<path d="{grid}" stroke="{_GRID}"/>\n'
    yield from _bars(plot, axis, top, name)
    if plot.row_px >= _LABELLED_ROW_PX:
        yield from _labels(plot, top)
    end = _px(axis.x(plot.elapsed))
    yield (f'<path d="M{end} {_px(top)}V{_px(bottom)}" stroke="{plot.colour}" stroke-dasharray="4 3"/>\n')
    for t, decimals in ticks:
        yield _text(axis.x(t), bottom + 15, words.seconds(t, decimals), fill=_MUTED, anchor="middle", size=11)
    yield "</g>\n"


def _hatch(name: str, colour: str) -> str:
    return (
        f'<pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{colour}" fill-opacity="0.22"/>'
        f'<path d="M0 0V5" stroke="{colour}" stroke-opacity="0.8" stroke-width="2.4"/></pattern>\n'
    )


def _bars(plot: _Plot, axis: _Axis, top: float, name: str) -> Iterator[str]:
    """All bars of an arm, one path a shape."""
    paths: dict[str, list[str]] = {
        "queue": [],
        "wait": [],
        "stream": [],
        "backoff": [],
        "cut": [],
        "cross": [],
    }
    start = plot.arm.started_at or 0.0
    gap = 0.5 if plot.row_px < 6 else plot.row_px / 5
    for place, line in enumerate(plot.lines):
        request = max(line, key=lambda request: request.ended_at or 0.0)
        y, height = top + place * plot.row_px + gap / 2, plot.row_px - gap
        right = -math.inf
        parts = segments(request, start + plot.elapsed)
        for part in parts:
            x, end = axis.x(part.start - start), axis.x(part.end - start)
            if end - right < _SMALLEST_STEP_PX:
                continue
            x = max(x, right)
            right = max(end, x + _SMALLEST_STEP_PX)
            paths[part.kind].append(_shape(part.kind, x, y, right - x, height))
        right = max(right, axis.left)
        if any(request.state is RequestState.FAILED for request in line):
            arm = min(4.0, height / 2)
            middle = y + height / 2
            for slope in (1, -1):
                paths["cross"].append(
                    f"M{_px(right + 2)} {_px(middle - slope * arm)}l{_px(2 * arm)} {_px(2 * slope * arm)}"
                )
        elif request.state is RequestState.CANCELLED and parts and parts[-1].kind in _EXCHANGES:
            paths["cut"] += [f"M{_px(right - back)} {_px(y)}v{_px(height)}" for back in (1.5, 4.5, 8.5)]
    looks = {
        "queue": f'fill="{_QUEUE}"',
        "wait": f'fill="url(#{name}-wait)"',
        "stream": f'fill="{plot.colour}"',
        "backoff": f'fill="none" stroke="{_TEXT}" stroke-width="2" stroke-dasharray="2 4"',
        "cut": 'fill="none" stroke="#ffffff" stroke-width="1.5"',
        "cross": f'fill="none" stroke="{_FAILURE}" stroke-width="1.5"',
    }
    for kind, drawn in paths.items():
        if drawn:
            yield f'<path class="{kind}" d="{"".join(drawn)}" {looks[kind]}/>\n'


_EXCHANGES = (SegmentKind.WAIT, SegmentKind.STREAM)


def _shape(kind: SegmentKind, x: float, y: float, width: float, height: float) -> str:
    if kind is SegmentKind.BACKOFF:
        return f"M{_px(x)} {_px(y + height / 2)}h{_px(width)}"
    if kind is SegmentKind.QUEUE:
        y, height = y + height / 2 - 0.5, 1.0
    return f"M{_px(x)} {_px(y)}h{_px(width)}v{_px(height)}h{_px(-width)}z"


def _labels(plot: _Plot, top: float) -> Iterator[str]:
    for place, line in enumerate(plot.lines):
        baseline = top + (place + 0.5) * plot.row_px + 4
        value = next(iter(line[0].row.variables.values()), "")
        yield _text(_MARGIN, baseline, _cut(value), size=min(11, round(plot.row_px - 2)))


def _cut(value: str) -> str:
    """The start of a value on one line, as far as it surely fits: clipping is not for every viewer."""
    line = " ".join(value[: 8 * _LABEL_CELLS].split())
    room = _LABEL_CELLS
    for place, character in enumerate(line):
        room -= _cells(character)
        if room < 0:
            return line[: place - 1] + "…"
    return line


def _cells(character: str) -> int:
    """How wide a character is, in ordinary ones."""
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@dataclass(frozen=True, slots=True)
class _Entry:
    """A shape of the legend with its word; without a kind, the cross."""

    kind: SegmentKind | None
    word: str
    x: float
    line: int


def _legend_entries(words: RaceWords, width: int) -> list[_Entry]:
    """Set the entries into lines, by a guess of their width: only a viewer can measure text."""
    found: list[_Entry] = []
    x, line = float(_MARGIN), 0
    for kind, word in [*words.legend.items(), (None, words.failed)]:
        room = 26 + 6.2 * sum(map(_cells, word)) + 18
        if x > _MARGIN and x + room > width:
            x, line = float(_MARGIN), line + 1
        found.append(_Entry(kind, word, x, line))
        x += room
    return found


def _legend(entries: Sequence[_Entry], y: float, name: str) -> Iterator[str]:
    """What the shapes mean."""
    looks = {
        SegmentKind.QUEUE: f'fill="{_QUEUE}"',
        SegmentKind.WAIT: f'fill="url(#{name}-wait)"',
        SegmentKind.STREAM: f'fill="{_MUTED}"',
        SegmentKind.BACKOFF: f'stroke="{_TEXT}" stroke-width="2" stroke-dasharray="2 4"',
    }
    yield f'<g id="{name}">\n' + _hatch(f"{name}-wait", _MUTED)
    for entry in entries:
        middle = y + 14 + entry.line * _LEGEND_PX
        if entry.kind:
            yield f'<path d="{_shape(entry.kind, entry.x, middle - 4, 20, 8)}" {looks[entry.kind]}/>\n'
        else:
            left = _px(entry.x + 6)
            cross = f"M{left} {_px(middle - 4)}l8 8M{left} {_px(middle + 4)}l8 -8"
            yield f'<path d="{cross}" stroke="{_FAILURE}" stroke-width="1.5"/>\n'
        yield _text(entry.x + 26, middle + 4, entry.word, fill=_MUTED)
    yield "</g>\n"


def _text(
    x: float,
    y: float,
    text: str,
    *,
    fill: str = _TEXT,
    anchor: str = "start",
    weight: str = "normal",
    size: float = 12,
) -> str:
    return (
        f'<text x="{_px(x)}" y="{_px(y)}" fill="{fill}" text-anchor="{anchor}" font-weight="{weight}" '
        f'font-size="{size:g}">{_escaped(text)}</text>\n'
    )


def _escaped(text: str) -> str:
    return html.escape(_NOT_IN_XML.sub("", text))


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
