"""API keys: made once, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from claims import inputs
from claims.errors import Forbidden, Invalid
from claims.models import ApiKey, User

START = "rck"
# How exact `last_used_at` is kept; every request would otherwise be a write.
USE_NOTED_EVERY = timedelta(minutes=1)


def create(
    *,
    owner: User,
    name: str,
    scopes: Iterable[str],
    at: datetime,
    expires_at: datetime | None = None,
    by: User | None = None,
) -> tuple[ApiKey, str]:
    """Make a key for a person's programs. Returns its row and the key itself, which is not kept.

    `by` is whoever asks for it, None for the operator at the command line. Somebody else's key would
    let one person be two pairs of eyes: only a superuser makes one.
    """
    if by is not None and by.pk != owner.pk and not by.is_superuser:
        raise Forbidden("not_yours", "Make keys for yourself; others make their own.", field="owner")
    chosen = [inputs.choice(scope, "scopes", ApiKey.Scope) for scope in scopes]
    if not chosen:
        raise Invalid("required", f"Give at least one of: {', '.join(ApiKey.Scope.values)}.", field="scopes")
    if expires_at is not None and expires_at <= at:
        raise Invalid("in_the_past", "Give a time to come.", field="expires_at")
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    key = f"{START}_{prefix}_{secret}"
    row = ApiKey.objects.create(
        owner=owner,
        name=inputs.line(name, "name", 80, required=True),
        prefix=prefix,
        key_hash=_hash(key),
        scopes=sorted(set(chosen)),
        created_at=at,
        expires_at=expires_at,
    )
    return row, key


def authenticate(*, key: str, at: datetime) -> ApiKey | None:
    """The usable key's row, or None."""
    start, _, rest = key.partition("_")
    prefix = rest.partition("_")[0]
    if start != START or not prefix.isalnum():
        return None
    row = ApiKey.objects.usable(at=at).select_related("owner").filter(prefix=prefix).first()
    if row is None or not secrets.compare_digest(row.key_hash, _hash(key)):
        return None
    if row.last_used_at is None or at - row.last_used_at > USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=row.pk).update(last_used_at=at)
    return row


def revoke(*, key: ApiKey, by: User, at: datetime) -> None:
    """End a key for good: one's own, or anybody's for who may change keys."""
    if key.owner_id != by.pk and not by.has_perm("claims.change_apikey"):
        raise Forbidden("not_yours", "Only its owner or an administrator can revoke this key.")
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
