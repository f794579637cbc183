"""Servers and keys as a user enters them, in an open window, against real servers."""

import asyncio
import json
import threading
from dataclasses import replace
from functools import partial

import certificates
import keyring
import keyring.backend
import pytest
import secret_service
from certificates import AUTHORITY_NAME, HOST
from guard import GUARD_S
from proxy import forward_proxy_thread
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox
from stub_api import ROOT, Reply, stub_api_thread

from paradigm_gui.command_line import parse
from paradigm_gui.core.base_url import PARADIGM_BASE_URL
from paradigm_gui.core.batch import RequestState
from paradigm_gui.core.endpoints import (
    PARADIGM,
    Endpoint,
    PresetCode,
    Proxy,
    ProxyMode,
    export_endpoints,
    import_endpoints,
    read_endpoints,
    write_endpoints,
)
from paradigm_gui.core.errors import UserFacingError
from paradigm_gui.core.keys import SERVICE, KeySource, KeyStore, packed, proxy_name
from paradigm_gui.core.raw_request import raw_request
from paradigm_gui.core.route import Credentials
from paradigm_gui.launch import choose_endpoint
from paradigm_gui.session import DEMO
from paradigm_gui.tasks import settle
from paradigm_gui.widgets.endpoints_dialog import EndpointsDialog

YES, NO = QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.RejectRole


class Ring(keyring.backend.KeyringBackend):
    """A keyring for one test."""

    priority = 5
    name = "Test keyring"

    def __init__(self):
        super().__init__()
        self.passwords = {}

    def get_password(self, service, username):
        return self.passwords.get((service, username))

    def set_password(self, service, username, password):
        self.passwords[service, username] = password

    def delete_password(self, service, username):
        if self.passwords.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture
def ring():
    before = keyring.get_keyring()
    keyring.set_keyring(ring := Ring())
    yield ring
    keyring.set_keyring(before)


@pytest.fixture
def real_ring(monkeypatch):
    with secret_service.keyring_of_this_process(monkeypatch):
        yield


def echo(request):
    return Reply.answer(f"Hello {request.prompt}")


def press(box, role=YES):
    next(button for button in box.buttons() if box.buttonRole(button) is role).click()


async def closed(opened, dialog, act):
    """Do what closes a dialog, and wait for all that follows."""
    finished = opened.hear(dialog.finished)
    act()
    await finished


async def until(opened, condition):
    """Wait for the task of the program after which a condition holds."""
    while not condition():
        await asyncio.wait(asyncio.all_tasks() - opened.foreign, return_when=asyncio.FIRST_COMPLETED)


async def listed():
    """Wait until nothing that was asked for in the list is under way."""
    while tasks := [task for task in asyncio.all_tasks() if task.get_name() == "servers"]:
        await asyncio.wait(tasks)


def in_list(opened):
    return [entry for entry in opened.session.endpoints if not entry.is_demo]


# The quick way


def test_a_key_is_added_in_the_quick_way(run, program, ring):
    async def main():
        async with program() as opened:
            dialog = await opened.dialog(opened.window.demo_banner.button)
            assert dialog.url_edit.text() == PARADIGM_BASE_URL
            assert not dialog.advanced.isVisible()
            dialog.url_edit.setText("localhost:9/v1")
            dialog.key_edit.setText("k-1")
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            assert ring.passwords == {("paradigm-gui", "http://localhost:9/v1"): "k-1"}
            # the server that was there is still there
            assert [entry.base_url for entry in in_list(opened)] == [
                PARADIGM_BASE_URL,
                "http://localhost:9/v1",
            ]
            assert opened.window.run_bar.endpoint.base_url == "http://localhost:9/v1"
            saved = read_endpoints(opened.settings.endpoints_path)
            assert saved == in_list(opened)
            assert "k-1" not in opened.settings.endpoints_path.read_text()

            again = await opened.dialog(opened.window.run_bar.connection_button)
            await until(opened, again.forget_button.isVisible)
            assert "Test keyring" in again.where_label.text()
            press(await opened.dialog(again.forget_button))
            await until(opened, lambda: not again.forget_button.isVisible())
            assert ring.passwords == {}
            await closed(opened, again, again.reject)
            assert await opened.keys.find("http://localhost:9/v1") is None

    run(main())


