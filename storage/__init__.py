"""The archive: records, schema, versions, identity, journal, export."""
