"""Tries an installed or frozen program on itself: the pieces that packaging can lose."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon

from paradigm_gui.__main__ import OK, SOME_FAILED
from paradigm_gui.core.batch import RequestState, Run
from paradigm_gui.core.export import RESULT_SUFFIXES
from paradigm_gui.core.plan import Plan
from paradigm_gui.language import LANGUAGES
from paradigm_gui.outcome import write_results_of
from paradigm_gui.resources import icon_path, translation_path
from paradigm_gui.session import DEMO
from paradigm_gui.tasks import settle

if TYPE_CHECKING:
    from paradigm_gui.session import Session

ROWS = 3


async def self_test(session: Session) -> int:
    """Run a few rows on the demo server and write them in every format; say what fails."""
    problems = [str(path) for path in map(translation_path, LANGUAGES) if not path.is_file()]
    problems += [
        str(icon_path(f"state-{state}"))
        for state in RequestState
        if QIcon(str(icon_path(f"state-{state}"))).pixmap(16).isNull()
    ]
    ended: asyncio.Future[Run] = asyncio.get_running_loop().create_future()
    session.shown.ended.connect(lambda run: settle(ended, run))
    session.refused.connect(lambda error: settle(ended, error))
    session.use_endpoint(DEMO)
    session.start(Plan(compare=True), ROWS)
    run = await ended
    problems += [f"row {request.index}: {request.error}" for request in run.requests if request.error]
    with tempfile.TemporaryDirectory() as folder:
        for suffix in RESULT_SUFFIXES:
            path = Path(folder) / f"results{suffix}"
            write_results_of(run, await session.shown.figures_of(run), path, "en")
            if not path.stat().st_size:
                problems.append(f"{path.name}: empty")
        session.save_picture(Path(folder) / "window.png")
    for problem in problems:
        print(problem, file=sys.stderr)
    print("self-test failed" if problems else "self-test passed")
    return SOME_FAILED if problems else OK
