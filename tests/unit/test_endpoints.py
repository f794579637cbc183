from __future__ import annotations

import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.endpoints import (
    PARADIGM,
    Endpoint,
    host_of,
    is_loopback,
    normalise_base_url,
    read_endpoints,
    write_endpoints,
)
from paradigm_gui.core.errors import UserFacingError

# URLs


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://llm.example/v1", "https://llm.example/v1"),
        ("llm.example/v1", "https://llm.example/v1"),
        ("  https://llm.example/v1/ \n", "https://llm.example/v1"),
        ("HTTPS://LLM.Example/V1", "https://llm.example/V1"),
        ("http://llm.example", "http://llm.example"),
        ("https://llm.example:8443/v1///", "https://llm.example:8443/v1"),
        ("https://llm.example:/v1", "https://llm.example/v1"),
        ("llm.example:8443", "https://llm.example:8443"),
        ("https://llm.example/v1/chat/completions", "https://llm.example/v1"),
        ("https://llm.example/v1/chat/completions/", "https://llm.example/v1"),
        ("https://llm.example/v1/models", "https://llm.example/v1"),
        ("https://llm.example/docs", "https://llm.example"),
        ("https://llm.example/v1?key=x#top", "https://llm.example/v1"),
        ("localhost:8000/v1", "http://localhost:8000/v1"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("[::1]:8000/v1", "http://[::1]:8000/v1"),
        ("https://[2001:db8::1]/v1", "https://[2001:db8::1]/v1"),
        ("192.168.0.7:8000/v1", "https://192.168.0.7:8000/v1"),
        ("https://xn--bcher-kva.example/v1", "https://xn--bcher-kva.example/v1"),
        ("https://bücher.example/v1", "https://bücher.example/v1"),
        ("paradigm.lighton.ai", "https://paradigm.lighton.ai/api/v2"),
        ("https://paradigm.lighton.ai/", "https://paradigm.lighton.ai/api/v2"),
        ("https://paradigm.lighton.ai/api/v2/chat/completions", "https://paradigm.lighton.ai/api/v2"),
        ("https://paradigm.lighton.ai/api/v3", "https://paradigm.lighton.ai/api/v3"),
    ],
)
def test_what_people_type_becomes_a_base_url(typed, url):
    assert normalise_base_url(typed) == url
    assert normalise_base_url(url) == url


def test_a_paradigm_server_of_one_s_own_has_the_same_path():
    assert normalise_base_url("ai.example", is_paradigm=True) == "https://ai.example/api/v2"
    assert normalise_base_url("ai.example/api/v3", is_paradigm=True) == "https://ai.example/api/v3"
    assert normalise_base_url("ai.example") == "https://ai.example"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("https://llm example/v1", "characters"),
        ("https://llm.example/\tv1", "characters"),
        ("https://llm\x00.example", "characters"),
        ("https://llm.ex\u202eample", "characters"),
        ("ftp://llm.example", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript://alert(1)", "scheme"),
        ("javascript:alert(1)", "port"),
        ("https://", "host"),
        ("https://:8000/v1", "host"),
        ("https:///v1", "host"),
        ("https://a..b/v1", "host"),
        (f"https://{'x' * 64}.example", "host"),
        ("https://llm.example:99999", "port"),
        ("https://llm.example:port", "port"),
        ("https://[::1", "port"),
        ("https://user:secret@llm.example/v1", "credentials"),
        ("user@llm.example", "credentials"),
        ("https://@llm.example", "credentials"),
    ],
)
def test_what_is_no_base_url_is_told(typed, reason):
    with pytest.raises(UserFacingError) as caught:
        normalise_base_url(typed)
    assert (caught.value.code, caught.value.details["reason"]) == ("bad_url", reason)
    if reason == "credentials":
        assert "secret" not in str(caught.value)
        assert "llm.example" in caught.value.details["value"]
    else:
        assert caught.value.details["value"] == typed


@given(st.text() | st.text("htps:/@[]?#.a1 \\%"))
def test_any_text_is_a_base_url_or_told_to_be_none(text):
    try:
        url = normalise_base_url(text)
    except UserFacingError:
        return
    assert url.startswith(("http://", "https://"))
    assert "@" not in url.split("/")[2]
    assert normalise_base_url(url) == url
    assert host_of(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://llm.example/v1", "llm.example"),
        ("https://LLM.example:443/v1", "llm.example"),
        ("http://llm.example:80", "llm.example"),
        ("http://llm.example:443", "llm.example:443"),
        ("https://llm.example:8443", "llm.example:8443"),
        ("http://[::1]:8000/v1", "[::1]:8000"),
        ("https://[::1]", "[::1]"),
    ],
)
def test_the_host_of_a_url(url, host):
    assert host_of(url) == Endpoint("x", url).host == host


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://localhost:8000/v1", True),
        ("http://LOCALHOST", True),
        ("http://127.0.0.1:1", True),
        ("http://127.9.9.9", True),
        ("https://[::1]:8000", True),
        ("http://0.0.0.0:8000", False),
        ("http://192.168.0.7", False),
        ("http://localhost.example", False),
        ("http://127.0.0.1.example", False),
        ("http://127.0.0.1@evil.example", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_only_this_machine_is_loopback(url, expected):
    assert is_loopback(url) is expected
    if url not in ("http://[::1",):
        assert Endpoint("x", url).needs_key is not expected


# Files


def test_endpoints_come_back(tmp_path):
    path = tmp_path / "endpoints.json"
    own = Endpoint("Été", "https://llm.example/v1", "small")
    write_endpoints(path, [Endpoint("demo", "http://127.0.0.1:1", is_demo=True), own, PARADIGM])
    assert read_endpoints(path) == [own, PARADIGM]
    assert "demo" not in path.read_text("utf-8")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_paradigm_is_always_among_them(tmp_path):
    path = tmp_path / "endpoints.json"
    assert read_endpoints(path) == [PARADIGM]
    own = Endpoint("own", "https://llm.example/v1")
    write_endpoints(path, [own])
    assert read_endpoints(path) == [PARADIGM, own]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"endpoints": 3}',
        b'{"endpoints": [{"name": "x"}]}',
        b'{"endpoints": [{"base_url": "https://x.example"}]}',
        b'{"endpoints": [{"name": "x", "base_url": 3}]}',
        b'{"endpoints": [{"name": "x", "base_url": "ftp://x.example"}]}',
        b'{"endpoints": ["x"]}',
    ],
)
def test_a_damaged_file_is_told_and_left_alone(tmp_path, content):
    path = tmp_path / "endpoints.json"
    path.write_bytes(content)
    with pytest.raises(UserFacingError) as caught:
        read_endpoints(path)
    assert (caught.value.code, caught.value.details) == ("bad_endpoints_file", {"path": str(path)})
    assert path.read_bytes() == content


def test_a_folder_is_no_file_of_endpoints(tmp_path):
    with pytest.raises(UserFacingError, match="bad_endpoints_file"):
        read_endpoints(tmp_path)
