"""Small web sites on loopback for crawl tests: each on an address of its own, answers scripted."""

from __future__ import annotations

import ipaddress
import ssl
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

FRAME = "网站支持无障碍浏览首页政务公开政务服务互动交流政务数据走进我们联系方式" * 2


@dataclass(slots=True)
class Reply:
    """What a site answers; `raw` replaces everything, status line included."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[BaseHTTPRequestHandler], None] | None = None


Answers = Callable[[str, Mapping[str, str]], Reply | None]


class Site:
    """A server on 127.0.0.x; `answers` may be exchanged between two crawls."""

    def __init__(self, address: str, answers: Answers, *, tls: bool = False) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self._server = ThreadingHTTPServer((address, 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http{'s' * tls}://{address}:{self._server.server_address[1]}"
        if tls:
            self._server.socket = _own_certificate(address).wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        self.asked.clear()
        self.headers.clear()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._answer({})

            def do_POST(self) -> None:
                """As a GET, with what was posted among the headers, as `:posted`."""
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self._answer({":posted": body.decode()})

            def _answer(self, posted: dict[str, str]) -> None:
                site.asked.append(self.path)
                headers = {name.lower(): value for name, value in self.headers.items()} | posted
                site.headers.append(headers)
                reply = site.answers(self.path, headers) or Reply(status=404)
                if reply.raw:
                    reply.raw(self)
                    self.close_connection = True
                    return
                self._send(reply)

            def _send(self, reply: Reply) -> None:
                body = reply.body.encode() if isinstance(reply.body, str) else reply.body
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if "Content-Type" not in reply.headers:
                    self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                pass

        return Handler


def _own_certificate(address: str) -> ssl.SSLContext:
    """A server's side of TLS with a certificate it has written itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile(suffix=".pem") as pem:
        pem.write(certificate.public_bytes(serialization.Encoding.PEM))
        pem.write(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        pem.flush()
        context.load_cert_chain(pem.name)
    return context


def page(title: str, *paragraphs: str) -> str:
    """A page in the site's frame."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title></head><body><div class='top'>{FRAME}</div>"
        f"<h1>{title}</h1><div class='text'>{text}</div><div>{FRAME}</div></body></html>"
    )


def letter(number: int, *, households: int = 120) -> str:
    """A reply letter of this test's own making."""
    return page(
        f"关于市政协六届二次会议第{number:04d}号提案的复函",
        "周明远委员：",
        f"您提出的《关于完善第{number}片区社区食堂布点的建议》收悉。现答复如下：",
        f"我局已在第{number}片区布点，服务老人{households}户，后续按季度公布进展并接受监督。",
        "青岚市民生事务局",
        "2024年6月3日",
    )


def listing(numbers: list[int], more: str = "") -> str:
    """A list page as TRS sites print them."""
    items = "".join(
        f'<li class="clearfix"><a href="./202406/t20240603_{n}.html" '
        f'title="关于市政协六届二次会议第{n:04d}号提案的复函">关于市政协…</a><span>2024-06-03</span></li>'
        for n in numbers
    )
    return f"<html><body><ul class='list'>{items}</ul>{more}</body></html>"


def number_of(path: str) -> int:
    """The number in a letter's address."""
    return int(path.rpartition("_")[2].partition(".")[0])
