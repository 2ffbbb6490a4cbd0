"""Serves scenes of a site on loopback from a process of its own, and counts what it sends."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from crawler.demo.answers import answer
from crawler.demo.refusals import DemoResponse
from crawler.demo.site import DemoSite

LATENCY = 0.005  # seconds an answer waits
_PHRASES = {each.value: each.phrase for each in HTTPStatus}  # 521 is none of them
_KEPT = 12_000  # pages kept as they were rendered: the server's work must not slow the watcher's


@dataclass(frozen=True, slots=True)
class Traffic:
    """What was sent since the last look: answers, those that were 304, and bytes on the wire."""

    requests: int = 0
    not_modified: int = 0
    sent: int = 0


class ServedSite:
    """A site on 127.0.0.1 that shows one of its scenes at a time, the first one first.

    A context manager: entering forks the server, so that its work is not the caller's.
    """

    def __init__(self, scenes: Mapping[str, DemoSite], *, latency: float = LATENCY) -> None:
        self.scenes = dict(scenes)
        self._latency = latency
        self._pipe: Connection
        self._server: Any
        self.url = ""

    def show(self, scene: str) -> None:
        """Every answer from now on is that scene's."""
        self._ask("show", scene)

    def traffic(self) -> Traffic:
        """What was sent since this was last asked."""
        return Traffic(*self._ask("traffic", ""))

    def __enter__(self) -> ServedSite:
        context = multiprocessing.get_context("fork")  # scenes are large: they are not copied
        self._pipe, theirs = context.Pipe()
        serving = _Server(self.scenes, theirs, self._latency)
        self._server = context.Process(target=serving.run, daemon=True)
        self._server.start()
        self.url = f"http://127.0.0.1:{self._pipe.recv()}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.terminate()
        self._server.join()
        self._pipe.close()

    def _ask(self, order: str, word: str) -> Any:
        self._pipe.send((order, word))
        return self._pipe.recv()


class _Server:
    """The server's side: one thread, all connections."""

    def __init__(self, scenes: Mapping[str, DemoSite], pipe: Connection, latency: float) -> None:
        self._scenes = scenes
        self._pipe = pipe
        self._latency = latency
        self._scene = next(iter(scenes))
        self._rendered: dict[tuple[str, str], DemoResponse] = {}
        self._counted = [0, 0, 0]

    def run(self) -> None:
        """Serve until the process is ended."""
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # watchers have the other core
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0, backlog=256)
        asyncio.get_running_loop().add_reader(self._pipe.fileno(), self._obey)
        self._pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    def _obey(self) -> None:
        try:
            order, word = self._pipe.recv()
        except EOFError:
            os._exit(0)
        if order == "show":
            self._scene = word
            self._pipe.send(None)
        else:
            self._pipe.send(tuple(self._counted))
            self._counted = [0, 0, 0]

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            while True:
                method, path, asked = _parse(await reader.readuntil(b"\r\n\r\n"))
                await asyncio.sleep(self._latency)
                writer.write(self._wire(method, path, asked))
                await writer.drain()
                if asked.get("connection", "").lower() == "close":
                    break
        writer.close()

    def _wire(self, method: str, path: str, asked: Mapping[str, str]) -> bytes:
        """The answer as bytes, counted."""
        given = self._rendering(path)
        tag = given.header("ETag")
        if tag is not None and tag in asked.get("if-none-match", ""):
            kept = tuple(each for each in given.headers if each[0] in ("ETag", "Last-Modified"))
            given = DemoResponse(304, kept, b"")
        lines = [f"HTTP/1.1 {given.status} {_PHRASES.get(given.status, '')}"]
        lines += [f"{name}: {value}" for name, value in given.headers]
        body = b"" if method == "HEAD" else given.body
        wire = "\r\n".join((*lines, "", "")).encode("latin-1") + body
        self._counted[0] += 1
        self._counted[1] += given.status == 304
        self._counted[2] += len(wire)
        return wire

    def _rendering(self, path: str) -> DemoResponse:
        key = self._scene, path
        if (given := self._rendered.get(key)) is None:
            given = answer(self._scenes[self._scene], path)
            if len(self._rendered) < _KEPT:
                self._rendered[key] = given
        return given


def _parse(head: bytes) -> tuple[str, str, dict[str, str]]:
    """A request's method, path and headers, their names in lower case."""
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    return method, path, {name.strip().lower(): value.strip() for name, _, value in pairs}
