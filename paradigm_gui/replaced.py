"""What loading an example, a file or an old run replaced, kept so that all of it can be brought back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from paradigm_gui.widgets.banner import Tone
from paradigm_gui.widgets.contents import Contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from paradigm_gui.core.batch import Limits, Parameters
    from paradigm_gui.core.endpoints import Endpoint
    from paradigm_gui.session import Session


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that a batch file can replace in the window.

    `given` is what the program itself put into the editors last: where contents differ, they are the user's.
    """

    contents: Contents
    given: Contents
    parameters: Parameters
    limits: Limits
    endpoint: Endpoint | None


class Replaced(QObject):
    """Keeps what was set up before the last change that replaced it, and tells the user about it.

    Nobody is asked beforehand, as nothing is lost: a notice has a button, and the File menu an entry. The
    notice comes only when something of the user's own went, and not what had been loaded itself.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._given: Contents = Contents()
        self._kept: Setup | None = None
        self._offered = ""
        self._banner = session.window.message_banner
        action = session.window.bring_back_action
        action.setEnabled(False)
        action.triggered.connect(self.bring_back)

    def note_given(self) -> None:
        """What the editors hold now was put there by the program: nothing of the user's own is in it."""
        self._given = self._session.window.input.contents()

    def by(self, change: Callable[[], object], notes: Sequence[str] = ()) -> None:
        """Replace what is set up; say what of the user's own went, after what else is to be said.

        What `change` raises, it raises before anything is changed.
        """
        before = self._setup()
        change()
        after = self._setup()
        lost = list(self._lost(before.contents, after.contents))
        if lost and _are_settings_replaced(before, after):
            lost.append(self.tr("settings"))
        self._given = after.contents
        if after != before:
            self._keep(before)
        texts = list(notes)
        if lost:
            texts.append(
                self.tr("What was replaced can be brought back: {parts}.").format(parts=", ".join(lost))
            )
        self._say(" ".join(texts), self.tr("Bring back") if lost else "")

    def bring_back(self) -> None:
        """Change places with what was set up before; a second time, it is changed back."""
        if self._kept is None:
            return
        before, kept = self._setup(), self._kept
        session, bar = self._session, self._session.window.run_bar
        endpoint = kept.endpoint and session.as_saved(kept.endpoint)
        if endpoint in session.endpoints and endpoint != before.endpoint:
            session.use_endpoint(endpoint)
        session.window.input.show_contents(kept.contents)
        self._given = kept.given
        bar.show_parameters(kept.parameters)
        bar.show_limits(kept.limits)
        self._keep(before)
        self._say(self.tr("Everything is as it was before."), self.tr("Undo"))

    def offer(self) -> tuple[str, Callable[[], None]] | None:
        """The button of the notice, for a message that comes before the notice was closed."""
        if not self._banner.isVisible():
            self._offered = ""
        return (self._offered, self.bring_back) if self._offered else None

    def _keep(self, setup: Setup) -> None:
        self._kept = setup
        self._session.window.bring_back_action.setEnabled(True)

    def _say(self, text: str, action: str) -> None:
        self._offered = ""
        if text:
            self._session.say(text, Tone.NOTE, action, self.bring_back)
            self._offered = action

    def _setup(self) -> Setup:
        window = self._session.window
        bar = window.run_bar
        return Setup(window.input.contents(), self._given, bar.parameters(""), bar.limits(), bar.endpoint)

    def _lost(self, before: Contents, after: Contents) -> Iterator[str]:
        """Name what the user had written or opened, and what is not there any more."""
        for name, fields in (
            (self.tr("rows"), ("names", "prompts", "cells")),
            (self.tr("prompt"), ("template",)),
            (self.tr("system prompt"), ("system",)),
            (self.tr("answer format"), ("schema",)),
        ):
            if any(self._is_lost(field, before, after) for field in fields):
                yield name

    def _is_lost(self, field: str, before: Contents, after: Contents) -> bool:
        own = getattr(before, field)
        return bool(own) and own != getattr(after, field) and own != getattr(self._given, field)


def _are_settings_replaced(before: Setup, after: Setup) -> bool:
    # the list of a server's models may fill in a name at any time
    parameters = replace(before.parameters, model=after.parameters.model)
    return (parameters, before.limits, before.endpoint) != (after.parameters, after.limits, after.endpoint)
