"""Claims by a language model behind an OpenAI-compatible endpoint, each verified against its sentence."""

from claims.language_model.client import Endpoint
from claims.language_model.pipeline import LONGEST, LanguageModel

__all__ = ["LONGEST", "Endpoint", "LanguageModel"]
