"""Checks of sources: schedules, findings, and word to those who cite them; see sources/liveness.py."""

import hashlib
from datetime import timedelta
from zlib import crc32

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

# Sources fetched before are checked for the first time within so many days, not all at once.
FIRST_CHECKS = timedelta(days=14)


def hash_texts(apps, schema_editor):
    Snapshot = apps.get_model("sources", "Snapshot")
    for pk in list(Snapshot.objects.exclude(text="").order_by("pk").values_list("pk", flat=True)):
        text = Snapshot.objects.values_list("text", flat=True).get(pk=pk)
        words = " ".join(text.split())
        if words:
            Snapshot.objects.filter(pk=pk).update(text_hash=hashlib.sha256(words.encode()).hexdigest())


def plan_checks(apps, schema_editor):
    Source = apps.get_model("sources", "Source")
    now = timezone.now()
    for pk in list(Source.objects.filter(snapshots__isnull=False).values_list("pk", flat=True).distinct()):
        at = now + FIRST_CHECKS * (crc32(str(pk).encode()) / 2**32)
        Source.objects.filter(pk=pk).update(next_check_at=at, check_wait=FIRST_CHECKS)


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0004_snapshot_bodies'),
    ]

    operations = [
        migrations.CreateModel(
            name='Check',
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
                ('missing_at', models.DateTimeField(help_text='When the site first said that there is no such page; one look is not enough.', null=True)),
                ('checked_at', models.DateTimeField(help_text='When it ended.', null=True)),
                ('outcome', models.CharField(blank=True, choices=[('unchanged', 'unchanged'), ('changed', 'changed'), ('moved', 'moved'), ('gone', 'gone'), ('blocked', 'cannot be read')], max_length=10)),
                ('why', models.TextField(blank=True, help_text='In words for a reader.')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SourceChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('work_state', models.CharField(choices=[('queued', 'waiting'), ('running', 'being worked on'), ('done', 'done'), ('failed', 'failed')], default='queued', editable=False, max_length=10)),
                ('not_before', models.DateTimeField(editable=False)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('failure_code', models.CharField(blank=True, editable=False, max_length=40)),
                ('failure', models.TextField(blank=True, editable=False, help_text='Why it failed, in words for a reader.')),
                ('kind', models.CharField(choices=[('text', 'its text is known, or is another'), ('gone', 'it is gone')], max_length=4)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='snapshot',
            name='text_hash',
            field=models.CharField(blank=True, help_text='SHA-256 of that text, white space folded, in hex.', max_length=64),
        ),
        migrations.AddField(
            model_name='source',
            name='check_wait',
            field=models.DurationField(editable=False, help_text='Between its last checks.', null=True),
        ),
        migrations.AddField(
            model_name='source',
            name='checked_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='source',
            name='liveness',
            field=models.CharField(blank=True, choices=[('unchanged', 'unchanged'), ('changed', 'changed'), ('moved', 'moved'), ('gone', 'gone'), ('blocked', 'cannot be read')], editable=False, help_text='What the last check found.', max_length=10),
        ),
        migrations.AddField(
            model_name='source',
            name='liveness_since',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='source',
            name='liveness_why',
            field=models.TextField(blank=True, editable=False, help_text='In words for a reader.'),
        ),
        migrations.AddField(
            model_name='source',
            name='moved_to',
            field=models.URLField(blank=True, editable=False, help_text='Where the site says it is now, for good.', max_length=2000),
        ),
        migrations.AddField(
            model_name='source',
            name='next_check_at',
            field=models.DateTimeField(editable=False, help_text='None until it has been fetched.', null=True),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(condition=models.Q(('next_check_at__isnull', False)), fields=['next_check_at'], name='source_to_check'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(condition=models.Q(('liveness', ''), _negated=True), fields=['liveness', '-added_at', '-id'], name='source_by_liveness'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('liveness', ''), ('liveness_since__isnull', False), _connector='OR'), name='source_liveness_has_since'),
        ),
        migrations.AddField(
            model_name='check',
            name='snapshot',
            field=models.ForeignKey(help_text='What it says now, where its text is another.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='sources.snapshot'),
        ),
        migrations.AddField(
            model_name='check',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='sources.source'),
        ),
        migrations.AddField(
            model_name='sourcechange',
            name='snapshot',
            field=models.ForeignKey(help_text='What it says now.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot'),
        ),
        migrations.AddField(
            model_name='sourcechange',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='sources.source'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(condition=models.Q(('work_state__in', ['queued', 'running'])), fields=['not_before'], name='check_waiting'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(fields=['source', '-asked_at', '-id'], name='check_by_source'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.UniqueConstraint(condition=models.Q(('work_state__in', ['queued', 'running'])), fields=('source',), name='check_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('work_state', 'done'), models.Q(('outcome', ''), _negated=True)), models.Q(models.Q(('work_state', 'done'), _negated=True), ('outcome', '')), _connector='OR'), name='check_done_has_outcome'),
        ),
        migrations.AddIndex(
            model_name='sourcechange',
            index=models.Index(condition=models.Q(('work_state__in', ['queued', 'running'])), fields=['not_before'], name='source_change_waiting'),
        ),
        migrations.AddConstraint(
            model_name='sourcechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'gone'), ('snapshot', None)), models.Q(('kind', 'text'), ('snapshot__isnull', False)), _connector='OR'), name='source_change_of_text_has_snapshot'),
        ),
        migrations.RunPython(hash_texts, migrations.RunPython.noop),
        migrations.RunPython(plan_checks, migrations.RunPython.noop),
    ]