def test_that_a_name_was_taken_is_told(run, program, ring):
    async def main(api):
        async with program() as opened:
            dialog = await opened.dialog(opened.window.demo_banner.button)
            dialog.url_edit.setText(api.base_url)
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            assert in_list(opened)[-1].name == "Paradigm (2)"
            assert "“Paradigm (2)”" in opened.window.message_banner.label.text()

    with stub_api_thread(echo) as api:
        run(main(api))


@pytest.mark.parametrize(
    ("url", "is_kept", "removes"),
    [
        ("localhost:9/v2", True, None),
        ("127.0.0.1:9/v1", False, NO),
        ("localhost:10/v1", False, NO),
        ("localhost:10/v1", False, YES),
    ],
)
def test_another_host_wants_another_key(run, program, ring, url, is_kept, removes):
    async def main():
        async with program("http://localhost:9/v1") as opened:
            await opened.keys.save("http://localhost:9/v1", "k-1")
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            await until(opened, dialog.forget_button.isVisible)
            dialog.url_edit.setText(url)
            # no key is shown to be there that is not
            assert dialog.forget_button.isVisible() is is_kept
            assert ("•" in dialog.key_edit.placeholderText()) is is_kept
            assert ("another server" in dialog.where_label.text()) is not is_kept
            if is_kept:
                await closed(opened, dialog, dialog.accept)
            else:
                question = await opened.dialog_after(dialog.accept)
                assert "localhost:9" in question.text()
                assert question.defaultButton().text() == "Keep the key"
                await closed(opened, question, lambda: press(question, removes))
            await opened.idle()
            key = await opened.keys.find(opened.window.run_bar.endpoint.key_name)
            assert (key is not None) is is_kept
            left = is_kept or removes is not YES
            assert list(ring.passwords.values()) == ["k-1"] * left
            assert len(opened.session.endpoints) == len(read_endpoints(opened.settings.endpoints_path)) + 1
            if not left or is_kept:
                return
            # back to the URL as it was, the key is there again
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            dialog.url_edit.setText("localhost:9/v1")
            dialog.url_edit.editingFinished.emit()
            await until(opened, dialog.forget_button.isVisible)
            assert "Test keyring" in dialog.where_label.text()
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            found = await opened.keys.find(opened.window.run_bar.endpoint.key_name)
            assert found.value == "k-1"

    run(main())


def test_a_key_that_nobody_knows_of_is_not_asked_about(run, program, ring):
    async def main():
        async with program("http://localhost:9/v1") as opened:
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            dialog.url_edit.setText("localhost:10/v1")
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            assert opened.window.run_bar.endpoint.base_url == "http://localhost:10/v1"

    run(main())


# A keyring that waits, or refuses


class SlowRing(Ring):
    """A keyring that asks its user, who is somewhere else."""

    def __init__(self):
        super().__init__()
        self.asked = threading.Event()
        self.may_answer = threading.Event()

    def set_password(self, service, username, password):
        self.asked.set()
        self.may_answer.wait(GUARD_S)
        super().set_password(service, username, password)


@pytest.fixture
def slow_ring():
    before = keyring.get_keyring()
    keyring.set_keyring(ring := SlowRing())
    yield ring
    ring.may_answer.set()
    keyring.set_keyring(before)


class ShowWatch(QObject):
    """Says when a widget is shown."""

    def __init__(self, widget):
        super().__init__(widget)
        self.is_shown = asyncio.get_running_loop().create_future()
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show:
            settle(self.is_shown, None)
        return False


async def shown(widget):
    """Wait until a widget is shown."""
    if widget.isHidden():
        await ShowWatch(widget).is_shown


