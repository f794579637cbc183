"""What stands between window and server: settings of the machine, keys in the clear, wrong addresses."""

import asyncio
import socket
import ssl
from dataclasses import replace

import certificates
import pytest
import trustme
from proxy import forward_proxy_thread
from PySide6.QtWidgets import QMessageBox
from stub_api import ROOT, Reply, stub_api_thread

from paradigm_gui.command_line import parse
from paradigm_gui.core.batch import RequestState
from paradigm_gui.core.endpoints import PARADIGM, Endpoint, Proxy, ProxyMode
from paradigm_gui.core.errors import ErrorKind, TlsFault, UserFacingError
from paradigm_gui.core.keys import KeyStore
from paradigm_gui.launch import choose_endpoint, named_by
from paradigm_gui.session import DEMO
from paradigm_gui.wording import error_remedy

# an address that no machine has: what is sent there goes to the proxy of the test
PLAIN = "http://192.0.2.2:8000/api/v2"
AGREE = QMessageBox.ButtonRole.AcceptRole


def echo(request):
    return Reply.answer(f"Hello {request.prompt}")


def banner_of(opened):
    """What the window says, and what it offers to do."""
    banner = opened.window.message_banner
    return (banner.label.text(), banner.button.text()) if banner.isVisible() else ("", "")


async def closed(opened, dialog, act):
    finished = opened.hear(dialog.finished)
    act()
    await finished


async def tried(opened, dialog):
    """Press the button of the test, and wait until it has ended."""
    dialog.test_button.click()
    running = dialog.test_button.text()
    tests = [task for task in asyncio.all_tasks() if task.get_name() == "server dialog"]
    await asyncio.wait(tests)
    assert dialog.test_button.text() != running


# Settings of the machine


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SSL_CERT_FILE", "/nonexistent"),
        ("HTTPS_PROXY", "http://ada:secret@p:x"),
        ("ALL_PROXY", "http://[::1"),
    ],
)
def test_settings_that_cannot_be_used_are_named_and_a_test_of_the_connection_ends(
    run, program, monkeypatch, variable, value
):
    monkeypatch.setenv(variable, value)

    async def main(api):
        async with program() as opened:
            opened.enter("Ada")
            assert (await opened.run()).requests[0].state is RequestState.DONE
            dialog = await opened.dialog(opened.window.demo_banner.button)
            dialog.url_edit.setText(api.base_url)
            await tried(opened, dialog)
            assert "stub-large" in [dialog.model_box.itemText(at) for at in range(dialog.model_box.count())]
            dialog.url_edit.setText("https://nonexistent.invalid/v1")
            dialog.key_edit.setText("k-1")
            await tried(opened, dialog)
            assert variable in dialog.message_label.text()
            assert "secret" not in dialog.message_label.text()
            await closed(opened, dialog, dialog.discard)
            await opened.keys.save("https://nonexistent.invalid/v1", "k-1")
            opened.session.use_endpoint(Endpoint("Away", "https://nonexistent.invalid/v1", "m"))
            await opened.idle()
            text, action = banner_of(opened)
            assert variable in text
            assert action

    with stub_api_thread(echo) as api:
        run(main(api))


# Keys in the clear


def test_the_key_of_the_environment_does_not_leave_in_the_clear_unasked(run, program, monkeypatch):
    async def main(api, proxy):
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("PARADIGM_BASE_URL", PLAIN)
        monkeypatch.setenv("PARADIGM_API_KEY", "k-environment")
        async with program(keys=named_by(parse([])).keys()) as opened:
            choose_endpoint(opened.session, parse([]), opened.settings, is_headless=False)
            await opened.idle()
            assert opened.window.run_bar.endpoint.base_url == PLAIN
            assert "192.0.2.2:8000" in banner_of(opened)[0]
            assert proxy.seen == []

            dialog = await opened.dialog(opened.window.message_banner.button)
            tasks = [task for task in asyncio.all_tasks() if task.get_name() == "server dialog"]
            await asyncio.wait(tasks)  # the dialog knows by then that there is a key
            question = await opened.dialog_after(dialog.accept)
            agree = next(button for button in question.buttons() if question.buttonRole(button) is AGREE)
            await closed(opened, dialog, agree.click)
            await opened.idle()
            assert opened.window.run_bar.endpoint.allows_plain_key
            opened.enter("Ada")
            assert (await opened.run()).requests[0].state is RequestState.DONE
        assert {seen.headers.get("authorization") for seen in api.seen} == {"Bearer k-environment"}

    with stub_api_thread(echo) as api, forward_proxy_thread({"192.0.2.2": api.port}) as proxy:
        run(main(api, proxy))


