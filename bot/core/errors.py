"""Every error of ours, drawn at the top. What is not here is a bug and leaves through a short reference.

SidenoteError
├── UserError            a sentence for the person who asked; shown as it stands
│   ├── BadText          a text that may not be stored: which field, which position
│   ├── BadRecord        a record that is refused: which field, why
│   ├── NotAllowed       the person may not do this, and which permission it takes
│   ├── NotFound         what was named is not there (any more)
│   ├── Conflict         someone else was faster, or an address is held by another record
│   ├── PostRefused      Discord will not take the post; why
│   └── PostUncertain    Discord did not say for certain whether it took the post
└── OperatorError        a sentence for the person who runs the program
    ├── SettingsError    a setting, secret or file of words is wrong: exit status 2
    └── StoreError       the database cannot be used: what is wrong, how to mend it
"""


class SidenoteError(Exception):
    """The root. Its text is always a whole sentence that may be shown."""


class UserError(SidenoteError):
    """The person asked for something that cannot be done as asked."""


class BadText(UserError):
    """A text that must not be stored."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class BadRecord(UserError):
    """A record that is refused, with the path of the field as in the JSON (`claims[2].status`)."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field = field
        self.reason = reason


class NotAllowed(UserError):
    """The person lacks a permission. The sentence names it."""


class NotFound(UserError):
    """The record, claim or note that was named is not there."""


class Conflict(UserError):
    """The record changed meanwhile, or an address belongs to another record of the list."""


class PostRefused(UserError):
    """Discord does not take a message here. Nothing was posted."""


class PostUncertain(UserError):
    """Discord failed or fell silent: the message may or may not stand there."""


class OperatorError(SidenoteError):
    """The person who runs the program has to mend something."""


class SettingsError(OperatorError):
    """A setting is missing, unknown or unreadable. Never carries a value: it may be a secret."""


class StoreError(OperatorError):
    """The database is locked, damaged, full, missing or newer than the program."""
