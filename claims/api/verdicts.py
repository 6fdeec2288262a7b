"""Verdicts: proposing one, and the history of those that were published."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import review, verdicts
from claims.api.endpoint import Endpoint, one
from claims.api.fields import LARGEST_ID, AnyOf, Body, Day, Identifier, NoQuery, Number, Text
from claims.api.paging import NEWEST_ID, Key, PageQuery, page, page_shape
from claims.api.schema import operation
from claims.api.verdict_shapes import ProposalShape, VerdictShape
from claims.models import ApiKey, Claim, Proposal, Rating, Verdict
from claims.models.verdict import Change

TAG = "Verdicts"
PROPOSAL_PARTS = ("submitted_by", "reviewed_by", "second__by")
NEW = [choice for choice in Change.choices if choice[0] != Change.WITHDRAWAL]


class NewVerdict(Body):
    """A verdict to be approved by somebody else."""

    follows = Number(
        min_value=0, max_value=2**31 - 1, help_text="The number of the newest verdict you saw, 0 for none."
    )
    rating = serializers.ChoiceField(Rating.choices)
    reason = Text(max_length=20_000)
    change = serializers.ChoiceField(NEW, help_text="`first` for the first verdict only.")
    applies_from = Day(help_text="The first day of which it speaks.")
    applies_until = Day(
        required=False, allow_null=True, help_text="The first day on which it no longer holds."
    )
    label = Text(required=False, allow_blank=True, max_length=80, help_text="Your own word for the rating.")  # type: ignore[assignment]
    correction = Text(
        required=False, allow_blank=True, max_length=5_000,
        help_text="For readers, needed where the change is `our_error`: what was wrong and what is right.",
    )  # fmt: skip
    addressed = serializers.ListField(
        child=Identifier(), required=False, max_length=500,
        help_text="Ids of evidence against the rating that the reason deals with.",
    )  # fmt: skip


class ClaimVerdicts(Endpoint):
    @operation(
        "claims_verdicts",
        "List a claim's published verdicts, newest first",
        tag=TAG,
        query=PageQuery,
        answers={200: page_shape(VerdictShape)},
        refuses=(404,),
    )
    def get(self, request: Request, id: int) -> Response:
        query = PageQuery.read(request)
        one(Claim.objects.only("pk"), "claim", id)
        rows = Verdict.objects.filter(claim=id).with_people()
        found = page(rows, (Key("number", int, descending=True),), query=query, request=request)
        return found.answer(VerdictShape, request)

    @operation(
        "claims_submit_verdict",
        "Submit a verdict for review",
        tag=TAG,
        body=NewVerdict,
        answers={201: ProposalShape},
        refuses=(404, 409),
        description="409 `verdict_outdated` (with the newest `number`) where another verdict was published "
        "meanwhile, 409 `proposal_open` where another one waits for review.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = NewVerdict.read(request)
        claim = one(Claim.objects.all(), "claim", id)
        proposal = verdicts.submit(claim=claim, by=self.person, at=timezone.now(), **body)
        return self.present(ProposalShape, proposal, 201)


class NewWithdrawal(Body):
    """A published verdict to be taken back without a new rating, if somebody else approves it."""

    follows = Number(min_value=1, max_value=2**31 - 1, help_text="The number of the newest verdict you saw.")
    reason = Text(max_length=20_000)
    applies_from = Day(help_text="The first day for which no rating is left.")
    applies_until = Day(required=False, allow_null=True, help_text="The first day for which it stands again.")


class ClaimWithdrawal(Endpoint):
    @operation(
        "claims_submit_withdrawal",
        "Submit the withdrawal of what is published for review",
        tag=TAG,
        body=NewWithdrawal,
        answers={201: ProposalShape},
        refuses=(404, 409),
        description="Approved like a verdict; from then on the status of these days has no rating. "
        "409 as where a verdict is submitted; 422 `nothing_to_withdraw` where no rating is in force.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = NewWithdrawal.read(request)
        claim = one(Claim.objects.all(), "claim", id)
        proposal = verdicts.submit_withdrawal(claim=claim, by=self.person, at=timezone.now(), **body)
        return self.present(ProposalShape, proposal, 201)


class ProposalQuery(PageQuery):
    state = AnyOf(choices=Proposal.State.choices)
    claim = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    submitted_by = serializers.CharField(required=False, max_length=150, help_text="A username.")


class Proposals(Endpoint):
    @operation(
        "proposals_list",
        "List proposed verdicts, newest first",
        tag=TAG,
        query=ProposalQuery,
        answers={200: page_shape(ProposalShape)},
    )
    def get(self, request: Request) -> Response:
        query = ProposalQuery.read(request)
        rows = Proposal.objects.select_related(*PROPOSAL_PARTS)
        if states := query.get("state"):
            rows = rows.filter(state__in=states)
        if claim := query.get("claim"):
            rows = rows.filter(claim=claim)
        if username := query.get("submitted_by"):
            rows = rows.filter(submitted_by__username=username)
        keys = (Key("submitted_at", datetime, descending=True), NEWEST_ID)
        return page(rows, keys, query=query, request=request).answer(ProposalShape, request)


class ProposalDetail(Endpoint):
    @operation(
        "proposals_read", "Read a proposed verdict", tag=TAG, answers={200: ProposalShape}, refuses=(404,)
    )
    def get(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        return self.present(
            ProposalShape, one(Proposal.objects.select_related(*PROPOSAL_PARTS), "proposal", id)
        )


class Approving(Body):
    """What publishing may need beside the word; see the proposal's gate."""

    override = Text(
        required=False, allow_blank=True, max_length=2_000,
        help_text="Why fewer independent sources are enough; an editor's.",
    )  # fmt: skip
    seen = serializers.ListField(
        child=Identifier(), required=False, max_length=500,
        help_text="Ids of evidence against the rating that you have seen and the reason does not deal with.",
    )  # fmt: skip


