"""The re-check policy in the admin: a preview first, and only what was previewed is put in force."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims import policy
from claims.models import Policy, Recheck
from tests.admin.conftest import list_of, page
from tests.factories import make_claim, publish

pytestmark = pytest.mark.django_db


def fields(client: Client) -> dict[str, Any]:
    """The form as it stands on the page, as a browser would send it."""
    context = client.get(reverse("admin:claims_policy_revise")).context
    data: dict[str, Any] = {"follows": context["form"]["follows"].value(), "previewed": "", "reason": ""}
    rules = context["rules"]
    data |= {f"rule-{name}": rules.management_form[name].value() for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for one in (*rules, context["terms"]):
        for bound in one:
            value = bound.value()
            if value not in (None, False):
                data[bound.html_name] = value
    return data


def send(client: Client, data: dict[str, Any], button: str) -> Any:
    return client.post(reverse("admin:claims_policy_revise"), data | {button: "yes"})


def place(name: str) -> str:
    return f"rule-{[rule.name for rule in policy.in_force()].index(name)}"


def test_saving_shows_what_would_change_first(client, enter):
    enter("editor")
    claim = make_claim(text="The <b>bridge</b> is closed.")
    publish(claim)
    data = fields(client) | {f"{place('status')}-days": 60}
    shown = send(client, data, "show")
    assert "1 of 1 published claims would be due at another time" in shown.text
    assert "The &lt;b&gt;bridge&lt;/b&gt; is closed." in shown.text
    assert Policy.objects.count() == 1
    data |= {"previewed": shown.context["form"]["previewed"].value(), "reason": "We are fewer."}
    done = send(client, data, "adopt")
    assert done.status_code == 302
    version = Policy.objects.first()
    assert (version.number, version.reason, version.moved) == (2, "We are fewer.", None)
    assert [rule.days for rule in policy.in_force() if rule.name == "status"] == [60]
    assert len(policy.in_force()) == 12


def test_other_rules_than_those_previewed_are_not_put_in_force(client, enter):
    enter("editor")
    data = fields(client)
    previewed = send(client, data, "show").context["form"]["previewed"].value()
    data |= {"previewed": previewed, "reason": "x", f"{place('status')}-days": 60}
    answer = send(client, data, "adopt")
    assert "not those that you previewed" in answer.text
    assert Policy.objects.count() == 1


def test_open_rechecks_move_where_it_is_ticked(client, enter):
    me = enter("editor")
    publish(make_claim())
    Recheck.objects.update(due_at="2099-01-01T08:00Z")
    data = fields(client) | {f"{place('status')}-days": 3000}
    data |= {"previewed": send(client, data, "show").context["form"]["previewed"].value(), "reason": "x"}
    answer = send(client, data | {"apply_to_open": "on"}, "adopt")
    assert answer.status_code == 302
    assert Policy.objects.first().moved == 1
    assert Policy.objects.first().adopted_by == me
    assert Recheck.objects.get().due_at.year in (2033, 2034, 2035)


def test_rules_are_put_in_another_order_added_and_taken_out(client, enter):
    enter("editor")
    data = fields(client)
    data |= {f"{place('quantity')}-DELETE": "on", f"{place('background')}-ORDER": 1}
    data |= {
        "rule-12-name": "figures", "rule-12-why": "Figures are revised.", "rule-12-kinds": ["quantity"],
        "rule-12-wait": "days", "rule-12-days": 30, "rule-12-ORDER": 2,
    }  # fmt: skip
    data |= {"previewed": send(client, data, "show").context["form"]["previewed"].value(), "reason": "x"}
    assert send(client, data, "adopt").status_code == 302
    names = [rule.name for rule in policy.in_force()]
    assert names.index("background") <= 1
    assert "figures" in names[:4]
    assert "quantity" not in names


def test_a_rule_that_cannot_stand_is_named_and_nothing_typed_is_lost(client, enter):
    enter("editor")
    data = fields(client) | {f"{place('status')}-wait": "date", f"{place('status')}-days": ""}
    answer = send(client, data, "show")
    assert "Rule 8 (status): To wait for a date, ask for one that is to come." in answer.text
    assert answer.context["rules"].forms[7]["wait"].value() == "date"
    assert 'name="rule-7-DELETE"' in answer.text


def test_a_reason_is_asked_for_with_the_preview_kept(client, enter):
    enter("editor")
    data = fields(client)
    data["previewed"] = send(client, data, "show").context["form"]["previewed"].value()
    answer = send(client, data, "adopt")
    assert "Say in a few words why." in answer.text
    assert "What these rules would do" in answer.text


def test_a_colleagues_change_in_between_is_told(client, enter):
    enter("editor")
    data = fields(client)
    data |= {"previewed": send(client, data, "show").context["form"]["previewed"].value(), "reason": "x"}
    assert send(client, data, "adopt").status_code == 302
    answer = send(client, data, "adopt")
    assert "has changed the policy meanwhile" in answer.text
    assert Policy.objects.count() == 2


@pytest.mark.parametrize("role", ["contributor", "reviewer"])
def test_who_is_no_editor_reads_it_only(client, enter, role):
    enter(role)
    assert client.get(reverse("admin:claims_policy_revise")).status_code == 403
    listed = client.get(list_of("policy"))
    assert "Change the policy" not in listed.text
    version = Policy.objects.get()
    assert "A status" in client.get(page("policy", version.pk)).text


def test_the_load_to_come_is_on_a_page_of_its_own(client, enter):
    me = enter("reviewer")
    publish(make_claim(), by=me)
    answer = client.get(reverse("admin:claims_recheck_forecast"))
    assert answer.context["forecast"].loads[0].person == me
    assert f'<th scope="row">{me}</th>' in answer.text


def test_how_long_a_recheck_is_due_is_changed_there_too(client, enter):
    enter("editor")
    data = fields(client) | {"terms-overdue_after": 1, "terms-snooze_times": 0, "reason": "Faster."}
    shown = send(client, data, "show")
    done = send(client, data | {"previewed": shown.context["form"]["previewed"].value()}, "adopt")
    assert done.status_code == 302
    assert (policy.terms().overdue_after, policy.terms().stale_after, policy.terms().snooze_times) == (
        1,
        30,
        0,
    )


def test_stale_comes_after_overdue(client, enter):
    enter("editor")
    refused = send(client, fields(client) | {"terms-stale_after": 3}, "show")
    assert "Give more days than until it is overdue." in refused.text
    assert Policy.objects.count() == 1
