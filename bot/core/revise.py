"""The wanted note against the posted one → Keep | Edit | Withdraw. Pure; the service acts on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.model import ContextNote, PostedNote, Record
from bot.core.note import Composer


@dataclass(frozen=True, slots=True)
class Keep:
    """The posted note says what it should."""


@dataclass(frozen=True, slots=True)
class Edit:
    """The posted note should read like this."""

    note: ContextNote


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Nothing in the message is flagged any more."""


Revision = Keep | Edit | Withdraw


def revise(posted: PostedNote, wanted: Sequence[Record], composer: Composer, at: datetime) -> Revision:
    """What to do with a note whose message was changed, given the records its links lead to now.

    Records are compared with their versions, so a preview that Discord adds to the message changes nothing.
    """
    if not wanted:
        return Withdraw()
    note = composer.note(wanted, at)
    return Keep() if note.records == posted.records else Edit(note)