async def entered_slowly(opened, api, ring):
    """Save a server and its key, for which the keyring waits."""
    opened.enter("Ada")
    dialog = await opened.dialog(opened.window.demo_banner.button)
    dialog.url_edit.setText(api.base_url)
    dialog.key_edit.setText("k-slow")
    dialog.model_box.setEditText("stub-large")
    await closed(opened, dialog, dialog.accept)
    await asyncio.to_thread(ring.asked.wait, GUARD_S)


def test_a_keyring_that_waits_holds_up_nothing(run, program, slow_ring):
    async def main(api):
        async with program() as opened:
            await entered_slowly(opened, api, slow_ring)
            assert opened.window.run_bar.endpoint.base_url == api.base_url
            assert read_endpoints(opened.settings.endpoints_path)[-1].base_url == api.base_url
            banner = opened.window.message_banner
            await shown(banner)
            assert "may be asking you for a password" in banner.label.text()
            ended = await opened.run()
            assert ended.requests[0].state is RequestState.DONE
            assert slow_ring.passwords == {}
            slow_ring.may_answer.set()
            await opened.idle()
            assert "Test keyring" in banner.label.text()
            assert set(slow_ring.passwords.values()) == {"k-slow"}

    with stub_api_thread(echo) as api:
        run(main(api))
    assert {seen.headers["authorization"] for seen in api.seen} == {"Bearer k-slow"}


def test_who_quits_meanwhile_loses_nothing_but_the_entry_in_the_keyring(run, program, slow_ring):
    async def main(api):
        async with program() as opened:
            await entered_slowly(opened, api, slow_ring)
        assert read_endpoints(opened.settings.endpoints_path)[-1].base_url == api.base_url
        assert opened.window.message_banner.isHidden()
        assert slow_ring.passwords == {}

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_server_that_moves_twice_while_the_keyring_is_locked_keeps_its_key(run, program, ring):
    class Locking(Ring):
        is_locked = False

        def get_password(self, *what):
            if self.is_locked:
                raise keyring.errors.KeyringLocked("dismissed")
            return super().get_password(*what)

    keyring.set_keyring(locking := Locking())

    async def main(api):
        async with program(f"{api.base_url}/first") as opened:
            endpoint = opened.window.run_bar.endpoint
            locking.passwords["paradigm-gui", endpoint.key_name] = "k-1"
            locking.is_locked = True
            for path, is_locked in (("/second", True), ("/third", True), ("", False)):
                locking.is_locked = is_locked
                dialog = await opened.dialog(opened.window.run_bar.connection_button)
                dialog.url_edit.setText(f"{api.base_url}{path}")
                await closed(opened, dialog, dialog.accept)
                await opened.idle()
            # and nothing is left in a place where nobody would look for it
            assert locking.passwords == {("paradigm-gui", opened.window.run_bar.endpoint.key_name): "k-1"}

    with stub_api_thread(echo) as api:
        run(main(api))


def test_a_refusal_is_told_once_and_the_key_serves_for_the_session(run, program, ring):
    class Refusing(Ring):
        questions = 0

        def get_password(self, *_what):
            self.questions += 1
            raise keyring.errors.KeyringLocked("dismissed")

        set_password = delete_password = get_password

    keyring.set_keyring(refusing := Refusing())

    async def main(api):
        async with program(f"{api.base_url}/old") as opened:
            await opened.idle()
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            await until(opened, lambda: "stayed locked" in dialog.where_label.text())
            assert refusing.questions == 1  # for the list of models, at the start
            dialog.url_edit.setText(api.base_url)
            dialog.key_edit.setText("k-1")
            page = dialog.advanced
            page.proxy.mode_box.setCurrentIndex(page.proxy.mode_box.findData(ProxyMode.MANUAL))
            page.proxy.address_edit.setText("http://127.0.0.1:9")
            page.proxy.user_edit.setText("ada")
            page.proxy.password_edit.setText("p")
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            # one for all that was to be written, and removed
            assert refusing.questions == 2
            assert "stayed locked" in opened.window.message_banner.label.text()
            opened.enter("Ada")
            opened.window.run_bar.model_box.setEditText("stub-large")
            ended = await opened.run()
            assert ended.requests[0].state is RequestState.DONE

    with stub_api_thread(echo) as api:
        run(main(api))


