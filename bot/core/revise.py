"""The wanted note against the posted one → Keep | Edit | Withdraw. Pure; the service acts on it."""

from dataclasses import dataclass

from bot.core.model import ContextNote, PostedNote


@dataclass(frozen=True, slots=True)
class Keep:
    """The posted note says what it should."""


@dataclass(frozen=True, slots=True)
class Edit:
    """The posted note should read like this."""

    note: ContextNote


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Nothing is to be said under the message any more."""


Revision = Keep | Edit | Withdraw


def revise(posted: PostedNote, wanted: ContextNote | None) -> Revision:
    """What to do with a posted note, given the one that should stand there (None: none).

    Compared is what a reader sees, so a preview that Discord adds to the message changes nothing.
    """
    if wanted is None:
        return Withdraw()
    if posted.says is None:  # posted by a version that kept no fingerprint
        return Keep() if wanted.records == posted.records else Edit(wanted)
    return Keep() if wanted.says == posted.says else Edit(wanted)
