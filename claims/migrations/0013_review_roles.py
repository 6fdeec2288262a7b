"""The first gates, the corrections published so far, and who may do what in a review."""

from django.db import migrations

from claims.migrations._grants import grant

RATINGS = (
    "true", "mostly_true", "half_true", "mostly_false", "false", "misleading", "missing_context", "altered",
    "satire", "unproven", "unverifiable", "opinion",
)
# What holds, or does not, mostly or wholly, is never said on one source.
GATES = {"true": 2, "mostly_true": 2, "mostly_false": 2, "false": 2}
GRANTS = {
    "view_ratinggate": "contributor",
    "change_ratinggate": "editor",
    "override_gate": "editor",
    "view_blindswitch": "contributor",
    "add_blindswitch": "editor",
    "delete_blindswitch": "editor",
    "view_secondrating": "contributor",
    "add_secondrating": "contributor",
    "view_approval": "contributor",
    "view_correction": "contributor",
}


def make_gates(apps, schema_editor):
    RatingGate = apps.get_model("claims", "RatingGate")
    for rating in RATINGS:
        RatingGate.objects.create(rating=rating, sources=GATES.get(rating, 0))


def publish_corrections(apps, schema_editor):
    Verdict = apps.get_model("claims", "Verdict")
    Correction = apps.get_model("claims", "Correction")
    for verdict in Verdict.objects.filter(change="our_error").order_by("decided_at", "pk").iterator():
        Correction.objects.create(
            verdict=verdict,
            corrects=Verdict.objects.get(claim=verdict.claim_id, number=verdict.number - 1),
            text=verdict.reason or "Redacted.",
            published_at=verdict.decided_at,
        )


def grant_roles(apps, schema_editor):
    grant(apps, schema_editor, GRANTS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0012_review_gates")]

    operations = [
        migrations.RunPython(make_gates, migrations.RunPython.noop),
        migrations.RunPython(publish_corrections, migrations.RunPython.noop),
        migrations.RunPython(grant_roles, migrations.RunPython.noop),
    ]