# Without a key


def test_a_server_in_the_network_without_a_key(run, program, ring):
    async def main(api, proxy):
        async with program() as opened:
            opened.enter("Ada")
            dialog = await opened.dialog(opened.window.demo_banner.button)
            page = dialog.advanced
            dialog.url_edit.setText(f"http://{HOST}{ROOT}")
            page.proxy.mode_box.setCurrentIndex(page.proxy.mode_box.findData(ProxyMode.MANUAL))
            page.proxy.address_edit.setText(proxy.url)
            dialog.test_button.click()
            await until(opened, lambda: dialog.test_button.text() == "Test connection")
            assert "without a key" in dialog.message_label.text()
            assert not dialog.keyless_box.isChecked()
            dialog.answer_box.setChecked(True)
            dialog.test_button.click()
            await until(opened, lambda: dialog.test_button.text() == "Test connection")
            assert dialog.keyless_box.isChecked()
            assert not dialog.key_edit.isEnabled()
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            assert opened.window.run_bar.endpoint.needs_no_key
            opened.window.run_bar.model_box.setEditText("stub-large")
            ended = await opened.run()
            assert ended.requests[0].state is RequestState.DONE

    with (
        stub_api_thread(echo) as api,
        forward_proxy_thread({HOST: api.port}) as proxy,
    ):
        run(main(api, proxy))
    assert {seen.headers.get("authorization") for seen in api.seen} == {None}


# A gateway with a secret of its own


def test_a_gateway_gets_its_own_secret_beside_the_key(run, program, ring, tmp_path):
    header = "CF-Access-Client-Secret"

    def script(request):
        if request.headers.get(header.lower()) != "gw-canary-90bb":
            return Reply.error(403, {"detail": f"no entry with {request.headers.get(header.lower())}"})
        said = f"{request.headers['authorization']} and {request.headers[header.lower()]}"
        return Reply.error(422, {"detail": said}) if request.prompt == "rude" else Reply.answer(said)

    async def main(api):
        async with program() as opened:
            opened.enter("Ada", "rude", retries=0)
            dialog = await opened.dialog(opened.window.demo_banner.button)
            dialog.url_edit.setText(api.base_url)
            dialog.key_edit.setText("sk-canary-4f1d")
            dialog.model_box.setEditText("stub-large")
            dialog.advanced.secret_edit.setText("gw-canary-90bb")
            dialog.accept()
            assert dialog.isVisible()  # what is it called?
            dialog.advanced.secret_header_edit.setText(header)
            dialog.answer_box.setChecked(True)
            dialog.test_button.click()
            await until(opened, lambda: dialog.test_button.text() == "Test connection")
            assert "canary" not in dialog.steps.text()
            assert dialog.steps.help_label.isHidden()
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            endpoint = opened.window.run_bar.endpoint
            assert ring.passwords["paradigm-gui", endpoint.secret_name] == "gw-canary-90bb"
            ended = await opened.run()
            assert ended.requests[0].completion.text == "Bearer ••• and •••"
            assert ended.requests[1].error.message == "Bearer ••• and •••"
            assert f"{header}: •••" in raw_request(ended, ended.requests[0]).text
            export_endpoints(tmp_path / "servers.json", opened.session.endpoints)
            for path in (tmp_path / "servers.json", opened.settings.endpoints_path):
                assert header in path.read_text()
                assert "gw-canary-90bb" not in path.read_text()

            # it follows its server, is shown to be there, and goes when nobody needs it
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            await until(opened, lambda: dialog.advanced.secret_edit.placeholderText() != "")
            dialog.url_edit.setText(f"{api.base_url}/other")
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            moved = opened.window.run_bar.endpoint.secret_name
            assert ring.passwords["paradigm-gui", moved] == "gw-canary-90bb"
            assert ("paradigm-gui", endpoint.secret_name) not in ring.passwords
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            dialog.advanced.secret_header_edit.setText("")
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            assert set(ring.passwords.values()) == {"sk-canary-4f1d"}

    with stub_api_thread(script) as api:
        run(main(api))


