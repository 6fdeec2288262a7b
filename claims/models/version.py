"""What an article said before it was edited, and looks at whether it has been."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.article import Article
from sources.models import Snapshot
from sources.work import Work, WorkQuerySet


# That it is in the audit also keeps an edit of an article out of what can be undone: the old text can be
# given again.
@pghistory.track(pghistory.InsertEvent(), exclude=["text", "skipped"])
class ArticleVersion(models.Model):
    """An earlier text of an article, as it was read; the article itself holds the present one."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="1, 2, 3 … of this article, the oldest first.")
    text = models.TextField()
    text_hash = models.CharField(max_length=64, help_text="SHA-256, in hex.")
    snapshot = models.ForeignKey(Snapshot, null=True, on_delete=models.PROTECT, related_name="+")
    skipped = models.JSONField(default=list)  # [{"start", "end", "reason"}]
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="None where the page was found to be another.",
    )  # fmt: skip

    class Meta:
        ordering = ["article_id", "number"]
        verbose_name = "version of an article"
        verbose_name_plural = "versions of articles"
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_once"),
            models.CheckConstraint(condition=~Q(text=""), name="article_version_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.article}, version {self.number}"


class Reread(Work):
    """One look at an article's address: does it still say what was read? Failing, it leaves all as it is."""

    class Outcome(models.TextChoices):
        UNCHANGED = "unchanged", "unchanged"
        CHANGED = "changed", "changed"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="rereads")
    asked_at = models.DateTimeField()
    scheduled = models.BooleanField(help_text="False where somebody asked for it and waits.")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    read_at = models.DateTimeField(null=True, help_text="When it ended.")

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = "look at an article"
        verbose_name_plural = "looks at articles"
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(work_state__in=["queued", "running"]),
                name="reread_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(work_state="done") & ~Q(outcome="")) | (~Q(work_state="done") & Q(outcome="")),
                name="reread_done_has_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="reread_waiting",
                condition=Q(work_state__in=["queued", "running"]),
            ),
            # An article's looks, newest first.
            models.Index(fields=["article", "-asked_at", "-id"], name="reread_by_article"),
        ]

    def __str__(self) -> str:
        return f"Look at {self.article_id}, {self.asked_at:%Y-%m-%d %H:%M}"
