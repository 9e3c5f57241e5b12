"""Several publishers' reviews of one claim → one claim."""

from typing import Any

from bot.core.records.read import MOST_EVIDENCE

_RESTS_ON_NOTHING = "unverified"


def together(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The claims with those of the same words as one, in the place of the first."""
    first: dict[str, dict[str, Any]] = {}
    for claim in claims:
        met = first.get(claim["text"])
        first[claim["text"]] = _both(met, claim) if met else claim
    return list(first.values())


def _both(there: dict[str, Any], coming: dict[str, Any]) -> dict[str, Any]:
    """Evidence adds up; publishers that contradict each other make the claim disputed. The verdict is the first that
    gave a status, so that no status stands beside words that did not give it.

    A status that stands alone stays: a verdict that gives none says nothing against it.
    """
    if there["status"] == _RESTS_ON_NOTHING != coming["status"] and "verdict" in coming:
        there = {**there, "verdict": coming["verdict"]}
    evidence = list(there.get("evidence", ()))
    evidence += [item for item in coming.get("evidence", ()) if item not in evidence]
    statuses = {there["status"], coming["status"]} - {_RESTS_ON_NOTHING}
    both = {**coming, **there, "evidence": evidence[:MOST_EVIDENCE]}
    both["status"] = "disputed" if len(statuses) > 1 else next(iter(statuses), _RESTS_ON_NOTHING)
    return {key: value for key, value in both.items() if value}
