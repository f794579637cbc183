"""What is wrong with a certificate, or with the encryption, told from what OpenSSL says."""

from __future__ import annotations

import ssl

from paradigm_gui.core.errors import TlsFault

# of the words for a handshake that failed: what came was not TLS
_NO_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG")
# of the codes for a certificate that was refused
_FAULTS = {
    2: TlsFault.UNKNOWN_AUTHORITY,  # an authority in between is known, and the one above it is not
    9: TlsFault.NOT_YET_VALID,
    10: TlsFault.EXPIRED,
    18: TlsFault.SELF_SIGNED,
    19: TlsFault.UNKNOWN_AUTHORITY,  # the server sends the root along
    20: TlsFault.UNKNOWN_AUTHORITY,
    21: TlsFault.UNKNOWN_AUTHORITY,  # nothing but the server's own certificate is there
    62: TlsFault.WRONG_HOST,
    64: TlsFault.WRONG_HOST,  # an address instead of a name
}


def tls_fault_of(error: BaseException, *, has_authority_file: bool) -> TlsFault | None:
    """Name what is wrong; `None` where that cannot be told.

    `has_authority_file` says that the user has chosen a file, which then is the wrong one.
    """
    # the HTTP stack wraps these in errors of the same classes, without code and reason
    if isinstance(error, ssl.SSLCertVerificationError):
        fault = _FAULTS.get(getattr(error, "verify_code", 0))
        is_wrong_file = has_authority_file and fault is TlsFault.UNKNOWN_AUTHORITY
        return TlsFault.OTHER_AUTHORITY if is_wrong_file else fault
    return TlsFault.NO_TLS if getattr(error, "reason", "") in _NO_TLS else None
