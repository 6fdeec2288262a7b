"""The signed link in each mail with which its reader turns mails off, without signing in."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from claims.models import User

# Not to be mistaken for anything else that is signed. It does not expire: mails are kept for years.
_signer = Signer(salt="claims.unsubscribe")


def unsubscribe_link(person: User) -> str:
    return f"{settings.SITE_URL}{reverse('unsubscribe', args=[_signer.sign(str(person.pk))])}"


def person_of(token: str) -> User | None:
    """Whose link it is; None where it is not one of ours or nobody's any more."""
    try:
        return User.objects.filter(pk=int(_signer.unsign(token)), is_active=True).first()
    except (BadSignature, ValueError):
        return None