def test_a_server_of_the_network_may_need_no_key(run, program, monkeypatch):
    async def main(api, proxy):
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        async with program(PLAIN, keys=KeyStore("k-environment", PLAIN)) as opened:
            await opened.idle()
            assert banner_of(opened)[0]
            assert proxy.seen == []
            keyless = replace(opened.window.run_bar.endpoint, needs_no_key=True)
            opened.session.use_endpoint(keyless)
            await opened.idle()
            opened.enter("Ada")
            ended = await opened.run()
            assert ended.requests[0].state is RequestState.DONE
            assert ended.is_keyed is False
        assert len(api.completions) == 1
        assert not [seen for seen in api.seen if "authorization" in seen.headers]

    with stub_api_thread(echo) as api, forward_proxy_thread({"192.0.2.2": api.port}) as proxy:
        run(main(api, proxy))


# Wrong addresses


def test_the_right_address_is_told_at_the_start_and_after_a_run_and_is_a_click_away(run, program):
    async def main(api):
        root = api.base_url.removesuffix(ROOT)
        async with program(root) as opened:
            await opened.idle()
            text, action = banner_of(opened)
            assert api.base_url in text
            assert action
            opened.enter("Ada")
            ended = await opened.run()
            assert ended.requests[0].error.kind is ErrorKind.NOT_FOUND
            await opened.idle()
            assert api.base_url in banner_of(opened)[0]

            dialog = await opened.dialog(opened.window.message_banner.button)
            assert dialog.url_edit.text() == api.base_url
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            assert opened.window.run_bar.endpoint.base_url == api.base_url
            assert (await opened.run()).requests[0].state is RequestState.DONE

    with stub_api_thread(echo) as api:
        run(main(api))


# Certificates


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: certificates.server_tls(is_expired=True), TlsFault.EXPIRED),
        (lambda: certificates.server_tls("other.example"), TlsFault.WRONG_HOST),
        (certificates.stranger_tls, TlsFault.OTHER_AUTHORITY),
    ],
    ids=["expired", "wrong host", "stranger"],
)
def test_each_fault_of_a_certificate_has_its_remedy_at_run_time(run, program, tmp_path, make, fault):
    path = str(certificates.authority_file(tmp_path))

    async def main(api):
        async with program(api.base_url) as opened:
            opened.session.use_endpoint(replace(opened.window.run_bar.endpoint, ca_file=path))
            opened.enter("Ada")
            error = (await opened.run()).requests[0].error
            assert error.tls_fault is fault
            opened.window.results.select_request(0)
            assert error_remedy(error) in opened.window.results.response._error.text()
            assert error_remedy(error) in banner_of(opened)[0]
            assert banner_of(opened)[1]

    with stub_api_thread(echo, tls=make()) as api:
        run(main(api))


