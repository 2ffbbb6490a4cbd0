"""Captures from elsewhere read as a crawl would have read them then, and kept as history."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from urllib.parse import urljoin

from crawler.answers.records import ServerAnswer, Site, Verdict
from crawler.answers.redirects import sort_redirect
from crawler.answers.sorting import sort_answer
from crawler.network.address_forms import place_key
from crawler.network.addresses import allowed_origins
from pipelines.compare import compare_letters
from schedules.replay.reading import NOT_READ, CaptureReader, PageRead
from schedules.runs.rereading import differing_fields
from storage.archive import LetterArchive
from storage.captures import body_digest
from storage.errors import ArchiveDamaged
from storage.policies import Confirmation
from storage.records import Answer, Capture, EventKind, Outcome, Portal, ReplyLetter, SiteProfile
from storage.replay.replaying import Replay
from storage.replay.timeline import Neighbours, Seen
from storage.warc.marks import FILE, NOTED
from storage.warc.pages import is_digest_of
from storage.warc.spool import Spool
from storage.warc.spooled import Earlier, Spooled

_MOST_CAPTURES = 100  # of one durable write
_MOST_SECONDS = 2.0
_ENOUGH_CLOSED = 3
# </body></html>: a page that never gets there was cut, unless its site's pages never do
_CLOSED = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_TAIL = 200  # bytes in which nearly every page is closed
_NOTHING = Neighbours(None, None)


@dataclass(slots=True)
class Replayed:
    """What the captures of one portal came to.

    `versions` were added, `sightings` confirm a version that was known, `known` were in the
    archive already, `gone` count for presence, `other` say nothing, by why.
    """

    portal: str
    captures: int = 0
    versions: int = 0
    sightings: int = 0
    known: int = 0
    gone: int = 0
    other: Counter[str] = field(default_factory=Counter)
    events: Counter[EventKind] = field(default_factory=Counter)


def replay_captures(
    archive: LetterArchive,
    portals: Sequence[Portal],
    profiles: Mapping[str, SiteProfile],
    spool: Spool,
    source: str,
    confirmation: Confirmation,
    watch: Callable[[int], None] = lambda _: None,
) -> dict[str, Replayed]:
    """Takes the portals' captures out of the spool into the archive, whose run lock is held.

    All portals together, by time, since a letter may stand on several. One page in memory at a
    time, durable every hundred; interrupted, it can be run again and adds what is missing.
    `watch` is told how many captures are done. Raises ArchiveErrors.
    """
    replaying = {
        portal.name: _Replaying(archive.replay(portal, source), portal, profiles.get(portal.name))
        for portal in portals
    }
    done = 0
    with archive.replaying():
        # files after all pages: only these say which addresses are linked
        for some in chain(_batches(spool.captures()), _batches(spool.captures(files=True))):
            with archive.replaying_some():
                for spooled in some:
                    with archive.replaying_one():
                        replaying[spooled.portal].take(spooled)
                    done += 1
                    watch(done)
        for each in replaying.values():
            each.end(confirmation)
    return {name: each.result for name, each in replaying.items()}


def _batches(spooled: Iterator[Spooled]) -> Iterator[Iterator[Spooled]]:
    """Batches that end with their number or their time; each must be used up before the next."""
    ahead = next(spooled, None)

    def batch() -> Iterator[Spooled]:
        nonlocal ahead
        began, count = time.monotonic(), 0
        while ahead is not None:
            yield ahead
            ahead, count = next(spooled, None), count + 1
            if count >= _MOST_CAPTURES or time.monotonic() - began >= _MOST_SECONDS:
                return

    while ahead is not None:
        yield batch()


class _Replaying:
    """Decides what each capture is, by what stands before and after it."""

    def __init__(self, replay: Replay, portal: Portal, profile: SiteProfile | None) -> None:
        self.result = Replayed(portal.name)
        self._replay = replay
        self._reader = CaptureReader(replay, portal, profile)
        self._closed = self._open = 0  # pages of letters, by their ends
        self._site = Site(
            columns=frozenset(place_key(column.url) for column in portal.lists),
            origins=allowed_origins(portal),
            leaves_open=True,  # a record that was cut is told by its lengths
        )

    def end(self, confirmation: Confirmation) -> None:
        """After the last capture: what became of the letters is told."""
        self.result.events = self._replay.end(compare_letters, confirmation)

    def take(self, spooled: Spooled) -> None:
        """One capture, inside a part of a batch."""
        self.result.captures += 1
        capture = spooled.capture
        if spooled.marks.outcome == FILE:
            self._take_file(capture)
            return
        copy_id = self._replay.copy_at(capture.url)
        between = _NOTHING
        if copy_id is not None:
            if self._replay.is_recorded(copy_id, capture.fetched_at):
                self.result.known += 1
                return
            between = self._replay.neighbours(copy_id, capture.fetched_at)
            if spooled.earlier is not None:
                spooled = self._with_bytes(copy_id, spooled, spooled.earlier, between.before)
        if spooled.repeats:
            self._take_repeat(copy_id, spooled, between.before)
        elif spooled.marks.outcome == Outcome.GONE:
            self._take_gone(copy_id, spooled, spooled.marks.reason or str(capture.status))
        elif copy_id is not None and (seen := _shown_by(spooled, between)):
            self._see(copy_id, spooled, seen)
        else:
            self._take_answer(copy_id, spooled, between)

    def _take_file(self, capture: Capture) -> None:
        """A linked file; of one that no letter links to nothing is kept."""
        found = self._replay.save_file(capture)
        self.result.versions += found == "version"
        self.result.sightings += found == "sighting"
        self.result.known += found == "known"
        if found == "no link":
            self.result.other["file of no letter"] += 1

    def _take_repeat(self, copy_id: int | None, spooled: Spooled, before: Seen | None) -> None:
        """The server said that nothing was modified since the capture before."""
        if copy_id is None or before is None or spooled.earlier is not None:
            self.result.other["revisit without capture"] += 1
            return
        self._see(copy_id, replace(spooled, digest=before.digest or ""), before)

    def _with_bytes(
        self, copy_id: int, spooled: Spooled, earlier: Earlier, before: Seen | None
    ) -> Spooled:
        """A revisit of what an earlier replay brought; as it is where that is not there."""
        try:
            found = self._replay.capture_shown(copy_id, earlier.at, earlier.record_id)
            if found is None and before is not None:
                known = self._replay.version_capture(before.version_id)
                same = known is not None and is_digest_of(earlier.payload_digest, known.body)
                found = known if same else None
        except ArchiveDamaged:
            found = None
        if found is None:
            return spooled
        capture = replace(found, url=spooled.capture.url, fetched_at=spooled.capture.fetched_at)
        digest = body_digest(found.body)
        return replace(spooled, capture=capture, digest=digest, repeats=False, earlier=None)

    def _take_answer(self, copy_id: int | None, spooled: Spooled, between: Neighbours) -> None:
        """A page that reads as a letter is one; of any other answer its signs tell what it is."""
        capture = spooled.capture
        page = self._reader.read(capture, between) if capture.status in (200, 203) else NOT_READ
        letter = page.letter
        if page.shown or (letter is not None and letter.is_letter):
            if self._was_cut(capture):
                self.result.other["truncated"] += 1
                return
            self._take_letter(copy_id, spooled, between, page)
            return
        verdict = self._verdict(capture)
        if verdict.answer is Answer.GONE:
            self._take_gone(copy_id, spooled, verdict.reason)
        elif verdict.answer is Answer.PAGE:
            self._take_no_letter(copy_id, spooled, letter)
        else:
            self.result.other["refused or failed"] += 1

    def _was_cut(self, capture: Capture) -> bool:
        """Whether a page is open at its end where all others of the portal are closed."""
        body = capture.body
        closed = bool(_CLOSED.search(body, len(body) - _TAIL) or _CLOSED.search(body))
        if not closed and not self._open and self._closed >= _ENOUGH_CLOSED:
            return True
        self._closed += closed
        self._open += not closed
        return False

    def _verdict(self, capture: Capture) -> Verdict:
        headers = {name.lower(): value for name, value in reversed(capture.headers)}
        if not 300 <= capture.status < 400:
            answer = ServerAnswer(capture.url, capture.url, capture.status, headers, capture.body)
            return sort_answer(answer, self._site)
        try:
            target = urljoin(capture.url, headers.get("location", ""))
        except ValueError:
            return Verdict(Answer.FAILED)
        verdict = sort_redirect(capture.url, target, self._site)
        # http to https is no answer yet, and without an address nothing was said
        return Verdict(Answer.FAILED) if verdict.answer is Answer.PAGE else verdict

    def _take_gone(self, copy_id: int | None, spooled: Spooled, reason: str | None) -> None:
        if copy_id is None:
            self.result.other["gone, never seen"] += 1
            return
        vouched = spooled.marks.outcome == Outcome.GONE and spooled.marks.state == "ok"
        self._replay.save_refusal(
            copy_id, spooled.capture, Outcome.GONE, reason, spooled.source, vouched=vouched
        )
        self.result.gone += 1

    def _take_letter(
        self, copy_id: int | None, spooled: Spooled, between: Neighbours, page: PageRead
    ) -> None:
        if copy_id is not None and page.shown is not None:
            self._see(copy_id, spooled, page.shown)
        elif page.letter is not None:
            version_id = self._save(copy_id, spooled, between, page.letter)
            self._reader.remember(version_id, page)

    def _save(
        self, copy_id: int | None, spooled: Spooled, between: Neighbours, letter: ReplyLetter
    ) -> int:
        """The letter as a version of its own, where no neighbour says the same; gives which version
        the capture shows."""
        kept = letter if copy_id is None else self._replay.as_kept(copy_id, letter)
        texts: dict[int, ReplyLetter] = {}
        for seen in (between.before, between.after):
            if seen is None or copy_id is None:
                continue
            text = texts[seen.version_id] = self._reader.text(seen.version_id)
            if not differing_fields(text, kept):
                self._see(copy_id, spooled, seen)
                return seen.version_id
        self.result.versions += 1
        return self._replay.save_version(
            copy_id,
            spooled.capture,
            letter,
            self._reader.reader,
            between,
            texts,
            compare_letters,
            spooled.source,
        )

    def _take_no_letter(
        self, copy_id: int | None, spooled: Spooled, letter: ReplyLetter | None
    ) -> None:
        refusal = (letter.refusal if letter else None) or ""
        named = refusal.startswith("not a letter")
        self.result.other["not a letter" if named or copy_id is None else "unreadable"] += 1
        if copy_id is not None:
            outcome = Outcome.NOT_A_LETTER if named else Outcome.UNREADABLE
            self._replay.save_refusal(
                copy_id, spooled.capture, outcome, refusal or None, spooled.source
            )

    def _see(self, copy_id: int, spooled: Spooled, seen: Seen) -> None:
        """The page showed what is known of a time before or after."""
        digest = spooled.digest if spooled.marks.outcome != NOTED else None
        self._replay.save_sighting(copy_id, spooled.capture.fetched_at, seen, digest or None)
        self.result.sightings += 1


def _shown_by(spooled: Spooled, between: Neighbours) -> Seen | None:
    """The neighbour that showed these very bytes: known before any parsing.

    An export of ours may say that the letter was the same and its bytes were others.
    """
    for seen in (between.before, between.after):
        if seen is not None and seen.digest == spooled.digest:
            return seen
    return None
