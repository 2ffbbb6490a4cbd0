"""Why a request brought no answer, in a few words for reports and logs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from OpenSSL import SSL
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from service_identity import VerificationError
from twisted.python.failure import Failure

from storage.errors import FetchError, ForbiddenAddress

_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (DownloadTimeoutError, "time-out"),
    (CannotResolveHostError, "host name not found"),
    (DownloadConnectionRefusedError, "connection refused"),
    (ResponseDataLossError, "cut body"),
    (DownloadCancelledError, "too large"),
    (DownloadFailedError, "connection lost"),
)
_UNREACHED = (
    DownloadTimeoutError,
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
)
_TLS = (SSL.Error, VerificationError)


async def fetch(crawler: Crawler, request: Request) -> Response | BaseException:
    """What a request outside the queue brings: the answer, or the error it failed with."""
    (result,) = await asyncio.gather(crawler.engine.download_async(request), return_exceptions=True)
    return result


def fault_reason(error: BaseException) -> str:
    """A short reason: `time-out`, `TLS: certificate verify failed`, `too large`."""
    if any(isinstance(cause, _TLS) for cause in _causes(error)):
        return f"TLS: {_tls_words(error)}"
    if isinstance(error, ForbiddenAddress):
        return f"ForbiddenAddress: {error}"
    if isinstance(error, FetchError):
        return str(error)
    if isinstance(error, IgnoreRequest) and "DOWNLOAD_MAXSIZE" in str(error):
        return "too large when unpacked"
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words
    return f"{type(error).__name__}: {error}"[:200].removesuffix(": ")


def failed(failure: Failure) -> tuple[BaseException, dict[str, Any]]:
    """The error behind a failure, and what its request was to hand on."""
    request: Request = failure.request  # type: ignore[attr-defined]
    assert failure.value is not None  # noqa: S101 — Twisted types it so
    return failure.value, request.cb_kwargs


def never_answered(error: BaseException) -> bool:
    """Whether no HTTP answer came at all: more requests would wait as long and bring as little."""
    return isinstance(error, _UNREACHED)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The errors behind an error, Twisted's lists of failures included; at most a few."""
    waiting: list[BaseException | None] = [error]
    for _ in range(20):
        current = waiting.pop() if waiting else None
        if current is None:
            return
        yield current
        waiting += [failure.value for failure in getattr(current, "reasons", None) or ()]
        waiting.append(current.__cause__) if current.__cause__ else None


def _tls_words(error: BaseException) -> str:
    """OpenSSL's words: [('SSL routines', '', 'certificate verify failed')]."""
    for cause in _causes(error):
        if isinstance(cause, SSL.Error) and cause.args and cause.args[0]:
            return str(cause.args[0][0][-1])
        if isinstance(cause, VerificationError):
            return "the certificate is for another host"
    return "handshake failed"