def test_a_gateway_s_secret_is_missed_before_anything_is_sent(run, program, ring):
    async def main(api):
        async with program() as opened:
            opened.session.use_endpoint(Endpoint("Corp", api.base_url, "m", secret_header="X-Secret"))
            await opened.idle()
            assert "X-Secret" in opened.window.message_banner.label.text()
            assert api.seen == []

    with stub_api_thread(echo) as api:
        run(main(api))


# The list


def test_servers_are_added_edited_duplicated_and_removed(run, program, ring):
    async def main():
        async with program() as opened:
            chosen = opened.window.run_bar.endpoint
            dialog = await opened.dialog(opened.window.servers_action)
            assert isinstance(dialog, EndpointsDialog)
            preset = next(a for a in dialog.add_menu.actions() if a.data() == PresetCode.OLLAMA)
            page = await opened.dialog(preset)
            page.key_edit.setText("k-1")
            await closed(opened, page, page.accept)
            await until(opened, lambda: dialog.selected and dialog.selected.name == "Ollama")
            await until(opened, lambda: len(in_list(opened)) == 2)

            dialog.duplicate_button.click()
            assert [entry.name for entry in in_list(opened)] == ["Paradigm", "Ollama", "Ollama (2)"]
            copy = dialog.selected
            assert await opened.keys.find(copy.key_name) is None

            dialog.default_button.click()
            assert [entry.is_default for entry in in_list(opened)] == [False, False, True]

            page = await opened.dialog(dialog.edit_button)
            page.name_edit.setText("paradigm")
            page.key_edit.setText("k-2")
            await closed(opened, page, page.accept)
            await until(opened, lambda: dialog.selected and dialog.selected.name == "paradigm (2)")
            await until(opened, lambda: set(ring.passwords.values()) == {"k-1", "k-2"})

            question = await opened.dialog(dialog.remove_button)
            await closed(opened, question, question.reject)
            await asyncio.sleep(0)
            assert len(in_list(opened)) == 3
            question = await opened.dialog(dialog.remove_button)
            await closed(opened, question, lambda: press(question))
            await until(opened, lambda: len(ring.passwords) == 1)
            assert [entry.name for entry in in_list(opened)] == ["Paradigm", "Ollama"]
            assert read_endpoints(opened.settings.endpoints_path) == in_list(opened)
            await closed(opened, dialog, dialog.reject)
            await opened.idle()
            assert opened.window.run_bar.endpoint != chosen

    run(main())


def test_who_removes_all_servers_has_the_demo(run, program, ring):
    async def main():
        async with program("http://127.0.0.1:9/v1") as opened:
            dialog = await opened.dialog(opened.window.servers_action)
            for left in (1, 0):
                question = await opened.dialog(dialog.remove_button)
                await closed(opened, question, lambda question=question: press(question))
                await until(opened, lambda left=left: len(in_list(opened)) == left)
            await until(opened, lambda: opened.window.run_bar.endpoint == DEMO)
            await closed(opened, dialog, dialog.reject)
            await opened.idle()
            assert read_endpoints(opened.settings.endpoints_path) == []

    run(main())


