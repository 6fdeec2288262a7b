"""Claims that are already known: which stored ones read like this one."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet

from claims.models import Claim

# Below this share of common trigrams two sentences are about different things. Suggestions only.
LEAST_ALIKE = 0.4


def similar(*, text: str, exclude: int | None = None, limit: int = 5) -> QuerySet[Claim]:
    """The claims most alike in wording, each with `similarity` 0 to 1; for a person to judge."""
    alike = Claim.objects.exclude(state=Claim.State.RETIRED).filter(text__trigram_similar=text)
    if exclude is not None:
        alike = alike.exclude(pk=exclude)
    return (
        alike.annotate(similarity=TrigramSimilarity("text", text))
        .filter(similarity__gte=LEAST_ALIKE)
        .select_related("claimant")
        .order_by("-similarity", "pk")[:limit]
    )
