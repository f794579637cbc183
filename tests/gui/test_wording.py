"""A sentence for every code."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from paradigm_gui import wording
from paradigm_gui.core.batch import ArmKind, RequestState
from paradigm_gui.core.connection_steps import Step, StepCode, StepState
from paradigm_gui.core.diagnosis import Finding, FindingCode
from paradigm_gui.core.endpoints import PresetCode
from paradigm_gui.core.errors import ErrorKind, RequestError, TlsFault, UserFacingError
from paradigm_gui.core.keys import KeyringTrouble, KeySource, Place
from paradigm_gui.core.replay import Assumption, AssumptionCode
from paradigm_gui.core.route import Bypass

PACKAGE = Path(wording.__file__).parent.parent


URL_REASONS = ("empty", "characters", "scheme", "host", "port", "credentials")
# codes with one sentence for each reason, or field
PARTICULAR = {
    "bad_key": ("empty", "characters", "length"),
    "bad_credentials": ("empty", "characters", "length"),
    "bad_url": URL_REASONS,
    "bad_proxy": URL_REASONS,
    "bad_header": ("name", "value", "reserved", "secret", "repeated", "many"),
    "bad_body": ("json", "object", "reserved", "secret", "long"),
    "bad_schema": ("json", "object", "long", "deep", "dialect", "schema", "reference"),
    "bad_ca_file": ("folder", "missing", "unreadable", "content"),
    "bad_system_proxy": ("variable", "system"),
    "bad_certificates": ("variable", "system"),
    "bad_endpoint": (
        "name",
        "account",
        "ca_file",
        "cap",
        "requests_per_minute",
        "organisation",
        "project",
    ),
}
# said by its own words, or by one sentence for each reason
SPECIAL = ("usage", *PARTICULAR)


def raised_codes():
    """Every code that the program raises, with the names of the details that come with it."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if is_call and node.func.id == "UserFacingError" and isinstance(node.args[0], ast.Constant):
                names = found.setdefault(node.args[0].value, set())
                names |= {keyword.arg for keyword in node.keywords}
    return sorted((code, sorted(names)) for code, names in found.items() if code not in SPECIAL)


RAISED = raised_codes()


def test_the_codes_are_found():
    assert {"no_key", "file_not_found", "unknown_suffix"} <= {code for code, _ in RAISED}


@pytest.mark.parametrize(("code", "details"), RAISED, ids=[code for code, _ in RAISED])
def test_every_code_that_is_raised_has_its_sentence(code, details):
    sentence = wording.user_error(UserFacingError(code, **{name: f"<{name}>" for name in details}))
    assert sentence
    assert "{" not in sentence


@pytest.mark.parametrize(
    ("code", "reason"), [(code, reason) for code, reasons in PARTICULAR.items() for reason in reasons]
)
def test_every_reason_has_its_sentence(code, reason):
    key = "field" if code == "bad_endpoint" else "reason"
    details = {key: reason, "value": "x", "name": "x", "path": "x", "most": 3, "line": 1}
    sentence = wording.user_error(UserFacingError(code, **details))
    assert sentence.endswith(".")


def test_sizes_are_told_in_megabytes():
    error = UserFacingError(
        "file_too_large", path="t.csv", size=500 * 1024 * 1024 + 1, limit=500 * 1024 * 1024
    )
    assert wording.user_error(error) == "t.csv is too large: 501 MB, and at most 500 MB can be read."


UNREADABLE = (KeyringTrouble.LOCKED, KeyringTrouble.DENIED)


def failed(fault):
    error = RequestError(ErrorKind.TLS, "<words>", tls_fault=fault)
    return Step(StepCode.CERTIFICATE, StepState.FAILED, 0.1, {}, error)


def proxy_error(status):
    return RequestError(ErrorKind.PROXY, "", status)


def step(code, state=StepState.PASSED, **details):
    return Step(code, state, 0.1, details)


def test_every_step_of_a_test_can_be_said():
    day = dt.datetime(2031, 2, 3, tzinfo=dt.UTC)
    issued = {"issuer": "<b>A</b>", "expires": day}
    sentences = [
        wording.step_result(found)
        for found in (
            step(StepCode.NAME, StepState.RUNNING),
            step(StepCode.NAME, host="a.example", addresses=["10.0.0.1", "::1"]),
            step(StepCode.CONNECTION, host="a.example", port=443, is_proxy=False),
            step(StepCode.CONNECTION, host="a.example", port=443, is_proxy=True),
            step(StepCode.TUNNEL, host="a.example", proxy="p.example:3128"),
            step(StepCode.CERTIFICATE, StepState.SKIPPED),
            step(StepCode.CERTIFICATE, is_checked=True, **issued),
            step(StepCode.CERTIFICATE, is_checked=False, **issued),
            step(StepCode.CERTIFICATE, is_checked=True),
            step(StepCode.MODELS, models=["a", "b"]),
            step(StepCode.ANSWER, model="m", streams=True, counts_tokens=False),
            step(StepCode.ANSWER, model="m", streams=False, counts_tokens=True),
        )
    ]
    assert len(set(sentences)) == len(sentences)
    assert "<b>A</b>" in sentences[6]
    assert "2031" in sentences[6]
    assert not any("{" in sentence for sentence in sentences)
    assert wording.step_help(step(StepCode.NAME)) == ""


