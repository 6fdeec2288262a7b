from claims.models.article import Article
from claims.models.claim import Appearance, Claim, Claimant
from claims.models.evidence import Evidence, QuoteLook
from claims.models.link import ClaimLink
from claims.models.notice import Notice
from claims.models.notification import NotificationSettings, PersonChannel
from claims.models.people import ApiKey, SavedView, User
from claims.models.policy import Policy, PolicyRule
from claims.models.reader_request import ReaderRequest
from claims.models.recheck import Digest, Recheck, RecheckCause, RecheckPause, Reminder
from claims.models.review import Approval, BlindSwitch, Correction, RatingGate, SecondRating
from claims.models.topic import Topic
from claims.models.undo import UndoStep
from claims.models.verdict import Proposal, Rating, RatingLabel, Redaction, Verdict
from claims.models.version import ArticleVersion, Reread

__all__ = [
    "ApiKey",
    "Appearance",
    "Approval",
    "Article",
    "ArticleVersion",
    "BlindSwitch",
    "Claim",
    "ClaimLink",
    "Claimant",
    "Correction",
    "Digest",
    "Evidence",
    "Notice",
    "NotificationSettings",
    "PersonChannel",
    "Policy",
    "PolicyRule",
    "Proposal",
    "QuoteLook",
    "Rating",
    "RatingGate",
    "RatingLabel",
    "ReaderRequest",
    "Recheck",
    "RecheckCause",
    "RecheckPause",
    "Redaction",
    "Reminder",
    "Reread",
    "SavedView",
    "SecondRating",
    "Topic",
    "UndoStep",
    "User",
    "Verdict",
]
