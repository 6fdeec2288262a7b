"""The second extractor: a language model reads the article, and what it says is held against the text.

The offline extractor reads the article first. Its answer stays for each sentence for which the model's does
not arrive, does not hold, or would cost too much.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from claims import extraction
from claims.extraction.pipeline import Progress
from claims.extraction.values import Document, ExtractedClaim, Extraction, Kind, SkippedSentence
from claims.extraction.worth import score
from claims.language_model import prompts
from claims.language_model.answers import Proposed
from claims.language_model.client import Client, Endpoint
from claims.language_model.edits import REASON, find_edits
from claims.language_model.passages import Accounted, account
from claims.language_model.reader import Reader, Reading

log = logging.getLogger(__name__)

# Seconds for an article, the offline reading included; well within the article's lease.
LONGEST: Final = 240.0
LONGEST_NAME: Final = 80  # characters


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Extracts with the model behind `endpoint`: `tokens` in and out at most for an article.

    After `seconds` the model is asked nothing more about it.
    """

    endpoint: Endpoint
    tokens: int
    seconds: float = LONGEST
    pause: Callable[[float], None] = time.sleep

    @property
    def name(self) -> str:
        """What is kept with a claim as its extractor."""
        return f"language model {prompts.VERSION}: {self.endpoint.model}"[:LONGEST_NAME]

    def extract(self, document: Document, *, progress: Progress | None = None) -> Extraction:
        """As `claims.extraction.extract`; whatever the endpoint does, each sentence is accounted for.

        `progress(done, total)` is called after each stage of each passage.
        """
        begun = time.monotonic()
        offline = extraction.extract(document)
        sentences = account(offline)
        left = self.seconds - (time.monotonic() - begun)
        client = Client(self.endpoint, tokens=self.tokens, seconds=left, pause=self.pause)
        reader = Reader(client, document, sentences, progress or (lambda done, total: None))
        reader.read()
        log.info(
            "the language model answered for %d of %d sentences with %d tokens; claims dropped: %s",
            len(reader.readings),
            len(sentences),
            self.tokens - client.tokens_left,
            dict(reader.dropped),
        )
        if not reader.readings:
            return offline
        found = _claims(document, sentences, reader.readings)
        return _merged(sentences, reader.readings, found, self.name, offline.version)


def _claims(
    document: Document, sentences: Sequence[Accounted], readings: Mapping[int, Reading]
) -> dict[int, list[ExtractedClaim]]:
    """The claims that hold, by sentence, with the learned score of each wording."""
    held = [claim for reading in readings.values() if isinstance(reading, tuple) for claim in reading]
    found: dict[int, list[ExtractedClaim]] = {}
    for claim, worth in zip(held, score([claim.text for claim in held]), strict=True):
        place = sentences[claim.sentence]
        found.setdefault(claim.sentence, []).append(_claim(document.text, place, claim, worth))
    return found


def _claim(text: str, place: Accounted, claim: Proposed, score: float) -> ExtractedClaim:
    return ExtractedClaim(
        text=claim.text,
        sentence=place.text,
        start=place.start,
        end=place.end,
        claimant=claim.claimant,
        when=claim.when,
        kind=cast(Kind, claim.kind),  # verified
        score=round(score, 2),
        reasons=(REASON,),
        edits=find_edits(text, place.start, place.end, claim.text),
    )


def _merged(
    sentences: Sequence[Accounted],
    readings: Mapping[int, Reading],
    found: Mapping[int, Sequence[ExtractedClaim]],
    name: str,
    offline: str,
) -> Extraction:
    """Each sentence once, as the model has it or else as the offline extractor has; no wording twice."""
    said: set[str] = set()
    claims: list[ExtractedClaim] = []
    skipped: list[SkippedSentence] = []
    for number, sentence in enumerate(sentences):
        reading = readings.get(number)
        own = found.get(number) or [replace(claim, extractor=offline) for claim in sentence.claims]
        new = {} if isinstance(reading, str) else {c.text.casefold(): c for c in own}
        new = {key: claim for key, claim in new.items() if key not in said}
        said.update(new)
        claims += new.values()
        if not new:
            reason = reading if isinstance(reading, str) else sentence.skipped or "fragment"
            skipped.append(SkippedSentence(sentence.text, sentence.start, sentence.end, reason))
    return Extraction(tuple(claims), tuple(skipped), name)
