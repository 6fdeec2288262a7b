"""How good extraction is: its claims against the ideal claims of articles. Pure but for reading the files."""

from claims.evaluation.gold import BadGold, GoldArticle, GoldClaim, read_article, read_folder
from claims.evaluation.scores import ArticleScore, Counts, Judgement, measures, score

__all__ = [
    "ArticleScore",
    "BadGold",
    "Counts",
    "GoldArticle",
    "GoldClaim",
    "Judgement",
    "measures",
    "read_article",
    "read_folder",
    "score",
]
