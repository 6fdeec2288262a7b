from claims.models.article import Article
from claims.models.claim import Appearance, Claim, Claimant
from claims.models.evidence import Evidence
from claims.models.link import ClaimLink
from claims.models.notification import NotificationSettings, PersonChannel
from claims.models.people import ApiKey, SavedView, User
from claims.models.policy import Policy, PolicyRule
from claims.models.reader_request import ReaderRequest
from claims.models.recheck import Digest, Recheck, RecheckCause, RecheckPause, Reminder
from claims.models.topic import Topic
from claims.models.verdict import Proposal, Rating, RatingLabel, Redaction, Verdict

__all__ = [
    "ApiKey",
    "Appearance",
    "Article",
    "Claim",
    "ClaimLink",
    "Claimant",
    "Digest",
    "Evidence",
    "NotificationSettings",
    "PersonChannel",
    "Policy",
    "PolicyRule",
    "Proposal",
    "Rating",
    "RatingLabel",
    "ReaderRequest",
    "Recheck",
    "RecheckCause",
    "RecheckPause",
    "Redaction",
    "Reminder",
    "SavedView",
    "Topic",
    "User",
    "Verdict",
]
