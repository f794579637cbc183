"""The pages of the timing panel: charts and estimates of the run on show."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit
from stub_api import Reply, stub_api_thread

from paradigm_gui.core.batch import ArmKind
from paradigm_gui.core.plan import Plan
from paradigm_gui.timing_pages import TimingPages
from paradigm_gui.widgets.timing_panel import Page

NAMES = ["Ada", "Bo", "Cy", "Di", "Ed", "Fay"]


def echo(request):
    return Reply.answer(f"Answer to {request.prompt}", word_delay_s=0.01)


def look_at(panel, page):
    panel.tabs.setCurrentIndex(list(Page).index(page))


def chart_on(panel, page):
    layout = panel._frames[page].layout()
    return layout.itemAt(0).widget() if layout.count() else None


@pytest.fixture
def at_work(run, program):
    """Run `main(program, panel)` with a program whose pages are filled, and a server that answers."""

    def start(main):
        async def with_program(api):
            async with program(api.base_url) as opened:
                TimingPages(opened.window.timing, opened.session, opened.tasks)
                opened.enter(*NAMES, cap=3)
                await main(opened, opened.window.timing)

        with stub_api_thread(echo) as api:
            run(with_program(api))

    return start


@pytest.mark.parametrize("page", [Page.LATENCY, Page.LOAD, Page.SWEEP])
def test_a_chart_is_made_when_it_is_looked_at_and_follows_the_run_on_show(at_work, page):
    async def main(opened, panel):
        await opened.run(compare=True)
        await opened.idle()
        assert chart_on(panel, page) is None
        look_at(panel, page)
        await opened.idle()
        chart = chart_on(panel, page)
        assert chart.is_drawn
        before = chart.description()
        await opened.run()
        await opened.idle()
        assert chart.is_drawn
        assert chart.description() != before
        assert chart_on(panel, page) is chart

    at_work(main)


def test_a_chart_looked_at_before_any_run_says_what_to_do(at_work):
    async def main(opened, panel):
        look_at(panel, Page.LOAD)
        await opened.idle()
        assert not chart_on(panel, Page.LOAD).is_drawn
        assert chart_on(panel, Page.LOAD).description()

    at_work(main)


def test_a_run_under_way_is_announced_where_it_will_be_drawn(at_work):
    async def main(opened, panel):
        look_at(panel, Page.LOAD)
        await opened.idle()
        before = chart_on(panel, Page.LOAD).description()
        taken, ended = opened.hear(opened.session.shown.taken), opened.hear(opened.session.shown.ended)
        opened.session.start(Plan())
        await taken
        assert not chart_on(panel, Page.LOAD).is_drawn
        assert "as soon as the run has ended" in chart_on(panel, Page.LOAD).description()
        assert "as soon as the run has ended" in panel.what_if.details.text()
        await ended
        await opened.idle()
        assert chart_on(panel, Page.LOAD).is_drawn
        assert "Run the batch" in before
        assert panel.what_if.result.text()

    at_work(main)


def test_what_was_drawn_of_another_run_goes_when_one_is_opened(at_work):
    async def main(opened, panel):
        first = await opened.run()
        await opened.run(compare=True)
        look_at(panel, Page.LATENCY)
        await opened.idle()
        chart = chart_on(panel, Page.LATENCY)
        assert chart.is_drawn
        await opened.session.shown.show(first)
        assert not chart.is_drawn
        assert panel.what_if.result.text() == ""
        await opened.idle()
        assert chart.is_drawn
        assert "Sequential" not in chart.description()

    at_work(main)


def test_the_cap_of_the_sweep_can_be_used(at_work):
    async def main(opened, panel):
        ended = opened.hear(opened.session.shown.ended)
        opened.session.start(Plan(sweep=True))
        await ended
        look_at(panel, Page.SWEEP)
        await opened.idle()
        chart_on(panel, Page.SWEEP).cap_chosen.emit(2)
        assert opened.window.run_bar.limits().cap == 2

    at_work(main)


def test_the_speed_up_is_estimated_until_it_is_measured(at_work):
    async def main(opened, panel):
        await opened.run()
        await opened.idle()
        assert not panel.figures.estimate.isHidden()
        assert panel.figures.estimate.font().italic()
        assert "×" in panel.figures.estimate.text()
        assert panel.figures.compare_button.isVisibleTo(panel)
        opened.session.controller.start_sequential(opened.session.shown.run)
        (await opened.hear(opened.session.shown.ended))
        await opened.idle()
        assert panel.figures.estimate.isHidden()

    at_work(main)


def test_another_cap_is_estimated_from_the_run_on_show(at_work):
    async def main(opened, panel):
        assert not panel.what_if.cap_box.isEnabled()
        run = await opened.run(compare=True)
        await opened.idle()
        what_if = panel.what_if
        at_half = what_if.result.text()
        assert at_half
        what_if.cap_box.setValue(run.arms[ArmKind.CONCURRENT].limits.cap)
        await opened.idle()
        assert what_if.result.text() != at_half
        assert what_if.result.font().italic()
        assert "•" in what_if.assumptions.text()
        at_full = what_if.result.text()
        what_if.pace_box.setValue(60)
        await opened.idle()
        assert what_if.result.text() != at_full

    at_work(main)


@pytest.mark.parametrize(("name", "begins"), [("r.svg", b"<svg"), ("r.har", b"{"), ("r.trace.json", b"{")])
def test_the_timing_is_exported(at_work, tmp_path, name, begins):
    async def main(opened, panel):
        await opened.run()
        dialog = await opened.dialog(opened.window.timing_action)
        assert isinstance(dialog, QFileDialog)
        assert any(name.partition(".")[2] in pattern for pattern in dialog.nameFilters())
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / name))
        dialog.accept()
        await opened.idle()
        assert (tmp_path / name).read_bytes().lstrip().startswith(begins)
        assert name in opened.window.message_banner.label.text()

    at_work(main)


def test_the_figures_are_copied_as_text(at_work):
    async def main(opened, panel):
        await opened.run(compare=True)
        opened.window.copy_figures_action.trigger()
        text = QGuiApplication.clipboard().text()
        assert panel.figures.factor.text() in text
        assert "TPOT" not in text
        assert text.count("\t") > 30

    at_work(main)
