"""Captures as a WARC file, for archivists and for other archives."""

from __future__ import annotations

from importlib.metadata import version

from schedules.exports.order import Exported, Order
from schedules.exports.output import needed_output, output_stream
from schedules.replay.words import WARC_FORGOTTEN, WARC_WRITTEN
from schedules.terminal import tell
from schedules.words.language import say
from storage.published import PublishedArchive
from storage.warc.export import WarcFilter


def write_warc(archive: PublishedArchive, order: Order) -> Exported:
    """Writes `.warc.gz`, a gzip member a record, or plain `.warc`, in constant memory.

    The pages stand as they came, contact lines included. UsageError without a path.
    """
    output = needed_output(order, "warc")
    chosen = WarcFilter(order.portals, order.letters, order.after)
    with archive.snapshot() as snapshot, output_stream(output) as stream:
        tally = archive.write_warc(
            stream, filename=output.name, software=f"fuhan/{version('fuhan')}", chosen=chosen
        )
        cursor = snapshot.cursor
    response, revisit = tally.records["response"], tally.records["revisit"]
    visit = tally.records["metadata"] - tally.notes
    tell(
        say(
            WARC_WRITTEN,
            path=output,
            letters=tally.letters,
            captures=response + revisit + visit,
            response=response,
            revisit=revisit,
            visit=visit,
            notes=tally.notes,
            records=tally.records.total(),
            cursor=cursor,
        )
    )
    if tally.forgotten:
        tell(say(WARC_FORGOTTEN, count=tally.forgotten))
    return Exported(tally.letters, cursor, damaged=tally.damaged)
