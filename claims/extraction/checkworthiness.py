"""Step 11: whether a proposition is worth checking, and how sure that is (0 to 1)."""

from dataclasses import dataclass
from typing import Final

from claims.extraction.pieces import Proposition, is_finite
from claims.extraction.tree import FINITE_TAGS, Word
from claims.extraction.values import Kind, SkipReason
from claims.extraction.wordset import word_set

# Words of taste and feeling: a quoted sentence that turns on one is an opinion.
_TASTE: Final = word_set(
    "great good bad terrible horrible wonderful amazing awesome beautiful ugly best worst nice lovely"
    " awful fantastic incredible disgusting disgraceful shameful ridiculous absurd crazy stupid brilliant"
    " perfect sad happy glad proud sorry pleased delighted disappointed excited thrilled honored honoured"
    " grateful thankful angry upset confident important wrong right fair unfair misguided foolish"
    " outrageous unacceptable tragic difficult hard easy fun exhausting emotional sick tired affront"
    " insult shame disgrace joy pleasure honor honour"
)
_FEELING: Final = word_set(
    "think feel hope wish love hate like want guess suppose wonder thank appreciate mind care"
)
_VAGUE_SUBJECTS: Final = word_set("there something nothing everything what all")
_BASE: Final[dict[Kind, float]] = {
    "quantity": 0.9, "event": 0.8, "status": 0.75, "prediction": 0.75, "position": 0.65, "background": 0.6,
}  # fmt: skip
LEAST_WORTH: Final = 0.35


@dataclass(frozen=True, slots=True)
class Worth:
    """A score, and the reason to skip where it is too low."""

    score: float
    skip: SkipReason | None
    reasons: tuple[str, ...]


def assess(proposition: Proposition, kind: Kind, *, quoted: bool, question: bool) -> Worth:
    """Judge one proposition; `quoted`: in somebody's words, `question`: its sentence asks."""
    head, words = proposition.head, proposition.words
    if question:
        return Worth(0.0, "question", ())
    if not _has_tense(proposition) or head.tag == "MD":  # "of course he will": what he will is not said
        return Worth(0.1, "fragment", ())
    if any(w.lower in ("let", "please") for w in words[:2]) or (
        head.tag == "VB" and head.dep == "ROOT" and not is_finite(head)
    ):
        return Worth(0.1, "rhetoric", ())
    score = _BASE[kind]
    reasons: list[str] = [kind]
    if any(w.entity in ("PERSON", "ORG", "GPE", "PERCENT", "MONEY", "CARDINAL", "DATE") for w in words):
        score += 0.08
        reasons.append("names or numbers")
    if quoted:
        score -= 0.1
        if _is_feeling(proposition, head):
            return Worth(0.2, "opinion", ("feeling",))
    if _hedged(head):
        score -= 0.1
        reasons.append("hedged")
    if proposition.subject and proposition.subject[0].lower in _VAGUE_SUBJECTS:
        score -= 0.2
        reasons.append("vague subject")
    return Worth(round(max(0.0, min(1.0, score)), 2), None, tuple(reasons))


def _has_tense(proposition: Proposition) -> bool:
    return (
        proposition.head.tag != "VBG"
        or is_finite(proposition.head)
        or "participle" in proposition.reasons
        or "reduced" in proposition.reasons
        or any(w.dep in ("aux", "auxpass") and w.tag in FINITE_TAGS for w in proposition.words)
        or any(not isinstance(p, Word) for p in proposition.pieces)
    )


def _is_feeling(proposition: Proposition, head: Word) -> bool:
    subject = proposition.subject[0].lower if proposition.subject else ""
    if subject in ("i", "we") and head.lemma in _FEELING:
        return True
    turning = [c for c in head.children if c.dep in ("acomp", "attr")]
    if any(w.lower in _TASTE or any(c.lower in _TASTE for c in w.children) for w in turning):
        return True
    return any(w.lower == "let" for w in head.all("aux"))


def _hedged(head: Word) -> bool:
    return any(a.lower in ("may", "might", "could", "can", "should", "must") for a in head.all("aux"))
