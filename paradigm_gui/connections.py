"""Servers and keys that the user enters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from paradigm_gui import wording
from paradigm_gui.core.endpoints import PARADIGM, write_endpoints
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.keys import KeyringTrouble, clean_key
from paradigm_gui.widgets.banner import Tone
from paradigm_gui.widgets.connection_dialog import Connection, ConnectionDialog
from paradigm_gui.widgets.dialogs import answer_of

if TYPE_CHECKING:
    import asyncio

    from paradigm_gui.core.keys import KeyStore
    from paradigm_gui.reporter import Reporter
    from paradigm_gui.session import Session
    from paradigm_gui.settings import Settings
    from paradigm_gui.tasks import Tasks


class Connections(QObject):
    """Asks for a server and its key, and keeps both where they belong."""

    def __init__(
        self, session: Session, keys: KeyStore, settings: Settings, tasks: Tasks, reporter: Reporter
    ) -> None:
        super().__init__(session)
        self._session = session
        self._keys = keys
        self._settings = settings
        self._tasks = tasks
        self._reporter = reporter
        self._asking: asyncio.Task[None] | None = None

    def ask(self) -> None:
        if self._asking is None or self._asking.done():
            self._asking = self._tasks.start(self._edit(), "connection")

    async def _edit(self) -> None:
        current = self._session.window.run_bar.endpoint or PARADIGM
        if current.is_demo:
            current = next((entry for entry in self._session.endpoints if not entry.is_demo), PARADIGM)
        place = await self._keys.place_of(current.key_name)
        has_keyring = place.trouble is not KeyringTrouble.NONE_USABLE
        key_state = wording.key_source(place.source) if place.source else self.tr("none yet")
        dialog = ConnectionDialog(
            current, key_state, clean_key, has_keyring=has_keyring, parent=self._session.window
        )
        if await answer_of(dialog) and dialog.connection:
            await self._use(dialog.connection)

    async def _use(self, entered: Connection) -> None:
        endpoint = entered.endpoint
        if entered.key:
            self._reporter.hide(entered.key)
            source = (await self._keys.save(endpoint.key_name, entered.key)).source
            assert source is not None
            self._session.say(
                self.tr("Key for {host}: {where}.").format(
                    host=endpoint.host, where=wording.key_source(source)
                ),
                Tone.NOTE,
            )
        others = [entry for entry in self._session.endpoints if entry.base_url != endpoint.base_url]
        names = {entry.name.casefold() for entry in others}
        if endpoint.name.casefold() in names:
            # names tell servers apart on the command line
            endpoint = replace(endpoint, name=endpoint.host)
        self._session.endpoints = [*others, endpoint]
        try:
            write_endpoints(self._settings.endpoints_path, self._session.endpoints)
        except UserFacingError as error:
            self._session.show_refusal(error)
        self._session.use_endpoint(endpoint)