def test_servers_are_passed_on_without_keys(run, program, ring, tmp_path):
    async def main():
        async with program("http://127.0.0.1:9/v1") as opened:
            await opened.keys.save("http://127.0.0.1:9/v1", "k-1")
            dialog = await opened.dialog(opened.window.servers_action)
            files = await opened.dialog(dialog.export_button)
            path = tmp_path / "servers.json"
            files.findChild(QLineEdit, "fileNameEdit").setText(str(path))
            told = await opened.dialog(_Accepting(files))
            assert str(path) in told.text()
            await closed(opened, told, told.accept)
            await listed()
            assert len(import_endpoints(path)) == 2
            assert "k-1" not in path.read_text()

            document = json.loads(path.read_text())
            proxy = {"mode": "manual", "url": "http://proxy.example:3128"}
            document["endpoints"][0] |= {"cap": 3, "ca_file": "/home/ada/corporate.pem", "proxy": proxy}
            path.write_text(json.dumps(document))
            await until(opened, dialog.import_button.isEnabled)
            files = await opened.dialog(dialog.import_button)
            assert isinstance(files, QFileDialog)
            files.findChild(QLineEdit, "fileNameEdit").setText(str(path))
            finished = opened.hear(files.finished)
            asked = await opened.dialog(_Accepting(files))
            await finished
            assert PARADIGM_BASE_URL in asked.text()
            assert "http://127.0.0.1:9/v1" not in asked.text()  # it is there already
            assert "proxy http://proxy.example:3128" in asked.text()
            assert len(in_list(opened)) == 2
            told = await opened.dialog_after(partial(press, asked))
            assert "Paradigm (2)" in told.text()
            await closed(opened, told, told.accept)
            await listed()
            added = in_list(opened)[-1]
            assert (added.name, added.cap, added.ca_file) == ("Paradigm (2)", 3, "corporate.pem")
            assert added.key_name != PARADIGM.key_name

            path.write_text("[")
            files = await opened.dialog(dialog.import_button)
            files.findChild(QLineEdit, "fileNameEdit").setText(str(path))
            finished = opened.hear(files.finished)
            told = await opened.dialog(_Accepting(files))
            await finished
            assert str(path) in told.text()
            await closed(opened, told, told.accept)
            await closed(opened, dialog, dialog.reject)

    run(main())


class _Accepting:
    """Lets a file dialog be accepted by whoever waits for the dialog that follows."""

    def __init__(self, dialog):
        self.trigger = dialog.accept


def test_the_program_starts_with_the_server_that_is_marked(run, program):
    marked = Endpoint("Mine", "http://127.0.0.1:9/v1", "m", is_default=True)

    async def main():
        async with program("http://127.0.0.1:10/v1") as opened:
            opened.session.save()
            start = partial(choose_endpoint, opened.session, settings=opened.settings, is_headless=False)
            write_endpoints(opened.settings.endpoints_path, [PARADIGM, replace(marked, is_default=False)])
            start(parse([]))
            assert opened.window.run_bar.endpoint.base_url == "http://127.0.0.1:10/v1"
            write_endpoints(opened.settings.endpoints_path, [PARADIGM, marked])
            start(parse([]))
            assert opened.window.run_bar.endpoint == marked
            start(parse(["--base-url", "localhost:11"]))
            assert opened.window.run_bar.endpoint.base_url == "http://localhost:11"

    run(main())


def test_a_list_that_cannot_be_read_is_told_and_left_alone(run, program, tmp_path):
    async def main():
        async with program("http://127.0.0.1:10/v1") as opened:
            path = opened.settings.endpoints_path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text('{"version": 3}')
            with pytest.raises(UserFacingError, match="unknown_version"):
                choose_endpoint(opened.session, parse([]), opened.settings, is_headless=True)
            choose_endpoint(opened.session, parse([]), opened.settings, is_headless=False)
            assert str(path) in opened.window.message_banner.label.text()
            assert opened.session.endpoints == [DEMO, PARADIGM]
            await opened.idle()
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            dialog.url_edit.setText("http://127.0.0.1:9/v1")
            refused = opened.hear(opened.session.refused)
            await closed(opened, dialog, dialog.accept)
            assert (await refused)[0].code == "unknown_version"
            assert path.read_text() == '{"version": 3}'
            await opened.idle()

    run(main())


