"""A record as JSON (contracts.md: A record, as JSON lines): reading with every refusal named, writing, merging."""

from bot.core.records.merge import merge, merge_records
from bot.core.records.read import FORMAT, Reading, read_header, read_kept, read_record
from bot.core.records.write import header_line, record_line

__all__ = [
    "FORMAT",
    "Reading",
    "header_line",
    "merge",
    "merge_records",
    "read_header",
    "read_kept",
    "read_record",
    "record_line",
]
