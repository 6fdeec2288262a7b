"""Claims, who asserts them, and where they appear."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, CharField, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower, NullIf

from claims.models.article import Article
from claims.models.topic import Topic
from claims.models.verdict import Verdict

WHEN = RegexValidator(
    r"^\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?$",
    "Give a year, month or day such as 2019, 2019-06 or 2019-06-28, or a range 2019-07/2019-09.",
)


@pghistory.track()
class Claimant(models.Model):
    """A person or organisation that asserts claims."""

    class Kind(models.TextChoices):
        PERSON = "person", "person"
        ORGANISATION = "organisation", "organisation"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    wikidata_id = models.CharField(
        max_length=20,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^Q[1-9]\d*$", "Such as Q42.")],
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="claimant_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="claimant_has_name"),
        ]
        indexes = [
            # Whose words these are, for each claim found.
            models.Index(Lower("name"), name="claimant_by_name"),
            GinIndex(fields=["aliases"], name="claimant_by_alias"),
        ]

    def __str__(self) -> str:
        return self.name


def freshness_of_due(at: datetime) -> list[When]:
    """By `due_at`: fresh, due, overdue; what is left is stale. In Python: `rechecks.freshness`."""
    moment = models.DateTimeField()
    # The moment less so many days as the policy in force says.
    overdue_from = RawSQL(
        "(%s::timestamptz - make_interval(hours => 24 *"
        " (SELECT overdue_after FROM claims_policy ORDER BY number DESC LIMIT 1)))",
        [at],
        moment,
    )
    stale_from = RawSQL(
        "(%s::timestamptz - make_interval(hours => 24 *"
        " (SELECT stale_after FROM claims_policy ORDER BY number DESC LIMIT 1)))",
        [at],
        moment,
    )
    return [
        When(Q(due_at=None) | Q(due_at__gt=at), then=Value("fresh")),
        When(due_at__gt=overdue_from, then=Value("due")),
        When(due_at__gt=stale_from, then=Value("overdue")),
    ]


class ClaimQuerySet(models.QuerySet["Claim"]):
    def search(self, words: str) -> Self:
        query = SearchQuery(words, search_type="websearch", config="english")
        return self.filter(search=query).annotate(rank=SearchRank(F("search"), query))

    def with_status(self, *, as_of: date, known_at: datetime) -> Self:
        """Annotate `verdict_id` and `rating`: what we said by `known_at` about day `as_of`.

        Both are None where no verdict speaks of that day, `rating` alone where it was withdrawn.
        """
        in_force = Verdict.objects.in_force(as_of=as_of, known_at=known_at).filter(claim=OuterRef("pk"))
        rating = in_force.values(given=NullIf("rating", Value("")))
        return self.annotate(verdict_id=Subquery(in_force.values("pk")[:1]), rating=Subquery(rating[:1]))

    def standing(self, *, at: datetime) -> Self:
        """Without those that had been merged into another claim by then."""
        return self.filter(Q(merged_at=None) | Q(merged_at__gt=at))

    def with_freshness(self, *, at: datetime) -> Self:
        """Annotate `due_at` and `freshness`; a claim never checked is "unchecked", not fresh."""
        # At most one is open per claim, so the join multiplies no rows.
        open_one = FilteredRelation("rechecks", condition=Q(rechecks__closed_at=None))
        return self.annotate(open_recheck=open_one, due_at=F("open_recheck__due_at")).annotate(
            freshness=Case(
                When(last_verified_at=None, then=Value("unchecked")),
                *freshness_of_due(at),
                default=Value("stale"),
                output_field=CharField(),
            )
        )


# Two merges at once are kept apart by locks (claims/merging.py); this is for whoever comes without them.
NO_CIRCLE = """
    IF EXISTS (
        WITH RECURSIVE chain AS (
            SELECT id, merged_into_id FROM claims_claim WHERE id = NEW.merged_into_id
            UNION
            SELECT further.id, further.merged_into_id
            FROM chain JOIN claims_claim further ON further.id = chain.merged_into_id
        )
        SELECT 1 FROM chain WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'Claim % would be merged into itself.', NEW.id;
    END IF;
    RETURN NEW;
    """


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["search", "text_key"],
)
class Claim(models.Model):
    """One checkable proposition, standing alone."""

    class Kind(models.TextChoices):
        EVENT = "event", "event"
        STATUS = "status", "status"
        QUANTITY = "quantity", "quantity"
        PREDICTION = "prediction", "prediction"
        POSITION = "position", "position"
        BACKGROUND = "background", "background"

    class State(models.TextChoices):
        NEW = "new", "new"
        IN_PROGRESS = "in_progress", "in progress"
        IN_REVIEW = "in_review", "in review"
        PUBLISHED = "published", "published"
        RETIRED = "retired", "retired"

    class Volatility(models.TextChoices):
        SLOW = "slow", "slowly"
        NORMAL = "normal", "as usual"
        FAST = "fast", "fast"

    text = models.TextField()
    text_key = models.CharField(
        max_length=64, editable=False, help_text="SHA-256 of the text, case and marks aside."
    )
    kind = models.CharField(max_length=12, choices=Kind)
    claimant = models.ForeignKey(
        Claimant, null=True, blank=True, on_delete=models.PROTECT, related_name="claims",
        help_text="Who asserts it; none where the article speaks in its own voice.",
    )  # fmt: skip
    when = models.CharField(max_length=21, blank=True, validators=[WHEN], help_text="The time it is about.")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="claims")
    volatility = models.CharField(
        max_length=6,
        choices=Volatility,
        default=Volatility.NORMAL,
        help_text="How fast it changes.",
    )
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    unresolved = models.BooleanField(default=False, help_text="A reference in it could not be resolved.")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_claims",
    )
    retired_why = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+",
        help_text="None where the extractor found it.",
    )  # fmt: skip
    last_verified_at = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged_from",
        db_index=False, help_text="The claim that stands in its place.",
    )  # fmt: skip
    merged_at = models.DateTimeField(null=True, editable=False)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    split_from = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="parts", db_index=False,
        help_text="The claim that it was a part of.",
    )  # fmt: skip
    revision = models.PositiveIntegerField(default=1, editable=False, help_text="Counts the edits.")
    search = models.GeneratedField(
        expression=SearchVector("text", config="english"), output_field=SearchVectorField(), db_persist=True
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        permissions = [("merge_claim", "Can merge and split claims")]
        triggers = [
            pgtrigger.Trigger(
                name="merged_in_no_circle",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__merged_into__isnull=False),
                func=NO_CIRCLE,
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="claim_has_text"),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None, merged_by=None)
                | Q(
                    merged_into__isnull=False,
                    merged_at__isnull=False,
                    merged_by__isnull=False,
                    state="retired",
                ),
                name="claim_merged_is_retired",
            ),
            models.CheckConstraint(
                condition=~Q(state="retired") | ~Q(retired_why=""), name="claim_retired_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(last_verified_at__isnull=False),
                name="claim_published_is_verified",
            ),
        ]
        indexes = [
            # The list by state, newest first, and its cursor.
            models.Index(fields=["state", "-created_at", "-id"], name="claim_by_state"),
            models.Index(fields=["-created_at", "-id"], name="claim_by_age"),
            models.Index(fields=["text_key"], name="claim_by_text_key"),
            # What was merged into a claim, and what it was split into; few claims are either.
            models.Index(
                fields=["merged_into"], name="claim_merged_from", condition=Q(merged_into__isnull=False)
            ),
            models.Index(fields=["split_from"], name="claim_parts", condition=Q(split_from__isnull=False)),
            GinIndex(fields=["search"], name="claim_search"),
            GinIndex(OpClass(F("text"), name="gin_trgm_ops"), name="claim_trigrams"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def latest_number(self) -> int:
        """The number of the newest verdict, 0 before the first."""
        return self.verdicts.aggregate(n=models.Max("number"))["n"] or 0


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Appearance(models.Model):
    """A claim's occurrence in an article: the verbatim sentence, its place, and what was rewritten.

    Where the article was edited and the sentence has vanished, the place is the one in the version that
    had it last.
    """

    class Standing(models.TextChoices):
        THERE = "there", "in the article"
        REWORDED = "reworded", "reworded in the article"
        VANISHED = "vanished", "no longer in the article"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appearances")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="appearances")
    start = models.PositiveIntegerField(
        help_text="Offset of the sentence in the article's text, in characters."
    )
    end = models.PositiveIntegerField()
    sentence = models.TextField()
    prefix = models.CharField(max_length=64, blank=True, help_text="The text just before it.")
    suffix = models.CharField(max_length=64, blank=True, help_text="The text just after it.")
    wording = models.TextField(help_text="The claim as it was extracted here.")
    edits = models.JSONField(
        default=list
    )  # [{"start", "end", "original", "replacement", "source_start", ...}]
    score = models.FloatField(default=1.0, help_text="Check-worthiness, 0 to 1.")
    reasons = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    extractor = models.CharField(max_length=80, blank=True, help_text="Empty where a person added it.")
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.THERE)
    standing_since = models.DateTimeField(
        null=True, blank=True, help_text="When the article was found edited so; none where it never was."
    )
    version = models.ForeignKey(
        "ArticleVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Vanished: the version that had the sentence last.",
    )  # fmt: skip

    class Meta:
        ordering = ["article_id", "start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "article", "start", "end"],
                condition=~Q(standing="vanished"),
                name="appearance_once",
            ),
            models.CheckConstraint(
                condition=Q(standing="vanished", version__isnull=False)
                | (~Q(standing="vanished") & Q(version=None)),
                name="appearance_vanished_from_version",
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="appearance_has_length"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="appearance_score_0_to_1"),
        ]
        indexes = [
            # Claims whose sentences have vanished.
            models.Index(fields=["claim"], name="appearance_vanished", condition=Q(standing="vanished")),
        ]

    def __str__(self) -> str:
        return self.sentence