def test_who_gave_no_key_is_asked_for_it():
    refusal = RequestError(ErrorKind.UNAUTHORIZED, "", 401)
    helps = {
        wording.step_help(Step(StepCode.MODELS, StepState.FAILED, 0.1, {"with_key": with_key}, refusal))
        for with_key in (True, False)
    }
    assert len(helps) == 2


def test_every_state_error_arm_and_source_has_its_own_words():
    for words in (
        [wording.state(state) for state in RequestState],
        [wording.arm(kind) for kind in ArmKind],
        [wording.error_title(RequestError(kind)) for kind in ErrorKind],
        [wording.error_title(proxy_error(status)) for status in (None, 403, 407, 500, 502, 504)],
        [wording.keyring_trouble(trouble) for trouble in KeyringTrouble],
        [wording.preset(code) for code in PresetCode],
        [wording.step_name(code) for code in StepCode],
        [wording.user_error(UserFacingError("no_key", reason=reason)) for reason in (None, *UNREADABLE)],
        [wording.place(Place(source, "Ring")) for source in (None, *KeySource)],
        [wording.step_result(failed(fault)) for fault in (None, *TlsFault)],
        [wording.step_help(failed(fault)) for fault in (None, *TlsFault)],
        [wording.key_source(source) for source in KeySource],
    ):
        assert all(words)
        assert len(set(words)) == len(words)
    assert all(wording.error_remedy(RequestError(kind)) for kind in ErrorKind)
    # only a proxy means something by its status
    titles = {wording.error_title(RequestError(ErrorKind.SERVER_ERROR, "", status)) for status in (None, 502)}
    assert len(titles) == 1


def test_every_finding_can_be_said():
    figures = dict.fromkeys(
        re.findall(r"\{(\w+)\}", (PACKAGE / "wording" / "findings.py").read_text("utf-8")), 2.5
    )
    for code in FindingCode:
        sentence = wording.finding(Finding(code, figures))
        assert bool(sentence) is (code is not FindingCode.NOT_COMPARED)
        assert "{" not in sentence


def test_what_there_is_too_little_of_is_said():
    few = wording.finding(Finding(FindingCode.NOT_ENOUGH_DATA, {"n": 2, "needed": 3}))
    short = wording.finding(Finding(FindingCode.NOT_ENOUGH_DATA, {"n": 9, "slowest_s": 0.0}))
    assert "2 answers" in few
    assert "clock" in short
    assert "9 answers took 0 s" in short


def test_every_assumption_can_be_said():
    figures = dict.fromkeys(
        re.findall(r"\{(\w+)\}", (PACKAGE / "wording" / "findings.py").read_text("utf-8")), 2.0
    )
    sentences = [wording.assumption(Assumption(code, figures)) for code in AssumptionCode]
    assert len(set(sentences)) == len(sentences)
    assert not any("{" in sentence for sentence in sentences)
    launch = Assumption(AssumptionCode.LAUNCH, {"launch_s": 0.0034})
    assert "0.003" in wording.assumption(launch)


@pytest.mark.parametrize(
    ("code", "figures", "others"),
    [
        (
            FindingCode.SERVER_QUEUES,
            ("wait_s", "wait_alone_s", "stream_s", "stream_alone_s", "n"),
            ("first", "first_s", "first_alone_s", "last_s", "n"),
        ),
        (
            FindingCode.SERVER_SLOWS,
            ("wait_s", "wait_alone_s", "stream_s", "stream_alone_s", "n"),
            ("first", "first_s", "first_alone_s"),
        ),
        (
            FindingCode.SLOW_REQUEST,
            ("slowest_s", "median_s", "tail_s", "alone_s", "slow", "n"),
            ("slowest_s", "median_s", "tail_s", "slow", "n"),
        ),
    ],
)
def test_a_finding_is_said_by_the_figures_that_there_are(code, figures, others):
    server = {"about": 3, "at_a_time": 2.76} if code is not FindingCode.SLOW_REQUEST else {}
    said = [
        wording.finding(Finding(code, server | {name: 10 + 1.25 * place for place, name in enumerate(names)}))
        for names in (figures, others)
    ]
    assert said[0] != said[1]
    for sentence, names in zip(said, (figures, others), strict=True):
        assert "–" not in sentence
        assert all(
            wording.number(10 + 1.25 * place, 0 if place % 4 == 0 else 2) in sentence
            for place in range(len(names))
        )
        assert not server or "3 at a time (2.8)" in sentence.replace(",", ".")


