"""A record as JSON (contracts.md: A record, as JSON lines), as rows of a table and flattened for the database: reading
with every refusal named, writing, merging.
"""

from bot.core.records.merge import merge, merge_records
from bot.core.records.pack import Packed, pack, title_words
from bot.core.records.read import FORMAT, Reading, read_header, read_kept, read_record
from bot.core.records.table import COLUMNS, header_row, read_columns, record_of, table_rows, what_is_lost
from bot.core.records.table_file import TableEntry, read_table
from bot.core.records.write import header_line, kept_line, record_line

__all__ = [
    "COLUMNS",
    "FORMAT",
    "Packed",
    "Reading",
    "TableEntry",
    "header_line",
    "header_row",
    "kept_line",
    "merge",
    "merge_records",
    "pack",
    "read_columns",
    "read_header",
    "read_kept",
    "read_record",
    "read_table",
    "record_line",
    "record_of",
    "table_rows",
    "title_words",
    "what_is_lost",
]
