"""Every error of ours, drawn at the top. What is not here is a bug and leaves through a short reference.

SidenoteError
├── UserError            a sentence for the person who asked; shown as it stands
│   ├── BadText          a text that may not be stored: which field, which position
│   ├── BadRecord        a record that is refused: which field, why
│   ├── NotAllowed       the person may not do this, and which permission it takes
│   ├── NotFound         what was named is not there (any more)
│   ├── Conflict         someone else was faster, or an address is held by another record
│   ├── PostRefused      Discord will not take the post; why; `lasting` until permissions change
│   │   └── PostGone     the note is not there any more
│   └── PostUncertain    Discord did not say for certain whether it took the post
└── OperatorError        a sentence for the person who runs the program
    ├── SettingsError    a setting, secret or file of words is wrong: exit status 2
    └── StoreError       the database cannot be used: what is wrong, how to mend it
"""

from bot.core.words import Words


class SidenoteError(Exception):
    """The root."""


class UserError(SidenoteError):
    """The person asked for something that cannot be done as asked.

    Either a ready sentence, or the key of one in the catalogue of words with its values: `told` makes it whole.
    """

    def __init__(self, sentence: str = "", *, key: str = "", **values: object) -> None:
        super().__init__(sentence or key)
        self.key = key
        self.values = values

    def told(self, words: Words) -> str:
        """The sentence for the person."""
        return words(self.key, **self.values) if self.key else str(self)


class BadText(UserError):
    """A text that must not be stored. `reason` is a key under `refused` in the catalogue."""

    def __init__(self, field: str, reason: str, **values: object) -> None:
        super().__init__(key=f"refused.{reason}")
        self.values = values
        self.field = field
        self.reason = reason

    def told(self, words: Words) -> str:
        """The field, then why."""
        return f"{self.field}: {super().told(words)}" if self.field else super().told(words)


class BadRecord(BadText):
    """A record that is refused, with the path of the field as in the JSON (`claims[2].status`).

    From a form the field is the key of its name in the catalogue (`form.claims`), from a table it is the column;
    `line` counts from 1.
    """

    def __init__(self, field: str, reason: str, *, line: int | None = None, **values: object) -> None:
        super().__init__(field, reason, **values)
        self.line = line

    @classmethod
    def of(cls, bad: BadText, field: str, line: int | None = None) -> "BadRecord":
        """The same refusal, of another field."""
        refused = cls(field, bad.reason, line=line)
        refused.values = bad.values
        return refused

    def told(self, words: Words) -> str:
        """The field by the name the person knows, the line, then why."""
        name = words(self.field) if self.field.startswith("form.") else self.field
        if self.line is not None:
            name = words("refused.line" if name else "refused.whole_line", field=name, line=self.line)
        why = words(self.key, **self.values)
        return f"{name}: {why}" if name else why


class NotAllowed(UserError):
    """The person lacks a permission. The sentence names it."""


class NotFound(UserError):
    """The record, claim or note that was named is not there."""


class Conflict(UserError):
    """The record changed meanwhile, or an address belongs to another record of the list."""


class PostRefused(UserError):
    """Discord does not take a message here. Nothing was posted.

    `answer`: the key under `error` of what it said. `lasting`: it will say so until permissions change. `seconds`:
    how long to wait where it will take it later.
    """

    answer = ""
    lasting = False
    seconds: float | None = None


class PostGone(PostRefused):
    """The note is not there any more: somebody deleted it."""


class PostUncertain(UserError):
    """Discord failed or fell silent: the message may or may not stand there."""


class OperatorError(SidenoteError):
    """The person who runs the program has to mend something."""


class SettingsError(OperatorError):
    """A setting is missing, unknown or unreadable. Never carries a value: it may be a secret."""


class StoreError(OperatorError):
    """The database is locked, damaged, full, missing or newer than the program."""
