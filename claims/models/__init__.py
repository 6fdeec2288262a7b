from claims.models.article import Article
from claims.models.claim import Appearance, Claim, Claimant
from claims.models.evidence import Evidence
from claims.models.people import ApiKey, SavedView, User
from claims.models.recheck import Recheck, RecheckCause, Reminder
from claims.models.topic import Topic
from claims.models.verdict import Proposal, Rating, RatingLabel, Verdict

__all__ = [
    "ApiKey",
    "Appearance",
    "Article",
    "Claim",
    "Claimant",
    "Evidence",
    "Proposal",
    "Rating",
    "RatingLabel",
    "Recheck",
    "RecheckCause",
    "Reminder",
    "SavedView",
    "Topic",
    "User",
    "Verdict",
]
