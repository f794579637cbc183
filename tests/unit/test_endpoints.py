"""Saved servers: what they hold, what is refused, and the files they are kept in."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import fields, replace

import pytest

from paradigm_gui.core.endpoints import (
    LARGEST_CAP,
    MOST_ENDPOINTS,
    PARADIGM,
    PRESETS,
    VERSION,
    Endpoint,
    Proxy,
    ProxyMode,
    checked,
    duplicate_of,
    export_endpoints,
    import_endpoints,
    named_apart,
    read_endpoints,
    write_endpoints,
)
from paradigm_gui.core.errors import UserFacingError

FULL = Endpoint(
    "Été <b>",
    "https://llm.example/v1",
    "small",
    account="0a1b",
    ca_file="/etc/ca.pem",
    verifies=False,
    proxy=Proxy(ProxyMode.MANUAL, "http://proxy.example:3128"),
    headers={"X-Team": "a, b"},
    body={"top_k": 3, "guided_choice": ["é", None]},
    key_header="X-Api-Key",
    organisation="org-1",
    project="proj_1",
    cap=5,
    requests_per_minute=30.5,
    is_default=True,
    allows_plain_key=True,
    needs_no_key=True,
    secret_header="CF-Access-Client-Secret",
)
# without what another person has agreed to, and the place of a file of theirs
SHARED = replace(FULL, account="", ca_file="ca.pem", is_default=False, verifies=True, allows_plain_key=False)


def told(act, *arguments):
    """The code and details of the error that is raised."""
    with pytest.raises(UserFacingError) as caught:
        act(*arguments)
    return caught.value.code, caught.value.details


# One endpoint


def test_the_full_endpoint_has_nothing_as_usual():
    usual = Endpoint("", "")
    same = [item.name for item in fields(Endpoint) if getattr(FULL, item.name) == getattr(usual, item.name)]
    assert same == ["is_demo"]
    assert checked(FULL) == FULL


def test_every_preset_can_be_used_or_asks_for_its_url():
    for preset in PRESETS.values():
        if preset.base_url:
            assert checked(preset) == preset
        else:
            assert told(checked, preset) == ("bad_url", {"value": "", "reason": "empty"})
    assert sum(not preset.needs_key for preset in PRESETS.values() if preset.base_url) == 4


def test_what_was_typed_becomes_normal():
    typed = Endpoint("  Two \n words ", " LLM.example/v1/ ", proxy=Proxy(ProxyMode.NONE, "left over"))
    assert checked(typed) == Endpoint("Two words", "https://llm.example/v1", proxy=Proxy(ProxyMode.NONE))
    assert checked(Endpoint("", "llm.example:8443")).name == "llm.example:8443"
    assert checked(Endpoint("x", "llm.example"), is_paradigm=True).base_url.endswith("/api/v2")
    manual = Proxy(ProxyMode.MANUAL, "Proxy.example:3128")
    assert checked(replace(FULL, proxy=manual)).proxy.url == "http://proxy.example:3128"
    assert checked(replace(FULL, key_header=" authorization ")).key_header == ""


@pytest.mark.parametrize(
    ("changes", "code", "what"),
    [
        ({"base_url": "ftp://x"}, "bad_url", "scheme"),
        ({"name": "x" * 201}, "bad_endpoint", "name"),
        ({"name": "x\u202ey"}, "bad_endpoint", "name"),
        ({"account": "../x"}, "bad_endpoint", "account"),
        ({"organisation": "a b"}, "bad_endpoint", "organisation"),
        ({"organisation": "a\r\nX-Evil:1"}, "bad_endpoint", "organisation"),
        ({"project": "é"}, "bad_endpoint", "project"),
        ({"cap": 0}, "bad_endpoint", "cap"),
        ({"cap": LARGEST_CAP + 1}, "bad_endpoint", "cap"),
        ({"requests_per_minute": 0}, "bad_endpoint", "requests_per_minute"),
        ({"requests_per_minute": float("nan")}, "bad_endpoint", "requests_per_minute"),
        ({"ca_file": "a\0b"}, "bad_endpoint", "ca_file"),
        ({"proxy": Proxy(ProxyMode.MANUAL, "")}, "bad_proxy", "empty"),
        ({"proxy": Proxy(ProxyMode.MANUAL, "http://u:secret@p")}, "bad_proxy", "credentials"),
        ({"headers": {"Authorization": "x"}}, "bad_header", "secret"),
        ({"body": {"model": "x"}}, "bad_body", "reserved"),
        ({"key_header": "a b"}, "bad_header", "name"),
        ({"key_header": "Host"}, "bad_header", "reserved"),
    ],
)
def test_each_field_is_checked(changes, code, what):
    told_code, details = told(checked, replace(FULL, **changes))
    assert (told_code, details.get("reason", details.get("field"))) == (code, what)
    assert "secret@" not in str(details)


def test_a_key_is_bound_to_url_and_account():
    assert replace(FULL, account="").key_name == "https://llm.example/v1"
    assert FULL.key_name == "https://llm.example/v1#0a1b"
    assert replace(FULL, base_url="https://other.example").key_name == "https://other.example#0a1b"


def test_a_duplicate_has_a_name_and_a_key_of_its_own():
    copy = duplicate_of(FULL, [FULL])
    assert copy.name == "Été <b> (2)"
    assert copy.key_name != FULL.key_name
    assert not copy.is_default
    assert checked(copy) == copy
    assert replace(copy, name=FULL.name, account=FULL.account, is_default=True) == FULL
    assert named_apart("x", []) == "x"
    assert named_apart("été <B>", [FULL, copy]) == "été <B> (3)"


# Files


def test_every_field_comes_back(tmp_path):
    path = tmp_path / "endpoints.json"
    write_endpoints(path, [FULL, PARADIGM])
    assert read_endpoints(path) == [FULL, PARADIGM]
    document = json.loads(path.read_text("utf-8"))
    assert document["version"] == VERSION
    assert document["endpoints"][1] == {"name": PARADIGM.name, "base_url": PARADIGM.base_url}
    assert document["endpoints"][0]["verify"] is False


def test_endpoints_come_back(tmp_path):
    path = tmp_path / "endpoints.json"
    own = Endpoint("Été", "https://llm.example/v1", "small")
    write_endpoints(path, [Endpoint("demo", "http://127.0.0.1:1", is_demo=True), own, PARADIGM])
    assert read_endpoints(path) == [own, PARADIGM]
    assert "demo" not in path.read_text("utf-8")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_paradigm_is_there_until_it_is_removed(tmp_path):
    path = tmp_path / "endpoints.json"
    assert read_endpoints(path) == [PARADIGM]
    own = Endpoint("own", "https://llm.example/v1")
    write_endpoints(path, [own])
    assert read_endpoints(path) == [own]
    write_endpoints(path, [])
    assert read_endpoints(path) == []


def test_the_file_of_an_earlier_program_is_read(tmp_path):
    path = tmp_path / "endpoints.json"
    entry = {"name": "own", "base_url": "https://llm.example/v1", "model": "m"}
    for document in ({"version": 1, "endpoints": [entry]}, {"endpoints": [entry]}):
        path.write_text(json.dumps(document))
        assert read_endpoints(path) == [PARADIGM, Endpoint("own", "https://llm.example/v1", "m")]


@pytest.mark.parametrize("version", [VERSION + 1, 0, -1, "2", 2.0, True, None])
def test_the_file_of_a_newer_program_is_told_and_left_alone(tmp_path, version):
    path = tmp_path / "endpoints.json"
    path.write_text(json.dumps({"version": version, "endpoints": []}))
    before = path.read_bytes()
    assert told(read_endpoints, path)[0] == "unknown_version"
    assert path.read_bytes() == before


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
        b'{"version": 2, "endpoints": [{"name": "x", "base_url": "https://x.example", "verify": 0}]}',
        b'{"version": 2, "endpoints": [{"name": "x", "base_url": "https://x.example", "verfy": false}]}',
        b'{"version": 2, "endpoints": [{"name": "x", "base_url": "https://x.example", "proxy": "x"}]}',
        b'{"version": 2, "endpoints": [{"name": "x", "base_url": "https://x.example", "cap": true}]}',
        b'{"version": 2, "endpoints": [{"name": "x", "base_url": "https://x.example", "is_demo": true}]}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_told_and_left_alone(tmp_path, content):
    path = tmp_path / "endpoints.json"
    path.write_bytes(content)
    with pytest.raises(UserFacingError) as caught:
        read_endpoints(path)
    assert (caught.value.code, caught.value.details) == ("bad_endpoints_file", {"path": str(path)})
    # nor is it replaced
    assert told(write_endpoints, path, [FULL])[0] == "bad_endpoints_file"
    assert path.read_bytes() == content


@pytest.mark.parametrize("write", [write_endpoints, export_endpoints])
def test_no_more_are_written_than_can_be_read(tmp_path, write):
    path = tmp_path / "servers.json"
    most = [Endpoint(f"n{number}", f"http://localhost:{number + 1}/v1") for number in range(MOST_ENDPOINTS)]
    write(path, most)
    with pytest.raises(UserFacingError) as caught:
        write(path, [*most, Endpoint("one more", "http://localhost/v1")])
    assert caught.value.code == "bad_field"
    assert len(read_endpoints(path)) == MOST_ENDPOINTS


def test_a_folder_is_no_file_of_endpoints(tmp_path):
    with pytest.raises(UserFacingError, match="bad_endpoints_file"):
        read_endpoints(tmp_path)


def test_others_get_endpoints_without_what_is_mine(tmp_path):
    path = tmp_path / "servers.json"
    export_endpoints(path, [Endpoint("demo", "http://127.0.0.1:1", is_demo=True), FULL])
    assert import_endpoints(path) == [SHARED]
    assert "0a1b" not in path.read_text("utf-8")
    assert "/etc" not in path.read_text("utf-8")
    assert "demo" not in path.read_text("utf-8")


def test_the_file_of_another_s_account_gives_no_key(tmp_path):
    path = tmp_path / "servers.json"
    write_endpoints(path, [FULL])
    assert import_endpoints(path) == [SHARED]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "bad_json"),
        (b"\xff", "bad_json"),
        (b"[]", "bad_field"),
        (b'{"version": true}', "bad_field"),
        (b'{"version": 3}', "unknown_version"),
        (b'{"version": 2}', "bad_field"),
        (b'{"version": 2, "endpoints": [{"name": "x"}]}', "bad_field"),
        (b'{"version": 2, "endpoints": [{"name": "x", "base_url": "x", "api_key": "k"}]}', "unknown_field"),
        (b'{"version": 2, "endpoints": [{"name": "x", "base_url": "ftp://x"}]}', "bad_url"),
        (
            b'{"version": 2, "endpoints": [{"name": "x", "base_url": "x", "headers": {"Cookie": "k"}}]}',
            "bad_header",
        ),
    ],
)
def test_what_cannot_be_imported_is_told(tmp_path, content, code):
    path = tmp_path / "servers.json"
    path.write_bytes(content)
    assert told(import_endpoints, path)[0] == code


def test_what_is_not_there_cannot_be_imported(tmp_path):
    assert told(import_endpoints, tmp_path / "none.json")[0] == "file_not_found"
    assert told(import_endpoints, tmp_path)[0] == "cannot_read"


def test_a_server_that_needs_no_key():
    server = Endpoint("LAN", "http://192.0.2.1:8000/v1")
    assert server.needs_key
    assert not replace(server, needs_no_key=True).needs_key


def test_the_secret_of_a_gateway_is_kept_apart_from_the_key():
    server = Endpoint("Corp", "https://corp.example/v1", account="2", secret_header=" X-Secret ")
    assert server.secret_name == f"header:{server.key_name}"
    assert checked(server).secret_header == "X-Secret"
    with pytest.raises(UserFacingError, match="bad_header"):
        checked(replace(server, headers={"x-secret": "a"}))
