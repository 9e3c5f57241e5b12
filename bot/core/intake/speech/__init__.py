"""Who says what a sentence says. Each module stands on those before it: `forms` and `verbs` (with which somebody says
something), `bodies` (what bodies are called), `sentence` (its words), `names` (a noun → a speaker's name), `apposition`
and `nouns` (the noun before or after a verb), `saying` (whether a verb says something here), `subjects` (who then says
it), `find`, `leads` and `finders` (all ways to name somebody), `known` (who was named before), `speakers` (who is left
of them), `quotes` (quotations over several sentences).
"""

from bot.core.intake.speech.known import Last, named_last
from bot.core.intake.speech.quotes import restored, with_quoted
from bot.core.intake.speech.speakers import speakers_in

__all__ = ["Last", "named_last", "restored", "speakers_in", "with_quoted"]
