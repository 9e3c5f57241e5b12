"""Answers of the Fact Check Tools API as ClaimReview nodes. Source:
https://developers.google.com/fact-check/tools/api/reference/rest
"""

from collections.abc import Iterator

from bot.core.markup.values import Node, first_object, objects


def is_answer(node: Node) -> bool:
    """Whether an object without a type is an entry of `claims:search` or a page of `pages`."""
    return "@type" not in node and ("claimReviewMarkups" in node or "claimReview" in node)


def reviews_of(answer: Node) -> Iterator[Node]:
    """The reviews in one entry or page, in order; of a claim without any review the claim."""
    if "claimReviewMarkups" in answer:
        for markup in objects(answer["claimReviewMarkups"]):
            yield _of_page(answer, markup)
        return
    claim = {"@type": "Claim", "author": {"name": answer.get("claimant")}, "datePublished": answer.get("claimDate")}
    reviews = list(objects(answer["claimReview"]))
    for review in reviews:
        yield _of_search(answer, claim, review)
    if not reviews:
        yield {**claim, "text": answer.get("text")}


def _of_search(answer: Node, claim: Node, review: Node) -> Node:
    """No entry says where the claim appeared."""
    publisher = first_object(review.get("publisher"))
    return {
        "@type": "ClaimReview",
        "claimReviewed": answer.get("text"),
        "itemReviewed": claim,
        "author": {"@type": "Organization", "name": publisher.get("name") or publisher.get("site")},
        "url": review.get("url"),
        "name": review.get("title"),
        "datePublished": review.get("reviewDate"),
        "inLanguage": review.get("languageCode"),
        "reviewRating": {"@type": "Rating", "alternateName": review.get("textualRating")},
    }


def _of_page(page: Node, markup: Node) -> Node:
    return {
        "@type": "ClaimReview",
        "claimReviewed": markup.get("claimReviewed"),
        "itemReviewed": {
            "@type": "Claim",
            "author": markup.get("claimAuthor"),
            "datePublished": markup.get("claimDate"),
            "firstAppearance": markup.get("claimFirstAppearance"),
            "appearance": markup.get("claimAppearances"),
        },
        "author": page.get("claimReviewAuthor"),
        "url": markup.get("url") or page.get("pageUrl"),
        "datePublished": page.get("publishDate"),
        "reviewRating": {
            "@type": "Rating",
            "alternateName": first_object(markup.get("rating")).get("textualRating"),
        },
    }
