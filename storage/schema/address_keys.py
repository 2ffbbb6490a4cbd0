"""One key for an address, whether a page prints it escaped or as it is: of schema 7."""

from __future__ import annotations

from sqlite_utils import Database

from storage.addresses import address_key
from storage.schema.steps import migrations


@migrations(name="0018_address_keys")
def _address_keys(db: Database) -> None:
    # where both forms were known already, each keeps the key it has: two rows cannot share one
    db.register_function(address_key, deterministic=True)
    for table in ("copies", "attachment_files"):
        db.execute(
            f"""UPDATE OR IGNORE {table} SET key = address_key(url)
                WHERE key GLOB '*[^!-~]*' OR key LIKE '%/./%' OR key LIKE '%/../%'"""  # noqa: S608
        )
