"""Servers and keys that the user enters."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from paradigm_gui import wording
from paradigm_gui.controller import KEYRING_NOTICE_S
from paradigm_gui.core.base_url import origin_of
from paradigm_gui.core.connection_test import try_connection
from paradigm_gui.core.endpoints import (
    PARADIGM,
    PRESETS,
    Endpoint,
    PresetCode,
    Proxy,
    ProxyMode,
    duplicate_of,
    export_endpoints,
    import_endpoints,
    named_apart,
    shared,
    write_endpoints,
)
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.keys import (
    KeyringTrouble,
    KeySource,
    clean_credentials,
    clean_key,
    clean_secret,
    packed,
    proxy_name,
)
from paradigm_gui.core.redaction import redacted
from paradigm_gui.core.route import look_for_proxy
from paradigm_gui.widgets.banner import Tone
from paradigm_gui.widgets.connection_dialog import Connection, ConnectionDialog
from paradigm_gui.widgets.dialogs import answer_of, ask_file_to_open, ask_file_to_save, confirm, tell
from paradigm_gui.widgets.endpoints_dialog import EndpointsDialog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from PySide6.QtWidgets import QWidget

    from paradigm_gui.core.keys import KeyStore, Place
    from paradigm_gui.core.route import Credentials, FoundProxy
    from paradigm_gui.reporter import Reporter
    from paradigm_gui.session import Session
    from paradigm_gui.settings import Settings
    from paradigm_gui.tasks import Tasks

EXPORT_NAME = "paradigm-servers.json"
# what may be otherwise a moment later
_PASSING = (KeyringTrouble.LOCKED, KeyringTrouble.DENIED, KeyringTrouble.FAILED)


class Connections(QObject):
    """Asks for servers and their keys, and keeps both where they belong."""

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
        self._keeping = asyncio.Lock()

    def ask(self, base_url: str = "") -> None:
        """Ask for the key, or anything else, of the chosen server; `base_url` is a better one for it."""
        self._open(self._edit_current(base_url))

    def show_all(self) -> None:
        """Show the list of servers."""
        self._open(self._list())

    def _open(self, work: Coroutine[Any, Any, None]) -> None:
        """One dialog of this kind at a time."""
        if self._asking is None or self._asking.done():
            self._asking = self._tasks.start(work, "connection")
        else:
            work.close()

    @property
    def _saved(self) -> list[Endpoint]:
        return [entry for entry in self._session.endpoints if not entry.is_demo]

    # one server

    async def _edit_current(self, base_url: str) -> None:
        current = self._session.window.run_bar.endpoint or PARADIGM
        is_first = current.is_demo
        if is_first:
            current = next(iter(self._saved), PARADIGM)
        wants_list = False

        def leave_for_list(dialog: ConnectionDialog) -> None:
            nonlocal wants_list
            wants_list = True
            dialog.discard()

        entered = await self._enter(current, self._session.window, on_list=leave_for_list, base_url=base_url)
        if entered:
            # who comes from the demo and enters another server does not mean to lose this one
            is_other = is_first and entered.endpoint.host != current.host
            before = current if current in self._session.endpoints and not is_other else None
            endpoint = self._take_over(entered, before)
            self._session.use_endpoint(endpoint)
            await self._part_with_key(before, endpoint, self._session.window)
        elif wants_list:
            await self._list()

    async def _enter(
        self,
        endpoint: Endpoint,
        parent: QWidget,
        *,
        is_paradigm: bool = False,
        on_list: Callable[[ConnectionDialog], None] | None = None,
        base_url: str = "",
    ) -> Connection | None:
        """Show one server for editing, if with another URL; gives what was entered, or `None`."""
        dialog = ConnectionDialog(
            endpoint, clean_key, clean_credentials, clean_secret, is_paradigm=is_paradigm, parent=parent
        )
        if base_url:
            dialog.fill_in(base_url)
        jobs: list[asyncio.Task[None]] = []
        tests: list[asyncio.Task[None]] = []

        def start(work: Coroutine[Any, Any, None], kept: list[asyncio.Task[None]]) -> None:
            kept.append(self._tasks.start(work, "server dialog"))

        def stop_test() -> None:
            while tests:
                tests.pop().cancel()
            dialog.show_testing(is_testing=False)

        dialog.test_requested.connect(
            lambda entered, with_answer: start(self._test(dialog, endpoint, entered, with_answer), tests)
        )
        dialog.test_stopped.connect(stop_test)
        dialog.other_server_entered.connect(
            lambda url: start(self._show_key(dialog, replace(endpoint, base_url=url)), jobs)
        )
        dialog.key_removal_requested.connect(
            lambda url: start(self._forget_key(dialog, replace(endpoint, base_url=url)), jobs)
        )
        dialog.login_removal_requested.connect(
            lambda address: start(self._forget_login(dialog, address), jobs)
        )
        dialog.route_wanted.connect(
            lambda url: start(self._show_proxy(dialog, replace(endpoint, base_url=url)), jobs)
        )
        dialog.list_button.setVisible(on_list is not None)
        if on_list:
            dialog.list_requested.connect(lambda: on_list(dialog))
        dialog.show_models(self._session.models_of(endpoint))
        start(self._show_key(dialog, endpoint), jobs)
        start(self._show_proxy(dialog, endpoint), jobs)
        try:
            return dialog.connection if await answer_of(dialog) else None
        finally:
            for task in (*jobs, *tests):
                task.cancel()

    async def _show_key(self, dialog: ConnectionDialog, endpoint: Endpoint) -> None:
        place = await self._keys.place_of(endpoint.key_name)
        dialog.show_key(
            wording.place(place),
            wording.keyring_trouble(place.trouble) if place.trouble else "",
            has_key=place.source is not None,
            base_url=endpoint.base_url,
        )
        # a variable is not ours to remove
        dialog.forget_button.setEnabled(place.source is not KeySource.ENVIRONMENT)
        if endpoint.secret_header and await self._keys.find_secret(endpoint.secret_name):
            dialog.advanced.show_secret(is_there=True)

    async def _show_proxy(self, dialog: ConnectionDialog, endpoint: Endpoint) -> None:
        """Show which proxy the system names for a server, and who is known to it."""
        page = dialog.advanced.proxy
        address = ""
        if endpoint.base_url:
            try:
                found = await asyncio.to_thread(look_for_proxy, replace(endpoint, proxy=Proxy()))
            except UserFacingError as error:
                words = wording.user_error(error)
            else:
                address = found.server.url if found and not found.bypass else ""
                words = self._words_for(found)
            page.show_system(address, words)
        for url in dict.fromkeys((endpoint.proxy.url, address)):
            if url and (login := await self._keys.find_credentials(url)):
                page.show_login(url, login.user)

    def _words_for(self, found: FoundProxy | None) -> str:
        if found is None:
            return self.tr("The system names no proxy for this server.")
        if found.bypass:
            return wording.passed_by(found.server.host, found.bypass)
        if found.server.credentials:
            return self.tr("The system names this proxy, with a user name and a password.")
        return self.tr("The system names this proxy. If it wants a login, enter it here.")

    async def _forget_login(self, dialog: ConnectionDialog, address: str) -> None:
        self._keys.ask_again()
        trouble = await self._keys.forget_credentials(address)
        if trouble:
            dialog.show_error(wording.keyring_trouble(trouble))
        else:
            dialog.advanced.proxy.show_login(address, "")

    async def _forget_key(self, dialog: ConnectionDialog, endpoint: Endpoint) -> None:
        self._keys.ask_again()
        trouble = await self._keys.forget(endpoint.key_name)
        if trouble:
            dialog.show_error(wording.keyring_trouble(trouble))
        await self._show_key(dialog, endpoint)

    async def _test(
        self, dialog: ConnectionDialog, before: Endpoint, entered: Connection, with_answer: bool
    ) -> None:
        """Try out what was entered, before it is saved. Cancelled when the dialog goes."""
        endpoint = entered.endpoint
        controller = self._session.controller
        self._keys.ask_again()
        try:
            key = "" if endpoint.needs_no_key else entered.key or await self._key_for(endpoint, before)
            if key:
                self._reporter.hide(key)
                if endpoint.is_readable_by_others and not endpoint.allows_plain_key:
                    # the keyring had not yet said that there is one when the dialog would have asked
                    raise UserFacingError("plain_key", host=endpoint.host)
            secret = entered.secret or await self._secret_for(endpoint, before)
            route = await controller.route_to(endpoint, _credentials_of(entered), secret)
            await controller.preload()
            steps = try_connection(endpoint, key or None, route, with_answer=with_answer)
            async with contextlib.aclosing(steps):
                async for step in steps:
                    # a server may list or answer the key that it was sent
                    dialog.show_step(replace(step, details=redacted(step.details, key, *route.secrets)))
        except UserFacingError as error:
            dialog.show_error(wording.user_error(error))
        except Exception:
            # a bug, which is reported elsewhere, must not leave a test that never ends
            dialog.show_testing(is_testing=False)
            raise
        dialog.show_testing(is_testing=False)

    async def _key_for(self, endpoint: Endpoint, before: Endpoint) -> str:
        """The key that is kept for a server, under its new URL or, at the same host, the one before."""
        if endpoint.needs_no_key:
            return ""
        key = await self._keys.find(endpoint.key_name)
        if key is None and _is_same_server(endpoint, before):
            key = await self._keys.find(before.key_name)
        return key.value if key else ""

    async def _secret_for(self, endpoint: Endpoint, before: Endpoint) -> str:
        """What is kept for the header of a gateway, found as the key is."""
        if not endpoint.secret_header:
            return ""
        secret = await self._keys.find_secret(endpoint.secret_name)
        if secret is None and _is_same_server(endpoint, before):
            secret = await self._keys.find_secret(before.secret_name)
        return secret or ""

    def _take_over(self, entered: Connection, before: Endpoint | None) -> Endpoint:
        """Keep what was entered; gives the endpoint as it is saved.

        It can be used at once. What is secret goes to the keyring meanwhile, which may wait for the user.
        """
        others = [entry for entry in self._session.endpoints if entry != before]
        endpoint = replace(entered.endpoint, name=named_apart(entered.endpoint.name, others))
        if any(entry.key_name == endpoint.key_name for entry in others):
            # another account at the same server
            endpoint = replace(endpoint, account=secrets.token_hex(4))
        new = {endpoint.key_name: entered.key, endpoint.secret_name: entered.secret}
        if credentials := _credentials_of(entered):
            self._reporter.hide(credentials.password)
            new[proxy_name(endpoint.proxy.url)] = packed(credentials)
        moved = {}
        if before and _is_same_server(before, endpoint):
            moved = {endpoint.key_name: before.key_name}
            if endpoint.secret_header:
                moved[endpoint.secret_name] = before.secret_name
        for name, value in new.items():
            if value:
                self._reporter.hide(value)
                self._keys.hold(name, value)
        for name, old in moved.items():
            self._keys.follow(old, name)
        self._keys.ask_again()
        self._replace(before, endpoint)
        entries = {name: value for name, value in new.items() if value}
        keeping = self._keep_secrets(endpoint, entered.endpoint.name, entries, moved, before)
        self._tasks.start(keeping, "keyring")
        return endpoint

    async def _keep_secrets(
        self,
        endpoint: Endpoint,
        wanted_name: str,
        new: dict[str, str],
        moved: dict[str, str],
        before: Endpoint | None,
    ) -> None:
        """Put into the keyring what was entered, or had another name, and say what came of it."""
        async with self._keeping, self._notice(endpoint) as notice:
            places = {name: await self._keys.save(name, value) for name, value in new.items()}
            firsts = {self._keys.kept_as(name) for name in moved}
            for name, old in moved.items():
                if place := await self._keys.carry_over(old, name):
                    places[name] = place
            # what could not be carried over is still in its old place
            if before and not any(place.trouble in _PASSING for place in places.values()):
                await self._forget_secrets_of(before, but_for_server=not _is_same_server(before, endpoint))
                used = {name for entry in self._saved for name in (entry.key_name, entry.secret_name)}
                # one that had already followed its server once before is still in its first place
                for first in firsts - used - {before.key_name, before.secret_name}:
                    await self._keys.forget(first)
        self._tell_places(endpoint, wanted_name, places, notice)

    @contextlib.asynccontextmanager
    async def _notice(self, endpoint: Endpoint) -> AsyncIterator[list[str]]:
        """Say that the keyring is waited for, where that takes its time; gives what was said."""
        said: list[str] = []

        def say() -> None:
            said.append(
                self.tr(
                    "{name} is saved and can be used. The system's keyring, which is to keep its key, may be"
                    " asking you for a password."
                ).format(name=endpoint.name)
            )
            self._session.say(said[0], Tone.NOTE)

        timer = asyncio.get_running_loop().call_later(KEYRING_NOTICE_S, say)
        try:
            yield said
        finally:
            timer.cancel()

    def _tell_places(
        self, endpoint: Endpoint, wanted_name: str, places: dict[str, Place], notice: list[str]
    ) -> None:
        """Say where a key is now; nothing else that was said meanwhile is taken away for good news."""
        banner = self._session.window.message_banner
        is_free = banner.isHidden() or banner.label.text() in notice
        place = places.get(endpoint.key_name)
        trouble = next((entry.trouble for entry in places.values() if entry.trouble), None)
        texts = []
        if endpoint.name != wanted_name:
            text = self.tr("There is another server called “{name}”: this one is saved as “{own}”.")
            texts.append(text.format(name=wanted_name, own=endpoint.name))
        if place:
            where = wording.place(place)
            texts.append(self.tr("Key for {host}: {where}.").format(host=endpoint.host, where=where))
        if trouble:
            texts.append(wording.keyring_trouble(trouble))
        if texts and (is_free or trouble):
            self._session.say(" ".join(texts), Tone.NOTE)
        elif notice and is_free:
            banner.hide()

    async def _part_with_key(self, before: Endpoint | None, after: Endpoint, parent: QWidget) -> None:
        """Ask whether the key of a server is to go whose entry names another server now."""
        if before is None or _is_same_server(before, after) or not self._keys.is_kept(before.key_name):
            return
        if any(entry.key_name == before.key_name for entry in self._saved):
            return
        text = self.tr(
            "The key for {host} is still in the system's keyring. If you keep it, it is there again as soon"
            " as this URL is: {url}"
        ).format(host=before.host, url=before.base_url)
        yes, no = self.tr("Remove the key"), self.tr("Keep the key")
        if await confirm(parent, self.tr("Server and API key"), text, yes, no):
            self._keys.ask_again()
            self._tasks.start(self._forget_in_turn(before), "keyring")

    async def _forget_in_turn(self, gone: Endpoint) -> None:
        """Remove what belongs to an entry that is gone; says so only when that did not work."""
        async with self._keeping:
            trouble = await self._forget_secrets_of(gone)
        if trouble:
            text = self.tr("The key for {host} could not be removed.").format(host=gone.host)
            self._session.say(f"{text} {wording.keyring_trouble(trouble)}", Tone.WARNING)

    async def _forget_secrets_of(
        self, gone: Endpoint, *, but_for_server: bool = False
    ) -> KeyringTrouble | None:
        """Remove what no entry uses any more, if only of the way there: nothing could do so later."""
        trouble = None
        if not but_for_server:
            if all(entry.key_name != gone.key_name for entry in self._saved):
                self._session.note_models(gone, ())
                trouble = await self._keys.forget(gone.key_name)
            used = {entry.secret_name for entry in self._saved if entry.secret_header}
            if gone.secret_header and gone.secret_name not in used:
                trouble = await self._keys.forget(gone.secret_name) or trouble
        if gone.proxy.url and all(entry.proxy.url != gone.proxy.url for entry in self._saved):
            trouble = await self._keys.forget_credentials(gone.proxy.url) or trouble
        return trouble

    def _replace(self, before: Endpoint | None, *after: Endpoint) -> None:
        """Put endpoints in the place of another, or at the end, and save the list."""
        found = [list(after) if entry == before else [entry] for entry in self._session.endpoints]
        if before is None or before not in self._session.endpoints:
            found.append(list(after))
        self._keep([entry for entries in found for entry in entries])

    def _keep(self, endpoints: list[Endpoint]) -> None:
        self._session.endpoints = endpoints
        try:
            write_endpoints(self._settings.endpoints_path, endpoints)
        except UserFacingError as error:
            self._session.show_refusal(error)

    # all servers

    async def _list(self) -> None:
        dialog = EndpointsDialog(self._session.window)
        dialog.show_endpoints(self._saved, self._session.window.run_bar.endpoint)
        working: list[asyncio.Task[None]] = []

        def start(work: Coroutine[Any, Any, None]) -> None:
            if any(not task.done() for task in working):
                work.close()
            else:
                working.append(self._tasks.start(work, "servers"))

        dialog.add_requested.connect(lambda code: start(self._add(dialog, code)))
        dialog.edit_requested.connect(lambda endpoint: start(self._edit(dialog, endpoint)))
        dialog.duplicate_requested.connect(lambda endpoint: self._duplicate(dialog, endpoint))
        dialog.removal_requested.connect(lambda endpoint: start(self._remove(dialog, endpoint)))
        dialog.default_requested.connect(lambda endpoint: self._make_default(dialog, endpoint))
        dialog.import_requested.connect(lambda: start(self._import(dialog)))
        dialog.export_requested.connect(lambda: start(self._export(dialog)))
        try:
            await answer_of(dialog)
        finally:
            for task in working:
                task.cancel()

    def _show_anew(self, dialog: EndpointsDialog, selected: Endpoint | None, chosen: Endpoint | None) -> None:
        """Bring list and window up to date; `chosen` is what the window sends to from now on."""
        dialog.show_endpoints(self._saved, selected)
        self._session.use_endpoint(chosen or self._session.endpoints[0])

    async def _add(self, dialog: EndpointsDialog, code: PresetCode) -> None:
        is_paradigm = code is PresetCode.PARADIGM_PRIVATE
        entered = await self._enter(PRESETS[code], dialog, is_paradigm=is_paradigm)
        if entered:
            endpoint = self._take_over(entered, None)
            self._show_anew(dialog, endpoint, endpoint)

    async def _edit(self, dialog: EndpointsDialog, endpoint: Endpoint) -> None:
        entered = await self._enter(endpoint, dialog)
        if entered:
            is_chosen = self._session.window.run_bar.endpoint == endpoint
            after = self._take_over(entered, endpoint)
            self._show_anew(dialog, after, after if is_chosen else self._session.window.run_bar.endpoint)
            await self._part_with_key(endpoint, after, dialog)

    def _duplicate(self, dialog: EndpointsDialog, endpoint: Endpoint) -> None:
        copy = duplicate_of(endpoint, self._session.endpoints)
        self._replace(endpoint, endpoint, copy)
        self._show_anew(dialog, copy, self._session.window.run_bar.endpoint)

    async def _remove(self, dialog: EndpointsDialog, endpoint: Endpoint) -> None:
        question = self.tr("Remove “{name}”? Its key is removed from the keyring, too.")
        text = question.format(name=endpoint.name)
        if not await confirm(dialog, dialog.windowTitle(), text, self.tr("Remove")):
            return
        was_chosen = self._session.window.run_bar.endpoint == endpoint
        self._replace(endpoint)
        left = self._session.window.run_bar.endpoint
        self._show_anew(dialog, None, next(iter(self._saved), None) if was_chosen else left)
        self._keys.ask_again()
        self._tasks.start(self._forget_in_turn(endpoint), "keyring")

    def _make_default(self, dialog: EndpointsDialog, endpoint: Endpoint) -> None:
        chosen = self._session.window.run_bar.endpoint

        def marked(entry: Endpoint) -> Endpoint:
            return replace(entry, is_default=entry == endpoint and not endpoint.is_default)

        self._keep([marked(entry) for entry in self._session.endpoints])
        self._show_anew(dialog, marked(endpoint), marked(chosen) if chosen else None)

    async def _import(self, dialog: EndpointsDialog) -> None:
        filters = [self.tr("Servers (*.json)"), self.tr("All files (*)")]
        path = await ask_file_to_open(dialog, self.tr("Import servers"), str(Path.home()), filters)
        if path is None:
            return
        try:
            imported = await asyncio.to_thread(import_endpoints, path)
        except UserFacingError as error:
            await tell(dialog, dialog.windowTitle(), wording.user_error(error))
            return
        there = {replace(shared(entry), name="") for entry in self._saved}
        new = [entry for entry in imported if replace(entry, name="") not in there]
        old_words = self.tr(
            "%n server(s) of this file are there already, with the same settings.",
            "",
            len(imported) - len(new),
        )
        if not new:
            await tell(dialog, dialog.windowTitle(), old_words)
            return
        lines = [self.tr("%n server(s) would be added:", "", len(new)), *map(self._described, new)]
        if len(new) < len(imported):
            lines.append(old_words)
        if not await confirm(dialog, dialog.windowTitle(), "\n\n".join(lines), self.tr("Import")):
            return
        known = self._session.endpoints
        names = []
        for endpoint in new:
            own = replace(endpoint, name=named_apart(endpoint.name, known))
            if any(entry.key_name == own.key_name for entry in known):
                own = replace(own, account=secrets.token_hex(4))
            known = [*known, own]
            names.append(own.name)
        self._keep(known)
        self._show_anew(dialog, known[-1], self._session.window.run_bar.endpoint)
        lines = [
            self.tr("Added: {names}. Keys are not passed on: enter yours.").format(names=", ".join(names))
        ]
        if lacking := [entry.name for entry in new if entry.ca_file]:
            text = self.tr("Authority files are not passed on. Choose yours, under Advanced, for: {names}.")
            lines.append(text.format(names=", ".join(lacking)))
        await tell(dialog, dialog.windowTitle(), "\n\n".join(lines))

    def _described(self, endpoint: Endpoint) -> str:
        """A server of somebody else, and through whom it would be reached."""
        lines = [f"{endpoint.name}\n{endpoint.base_url}"]
        if endpoint.proxy.mode is ProxyMode.MANUAL:
            text = self.tr("⚠ All that is sent there goes through the proxy {url}")
            lines.append(text.format(url=endpoint.proxy.url))
        if words := wording.particulars(endpoint):
            lines.append(", ".join(words))
        return "\n".join(lines)

    async def _export(self, dialog: EndpointsDialog) -> None:
        path = await ask_file_to_save(
            dialog,
            self.tr("Export servers"),
            Path.home() / EXPORT_NAME,
            [self.tr("Servers (*.json)")],
            "json",
        )
        if path is None:
            return
        saved = self._saved
        try:
            await asyncio.to_thread(export_endpoints, path, saved)
        except UserFacingError as error:
            text = wording.user_error(error)
        else:
            text = self.tr("%n server(s) were written to {path}, without any key.", "", len(saved)).format(
                path=path
            )
        await tell(dialog, dialog.windowTitle(), text)


def _is_same_server(one: Endpoint, other: Endpoint) -> bool:
    return origin_of(one.base_url) == origin_of(other.base_url)


def _credentials_of(entered: Connection) -> Credentials | None:
    return clean_credentials(*entered.credentials) if entered.credentials else None
