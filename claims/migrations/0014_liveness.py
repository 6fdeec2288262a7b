"""What became of quotes: looks for them in later texts of their sources; see claims/quotes.py."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


def follow_up(apps, schema_editor):
    """Evidence that waits to be anchored is found by a change of its source from now on."""
    Evidence = apps.get_model("claims", "Evidence")
    Snapshot = apps.get_model("sources", "Snapshot")
    SourceChange = apps.get_model("sources", "SourceChange")
    waiting = Evidence.objects.filter(snapshot=None).values_list("source", flat=True).distinct()
    for source in list(waiting):
        snapshot = Snapshot.objects.filter(source=source).order_by("-fetched_at", "-pk").first()
        if snapshot is not None:
            at = snapshot.fetched_at
            SourceChange.objects.create(source_id=source, kind="text", snapshot=snapshot, at=at, not_before=at)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0013_review_roles'),
        ('sources', '0005_liveness'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuoteLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found', models.CharField(choices=[('there', 'still there'), ('moved', 'in another place'), ('reworded', 'reworded'), ('gone', 'no longer there')], max_length=8)),
                ('start', models.PositiveIntegerField(help_text="Offset in the snapshot's text, in characters.", null=True)),
                ('end', models.PositiveIntegerField(null=True)),
                ('words', models.TextField(blank=True, help_text='What stands there; of one gone, what is most like it.')),
                ('likeness', models.FloatField(help_text='Of these words to the quote, 0 to 1.')),
                ('came_back', models.BooleanField(default=False, help_text='It was gone before.')),
                ('at', models.DateTimeField()),
                ('since', models.DateTimeField(help_text='Since when this has been found.')),
            ],
            options={
                'verbose_name': 'look for a quote',
                'verbose_name_plural': 'looks for quotes',
                'ordering': ['-pk'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evidence',
            name='update_update',
        ),
        migrations.AddField(
            model_name='recheckcause',
            name='link',
            field=models.CharField(blank=True, help_text='A page of ours that shows it; its path.', max_length=200),
        ),
        migrations.AddField(
            model_name='quotelook',
            name='evidence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to='claims.evidence'),
        ),
        migrations.AddField(
            model_name='quotelook',
            name='snapshot',
            field=models.ForeignKey(help_text='What the source said then.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='latest_look',
            field=models.ForeignKey(editable=False, help_text='What became of the quote; none while the source says what it said.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='claims.quotelook'),
        ),
        migrations.AddIndex(
            model_name='quotelook',
            index=models.Index(condition=models.Q(('found', 'gone')), fields=['evidence'], name='quote_look_gone'),
        ),
        migrations.AddConstraint(
            model_name='quotelook',
            constraint=models.UniqueConstraint(fields=('evidence', 'snapshot'), name='quote_look_once'),
        ),
        migrations.AddConstraint(
            model_name='quotelook',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', None), ('start', None)), ('end__gt', models.F('start')), _connector='OR'), name='quote_look_has_length'),
        ),
        migrations.AddConstraint(
            model_name='quotelook',
            constraint=models.CheckConstraint(condition=models.Q(('found', 'gone'), ('start__isnull', False), _connector='OR'), name='quote_look_found_somewhere'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."claim_id" IS DISTINCT FROM (NEW."claim_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."independence_group" IS DISTINCT FROM (NEW."independence_group") OR OLD."is_primary" IS DISTINCT FROM (NEW."is_primary") OR OLD."locator" IS DISTINCT FROM (NEW."locator") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."quote" IS DISTINCT FROM (NEW."quote") OR OLD."quote_start" IS DISTINCT FROM (NEW."quote_start") OR OLD."snapshot_id" IS DISTINCT FROM (NEW."snapshot_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."stance" IS DISTINCT FROM (NEW."stance"))', func='INSERT INTO "claims_evidenceevent" ("added_at", "added_by_id", "claim_id", "id", "independence_group", "is_primary", "locator", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote", "quote_start", "snapshot_id", "source_id", "stance") VALUES (NEW."added_at", NEW."added_by_id", NEW."claim_id", NEW."id", NEW."independence_group", NEW."is_primary", NEW."locator", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quote", NEW."quote_start", NEW."snapshot_id", NEW."source_id", NEW."stance"); RETURN NULL;', hash='86d72b3a09eb20b726ea41fdea7237c7c0333fae', operation='UPDATE', pgid='pgtrigger_update_update_0cf54', table='claims_evidence', when='AFTER')),
        ),
        migrations.RunPython(follow_up, migrations.RunPython.noop),
    ]
