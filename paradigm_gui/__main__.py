"""Start the program: read the command line, decide whether there is a screen, and run."""

from __future__ import annotations

import builtins
import io
import os
import sys
import time

_STARTED = time.perf_counter()

OK, SOME_FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:2] == ["-m", "paradigm_gui.demo"]:  # a frozen program starts its helpers so
        from paradigm_gui.demo.__main__ import main as serve_demo

        return serve_demo(arguments[2:])
    if arguments[:2] == ["-m", "paradigm_gui.core.answer_checker"]:
        from paradigm_gui.core.answer_checker import main as check_answers

        return check_answers(float(arguments[2]))
    os.environ["QT_API"] = "pyside6"
    if isinstance(sys.stdout, io.TextIOWrapper):
        # a name or an answer may hold what the terminal's encoding does not
        sys.stdout.reconfigure(errors="backslashreplace")
    from paradigm_gui.core.errors import UserFacingError
    from paradigm_gui.memory import leave_no_core_dump

    leave_no_core_dump()
    plain_import = builtins.__import__
    try:
        from PySide6.QtCore import QCoreApplication

        from paradigm_gui.command_line import parse

        QCoreApplication.setApplicationName("paradigm-gui")
        options = parse(arguments)
        from paradigm_gui.app import Application
        from paradigm_gui.screen import has_screen
    except UserFacingError as error:
        print(f"paradigm-gui: {error.details['message']}", file=sys.stderr)
        return BAD_INPUT
    except ImportError as error:
        # a machine without a desktop may lack the libraries that Qt is linked to
        print(
            f"paradigm-gui: Qt cannot be loaded ({error}). On Debian or Ubuntu: "
            "apt-get install libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1",
            file=sys.stderr,
        )
        return BAD_INPUT
    # WORKAROUND: PySide6 puts a Python function in the place of `__import__`, for `from __feature__`,
    # which is not used here. The SDK imports some 175 times a request; the hook costs a sixth of its time.
    builtins.__import__ = plain_import
    is_headless = options.headless or options.self_test
    lacks_screen = not is_headless and not has_screen()
    if is_headless or lacks_screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = Application(options, is_headless=is_headless or lacks_screen, started_at=_STARTED)
    if lacks_screen and not application.can_do_without_screen():
        return BAD_INPUT
    return application.run()


if __name__ == "__main__":
    sys.exit(main())