class ProposalApprove(Endpoint):
    scopes = {"POST": ApiKey.Scope.PUBLISH}

    @operation(
        "proposals_approve",
        "Approve a verdict: it is published",
        tag=TAG,
        body=Approving,
        answers={201: VerdictShape},
        refuses=(404, 409),
        description="Needs the scope publish. Never by the person who submitted it. 409 `gate_not_met` with "
        "too few independent sources, `contrary_unseen` (with the ids of `evidence`), `sealed`.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = Approving.read(request)
        proposal = one(Proposal.objects.all(), "proposal", id)
        verdict = review.approve(proposal=proposal, by=self.person, at=timezone.now(), **body)
        return self.present(VerdictShape, verdict, 201)


class ReviewNote(Body):
    note = Text(max_length=20_000, help_text="What is missing.")


class ProposalSendBack(Endpoint):
    scopes = {"POST": ApiKey.Scope.PUBLISH}

    @operation(
        "proposals_send_back",
        "Send a verdict back to its submitter",
        tag=TAG,
        body=ReviewNote,
        answers={200: ProposalShape},
        refuses=(404, 409),
        description="Needs the scope publish.",
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        body = ReviewNote.read(request)
        proposal = one(Proposal.objects.all(), "proposal", id)
        sent_back = review.send_back(proposal=proposal, by=self.person, at=timezone.now(), **body)
        return self.present(ProposalShape, sent_back)


class ProposalWithdraw(Endpoint):
    @operation(
        "proposals_withdraw",
        "Withdraw one's own proposed verdict",
        tag=TAG,
        answers={200: ProposalShape},
        refuses=(404, 409),
    )
    def post(self, request: Request, id: int) -> Response:
        NoQuery.read(request)
        proposal = one(Proposal.objects.all(), "proposal", id)
        return self.present(
            ProposalShape, review.withdraw(proposal=proposal, by=self.person, at=timezone.now())
        )
