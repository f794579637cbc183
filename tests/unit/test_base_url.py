"""What people type for a base URL, and what becomes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.base_url import (
    address_of,
    host_of,
    is_loopback,
    is_readable_by_others,
    normalise_base_url,
    normalise_proxy_url,
    origin_of,
)
from paradigm_gui.core.endpoints import Endpoint
from paradigm_gui.core.errors import UserFacingError


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
        ("https://bücher.example/v1", "https://xn--bcher-kva.example/v1"),
        ("https://münchen。example", "https://xn--mnchen-3ya.example"),
        ("https://faß.example", "https://xn--fa-hia.example"),
        ("https://\u0430pple.example", "https://xn--pple-43d.example"),
        ("https://１２７。0。0。1/v1", "https://127.0.0.1/v1"),
        ("https://llm.example./v1", "https://llm.example/v1"),
        ("https://llm_2.example/v1", "https://llm_2.example/v1"),
        ("[0:0:0:0:0:0:0:1]:8000", "http://[::1]:8000"),
        ("https://[2001:DB8:0::1]/v1", "https://[2001:db8::1]/v1"),
        ("https://llm.example/v1/#/settings/api-key", "https://llm.example/v1"),
        ("https://llm.example//v1//", "https://llm.example/v1"),
        ("https://llm.example/é t".replace(" ", "%20"), "https://llm.example/%C3%A9%20t"),
        ("paradigm.lighton.ai", "https://paradigm.lighton.ai/api/v2"),
        ("https://paradigm.lighton.ai/", "https://paradigm.lighton.ai/api/v2"),
        ("https://paradigm.lighton.ai/api/v2/chat/completions", "https://paradigm.lighton.ai/api/v2"),
        ("https://paradigm.lighton.ai/api/v3", "https://paradigm.lighton.ai/api/v3"),
        ("paradigm.corp.example", "https://paradigm.corp.example/api/v2"),
        ("http://Paradigm-Test.corp.example:8443/", "http://paradigm-test.corp.example:8443/api/v2"),
        ("https://my-paradigm/chat/completions", "https://my-paradigm/api/v2"),
        ("https://paradigmatic.example", "https://paradigmatic.example"),
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
        ("javascript:alert(1)", "scheme"),
        ("JavaScript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("mailto:someone", "scheme"),
        ("https://llm.example\\@evil.llm.example", "credentials"),
        ("https://llm.example\\evil", "host"),
        ("https://%6clm.example", "host"),
        ("https://llm,evil", "host"),
        ("https://☃.example", "host"),
        ("https://-", "host"),
        ("https://.", "host"),
        ("https://[fe80::1%eth0]/v1", "host"),
        ("https://[v1.x]", "host"),
        ("https://", "host"),
        ("https", "host"),
        ("http:", "host"),
        ("HTTPS:/", "host"),
        ("http:8080", "scheme"),
        ("https:/llm.example", "scheme"),
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


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("proxy.example:3128", "http://proxy.example:3128"),
        (" http://Proxy.example:3128/ ", "http://proxy.example:3128"),
        ("https://proxy.example", "https://proxy.example"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_the_address_of_a_proxy(typed, url):
    assert normalise_proxy_url(typed) == url


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("socks5://proxy.example:1080", "scheme"),
        ("user:secret@proxy.example:3128", "credentials"),
        ("http://proxy.example:0x", "port"),
        ("http://user:sec/secret@proxy.example:0x", "port"),
        ("http:", "host"),
    ],
)
def test_what_is_no_address_of_a_proxy(typed, reason):
    with pytest.raises(UserFacingError) as caught:
        normalise_proxy_url(typed)
    assert caught.value.details["reason"] == reason
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "https://user:secret@llm.example:port",
        "https://user:se secret@llm.example",
        "ftp://user:secret@llm.example",
        "user:secret/secret@llm.example",
    ],
)
def test_a_password_is_not_repeated_whatever_else_is_wrong(typed):
    with pytest.raises(UserFacingError) as caught:
        normalise_base_url(typed)
    assert "secret" not in str(caught.value)


def test_where_to_connect():
    assert address_of("https://llm.example/v1") == ("llm.example", 443)
    assert address_of("http://llm.example/v1") == ("llm.example", 80)
    assert address_of("http://[::1]:8000/v1") == ("::1", 8000)


def test_an_origin_is_scheme_and_host():
    assert origin_of("https://llm.example:443/v1#2") == origin_of("https://LLM.example/v2")
    assert origin_of("https://llm.example") != origin_of("http://llm.example:443")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://llm.example", True),
        ("http://192.168.0.7", True),
        ("https://llm.example", False),
        ("http://localhost:8000", False),
    ],
)
def test_who_else_can_read_what_is_sent(url, expected):
    assert is_readable_by_others(url) is expected
