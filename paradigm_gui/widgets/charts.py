"""Charts of a run: how long answers took, what was under way when, and what a higher cap buys.

Import this module when a chart is first shown: see `plot`. Each chart is handed arms, or the series that
`core.series` makes of them. Making them takes time in proportion to the requests, so that of many thousands
they are better made in a thread and handed over by `show_series`.
"""

from __future__ import annotations

from paradigm_gui.widgets.chart import Chart
from paradigm_gui.widgets.latency_chart import LatencyChart
from paradigm_gui.widgets.load_chart import LoadChart
from paradigm_gui.widgets.sweep_chart import SweepChart

__all__ = ["Chart", "LatencyChart", "LoadChart", "SweepChart"]