def test_foreign_text_passes_through_unchanged():
    words = "{path} <b>%s</b> {0}"
    error = RequestError(ErrorKind.BAD_REQUEST, words, 400)
    assert words in wording.error_in_short(error)
    refusal = UserFacingError("server_refused", host="{host}", error=error)
    assert words in wording.user_error(refusal)
    assert "{host}" in wording.user_error(refusal)
    assert "a{b}.txt" in wording.user_error(UserFacingError("file_not_found", path="a{b}.txt"))


def test_numbers_follow_the_locale():
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("fr_FR"))
        assert wording.number(1234.5, 1).endswith("234,5")
        assert wording.language() == "fr"
        assert "1\u202f000" in wording.user_error(UserFacingError("too_many_rows", path="x", limit=1000)) or (
            "1\u00a0000" in wording.user_error(UserFacingError("too_many_columns", limit=1000))
        )
    finally:
        QLocale.setDefault(before)


def test_a_retry_counts_down():
    assert "7" in wording.state(RequestState.BACKOFF, 7.0)
    assert wording.state(RequestState.BACKOFF, 0.0) != wording.state(RequestState.BACKOFF)


def test_changed_headers_are_said_and_many_of_them_in_short():
    assert wording.renamed_columns(()) == ""
    many = tuple((f"a{number}", f"a{number} 2") for number in range(9))
    assert wording.renamed_columns(many).count("became") == 3
    assert "…" in wording.renamed_columns(many)
    said = wording.renamed_columns((("<b>", "<b> 2"), ("", "column 3")))
    assert "“<b>” became “<b> 2”" in said
    assert said.endswith("“column 3”.")


# Steps of a connection test


def certificate_step(fault, **details):
    return Step(
        StepCode.CERTIFICATE,
        StepState.FAILED,
        0.1,
        {"issuer": "Corp CA", "subject": "x", "names": ["a.example", "b.example"], **details},
        RequestError(ErrorKind.TLS, "words", tls_fault=fault),
    )


def test_a_certificate_that_ended_is_told_in_the_past_with_the_whole_year():
    expired = wording.step_help(
        certificate_step(TlsFault.EXPIRED, expires=dt.datetime(2024, 5, 6, tzinfo=dt.UTC))
    )
    assert "was valid until" in expired
    assert "2024" in expired
    other = wording.step_help(
        certificate_step(TlsFault.WRONG_HOST, expires=dt.datetime(2034, 5, 6, tzinfo=dt.UTC))
    )
    assert "is valid until" in other
    assert "2034" in other
    assert "a.example, b.example" in other


@pytest.mark.parametrize(
    ("addresses", "is_looked_up"), [(["127.0.0.1"], False), (["127.0.0.1", "127.0.0.2"], True)]
)
def test_an_address_is_not_said_to_be_itself(addresses, is_looked_up):
    details = {"host": "127.0.0.1", "addresses": addresses}
    said = wording.step_result(Step(StepCode.NAME, StepState.PASSED, 0.1, details))
    assert ("127.0.0.1 is 127" in said) is is_looked_up


def test_a_proxy_that_is_left_aside_is_told():
    details = {
        "host": "h",
        "port": 1,
        "is_proxy": False,
        "passed_by": "p.example",
        "bypass": Bypass.EXCEPTION,
    }
    said = wording.step_result(Step(StepCode.CONNECTION, StepState.PASSED, 0.1, details))
    assert "p.example" in said
    assert "NO_PROXY" in said


def test_a_missing_list_of_models_is_not_blamed_on_a_model():
    error = RequestError(ErrorKind.NOT_FOUND, http_status=404)
    step = Step(StepCode.MODELS, StepState.FAILED, 0.1, {"suggestion": "", "with_key": True}, error)
    refused = wording.user_error(UserFacingError("server_refused", host="h", error=error))
    for said in (wording.step_result(step), refused):
        assert "list of models at this address" in said
        assert "this model" not in said
    assert "Choose a model" not in wording.step_help(step)


def test_a_login_that_is_refused_is_not_asked_for():
    told = [
        wording.error_title(RequestError(ErrorKind.PROXY, "", 407, had_login=had)) for had in (True, False)
    ]
    assert "refuses" in told[0]
    assert "asks for" in told[1]


def test_a_variable_that_holds_a_key_for_another_host_is_not_asked_for():
    error = UserFacingError("no_key", host="corp.example", reason="elsewhere", other="paradigm.lighton.ai")
    assert "is for paradigm.lighton.ai" in wording.user_error(error)