# Risks


def test_a_risky_server_is_marked_as_long_as_it_is_chosen(run, program):
    async def main():
        async with program("http://127.0.0.1:9/v1") as opened:
            banner = opened.window.safety_banner
            assert not banner.isVisible()
            unchecked = Endpoint("Corp", f"https://{HOST}/v1", verifies=False)
            opened.session.use_endpoint(unchecked)
            assert banner.isVisible()
            assert HOST in banner.label.text()
            assert not banner.close_button.isVisible()
            box = opened.window.run_bar.endpoint_box
            assert not box.itemIcon(box.currentIndex()).isNull()
            opened.session.use_endpoint(replace(unchecked, verifies=True))
            assert not banner.isVisible()
            opened.session.use_endpoint(Endpoint("Plain", f"http://{HOST}/v1"))
            assert banner.isVisible()
            opened.session.use_endpoint(DEMO)
            assert not banner.isVisible()

    run(main())


def test_a_key_does_not_leave_in_the_clear(run, program, ring):
    plain = Endpoint("Plain", "http://nonexistent.invalid/v1")
    agreed = replace(plain, allows_plain_key=True)

    async def main():
        async with program("http://127.0.0.1:9/v1") as opened:
            await opened.keys.save(plain.key_name, "k-1")
            with pytest.raises(UserFacingError, match="plain_key"):
                await opened.controller.resolve(plain)
            assert (await opened.controller.resolve(agreed))[1].value == "k-1"
        # the environment's is no exception
        async with program(keys=KeyStore("k-2", plain.base_url)) as opened:
            with pytest.raises(UserFacingError, match="plain_key"):
                await opened.controller.resolve(plain)
            assert (await opened.controller.resolve(agreed))[1].source is KeySource.ENVIRONMENT

    run(main())


def test_limits_of_a_server_hold(run, program):
    async def main():
        async with program("http://127.0.0.1:9/v1") as opened:
            opened.enter("Ada", cap=50)
            opened.session.use_endpoint(Endpoint("Slow", "http://127.0.0.1:9/v1", "m", cap=2))
            assert opened.window.run_bar.cap_box.value() == 2
            assert opened.session.job().limits.cap == 2
            slow = Endpoint("Slow", "http://127.0.0.1:9/v1", "m", requests_per_minute=30.0)
            opened.session.use_endpoint(slow)
            assert opened.session.job().limits.requests_per_minute == 30.0
            limits = replace(opened.window.run_bar.limits(), cap=9, requests_per_minute=10.0)
            opened.window.run_bar.show_limits(limits)
            assert opened.session.job().limits == limits

    run(main())


# Testing, and a private deployment from end to end


def test_a_test_ends_with_its_dialog(run, program):
    async def main(api):
        async with program(api.base_url) as opened:
            await opened.idle()
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            dialog.answer_box.setChecked(True)
            dialog.test_button.click()
            await asyncio.to_thread(api.wait_for, lambda api: api.in_flight == 1)
            dialog.test_button.click()
            await asyncio.to_thread(api.wait_for, lambda api: api.completions[0].client_left)
            dialog.test_button.click()
            await asyncio.to_thread(api.wait_for, lambda api: api.in_flight == 1)
            await closed(opened, dialog, dialog.reject)
            await asyncio.to_thread(api.wait_for, lambda api: api.completions[1].client_left)

    with stub_api_thread([Reply.stall()]) as api:
        run(main(api))


