"""What was done to an address on the way to its key, step by step. Filled only when somebody asks why."""

from dataclasses import dataclass
from enum import StrEnum


class StepKind(StrEnum):
    """What happened."""

    CUT = "cut"
    UNWRAPPED = "unwrapped"
    RESOLVED = "resolved"
    VIEW = "view"
    SAME_SITE = "same_site"
    DROPPED = "dropped"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `detail` names a rule, parameters (never their values: they may be somebody's token) or a host."""

    kind: StepKind
    detail: str = ""
    origin: str = ""
    """The file that the rule stands in."""


Trail = list[Step]
