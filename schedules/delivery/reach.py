"""Whether a server can be reached at all: a connection, its certificate checked, and no more."""

from __future__ import annotations

import socket
import ssl

from schedules.delivery.failures import os_reason
from storage.errors import DeliveryError

_SECONDS = 10.0


def reach(host: str, port: int, *, tls: bool) -> None:
    """Connects and closes again. Raises DeliveryError."""
    try:
        with socket.create_connection((host, port), timeout=_SECONDS) as plain:
            if tls:
                with ssl.create_default_context().wrap_socket(plain, server_hostname=host):
                    pass
    except ssl.SSLCertVerificationError as error:
        raise DeliveryError(f"TLS: {error.verify_message}") from error
    except (OSError, ValueError, UnicodeError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else "no usable host name"
        raise DeliveryError(reason) from error
