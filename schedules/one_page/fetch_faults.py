"""Why an address brought no page: the crawler's words for it, in the language of the reader."""

from __future__ import annotations

import socket
import ssl
import zlib
from http.client import HTTPException

from schedules.words.language import language
from schedules.words.reasons import answer_reason
from schedules.words.system_faults import system_fault

_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "host name not found"),
    (TimeoutError, "time-out"),
    (ConnectionRefusedError, "connection refused"),
    (ConnectionError, "connection lost"),  # reset, broken pipe, closed without an answer
    (HTTPException, "cut body"),
    (zlib.error, "cut body"),
)


def fetch_fault(error: Exception) -> str:
    """What lies at the bottom of an error of requests or urllib3, in a few words."""
    cause: BaseException = error
    while below := cause.__cause__ or cause.__context__:
        cause = below
    if isinstance(cause, ssl.SSLError):
        return answer_reason(f"TLS: {_tls_words(cause)}", language())
    for kind, words in _KINDS:
        if isinstance(cause, kind):
            return answer_reason(words, language())
    if isinstance(cause, OSError) and cause.errno:
        return system_fault(cause)
    return " ".join(str(cause).split()) or type(cause).__name__


def _tls_words(error: ssl.SSLError) -> str:
    """`self-signed certificate`, `wrong version number`."""
    if isinstance(error, ssl.SSLCertVerificationError):
        if "mismatch" in error.verify_message:
            return "the certificate is for another host"
        return error.verify_message
    return (error.reason or "handshake failed").replace("_", " ").lower()
