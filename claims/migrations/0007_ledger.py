"""The ledger's second form: words under a salted digest of their own, so that they can be erased."""

import hashlib
import json
import secrets
from datetime import timezone
from itertools import groupby

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def digest(row):
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_form(verdict):
    return {
        "claim": verdict.claim_id,
        "number": verdict.number,
        "rating": verdict.rating,
        "label": verdict.label,
        "reason": verdict.reason,
        "change": verdict.change,
        "applies_from": verdict.applies_from.isoformat(),
        "applies_until": verdict.applies_until.isoformat() if verdict.applies_until else None,
        "decided_at": verdict.decided_at.astimezone(timezone.utc).isoformat(),
        "decided_by": verdict.decided_by_id,
        "approved_by": verdict.approved_by_id,
        "basis": verdict.basis,
        "previous_hash": verdict.previous_hash,
    }


def second_form(verdict):
    row = first_form(verdict)
    for name in ("label", "reason", "basis"):
        del row[name]
    moment = verdict.decided_at.astimezone(timezone.utc).isoformat(timespec="microseconds")
    return row | {"kind": "verdict", "decided_at": moment, "words_hash": verdict.words_hash}


def chain_anew(apps, schema_editor):
    """Prove each row by its first form, then write the second one. A row that was tampered with stops it."""
    verdicts = apps.get_model("claims", "Verdict").objects.order_by("claim_id", "number")
    for _, chain in groupby(verdicts.iterator(chunk_size=2_000), lambda verdict: verdict.claim_id):
        old = new = ""
        for verdict in chain:
            if verdict.previous_hash != old or verdict.hash != digest(first_form(verdict)):
                raise ValueError(
                    f"Verdict no. {verdict.number} of claim {verdict.claim_id} is not as it was written."
                )
            old = verdict.hash
            verdict.salt = secrets.token_hex(16)
            words = {name: getattr(verdict, name) for name in ("reason", "label", "basis", "salt")}
            verdict.words_hash, verdict.previous_hash = digest(words), new
            verdict.hash = new = digest(second_form(verdict))
            verdict.save(update_fields=["salt", "words_hash", "previous_hash", "hash"])


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0006_topic_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='1, 2, 3 … of this claim.')),
                ('why', models.TextField(help_text='For readers.')),
                ('at', models.DateTimeField()),
                ('previous_hash', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['claim_id', 'number'],
            },
        ),
        migrations.AlterModelOptions(
            name='verdict',
            options={'ordering': ['claim_id', 'number'], 'permissions': [('redact_verdict', 'Can erase the words of a verdict')]},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='verdict',
            name='append_only',
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_has_reason',
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_sent_back_with_note',
        ),
        migrations.RemoveConstraint(
            model_name='verdict',
            name='verdict_has_reason',
        ),
        migrations.RemoveIndex(
            model_name='verdict',
            name='verdict_status',
        ),
        migrations.AddField(
            model_name='verdict',
            name='salt',
            field=models.CharField(blank=True, help_text='Keeps erased words from being guessed.', max_length=32),
        ),
        migrations.AddField(
            model_name='verdict',
            name='words_hash',
            field=models.CharField(default='', help_text='SHA-256 over its words and the salt, in hex.', max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(chain_anew, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='proposal',
            name='change',
            field=models.CharField(choices=[('first', 'first verdict'), ('new_evidence', 'new evidence'), ('our_error', 'our error'), ('world_changed', 'the world changed'), ('wording', 'wording only'), ('withdrawal', 'withdrawn')], max_length=20, verbose_name='kind of change'),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='rating',
            field=models.CharField(blank=True, choices=[('true', 'True'), ('mostly_true', 'Mostly true'), ('half_true', 'Half true'), ('mostly_false', 'Mostly false'), ('false', 'False'), ('misleading', 'Misleading'), ('missing_context', 'Missing context'), ('altered', 'Altered'), ('satire', 'Satire'), ('unproven', 'Unproven'), ('unverifiable', 'Unverifiable'), ('opinion', 'Opinion'), ('', 'Withdrawn')], max_length=20),
        ),
        migrations.AlterField(
            model_name='proposalevent',
            name='change',
            field=models.CharField(choices=[('first', 'first verdict'), ('new_evidence', 'new evidence'), ('our_error', 'our error'), ('world_changed', 'the world changed'), ('wording', 'wording only'), ('withdrawal', 'withdrawn')], max_length=20, verbose_name='kind of change'),
        ),
        migrations.AlterField(
            model_name='proposalevent',
            name='rating',
            field=models.CharField(blank=True, choices=[('true', 'True'), ('mostly_true', 'Mostly true'), ('half_true', 'Half true'), ('mostly_false', 'Mostly false'), ('false', 'False'), ('misleading', 'Misleading'), ('missing_context', 'Missing context'), ('altered', 'Altered'), ('satire', 'Satire'), ('unproven', 'Unproven'), ('unverifiable', 'Unverifiable'), ('opinion', 'Opinion'), ('', 'Withdrawn')], max_length=20),
        ),
        migrations.AlterField(
            model_name='verdict',
            name='basis',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AlterField(
            model_name='verdict',
            name='change',
            field=models.CharField(choices=[('first', 'first verdict'), ('new_evidence', 'new evidence'), ('our_error', 'our error'), ('world_changed', 'the world changed'), ('wording', 'wording only'), ('withdrawal', 'withdrawn')], max_length=20, verbose_name='kind of change'),
        ),
        migrations.AlterField(
            model_name='verdict',
            name='rating',
            field=models.CharField(blank=True, choices=[('true', 'True'), ('mostly_true', 'Mostly true'), ('half_true', 'Half true'), ('mostly_false', 'Mostly false'), ('false', 'False'), ('misleading', 'Misleading'), ('missing_context', 'Missing context'), ('altered', 'Altered'), ('satire', 'Satire'), ('unproven', 'Unproven'), ('unverifiable', 'Unverifiable'), ('opinion', 'Opinion'), ('', 'Withdrawn')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(fields=['claim', '-number'], include=('id', 'rating', 'applies_from', 'applies_until', 'decided_at'), name='verdict_status'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'UPDATE' THEN\n        IF to_jsonb(NEW) - ARRAY['reason', 'label', 'basis', 'salt']\n            = to_jsonb(OLD) - ARRAY['reason', 'label', 'basis', 'salt']\n            AND NEW.reason = '' AND NEW.label = '' AND NEW.basis = '[]' AND NEW.salt = ''\n            AND EXISTS (SELECT 1 FROM claims_redaction WHERE verdict_id = OLD.id)\n        THEN\n            RETURN NEW;\n        END IF;\n    END IF;\n    RAISE EXCEPTION 'Rows of % are never changed or removed.', TG_TABLE_NAME;", hash='dd097765e8c017bf982fd8fd433e1485a17b4124', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eeb6b', table='claims_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Rows of % are never changed or removed.', TG_TABLE_NAME;", hash='b9df49607d05d49cdf4ecf32333aad3798649910', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_880de', table='claims_verdict', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('state', 'submitted'), _negated=True), _connector='OR'), name='proposal_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change', 'withdrawal'), ('rating', '')), models.Q(models.Q(('change', 'withdrawal'), _negated=True), models.Q(('rating', ''), _negated=True)), _connector='OR'), name='proposal_rated_or_withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent_back'), _negated=True), models.Q(('review_note', ''), _negated=True), ('reason', ''), _connector='OR'), name='proposal_sent_back_with_note'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', []), ('label', ''), ('reason', ''), ('salt', '')), models.Q(models.Q(('salt', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='verdict_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change', 'withdrawal'), ('rating', '')), models.Q(models.Q(('change', 'withdrawal'), _negated=True), models.Q(('rating', ''), _negated=True)), _connector='OR'), name='verdict_rated_or_withdrawn'),
        ),
        migrations.AddField(
            model_name='redaction',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='redaction',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='redaction',
            name='verdict',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='redaction', to='claims.verdict'),
        ),
        migrations.AddConstraint(
            model_name='redaction',
            constraint=models.UniqueConstraint(fields=('claim', 'number'), name='redaction_number_once'),
        ),
        migrations.AddConstraint(
            model_name='redaction',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='redaction_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='redaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('previous_hash', '')), models.Q(('number__gt', 1), models.Q(('previous_hash', ''), _negated=True)), _connector='OR'), name='redaction_first_is_first'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='redaction',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Rows of % are never changed or removed.', TG_TABLE_NAME;", hash='9aae7a4ddb34cb244a3c10b678d2c3e02bd5ee47', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8c69b', table='claims_redaction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='redaction',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Rows of % are never changed or removed.', TG_TABLE_NAME;", hash='c373a21c5ca11fbfb2a947999bc21c153ac70210', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_12cec', table='claims_redaction', when='BEFORE')),
        ),
    ]
