"""Verdicts: proposed by one person, approved by another, then never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Rating(models.TextChoices):
    """The truth axis and, off it, ratings that carry no number."""

    TRUE = "true", "True"
    MOSTLY_TRUE = "mostly_true", "Mostly true"
    HALF_TRUE = "half_true", "Half true"
    MOSTLY_FALSE = "mostly_false", "Mostly false"
    FALSE = "false", "False"
    MISLEADING = "misleading", "Misleading"
    MISSING_CONTEXT = "missing_context", "Missing context"
    ALTERED = "altered", "Altered"
    SATIRE = "satire", "Satire"
    UNPROVEN = "unproven", "Unproven"
    UNVERIFIABLE = "unverifiable", "Unverifiable"
    OPINION = "opinion", "Opinion"

    @property
    def number(self) -> int | None:
        """5 (true) to 1 (false); None off the truth axis, always."""
        return TRUTH_AXIS.get(self)


TRUTH_AXIS = {
    Rating.TRUE: 5,
    Rating.MOSTLY_TRUE: 4,
    Rating.HALF_TRUE: 3,
    Rating.MOSTLY_FALSE: 2,
    Rating.FALSE: 1,
}


class RatingLabel(models.Model):
    """A newsroom's own word for a rating ("Pants on fire" for false)."""

    name = models.CharField(max_length=80, unique=True)
    rating = models.CharField(max_length=20, choices=Rating)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="rating_label_has_name")]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_rating_display()})"


class Change(models.TextChoices):
    FIRST = "first", "first verdict"
    NEW_EVIDENCE = "new_evidence", "new evidence"
    OUR_ERROR = "our_error", "our error"
    WORLD_CHANGED = "world_changed", "the world changed"
    WORDING = "wording", "wording only"
    WITHDRAWAL = "withdrawal", "withdrawn"


class Judgement(models.Model):
    """What a proposal and a verdict have in common. A withdrawal has no rating and leaves none."""

    rating = models.CharField(max_length=20, choices=[*Rating.choices, ("", "Withdrawn")], blank=True)
    label = models.CharField(max_length=80, blank=True, help_text="The newsroom's own word for the rating.")
    reason = models.TextField()
    change = models.CharField("kind of change", max_length=20, choices=Change)
    applies_from = models.DateField()
    applies_until = models.DateField(
        null=True, blank=True, help_text="The first day on which it no longer applies; empty: open."
    )

    class Meta:
        abstract = True

    @property
    def redacted(self) -> bool:
        """Whether its words are gone: none is stored without a reason."""
        return not self.reason


# What a judgement may look like, by itself.
RATED_OR_WITHDRAWN = Q(change="withdrawal", rating="") | (~Q(change="withdrawal") & ~Q(rating=""))
INTERVAL = Q(applies_until=None) | Q(applies_until__gt=F("applies_from"))
KNOWN_CHANGE = Q(change__in=Change.values)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Proposal(Judgement):
    """A verdict that somebody submitted and somebody else has to approve or send back."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", "waiting for review"
        APPROVED = "approved", "approved"
        SENT_BACK = "sent_back", "sent back"
        PUT_BACK = "put_back", "put back after a change"
        WITHDRAWN = "withdrawn", "withdrawn"

    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="proposals")
    follows = models.PositiveIntegerField(help_text="The number of the verdict it follows; 0 for the first.")
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    correction = models.TextField(
        blank=True, help_text="Of our error, for readers: what was wrong and what is right."
    )
    addressed = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Evidence that the reason deals with."
    )
    sealed = models.BooleanField(
        default=False, help_text="Kept from everybody else until somebody has rated the claim blind."
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals"
    )
    submitted_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="reviews"
    )
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        permissions = [
            ("approve_proposal", "Can approve or send back a proposed verdict"),
            ("override_gate", "Can approve a rating with fewer independent sources than it needs"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state="submitted"), name="proposal_one_open_per_claim"
            ),
            # Only a redaction takes it, and it takes it from those that are decided.
            models.CheckConstraint(
                condition=~Q(reason="") | ~Q(state="submitted"), name="proposal_has_reason"
            ),
            models.CheckConstraint(condition=RATED_OR_WITHDRAWN, name="proposal_rated_or_withdrawn"),
            models.CheckConstraint(condition=INTERVAL, name="proposal_interval"),
            models.CheckConstraint(condition=KNOWN_CHANGE, name="proposal_known_change"),
            # Four eyes: who submits does not approve, nor send back. A withdrawal is the submitter's own,
            # and whoever changes what was judged puts the review back.
            models.CheckConstraint(
                condition=Q(state__in=["withdrawn", "put_back"])
                | Q(reviewed_by=None)
                | ~Q(reviewed_by=F("submitted_by")),
                name="proposal_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", reviewed_at=None, reviewed_by=None)
                | (~Q(state="submitted") & Q(reviewed_at__isnull=False, reviewed_by__isnull=False)),
                name="proposal_reviewed_when_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent_back", "put_back"]) | ~Q(review_note="") | Q(reason=""),
                name="proposal_sent_back_with_note",
            ),
            # Our error is told to readers; a redaction takes these words with the reason.
            models.CheckConstraint(
                condition=Q(change="our_error", reason="")
                | (Q(change="our_error") & ~Q(correction=""))
                | (~Q(change="our_error") & Q(correction="")),
                name="proposal_our_error_with_correction",
            ),
            models.CheckConstraint(
                condition=Q(sealed=False) | (Q(state="submitted") & ~Q(rating="")),
                name="proposal_sealed_waits",
            ),
        ]

    def __str__(self) -> str:
        return "A proposed verdict" if self.sealed else f"{self.get_rating_display()} (proposed)"

    def hidden_from(self, person_id: int | None) -> bool:
        """Whether its rating and words are kept from this person until somebody has rated blind."""
        return self.sealed and self.submitted_by_id != person_id


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def with_people(self) -> Self:
        """With who decided and approved, on what terms, and whose redaction it is the tombstone of."""
        return self.select_related(
            "decided_by", "approved_by", "redaction__by", "correction__corrects", "proposal__approval__by",
            "proposal__second__by",
        )  # fmt: skip

    def in_force(self, *, as_of: date, known_at: datetime) -> Self:
        """Verdicts decided by `known_at` whose interval holds day `as_of`; a claim's first one counts."""
        holds = Q(applies_from__lte=as_of) & (Q(applies_until=None) | Q(applies_until__gt=as_of))
        return self.filter(holds, decided_at__lte=known_at).order_by("claim_id", "-number")


