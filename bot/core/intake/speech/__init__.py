"""Who says what a sentence says. Each module stands on those before it: `verbs` (with which somebody says something),
`sentence` (its words), `names` (a noun → a speaker's name), `nouns` (the noun before or after a verb), `saying`
(whether a verb says something here), `subjects` (who then says it), `finders` (all ways to name somebody), `speakers`
(who is left of them).
"""

from bot.core.intake.speech.speakers import Last, named_last, speakers_in

__all__ = ["Last", "named_last", "speakers_in"]
