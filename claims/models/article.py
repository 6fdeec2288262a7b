"""Articles: texts that make claims."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sources.models import Publisher, Snapshot
from sources.work import Work, WorkQuerySet


@pghistory.track(fields=["title", "published_on", "publisher", "authors", "language", "url"])
class Article(Work):
    """A text, kept as read; its work is to be fetched (where only the address is known) and extracted."""

    url = models.URLField(max_length=2000, null=True, blank=True, unique=True, help_text="Canonical address.")
    title = models.CharField(max_length=500, blank=True)
    publisher = models.ForeignKey(
        Publisher, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles"
    )
    authors = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=12, blank=True)
    text = models.TextField(blank=True, help_text="The article's own words, furniture removed.")
    text_hash = models.CharField(max_length=64, blank=True, editable=False, help_text="SHA-256, in hex.")
    snapshot = models.ForeignKey(Snapshot, null=True, blank=True, editable=False, on_delete=models.PROTECT)
    duplicate_of = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT)
    skipped = models.JSONField(default=list, editable=False)  # [{"start", "end", "reason"}]
    progress_done = models.PositiveIntegerField(default=0, editable=False)
    progress_total = models.PositiveIntegerField(default=0, editable=False)
    extractor = models.CharField(max_length=80, blank=True, editable=False)
    only_new = models.BooleanField(
        default=False, editable=False, help_text="Claims are wanted of sentences alone that have none."
    )
    next_reread_at = models.DateTimeField(
        null=True, editable=False, help_text="When its address is looked at again; none without one."
    )
    reread_wait = models.DurationField(null=True, editable=False, help_text="Between its last looks.")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="articles"
    )
    added_at = models.DateTimeField(editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            # The same text twice is one article.
            models.UniqueConstraint(
                fields=["text_hash"], condition=~Q(text_hash=""), name="article_text_once"
            ),
            models.CheckConstraint(condition=~Q(text="") | Q(url__isnull=False), name="article_text_or_url"),
            models.CheckConstraint(
                condition=Q(text="") | ~Q(text_hash="") | Q(duplicate_of__isnull=False),
                name="article_text_is_hashed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="article_waiting",
                condition=Q(work_state__in=["queued", "running"]),
            ),
            # The sweep: whose address is to be looked at again.
            models.Index(
                fields=["next_reread_at"],
                name="article_to_reread",
                condition=Q(next_reread_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url or f"Article {self.pk}"

    @property
    def state(self) -> str:
        """Where it stands, in one word: fetching, extracting, ready, failed or duplicate."""
        if self.duplicate_of_id is not None:
            return "duplicate"
        if self.work_state == self.State.DONE:
            return "ready"
        if self.work_state == self.State.FAILED:
            return "failed"
        return "extracting" if self.text_hash else "fetching"

    @property
    def missing_details(self) -> list[str]:
        """What could not be read from the page and should be asked for."""
        wanted = {
            "title": self.title, "publication day": self.published_on, "publisher": self.publisher_id
        }  # fmt: skip
        return [name for name, value in wanted.items() if not value]
