"""The extractor in use: the language model where one is set, else the rules that need no network."""

from django.conf import settings

from claims import extraction
from claims.extraction import Document, Extraction
from claims.extraction.pipeline import Progress
from claims.language_model import Endpoint, LanguageModel


def extract(document: Document, *, progress: Progress | None = None) -> Extraction:
    """The article's claims, and why each other sentence gave none. `progress(done, total)` counts steps."""
    if not settings.LLM_URL:
        return extraction.extract(document, progress=progress)
    endpoint = Endpoint(
        settings.LLM_URL, settings.LLM_MODEL, key=settings.LLM_KEY, timeout=settings.LLM_TIMEOUT
    )
    return LanguageModel(endpoint, tokens=settings.LLM_TOKENS).extract(document, progress=progress)
