"""The claim extractor: an article in, its checkable claims out. Pure and offline."""

from claims.extraction.pipeline import VERSION, extract
from claims.extraction.values import Document, Edit, ExtractedClaim, Extraction, SkippedSentence

__all__ = ["VERSION", "Document", "Edit", "ExtractedClaim", "Extraction", "SkippedSentence", "extract"]
