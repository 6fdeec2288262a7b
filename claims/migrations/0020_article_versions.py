"""Versions of articles that are edited, and looks at their addresses; see claims/versions.py."""

from datetime import timedelta
from zlib import crc32

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

# Articles read before are looked at again within so many days, not all at once.
FIRST_LOOKS = timedelta(days=14)


def plan_rereads(apps, schema_editor):
    Article = apps.get_model("claims", "Article")
    now = timezone.now()
    with_address = Article.objects.filter(url__isnull=False, duplicate_of=None).exclude(text="")
    for pk in list(with_address.values_list("pk", flat=True)):
        at = now + FIRST_LOOKS * (crc32(str(pk).encode()) / 2**32)
        Article.objects.filter(pk=pk).update(next_reread_at=at, reread_wait=FIRST_LOOKS)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0019_merge_split_roles'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('sources', '0005_liveness'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='1, 2, 3 … of this article, the oldest first.')),
                ('text', models.TextField()),
                ('text_hash', models.CharField(help_text='SHA-256, in hex.', max_length=64)),
                ('skipped', models.JSONField(default=list)),
                ('replaced_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'version of an article',
                'verbose_name_plural': 'versions of articles',
                'ordering': ['article_id', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ArticleVersionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField(help_text='1, 2, 3 … of this article, the oldest first.')),
                ('text_hash', models.CharField(help_text='SHA-256, in hex.', max_length=64)),
                ('replaced_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('work_state', models.CharField(choices=[('queued', 'waiting'), ('running', 'being worked on'), ('done', 'done'), ('failed', 'failed')], default='queued', editable=False, max_length=10)),
                ('not_before', models.DateTimeField(editable=False)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('failure_code', models.CharField(blank=True, editable=False, max_length=40)),
                ('failure', models.TextField(blank=True, editable=False, help_text='Why it failed, in words for a reader.')),
                ('asked_at', models.DateTimeField()),
                ('scheduled', models.BooleanField(help_text='False where somebody asked for it and waits.')),
                ('outcome', models.CharField(blank=True, choices=[('unchanged', 'unchanged'), ('changed', 'changed')], max_length=10)),
                ('read_at', models.DateTimeField(help_text='When it ended.', null=True)),
            ],
            options={
                'verbose_name': 'look at an article',
                'verbose_name_plural': 'looks at articles',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='appearance',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='appearance',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='appearance',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='appearance',
            name='appearance_once',
        ),
        migrations.AddField(
            model_name='appearance',
            name='standing',
            field=models.CharField(choices=[('there', 'in the article'), ('reworded', 'reworded in the article'), ('vanished', 'no longer in the article')], default='there', max_length=8),
        ),
        migrations.AddField(
            model_name='appearance',
            name='standing_since',
            field=models.DateTimeField(blank=True, help_text='When the article was found edited so; none where it never was.', null=True),
        ),
        migrations.AddField(
            model_name='appearanceevent',
            name='standing',
            field=models.CharField(choices=[('there', 'in the article'), ('reworded', 'reworded in the article'), ('vanished', 'no longer in the article')], default='there', max_length=8),
        ),
        migrations.AddField(
            model_name='appearanceevent',
            name='standing_since',
            field=models.DateTimeField(blank=True, help_text='When the article was found edited so; none where it never was.', null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='next_reread_at',
            field=models.DateTimeField(editable=False, help_text='When its address is looked at again; none without one.', null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='only_new',
            field=models.BooleanField(default=False, editable=False, help_text='Claims are wanted of sentences alone that have none.'),
        ),
        migrations.AddField(
            model_name='article',
            name='reread_wait',
            field=models.DurationField(editable=False, help_text='Between its last looks.', null=True),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('next_reread_at__isnull', False)), fields=['next_reread_at'], name='article_to_reread'),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='claims.article'),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='replaced_by',
            field=models.ForeignKey(help_text='None where the page was found to be another.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='snapshot',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot'),
        ),
        migrations.AddField(
            model_name='appearance',
            name='version',
            field=models.ForeignKey(blank=True, help_text='Vanished: the version that had the sentence last.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.articleversion'),
        ),
        migrations.AddField(
            model_name='appearanceevent',
            name='version',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Vanished: the version that had the sentence last.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.articleversion'),
        ),
        migrations.AddIndex(
            model_name='appearance',
            index=models.Index(condition=models.Q(('standing', 'vanished')), fields=['claim'], name='appearance_vanished'),
        ),
        migrations.AddConstraint(
            model_name='appearance',
            constraint=models.UniqueConstraint(condition=models.Q(('standing', 'vanished'), _negated=True), fields=('claim', 'article', 'start', 'end'), name='appearance_once'),
        ),
        migrations.AddConstraint(
            model_name='appearance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', 'vanished'), ('version__isnull', False)), models.Q(models.Q(('standing', 'vanished'), _negated=True), ('version', None)), _connector='OR'), name='appearance_vanished_from_version'),
        ),
        migrations.AddField(
            model_name='articleversionevent',
            name='article',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.article'),
        ),
        migrations.AddField(
            model_name='articleversionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='articleversionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.articleversion'),
        ),
        migrations.AddField(
            model_name='articleversionevent',
            name='replaced_by',
            field=models.ForeignKey(db_constraint=False, help_text='None where the page was found to be another.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articleversionevent',
            name='snapshot',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.snapshot'),
        ),
        migrations.AddField(
            model_name='reread',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rereads', to='claims.article'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.UniqueConstraint(fields=('article', 'number'), name='article_version_once'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='article_version_has_text'),
        ),
        migrations.AddIndex(
            model_name='reread',
            index=models.Index(condition=models.Q(('work_state__in', ['queued', 'running'])), fields=['not_before'], name='reread_waiting'),
        ),
        migrations.AddIndex(
            model_name='reread',
            index=models.Index(fields=['article', '-asked_at', '-id'], name='reread_by_article'),
        ),
        migrations.AddConstraint(
            model_name='reread',
            constraint=models.UniqueConstraint(condition=models.Q(('work_state__in', ['queued', 'running'])), fields=('article',), name='reread_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='reread',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('work_state', 'done'), models.Q(('outcome', ''), _negated=True)), models.Q(models.Q(('work_state', 'done'), _negated=True), ('outcome', '')), _connector='OR'), name='reread_done_has_outcome'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_appearanceevent" ("article_id", "claim_id", "edits", "end", "extractor", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "reasons", "score", "sentence", "standing", "standing_since", "start", "suffix", "version_id", "wording") VALUES (NEW."article_id", NEW."claim_id", NEW."edits", NEW."end", NEW."extractor", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prefix", NEW."reasons", NEW."score", NEW."sentence", NEW."standing", NEW."standing_since", NEW."start", NEW."suffix", NEW."version_id", NEW."wording"); RETURN NULL;', hash='7db2e4daddaa94f0397200331e68616e5a76edce', operation='INSERT', pgid='pgtrigger_insert_insert_58226', table='claims_appearance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_appearanceevent" ("article_id", "claim_id", "edits", "end", "extractor", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "reasons", "score", "sentence", "standing", "standing_since", "start", "suffix", "version_id", "wording") VALUES (NEW."article_id", NEW."claim_id", NEW."edits", NEW."end", NEW."extractor", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prefix", NEW."reasons", NEW."score", NEW."sentence", NEW."standing", NEW."standing_since", NEW."start", NEW."suffix", NEW."version_id", NEW."wording"); RETURN NULL;', hash='0c23a27856d55b2e3b16fcf5970aaf58bff4a9e5', operation='UPDATE', pgid='pgtrigger_update_update_cdcd1', table='claims_appearance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearance',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_appearanceevent" ("article_id", "claim_id", "edits", "end", "extractor", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "reasons", "score", "sentence", "standing", "standing_since", "start", "suffix", "version_id", "wording") VALUES (OLD."article_id", OLD."claim_id", OLD."edits", OLD."end", OLD."extractor", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prefix", OLD."reasons", OLD."score", OLD."sentence", OLD."standing", OLD."standing_since", OLD."start", OLD."suffix", OLD."version_id", OLD."wording"); RETURN NULL;', hash='5511ec9c6b96f237c330a7875a6aba5286e5b712', operation='DELETE', pgid='pgtrigger_delete_delete_2b6e2', table='claims_appearance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_articleversionevent" ("article_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_at", "replaced_by_id", "snapshot_id", "text_hash") VALUES (NEW."article_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replaced_at", NEW."replaced_by_id", NEW."snapshot_id", NEW."text_hash"); RETURN NULL;', hash='ccb503b47bbf3aa77c33f9714e644b557ff69bff', operation='INSERT', pgid='pgtrigger_insert_insert_c3c42', table='claims_articleversion', when='AFTER')),
        ),
        migrations.RunPython(plan_rereads, migrations.RunPython.noop),
    ]
