"""Saved views: a list's filters under a name, one's own or everybody's."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from claims import inputs
from claims.errors import Forbidden, require
from claims.models import SavedView, User


def visible_to(person: User) -> QuerySet[SavedView]:
    return SavedView.objects.filter(Q(owner=person) | Q(shared=True)).order_by("name", "pk")


def save(*, name: str, query: str, shared: bool, by: User) -> SavedView:
    """Keep these filters; under a name of one's own that exists they are replaced."""
    require(by, "add_savedview", "save views")
    name = inputs.line(name, "name", 80, required=True)
    query = inputs.line(query, "query", 1000)
    view, _ = SavedView.objects.update_or_create(
        owner=by, name=name, defaults={"query": query, "shared": shared}
    )
    return view


def delete(*, view: SavedView, by: User) -> None:
    if view.owner_id != by.pk:
        raise Forbidden("not_yours", "Only its owner can delete a saved view.")
    view.delete()