def test_a_private_deployment_works_from_the_window_alone(run, program, real_ring, tmp_path):
    url = f"https://{HOST}{ROOT}"

    def kept(name):
        return keyring.get_password(SERVICE, name)

    async def main(api, proxy):
        async with program() as opened:
            opened.enter("Ada", "Bo", template="{name}")
            dialog = await opened.dialog(opened.window.demo_banner.button)
            page = dialog.advanced
            dialog.url_edit.setText(f"{HOST}{ROOT}")
            dialog.key_edit.setText("sk-private")
            dialog.advanced_button.click()
            page.proxy.mode_box.setCurrentIndex(page.proxy.mode_box.findData(ProxyMode.MANUAL))
            page.proxy.address_edit.setText(f"127.0.0.1:{proxy.port}")

            # one thing after the other, as the test of the connection says
            await tested(opened, dialog)
            assert "HTTP 407" not in dialog.steps.text()
            assert dialog.steps.help_label.text()
            page.proxy.user_edit.setText("ada")
            page.proxy.password_edit.setText("p:ss wörd")
            await tested(opened, dialog)
            assert AUTHORITY_NAME in dialog.steps.help_label.text()
            page.ca_edit.setText(str(certificates.authority_file(tmp_path)))
            dialog.answer_box.setChecked(True)
            await tested(opened, dialog)
            assert dialog.steps.help_label.isHidden()
            assert dialog.model_box.count() == 2

            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            opened.window.run_bar.model_box.setEditText("stub-large")
            ended = await opened.run()
            requests = next(iter(ended.arms.values())).requests
            assert [request.state for request in requests] == [RequestState.DONE] * 2
            assert (kept(url), kept(proxy_name(proxy.url))) == ("sk-private", "ada:p:ss wörd")
            saved = read_endpoints(opened.settings.endpoints_path)[-1]
            assert saved.proxy == Proxy(ProxyMode.MANUAL, proxy.url)
            text = opened.settings.endpoints_path.read_text("utf-8")
            assert "sk-private" not in text
            assert "wörd" not in text
            # a kept run knows only name and URL, and finds the way nevertheless
            bare = Endpoint(saved.name, saved.base_url)
            assert (await opened.controller.resolve(bare))[0] == saved

            # what nobody needs any more is gone from the keyring
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            dialog.advanced.proxy.mode_box.setCurrentIndex(0)
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            assert (kept(url), kept(proxy_name(proxy.url))) == ("sk-private", None)
        assert all(b"sk-private" not in request.head for request in proxy.seen)

    async def tested(opened, dialog):
        dialog.test_button.click()
        assert dialog.test_button.text() != "Test connection"
        await until(opened, lambda: dialog.test_button.text() == "Test connection")

    with (
        stub_api_thread(echo, tls=certificates.server_tls()) as api,
        forward_proxy_thread({HOST: api.port}, credentials=("ada", "p:ss wörd")) as proxy,
    ):
        run(main(api, proxy))
    assert {seen.headers["authorization"] for seen in api.seen} == {"Bearer sk-private"}


def test_a_proxy_that_repeats_its_password_does_not_get_it_shown(run, program):
    async def repeat(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        said = next(line for line in head.splitlines() if line.lower().startswith("proxy-auth"))
        body = f"<title>{said}, which is px-canary</title>".encode()
        lines = ["HTTP/1.1 403 No", "Content-Type: text/html", f"Content-Length: {len(body)}"]
        writer.write("\r\n".join([*lines, "Connection: close", "", ""]).encode() + body)
        await writer.drain()
        writer.close()

    async def main():
        server = await asyncio.start_server(repeat, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        plain = "http://plain.example/api/v2"
        keys = KeyStore("sk-canary", plain)
        await keys.save(proxy_name(url), packed(Credentials("ada", "px-canary")))
        async with server, program(keys=keys) as opened:
            proxy = Proxy(ProxyMode.MANUAL, url)
            endpoint = Endpoint("Plain", plain, "m", proxy=proxy, allows_plain_key=True)
            opened.session.use_endpoint(endpoint)
            opened.enter("Ada")
            ended = await opened.run()
            await opened.idle()
            assert ended.requests[0].error.message == "proxy-authorization: Basic •••, which is •••"
            assert "px-canary" not in opened.window.message_banner.label.text()

    run(main())
