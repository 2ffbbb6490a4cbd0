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
from schedules.replay.noting import Notes, Noting
from schedules.replay.reading import NOT_READ, CaptureReader, PageRead
from schedules.runs.rereading import differing_fields
from storage.archive import LetterArchive
from storage.captures import body_digest
from storage.errors import ArchiveDamaged
from storage.policies import Confirmation
from storage.records import Answer, Capture, EventKind, Outcome, Portal, ReplyLetter, SiteProfile
from storage.replay.noted import ToldElsewhere
from storage.replay.replaying import Replay
from storage.replay.timeline import Neighbours, Seen
from storage.warc.marks import ASIDE, FILE, NOTED
from storage.warc.pages import is_digest_of
from storage.warc.spool import Spool
from storage.warc.spooled import Earlier, Spooled

_MOST_CAPTURES = 100  # of one durable write
_MOST_SECONDS = 2.0
_ENOUGH_CLOSED = 3
# </body></html>: a page that never gets there was cut, unless its site's pages never do
_CLOSED = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_TAIL = 200  # bytes
_NOTHING = Neighbours(None, None)


@dataclass(slots=True)
class Replayed:
    """What the captures of one portal came to.

    `versions` of letters were added and `files` of what they link to, `sightings` confirm a
    version that was known, `known` were in the archive already, `gone` count for presence,
    `evidence` is what an archive of ours kept and did not tell, `other` say nothing, by why:
    together all `captures`.
    """

    portal: str
    captures: int = 0
    versions: int = 0
    files: int = 0
    sightings: int = 0
    known: int = 0
    gone: int = 0
    evidence: int = 0
    other: Counter[str] = field(default_factory=Counter)
    events: Counter[EventKind] = field(default_factory=Counter)
    notes: Notes = field(default_factory=Notes)


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
        noting = Noting(archive, spool, {name: each.replay for name, each in replaying.items()})
        noting.begin()
        # files after all pages: only these say which addresses are linked
        for some in chain(_batches(spool.captures()), _batches(spool.captures(files=True))):
            with archive.replaying_some():
                for spooled in some:
                    with archive.replaying_one():
                        noting.decide(spooled.at)
                        replaying[spooled.portal].take(spooled)
                    done += 1
                    watch(done)
        with archive.replaying_some():
            noting.decide()
        noting.end()
        elsewhere = noting.elsewhere()
        for name, each in replaying.items():
            each.end(confirmation, elsewhere[name])
            each.result.notes = noting.notes[name]
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
        self.replay = self._replay = replay
        self._reader = CaptureReader(replay, portal, profile)
        self._closed = self._open = 0  # pages of letters, by their ends
        self._site = Site(
            columns=frozenset(place_key(column.url) for column in portal.lists),
            origins=allowed_origins(portal),
            leaves_open=True,  # a record that was cut is told by its lengths
        )

    def end(self, confirmation: Confirmation, elsewhere: ToldElsewhere) -> None:
        """After the last capture: what became of the letters is told."""
        self.result.events = self._replay.end(
            compare_letters, confirmation, elsewhere, self._reader.text
        )

    def take(self, spooled: Spooled) -> None:
        """One capture, inside a part of a batch."""
        self.result.captures += 1
        if spooled.marks.outcome == FILE:
            self._take_file(spooled)
            return
        copy_id = self._replay.copy_at(spooled.url)
        between = _NOTHING
        if copy_id is not None:
            if self._replay.is_recorded(copy_id, spooled.at):
                self.result.known += 1
                return
            between = self._replay.neighbours(copy_id, spooled.at)
            if spooled.earlier is not None:
                spooled = self._with_bytes(copy_id, spooled, spooled.earlier, between.before)
        if spooled.marks.outcome in ASIDE:
            self._keep_aside(copy_id, spooled)
        elif spooled.repeats:
            self._take_repeat(copy_id, spooled, between.before)
        elif spooled.marks.outcome == Outcome.GONE:
            self._take_gone(copy_id, spooled, spooled.marks.reason or str(spooled.capture.status))
        elif copy_id is not None and (seen := _shown_by(spooled, between)):
            self._see(copy_id, spooled, seen)
        else:
            self._take_answer(copy_id, spooled, between)

    def _take_file(self, spooled: Spooled) -> None:
        """A linked file; of one that no letter links to nothing is kept."""
        found = self._replay.save_file(spooled.capture, _told_as(spooled))
        self.result.files += found == "version"
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
        capture = replace(found, url=spooled.url, fetched_at=spooled.at)
        digest = body_digest(found.body)
        return replace(spooled, unpack=lambda: capture, digest=digest, repeats=False, earlier=None)

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
        closed = _is_closed(capture.body)
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

    def _keep_aside(self, copy_id: int | None, spooled: Spooled) -> None:
        """What an archive of ours kept as evidence, and did not tell."""
        marks = spooled.marks
        self._replay.save_refusal(
            copy_id,
            spooled.capture,
            marks.outcome or "",
            marks.reason,
            spooled.source,
            evidence=True,
        )
        self.result.evidence += 1

    def _take_gone(self, copy_id: int | None, spooled: Spooled, reason: str | None) -> None:
        if copy_id is None and spooled.marks.outcome is None:
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
            _told_as(spooled),
            spooled.digest,
        )

    def _take_no_letter(
        self, copy_id: int | None, spooled: Spooled, letter: ReplyLetter | None
    ) -> None:
        refusal = (letter.refusal if letter else None) or ""
        named = refusal.startswith("not a letter")
        ours = spooled.marks.outcome is not None
        if ours:
            self.result.evidence += 1
        else:
            self.result.other["not a letter" if named or copy_id is None else "unreadable"] += 1
        if copy_id is not None or ours:
            outcome = Outcome.NOT_A_LETTER if named else Outcome.UNREADABLE
            self._replay.save_refusal(
                copy_id,
                spooled.capture,
                outcome,
                refusal or None,
                spooled.source,
                evidence=ours,
            )

    def _see(self, copy_id: int, spooled: Spooled, seen: Seen) -> None:
        """The page showed what is known of a time before or after."""
        digest = spooled.digest if spooled.marks.outcome != NOTED else None
        kept = spooled.marks.outcome == Outcome.UNCHANGED and not spooled.repeats
        if kept and seen.digest != spooled.digest:  # other furniture, in an archive of all pages
            self._replay.keep_capture(copy_id, spooled.capture, spooled.source)
        self._replay.save_sighting(copy_id, spooled.at, seen, digest or None)
        self.result.sightings += 1


def _is_closed(body: bytes) -> bool:
    """Whether a page comes to its end, as nearly every one does in the same words."""
    tail = body[-_TAIL:]
    return b"</html>" in tail or b"</body>" in tail or bool(_CLOSED.search(body))


def _told_as(spooled: Spooled) -> frozenset[str]:
    return frozenset((spooled.marks.told or "").split())


def _shown_by(spooled: Spooled, between: Neighbours) -> Seen | None:
    """The neighbour that showed these very bytes: known before any parsing.

    An export of ours may say that the letter was the same and its bytes were others.
    """
    for seen in (between.before, between.after):
        if seen is not None and seen.digest == spooled.digest:
            return seen
    return None
