"""Puts an article's passages to the model, stage by stage, and keeps what holds against the text."""

import logging
import math
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import Final

from claims.extraction.pipeline import Progress
from claims.extraction.values import Document, SkipReason
from claims.language_model import prompts
from claims.language_model.answers import Proposed
from claims.language_model.article import read_article
from claims.language_model.client import CHARACTERS_PER_TOKEN, Client, EndpointError, Exhausted, Nonsense
from claims.language_model.passages import Accounted, find_passages
from claims.language_model.stages import Passage, check, decompose, disambiguate, select
from claims.language_model.verification import find_fault

log = logging.getLogger(__name__)

STAGES: Final = (prompts.SELECT, prompts.DISAMBIGUATE, prompts.DECOMPOSE, prompts.CHECK)
MOST_CLAIMS: Final = 12  # of one sentence
MOST_NONSENSE: Final = 3  # answers of one article
# A passage in which the offline extractor takes so many sentences is not without any claim: somebody may have
# talked the model into saying so.
TELLING: Final = 3

# A sentence as the model has it: claims that hold, or the reason for having none.
Reading = tuple[Proposed, ...] | SkipReason


class Reader:
    """Reads one article; `readings` holds what came of it, by sentence, and lacks what came to nothing."""

    def __init__(
        self, client: Client, document: Document, sentences: Sequence[Accounted], progress: Progress
    ) -> None:
        self.readings: dict[int, Reading] = {}
        self.dropped: Counter[str] = Counter()  # claims that do not hold, by what is wrong with them
        self._client, self._sentences, self._progress = client, sentences, progress
        self._published_on = document.published_on
        self._passages = tuple(find_passages(document, sentences))
        self._article = read_article((s.text for s in sentences), document.title, document.published_on)

    def read(self) -> None:
        """Ask about each passage, until the endpoint fails or a bound is reached."""
        nonsense = 0
        for number, passage in enumerate(self._passages):
            self._tell(number)
            try:
                self._read_passage(number, passage)
            except Nonsense as error:
                log.warning("the language model's answer is passed over: %s", error)
                nonsense += 1
                if nonsense == MOST_NONSENSE:
                    break
            except EndpointError as error:
                log.warning("the language model is given up for an article: %s", error)
                break
            except Exhausted:
                log.info("the time or the tokens for an article are used up")
                break
        self._tell(len(self._passages))

    def _tell(self, passages: int, stages: int = 0) -> None:
        self._progress(passages * len(STAGES) + stages, len(self._passages) * len(STAGES))

    def _read_passage(self, number: int, passage: Passage) -> None:
        if self._client.tokens_left < expected_tokens(passage):
            raise Exhausted
        selected = select(self._client, passage)
        taken = [n for n, reason in selected.items() if reason is None]
        self._doubt(passage, taken)
        self._tell(number, 1)
        rewritten = disambiguate(self._client, passage, taken) if taken else {}
        self._tell(number, 2)
        alone = {n: text for n, text in rewritten.items() if text is not None}
        claims = self._verified(decompose(self._client, passage, alone), alone) if alone else []
        self._tell(number, 3)
        if claims:
            claims = self._checked(claims, check(self._client, passage, alone, claims))
        self.readings |= {n: reason for n, reason in selected.items() if reason is not None}
        self.readings |= {n: "ambiguous" for n, text in rewritten.items() if text is None}
        self.readings |= {n: own for n in alone if (own := tuple(c for c in claims if c.sentence == n))}

    def _doubt(self, passage: Passage, taken: Sequence[int]) -> None:
        offline = sum(bool(self._sentences[n].claims) for n in passage.sentences)
        if not taken and offline >= TELLING:
            raise Nonsense("no claim where there are some")

    def _verified(self, claims: Sequence[Proposed | None], asked: Container[int]) -> list[Proposed]:
        """Those that their sentence and the article bear out."""
        kept: list[Proposed] = []
        given: Counter[int] = Counter()
        for claim in claims:
            if claim is None or claim.sentence not in asked:
                self.dropped["form" if claim is None else "sentence"] += 1
                continue
            given[claim.sentence] += 1
            fault: str | None = "too many"
            if given[claim.sentence] <= MOST_CLAIMS:
                sentence = self._sentences[claim.sentence].text
                fault = find_fault(claim, sentence, self._article, self._published_on)
            if fault is None:
                kept.append(claim)
            else:
                self.dropped[fault] += 1
        return kept

    def _checked(
        self, claims: Sequence[Proposed], verdicts: Mapping[int, tuple[bool, bool]]
    ) -> list[Proposed]:
        """Those that the model itself stands by when asked again."""
        kept: list[Proposed] = []
        for number, claim in enumerate(claims):
            supported, standalone = verdicts.get(number, (False, False))
            if supported and standalone:
                kept.append(claim)
            else:
                self.dropped["not standalone" if supported else "not supported"] += 1
        return kept


def expected_tokens(passage: Passage) -> int:
    """What the stages of a passage cost together, about: it goes in with each of them and comes out again."""
    own = sum(len(text) for text in passage.sentences.values())
    around = len(passage.opening) + sum(len(text) for text in passage.before)
    told = sum(len(stage) for stage in STAGES)
    return math.ceil((told + 2 * around + 2 * len(STAGES) * own) / CHARACTERS_PER_TOKEN)
