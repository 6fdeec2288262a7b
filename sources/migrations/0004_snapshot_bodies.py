"""The bodies of snapshots leave the database for files; see sources/bodies.py."""

from django.db import migrations, models

from sources import bodies


def to_files(apps, schema_editor):
    Snapshot = apps.get_model("sources", "Snapshot")
    for pk in list(Snapshot.objects.order_by("pk").values_list("pk", flat=True)):
        snapshot = Snapshot.objects.only("body", "content_hash").get(pk=pk)
        kept = bodies.keep(bytes(snapshot.body))
        if kept != snapshot.content_hash:
            raise ValueError(f"snapshot {pk}: its body does not have the hash {snapshot.content_hash}")


def to_rows(apps, schema_editor):
    Snapshot = apps.get_model("sources", "Snapshot")
    for pk, content_hash in list(Snapshot.objects.values_list("pk", "content_hash")):
        Snapshot.objects.filter(pk=pk).update(body=bodies.read(content_hash))


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_hosts")]

    operations = [
        migrations.AddField(
            model_name="source",
            name="confirmed_at",
            field=models.DateTimeField(
                editable=False, help_text="When it last answered with what its newest snapshot holds.", null=True
            ),
        ),
        migrations.AlterModelOptions(
            name="snapshot",
            options={
                "ordering": ["-fetched_at", "-pk"],
                "permissions": [("export_snapshot", "Can export snapshots as WARC")],
            },
        ),
        migrations.AddField(
            model_name="snapshot",
            name="headers",
            field=models.JSONField(blank=True, default=dict, help_text="As answered, by name; no cookies."),
        ),
        # On the way back the column comes before what fills it.
        migrations.AlterField(model_name="snapshot", name="body", field=models.BinaryField(default=b"")),
        migrations.RunPython(to_files, to_rows),
        migrations.RemoveField(model_name="snapshot", name="body"),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(content_hash__regex="^[0-9a-f]{64}$"), name="snapshot_hash_is_sha256"
            ),
        ),
    ]
