"""Records in and out in bulk: a source is read in entries, prepared (`prepare`, in a process of its own where it is
large), planned against what is there (`plan`) and written as one batch (`transfer`).
"""

from bot.services.transfer.outcome import Outcome, Refusal
from bot.services.transfer.plan import Fate, FateKind
from bot.services.transfer.prepare import Knowledge, Refused
from bot.services.transfer.refused import RefusedFile
from bot.services.transfer.source import WRITTEN, Format, Source
from bot.services.transfer.transfer import Transfer
from bot.services.transfer.written import Writer

__all__ = [
    "WRITTEN",
    "Fate",
    "FateKind",
    "Format",
    "Knowledge",
    "Outcome",
    "Refusal",
    "Refused",
    "RefusedFile",
    "Source",
    "Transfer",
    "Writer",
]