def test_an_authority_in_between_is_chosen_in_the_window(run, program, tmp_path):
    root = trustme.CA()
    between = root.create_child_ca()
    path = tmp_path / "between.pem"
    between.cert_pem.write_to_path(path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    between.issue_cert("127.0.0.1").configure_cert(tls)

    async def main(api):
        async with program(api.base_url) as opened:
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            await tried(opened, dialog)
            assert dialog.steps.help_label.isVisible()
            dialog.advanced.ca_edit.setText(str(path))
            await tried(opened, dialog)
            assert not dialog.steps.help_label.isVisible()
            await closed(opened, dialog, dialog.accept)
            opened.enter("Ada")
            assert (await opened.run()).requests[0].state is RequestState.DONE

    with stub_api_thread(echo, tls=tls) as api:
        run(main(api))


# Variables


@pytest.mark.parametrize(
    ("variables", "named", "chosen"),
    [
        ({"PARADIGM_API_KEY": "two words"}, "PARADIGM_API_KEY", PARADIGM),
        ({"PARADIGM_BASE_URL": "ftp://x.example"}, "PARADIGM_BASE_URL", DEMO),
        ({"PARADIGM_BASE_URL": "ftp://x.example", "PARADIGM_API_KEY": "k"}, "PARADIGM_BASE_URL", DEMO),
    ],
)
def test_a_variable_that_cannot_be_used_is_named_and_the_window_opens(
    run, program, monkeypatch, variables, named, chosen
):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    async def main():
        given = named_by(parse([]))
        async with program(keys=given.keys()) as opened:
            opened.controller.key_fault = given.key_fault_for
            choose_endpoint(opened.session, parse([]), opened.settings, is_headless=False)
            await opened.idle()
            assert opened.window.run_bar.endpoint == chosen
            text, action = banner_of(opened)
            assert named in text
            assert "two words" not in text
            assert action
            # a key for a server that is not known goes to none
            assert await opened.keys.find(PARADIGM.key_name) is None

    run(main())


def test_a_server_that_does_not_answer_does_not_displace_what_is_wrong_with_a_variable(
    run, program, monkeypatch
):
    monkeypatch.setenv("PARADIGM_BASE_URL", "ftp://x.example")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        last = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"

        async def main():
            async with program() as opened:
                opened.settings.set("endpoint", "Last")
                opened.settings.set("base_url", last)
                choose_endpoint(opened.session, parse([]), opened.settings, is_headless=False)
                await opened.idle()
                assert opened.window.run_bar.endpoint.base_url == last
                assert "PARADIGM_BASE_URL" in banner_of(opened)[0]
                opened.session.use_endpoint(opened.window.run_bar.endpoint)
                opened.window.message_banner.close_button.click()
                opened.window.run_bar.models_requested.emit()
                await opened.idle()
                assert last.split("/")[2] in banner_of(opened)[0]

        run(main())


def test_a_key_in_the_keyring_does_where_the_variable_holds_none(run, program, monkeypatch):
    monkeypatch.setenv("PARADIGM_API_KEY", "two words")

    async def main():
        given = named_by(parse([]))
        async with program(keys=given.keys()) as opened:
            opened.controller.key_fault = given.key_fault_for
            with pytest.raises(UserFacingError, match="bad_variable"):
                await opened.controller.resolve(PARADIGM)
            with pytest.raises(UserFacingError, match="no_key"):
                await opened.controller.resolve(Endpoint("Other", "https://other.example/v1"))
            await opened.keys.save(PARADIGM.key_name, "k-1")
            assert (await opened.controller.resolve(PARADIGM))[1].value == "k-1"

    run(main())


# A proxy that wants a login


@pytest.mark.parametrize("login", ["ada:wrong@", ""])
def test_a_proxy_is_not_asked_again_with_a_login_that_it_refuses(run, program, monkeypatch, login):
    async def main(proxy):
        keys = KeyStore("k-1", "https://corp.example/v1")
        async with program(keys=keys) as opened:
            monkeypatch.setenv("https_proxy", f"http://{login}127.0.0.1:{proxy.port}")
            opened.session.use_endpoint(Endpoint("Corp", "https://corp.example/v1", "m"))
            await opened.idle()
            proxy.seen.clear()
            opened.enter(*map(str, range(100)), cap=20)
            opened.window.run_bar.run_action.trigger()
            await opened.idle()
            if login:
                assert len(proxy.seen) == 1
                assert "refuses the user name or the password" in banner_of(opened)[0]
                assert "Proxy Authentication" in banner_of(opened)[0]
            else:
                # without one, what was in flight is all
                assert 1 <= len(proxy.seen) <= 20
                assert "asks for a user name and a password" in banner_of(opened)[0]
            assert banner_of(opened)[1] == "Change the server…"

    with forward_proxy_thread({}, credentials=("ada", "right")) as proxy:
        run(main(proxy))


def test_the_proxy_of_the_system_is_shown_and_told_a_login(run, program, monkeypatch):
    async def main(api, proxy):
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        async with program(keys=KeyStore(None, PLAIN)) as opened:
            server = Endpoint("Plain", PLAIN, "stub-large", needs_no_key=True)
            opened.session.endpoints.append(server)
            opened.session.use_endpoint(server)
            await opened.idle()
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            page = dialog.advanced.proxy
            await asyncio.wait([task for task in asyncio.all_tasks() if task.get_name() == "server dialog"])
            assert page.address_edit.text() == proxy.url
            page.user_edit.setText("ada")
            page.password_edit.setText("right")
            await closed(opened, dialog, dialog.accept)
            await opened.idle()
            assert opened.window.run_bar.endpoint.proxy == Proxy(ProxyMode.SYSTEM, proxy.url)
            opened.enter("Ada")
            assert (await opened.run()).requests[0].state is RequestState.DONE

            # who is known is shown, and may be forgotten
            dialog = await opened.dialog(opened.window.run_bar.connection_button)
            page = dialog.advanced.proxy
            await asyncio.wait([task for task in asyncio.all_tasks() if task.get_name() == "server dialog"])
            assert page.user_edit.text() == "ada"
            question = await opened.dialog_after(lambda: page.login_removal_requested.emit(proxy.url))
            agree = next(button for button in question.buttons() if question.buttonRole(button) is AGREE)
            agree.click()
            await asyncio.wait([task for task in asyncio.all_tasks() if task.get_name() == "server dialog"])
            assert page.user_edit.text() == ""
            await closed(opened, dialog, dialog.reject)
            assert await opened.keys.find_credentials(proxy.url) is None

    with (
        stub_api_thread(echo) as api,
        forward_proxy_thread({"192.0.2.2": api.port}, credentials=("ada", "right")) as proxy,
    ):
        run(main(api, proxy))
