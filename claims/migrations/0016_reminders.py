"""Stages, rounds and pauses of reminders; what each person wants to hear, when and where."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0015_liveness_roles'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('work_state', models.CharField(choices=[('queued', 'waiting'), ('running', 'being worked on'), ('done', 'done'), ('failed', 'failed')], default='queued', editable=False, max_length=10)),
                ('not_before', models.DateTimeField(editable=False)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('failure_code', models.CharField(blank=True, editable=False, max_length=40)),
                ('failure', models.TextField(blank=True, editable=False, help_text='Why it failed, in words for a reader.')),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NotificationSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('time_zone', models.CharField(blank=True, help_text="Empty: the newsroom's.", max_length=64)),
                ('quiet_from', models.TimeField(blank=True, null=True)),
                ('quiet_until', models.TimeField(blank=True, null=True)),
                ('rhythm', models.CharField(choices=[('at_once', 'at once'), ('daily', 'one mail a day'), ('weekly', 'one mail a week')], default='at_once', max_length=8)),
                ('digest_hour', models.PositiveSmallIntegerField(default=8, help_text='0 to 23, in that time zone.')),
                ('digest_weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], default=0)),
                ('desk', models.BooleanField(default=False, help_text="Also hears of everybody's overdue re-checks.")),
                ('calendar_hash', models.CharField(blank=True, editable=False, help_text="SHA-256 of the feed's token, in hex.", max_length=64)),
                ('calendar_made_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'notification settings',
                'verbose_name_plural': 'notification settings',
                'ordering': ['person'],
            },
        ),
        migrations.CreateModel(
            name='NotificationSettingsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('time_zone', models.CharField(blank=True, help_text="Empty: the newsroom's.", max_length=64)),
                ('quiet_from', models.TimeField(blank=True, null=True)),
                ('quiet_until', models.TimeField(blank=True, null=True)),
                ('rhythm', models.CharField(choices=[('at_once', 'at once'), ('daily', 'one mail a day'), ('weekly', 'one mail a week')], default='at_once', max_length=8)),
                ('digest_hour', models.PositiveSmallIntegerField(default=8, help_text='0 to 23, in that time zone.')),
                ('digest_weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], default=0)),
                ('desk', models.BooleanField(default=False, help_text="Also hears of everybody's overdue re-checks.")),
                ('calendar_made_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PersonChannel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(choices=[('inbox', 'inbox'), ('email', 'e-mail'), ('webhook', 'webhook'), ('slack', 'Slack')], max_length=10)),
                ('is_on', models.BooleanField(default=False)),
                ('address', models.CharField(blank=True, help_text='Where a webhook is sent to.', max_length=2000)),
                ('secret', models.CharField(blank=True, editable=False, help_text='What it is signed with.', max_length=80)),
                ('failures', models.PositiveIntegerField(default=0, editable=False, help_text='Tries in a row that failed.')),
                ('failure', models.TextField(blank=True, editable=False, help_text='Why the last one failed.')),
                ('failed_at', models.DateTimeField(editable=False, null=True)),
                ('switched_off_at', models.DateTimeField(editable=False, help_text='When it had failed so often that it was given up.', null=True)),
            ],
            options={
                'verbose_name': "person's channel",
                'ordering': ['person', 'name'],
            },
        ),
        migrations.CreateModel(
            name='PersonChannelEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('name', models.CharField(choices=[('inbox', 'inbox'), ('email', 'e-mail'), ('webhook', 'webhook'), ('slack', 'Slack')], max_length=10)),
                ('is_on', models.BooleanField(default=False)),
                ('switched_off_at', models.DateTimeField(editable=False, help_text='When it had failed so often that it was given up.', null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RecheckPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='1, 2, 3 … of this re-check.')),
                ('kind', models.CharField(choices=[('snooze', 'snoozed'), ('acknowledge', 'acknowledged')], max_length=12)),
                ('until', models.DateTimeField()),
                ('why', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'pause of reminders',
                'verbose_name_plural': 'pauses of reminders',
                'ordering': ['recheck_id', 'number'],
            },
        ),
        migrations.CreateModel(
            name='RecheckPauseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(help_text='1, 2, 3 … of this re-check.')),
                ('kind', models.CharField(choices=[('snooze', 'snoozed'), ('acknowledge', 'acknowledged')], max_length=12)),
                ('until', models.DateTimeField()),
                ('why', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='recheck',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='recheck',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='reminder',
            name='reminder_once',
        ),
        migrations.RemoveIndex(
            model_name='recheck',
            name='recheck_to_remind',
        ),
        migrations.RemoveIndex(
            model_name='reminder',
            name='reminder_waiting',
        ),
        migrations.AddField(
            model_name='policy',
            name='acknowledge_days',
            field=models.PositiveSmallIntegerField(default=7, help_text='The most days for which “I am working on it” keeps reminders quiet.'),
        ),
        migrations.AddField(
            model_name='policy',
            name='overdue_after',
            field=models.PositiveSmallIntegerField(default=3, help_text='Days after the due time from which the desk is reminded too.'),
        ),
        migrations.AddField(
            model_name='policy',
            name='snooze_days',
            field=models.PositiveSmallIntegerField(default=14, help_text='The most days for which a due re-check is snoozed at a time.'),
        ),
        migrations.AddField(
            model_name='policy',
            name='snooze_times',
            field=models.PositiveSmallIntegerField(default=3, help_text='How often one re-check can be snoozed.'),
        ),
        migrations.AddField(
            model_name='policy',
            name='stale_after',
            field=models.PositiveSmallIntegerField(default=30, help_text='Days after the due time from which the administrators are, too.'),
        ),
        migrations.AddField(
            model_name='recheck',
            name='quiet_until',
            field=models.DateTimeField(editable=False, help_text='Until then it reminds nobody: snoozed or acknowledged.', null=True),
        ),
        migrations.AddField(
            model_name='recheck',
            name='reminded_stage',
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text="Whose reminders are made: 0 nobody's, else a Reminder.Stage."),
        ),
        migrations.AddField(
            model_name='recheck',
            name='round',
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text='How often its reminders were paused; each time they begin anew.'),
        ),
        migrations.AddField(
            model_name='recheckevent',
            name='quiet_until',
            field=models.DateTimeField(editable=False, help_text='Until then it reminds nobody: snoozed or acknowledged.', null=True),
        ),
        migrations.AddField(
            model_name='recheckevent',
            name='round',
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text='How often its reminders were paused; each time they begin anew.'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='due_at',
            field=models.DateTimeField(default='2000-01-01T00:00:00Z'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='reminder',
            name='round',
            field=models.PositiveSmallIntegerField(default=0, help_text="As the re-check's was."),
        ),
        migrations.AddField(
            model_name='reminder',
            name='stage',
            field=models.PositiveSmallIntegerField(choices=[(1, 'due'), (2, 'overdue'), (3, 'stale')], default=1),
        ),
        migrations.AddField(
            model_name='reminder',
            name='text',
            field=models.TextField(default='', help_text='The claim.'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='reminder',
            name='why',
            field=models.CharField(default='', max_length=300),
            preserve_default=False,
        ),
        # Reminders keep what they told; what was reminded has come to the stage "due".
        migrations.RunSQL(
            """UPDATE claims_reminder SET text = c.text, why = r.why, due_at = r.due_at
            FROM claims_recheck r JOIN claims_claim c ON c.id = r.claim_id
            WHERE r.id = claims_reminder.recheck_id;
            UPDATE claims_recheck SET reminded_stage = 1 WHERE reminded_at IS NOT NULL;""",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField(
            model_name='recheck',
            name='reminded_at',
        ),
        migrations.RemoveField(
            model_name='recheckevent',
            name='reminded_at',
        ),
        migrations.RemoveField(
            model_name='reminder',
            name='body',
        ),
        migrations.RemoveField(
            model_name='reminder',
            name='subject',
        ),
        migrations.AlterField(
            model_name='reminder',
            name='channel',
            field=models.CharField(choices=[('inbox', 'inbox'), ('email', 'e-mail'), ('webhook', 'webhook'), ('slack', 'Slack')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='recheck',
            index=models.Index(condition=models.Q(('closed_at', None), ('reminded_stage__lt', 3)), fields=['reminded_stage', 'due_at'], name='recheck_to_remind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recheck',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_recheckevent" ("assignee_id", "claim_id", "closed_at", "closed_by_id", "created_at", "due_at", "id", "note", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_until", "round", "rule", "why") VALUES (NEW."assignee_id", NEW."claim_id", NEW."closed_at", NEW."closed_by_id", NEW."created_at", NEW."due_at", NEW."id", NEW."note", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quiet_until", NEW."round", NEW."rule", NEW."why"); RETURN NULL;', hash='fda7632238bb67e1d74e6d32e3fb4170cf4839f0', operation='INSERT', pgid='pgtrigger_insert_insert_0aa0e', table='claims_recheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recheck',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."assignee_id" IS DISTINCT FROM (NEW."assignee_id") OR OLD."claim_id" IS DISTINCT FROM (NEW."claim_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."quiet_until" IS DISTINCT FROM (NEW."quiet_until") OR OLD."round" IS DISTINCT FROM (NEW."round") OR OLD."rule" IS DISTINCT FROM (NEW."rule") OR OLD."why" IS DISTINCT FROM (NEW."why"))', func='INSERT INTO "claims_recheckevent" ("assignee_id", "claim_id", "closed_at", "closed_by_id", "created_at", "due_at", "id", "note", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_until", "round", "rule", "why") VALUES (NEW."assignee_id", NEW."claim_id", NEW."closed_at", NEW."closed_by_id", NEW."created_at", NEW."due_at", NEW."id", NEW."note", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quiet_until", NEW."round", NEW."rule", NEW."why"); RETURN NULL;', hash='b9f2c03740bddeebce318425dbd83def3931fa2a', operation='UPDATE', pgid='pgtrigger_update_update_6804e', table='claims_recheck', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('overdue_after__gte', 1), ('stale_after__gt', models.F('overdue_after'))), name='policy_overdue_then_stale'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('acknowledge_days__gte', 1), ('snooze_days__gte', 1)), name='policy_pauses_of_days'),
        ),
        migrations.AddField(
            model_name='digest',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reminder',
            name='digest',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='claims.digest'),
        ),
        migrations.AddIndex(
            model_name='reminder',
            index=models.Index(condition=models.Q(('digest', None), ('work_state__in', ['queued', 'running'])), fields=['not_before'], name='reminder_waiting'),
        ),
        migrations.AddIndex(
            model_name='reminder',
            index=models.Index(condition=models.Q(('channel', 'email'), ('digest', None), ('work_state', 'queued')), fields=['person', 'not_before'], name='reminder_to_gather'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('recheck', 'round', 'stage', 'person', 'channel'), name='reminder_once'),
        ),
        migrations.AddField(
            model_name='notificationsettings',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notification_settings', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notificationsettingsevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notificationsettingsevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='notificationsettingsevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.notificationsettings'),
        ),
        migrations.AddField(
            model_name='personchannel',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personchannelevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personchannelevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='personchannelevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='person_name_is_on_switched_off_at_events', to='claims.personchannel'),
        ),
        migrations.AddField(
            model_name='recheckpause',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='recheckpause',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recheck_pauses', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='recheckpause',
            name='recheck',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='claims.recheck'),
        ),
        migrations.AddField(
            model_name='recheckpauseevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='recheckpauseevent',
            name='claim',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='recheckpauseevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='recheckpauseevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.recheckpause'),
        ),
        migrations.AddField(
            model_name='recheckpauseevent',
            name='recheck',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.recheck'),
        ),
        migrations.AddIndex(
            model_name='digest',
            index=models.Index(condition=models.Q(('work_state__in', ['queued', 'running'])), fields=['not_before'], name='digest_waiting'),
        ),
        migrations.AddIndex(
            model_name='notificationsettings',
            index=models.Index(condition=models.Q(('desk', True)), fields=['person'], name='settings_desk'),
        ),
        migrations.AddConstraint(
            model_name='notificationsettings',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quiet_from', None), ('quiet_until', None)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False), models.Q(('quiet_from', models.F('quiet_until')), _negated=True)), _connector='OR'), name='quiet_hours_from_and_until'),
        ),
        migrations.AddConstraint(
            model_name='notificationsettings',
            constraint=models.UniqueConstraint(condition=models.Q(('calendar_hash', ''), _negated=True), fields=('calendar_hash',), name='calendar_of_one_person'),
        ),
        migrations.AddConstraint(
            model_name='notificationsettings',
            constraint=models.CheckConstraint(condition=models.Q(('digest_hour__lte', 23)), name='digest_hour_of_a_day'),
        ),
        migrations.AddConstraint(
            model_name='notificationsettings',
            constraint=models.CheckConstraint(condition=models.Q(('digest_weekday__lte', 6)), name='digest_day_of_a_week'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notificationsettings',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_notificationsettingsevent" ("calendar_made_at", "desk", "digest_hour", "digest_weekday", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_from", "quiet_until", "rhythm", "time_zone") VALUES (NEW."calendar_made_at", NEW."desk", NEW."digest_hour", NEW."digest_weekday", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quiet_from", NEW."quiet_until", NEW."rhythm", NEW."time_zone"); RETURN NULL;', hash='bd6cc14ec6398b7d2943836693ffb08ed398b18f', operation='INSERT', pgid='pgtrigger_insert_insert_03154', table='claims_notificationsettings', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notificationsettings',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."calendar_made_at" IS DISTINCT FROM (NEW."calendar_made_at") OR OLD."desk" IS DISTINCT FROM (NEW."desk") OR OLD."digest_hour" IS DISTINCT FROM (NEW."digest_hour") OR OLD."digest_weekday" IS DISTINCT FROM (NEW."digest_weekday") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."quiet_from" IS DISTINCT FROM (NEW."quiet_from") OR OLD."quiet_until" IS DISTINCT FROM (NEW."quiet_until") OR OLD."rhythm" IS DISTINCT FROM (NEW."rhythm") OR OLD."time_zone" IS DISTINCT FROM (NEW."time_zone"))', func='INSERT INTO "claims_notificationsettingsevent" ("calendar_made_at", "desk", "digest_hour", "digest_weekday", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_from", "quiet_until", "rhythm", "time_zone") VALUES (NEW."calendar_made_at", NEW."desk", NEW."digest_hour", NEW."digest_weekday", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quiet_from", NEW."quiet_until", NEW."rhythm", NEW."time_zone"); RETURN NULL;', hash='431f253a46abaea9572aa4274f979a22776e4cfe', operation='UPDATE', pgid='pgtrigger_update_update_ee175', table='claims_notificationsettings', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='personchannel',
            constraint=models.UniqueConstraint(fields=('person', 'name'), name='person_channel_once'),
        ),
        migrations.AddConstraint(
            model_name='personchannel',
            constraint=models.CheckConstraint(condition=models.Q(('is_on', False), ('name', 'email'), models.Q(('address', ''), _negated=True), _connector='OR'), name='person_channel_has_address'),
        ),
        migrations.AddConstraint(
            model_name='personchannel',
            constraint=models.CheckConstraint(condition=models.Q(('name', 'inbox'), _negated=True), name='person_channel_not_the_inbox'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personchannel',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_personchannelevent" ("is_on", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "switched_off_at") VALUES (NEW."is_on", NEW."name", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."switched_off_at"); RETURN NULL;', hash='d70d74f2bda717d04eecec3fc515fdef871f47ce', operation='INSERT', pgid='pgtrigger_insert_insert_168c9', table='claims_personchannel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personchannel',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_on" IS DISTINCT FROM (NEW."is_on") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."switched_off_at" IS DISTINCT FROM (NEW."switched_off_at"))', func='INSERT INTO "claims_personchannelevent" ("is_on", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "switched_off_at") VALUES (NEW."is_on", NEW."name", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."switched_off_at"); RETURN NULL;', hash='c5129e2040acf938a6b7b51306b232ea2f7321e3', operation='UPDATE', pgid='pgtrigger_update_update_283ce', table='claims_personchannel', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='recheckpause',
            constraint=models.UniqueConstraint(fields=('recheck', 'number'), name='pause_number_once'),
        ),
        migrations.AddConstraint(
            model_name='recheckpause',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='pause_has_words'),
        ),
        migrations.AddConstraint(
            model_name='recheckpause',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='pause_ends_later'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recheckpause',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8d31595179bb6adc55a0bfdb2d64a1bcf615cd1a', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changed_93289', table='claims_recheckpause', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recheckpause',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_recheckpauseevent" ("at", "by_id", "claim_id", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recheck_id", "until", "why") VALUES (NEW."at", NEW."by_id", NEW."claim_id", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recheck_id", NEW."until", NEW."why"); RETURN NULL;', hash='d7fdf990365e8f8ddb4fc19a48e0f7de1b38520c', operation='INSERT', pgid='pgtrigger_insert_insert_d18b8', table='claims_recheckpause', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recheckpause',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_recheckpauseevent" ("at", "by_id", "claim_id", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recheck_id", "until", "why") VALUES (NEW."at", NEW."by_id", NEW."claim_id", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recheck_id", NEW."until", NEW."why"); RETURN NULL;', hash='a2f324e996014743609f6a4a171d2c0c312c4b68', operation='UPDATE', pgid='pgtrigger_update_update_592be', table='claims_recheckpause', when='AFTER')),
        ),
    ]
