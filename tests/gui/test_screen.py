"""Whether there is a screen to open a window on."""

import socket
import sys

import pytest

from paradigm_gui.screen import has_screen

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there, there always is one")


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def test_a_bare_machine_has_none():
    assert not has_screen()


@pytest.mark.parametrize(
    "display", ["", ":", "nonsense", ":97", "unix:97", ":97.0", "127.0.0.1:nope", "[::1]:55000"]
)
def test_a_stale_display_is_none(monkeypatch, display):
    monkeypatch.setenv("DISPLAY", display)
    assert not has_screen()


@pytest.mark.parametrize(
    ("platform", "answer"), [("offscreen", True), ("vnc:size=9x9", True), ("xcb", False)]
)
def test_some_platforms_need_none(monkeypatch, platform, answer):
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert has_screen() is answer


def test_an_x_server_that_answers(monkeypatch):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{port - 6000}.0")
        assert has_screen() is (port >= 6000)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="abstract sockets are Linux's")
def test_an_x_server_on_the_abstract_name(monkeypatch):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0/tmp/.X11-unix/X9731")
        server.listen()
        monkeypatch.setenv("DISPLAY", ":9731")
        assert has_screen()
    assert not has_screen()


def test_a_wayland_socket(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert not has_screen()
    (tmp_path / "wayland-7").write_text("")
    assert has_screen()