REFUSE = "RAISE EXCEPTION 'Rows of % are never changed or removed.', TG_TABLE_NAME;"
# A row whose redaction is written down may lose its words and their salt, all of them and nothing else.
UNLESS_REDACTED = """
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - ARRAY['reason', 'label', 'basis', 'salt']
            = to_jsonb(OLD) - ARRAY['reason', 'label', 'basis', 'salt']
            AND NEW.reason = '' AND NEW.label = '' AND NEW.basis = '[]' AND NEW.salt = ''
            AND EXISTS (SELECT 1 FROM claims_redaction WHERE verdict_id = OLD.id)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    """


def append_only(exception: str = "") -> list[pgtrigger.Trigger]:
    """Refuse UPDATE and DELETE, where the exception does not let them through, and TRUNCATE."""
    return [
        pgtrigger.Trigger(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=exception + REFUSE,
        ),
        pgtrigger.Trigger(
            name="no_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=REFUSE,
        ),
    ]


class Verdict(Judgement):
    """A row of the ledger, append-only; docs/ledger.md says what its hashes are taken over."""

    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField(help_text="1, 2, 3 … of this claim.")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="verdict")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verdicts"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approved_verdicts"
    )
    # What it stood on: [{"evidence", "source", "stance", "quote", "snapshot"}]
    basis = models.JSONField(default=list, blank=True)
    salt = models.CharField(max_length=32, blank=True, help_text="Keeps erased words from being guessed.")
    words_hash = models.CharField(max_length=64, help_text="SHA-256 over its words and the salt, in hex.")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["claim_id", "number"]
        permissions = [("redact_verdict", "Can erase the words of a verdict")]
        triggers = append_only(UNLESS_REDACTED)
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="verdict_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="verdict_number_from_1"),
            models.CheckConstraint(
                condition=Q(salt="", reason="", label="", basis=[]) | (~Q(salt="") & ~Q(reason="")),
                name="verdict_has_reason",
            ),
            models.CheckConstraint(condition=RATED_OR_WITHDRAWN, name="verdict_rated_or_withdrawn"),
            models.CheckConstraint(condition=KNOWN_CHANGE, name="verdict_known_change"),
            models.CheckConstraint(condition=~Q(decided_by=F("approved_by")), name="verdict_four_eyes"),
            models.CheckConstraint(condition=INTERVAL, name="verdict_interval"),
            models.CheckConstraint(
                condition=Q(number=1, change="first", previous_hash="")
                | (Q(number__gt=1) & ~Q(change="first") & ~Q(previous_hash="")),
                name="verdict_first_is_first",
            ),
        ]
        indexes = [
            # The status of a claim as of a day, as known at a moment: newest number first, index only.
            models.Index(
                fields=["claim", "-number"],
                include=["id", "rating", "applies_from", "applies_until", "decided_at"],
                name="verdict_status",
            ),
            models.Index(fields=["-decided_at"], name="verdict_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_rating_display()} (no. {self.number})"


class Redaction(models.Model):
    """A row of the ledger: whose words were erased, by whom, when and why. The verdict is its tombstone."""

    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="redactions")
    number = models.PositiveIntegerField(help_text="1, 2, 3 … of this claim.")
    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="redaction")
    why = models.TextField(help_text="For readers.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="redactions")
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["claim_id", "number"]
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="redaction_number_once"),
            models.CheckConstraint(condition=~Q(why=""), name="redaction_has_reason"),
            models.CheckConstraint(
                condition=Q(number=1, previous_hash="") | (Q(number__gt=1) & ~Q(previous_hash="")),
                name="redaction_first_is_first",
            ),
        ]

    def __str__(self) -> str:
        return f"Redaction of verdict no. {self.verdict.number}"
