"""The addresses under /api/. A number beyond what an id can be is no address of anything."""

from django.urls import include, path, re_path

from claims.api import (
    appearances,
    articles,
    claims,
    documents,
    evidence,
    links,
    planning,
    reader_requests,
    rechecks,
    sources,
    verdicts,
)

v1 = [
    path("articles", articles.Articles.as_view(), name="api_articles"),
    path("articles/<int:id>", articles.ArticleDetail.as_view(), name="api_article"),
    path("articles/<int:id>/retry", articles.ArticleRetry.as_view(), name="api_article_retry"),
    path("articles/<int:id>/claims", appearances.ArticleClaims.as_view(), name="api_article_claims"),
    path("claims", claims.Claims.as_view(), name="api_claims"),
    path("claims/<int:id>", claims.ClaimDetail.as_view(), name="api_claim"),
    path("claims/<int:id>/accept", claims.ClaimAccept.as_view(), name="api_claim_accept"),
    path("claims/<int:id>/reject", claims.ClaimReject.as_view(), name="api_claim_reject"),
    path("claims/<int:id>/restore", claims.ClaimRestore.as_view(), name="api_claim_restore"),
    path("claims/<int:id>/assign", claims.ClaimAssign.as_view(), name="api_claim_assign"),
    path("claims/<int:id>/status", claims.ClaimStatus.as_view(), name="api_claim_status"),
    path("claims/<int:id>/claimreview", documents.ClaimReview.as_view(), name="api_claim_claimreview"),
    path("claims/<int:id>/appearances", appearances.ClaimAppearances.as_view(), name="api_claim_appearances"),
    path("claims/<int:id>/evidence", evidence.ClaimEvidence.as_view(), name="api_claim_evidence"),
    path("claims/<int:id>/verdicts", verdicts.ClaimVerdicts.as_view(), name="api_claim_verdicts"),
    path("claims/<int:id>/links", links.ClaimLinks.as_view(), name="api_claim_links"),
    path("claims/<int:id>/still-so", planning.ClaimStillSo.as_view(), name="api_claim_still_so"),
    path("claims/<int:id>/volatility", planning.ClaimVolatility.as_view(), name="api_claim_volatility"),
    path("links/<int:id>", links.LinkDetail.as_view(), name="api_link"),
    path("evidence/<int:id>", evidence.EvidenceDetail.as_view(), name="api_evidence"),
    path("proposals", verdicts.Proposals.as_view(), name="api_proposals"),
    path("proposals/<int:id>", verdicts.ProposalDetail.as_view(), name="api_proposal"),
    path("proposals/<int:id>/approve", verdicts.ProposalApprove.as_view(), name="api_proposal_approve"),
    path("proposals/<int:id>/send-back", verdicts.ProposalSendBack.as_view(), name="api_proposal_send_back"),
    path("proposals/<int:id>/withdraw", verdicts.ProposalWithdraw.as_view(), name="api_proposal_withdraw"),
    path("sources", sources.Sources.as_view(), name="api_sources"),
    path("sources/<int:id>", sources.SourceDetail.as_view(), name="api_source"),
    path("rechecks", rechecks.Rechecks.as_view(), name="api_rechecks"),
    path("rechecks/policy", planning.RecheckPolicy.as_view(), name="api_recheck_policy"),
    path("rechecks/forecast", planning.RecheckForecast.as_view(), name="api_recheck_forecast"),
    path("rechecks/<int:id>", rechecks.RecheckDetail.as_view(), name="api_recheck"),
    path("rechecks/<int:id>/outcome", rechecks.RecheckOutcome.as_view(), name="api_recheck_outcome"),
    path("rechecks/<int:id>/reschedule", rechecks.RecheckReschedule.as_view(), name="api_recheck_reschedule"),
    path("rechecks/<int:id>/assign", rechecks.RecheckAssign.as_view(), name="api_recheck_assign"),
    path("reader-requests", reader_requests.ReaderRequests.as_view(), name="api_reader_requests"),
    path(
        "reader-requests/<int:id>/accept",
        reader_requests.RequestAccept.as_view(),
        name="api_reader_request_accept",
    ),
    path(
        "reader-requests/<int:id>/decline",
        reader_requests.RequestDecline.as_view(),
        name="api_reader_request_decline",
    ),
    path("openapi.json", documents.Schema.as_view(), name="api_schema"),
    path("docs", documents.Docs.as_view(), name="api_docs"),
]

urlpatterns = [
    path("v1/", include(v1)),
    re_path(r"", documents.NothingHere.as_view(), name="api_nothing"),
]
