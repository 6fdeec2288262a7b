"""What a step was, in the words of the person who did it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.text import Truncator

from claims.changes import Change
from claims.models import (
    Article,
    BlindSwitch,
    Claim,
    ClaimLink,
    Evidence,
    Proposal,
    ReaderRequest,
    Recheck,
)
from sources.models import Source

LONGEST = 200
ADDED = {
    Evidence: "Evidence attached",
    ClaimLink: "Claims linked",
    Proposal: "Verdict proposed",
    Recheck: "Re-check set",
    Claim: "Claim added",
    BlindSwitch: "Blind second rating asked for",
}
REMOVED = {
    Evidence: "Evidence removed",
    ClaimLink: "Link taken away",
    BlindSwitch: "Blind second rating asked for no more",
}
EDITED = {
    Evidence: "Evidence changed",
    Recheck: "Re-check changed",
    Claim: "Claim changed",
    Article: "Details of the article changed",
    Source: "Source changed",
}
STATES = {
    Claim.State.NEW: "Put back to new",
    Claim.State.IN_PROGRESS: "Accepted",
    Claim.State.PUBLISHED: "Published again",
    Claim.State.RETIRED: "Retired",
}
# One request may do several of these; what comes first here is what it was for.
ORDER: tuple[type[Any], ...] = (
    ReaderRequest, ClaimLink, Evidence, BlindSwitch, Proposal, Recheck, Claim, Article, Source,
)  # fmt: skip
MERGED, SPLIT, ASSIGNED = "Merged", "Split", "Assigned"


def of(changes: Iterable[Change]) -> str:
    """Such as "Accepted: The bridge is closed." or "Retired: 3 claims"."""
    told = [(rank, words, change) for change in changes for rank, words in [_told(change)]]
    first = min(rank for rank, _, _ in told)
    words = next(words for rank, words, _ in told if rank == first)
    same = [change for rank, said, change in told if (rank, said) == (first, words)]
    about = list(dict.fromkeys(_about(change) for change in same))
    subject = str(about[0]) if len(about) == 1 else f"{len(about)} claims"
    return f"{words}: {Truncator(subject).chars(LONGEST)}"


def _told(change: Change) -> tuple[int, str]:
    """How near to the purpose of its request a change is (0: that is it), and the change in words."""
    model, before, after = change.model, change.before, change.after
    if model is Claim and before and after and change.edits("merged_into_id"):
        return 0, MERGED
    if model is Claim and after and before is None and after["split_from_id"]:
        return 0, SPLIT
    if model is Claim and change.edits("assignee_id"):
        return 1, ASSIGNED
    rank = 2 + ORDER.index(model) if model in ORDER else 2 + len(ORDER)
    if after is None:
        return rank, REMOVED.get(model, "Removed")
    if before is None:
        return rank, ADDED.get(model, "Added")
    return rank, _edited(change, after)


def _edited(change: Change, after: dict[str, Any]) -> str:
    if change.model is Claim and change.edits("state"):
        return STATES.get(after["state"], EDITED[Claim])
    if change.model is Proposal:
        return f"Verdict {Proposal.State(after['state']).label}"
    if change.model is ReaderRequest:
        return f"Reader's request {ReaderRequest.State(after['state']).label}"
    if change.model is Recheck and change.edits("outcome"):
        return f"Re-check recorded, {Recheck.Outcome(after['outcome']).label}"
    return EDITED.get(change.model, "Changed")


def _about(change: Change) -> str:
    """The claim's words; of a part those of the whole; else the row's own name."""
    values = change.after or change.before or {}
    claim = values.get("claim_id") or (values.get("split_from_id") if change.before is None else None)
    if change.model is Claim and not claim:
        return str(values["text"])
    if claim:
        found = Claim.objects.only("text").filter(pk=claim).first()
        return found.text if found else f"claim {claim}"
    return str(values.get("title") or values.get("url") or f"no. {change.pk}")
