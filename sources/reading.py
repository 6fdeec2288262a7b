"""From a page to its article: title, day, authors, publisher, language and the text without furniture.

Pure: no network, no database, no clock.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date

import trafilatura
from lxml import etree, html  # type: ignore[import-untyped]
from trafilatura.metadata import Document

from sources.addresses import site_of
from sources.decoding import decode
from sources.pages import Page, Unreadable, clean, language_of
from sources.plaintext import read_text, without_furniture

logger = logging.getLogger(__name__)

__all__ = ["Page", "Unreadable", "decode", "read_html", "read_page", "read_text"]

# trafilatura takes about 0.1 ms for each element; beyond this a page is read by the plain walk alone.
MOST_ELEMENTS = 50_000
# libxml2 takes quadratic time for the attributes of one tag: 2,000 take 5 ms, 50,000 three seconds.
MOST_ATTRIBUTES = 2_000
# Where trafilatura finds less than a sentence it has often found a menu.
FEWEST_CHARACTERS = 60
EARLIEST, LATEST = "1990-01-01", "2100-01-01"  # never asked of the clock: the caller knows what is future

# trafilatura runs the paragraphs of a text parted by <br><br> together; these stand in for the tags.
LINE_BREAK, PARAGRAPH_BREAK = "\ue000", "\ue001"

_TAG = re.compile(
    r"<[a-zA-Z][^\s/>]*+((?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+)*+)"
)
_ATTRIBUTE = re.compile(r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+")
# References to characters that XML knows none of: libxml2 lets them in and lxml stumbles over them later.
_BAD_REFERENCE = re.compile(
    r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|7f|fff[ef]|d[89a-f][0-9a-f]{2})(?![0-9a-f])"
    r"|0*(?:[0-8]|1[124-9]|2\d|3[01]|127|6553[45])(?!\d));?",
    re.I,
)
_MARKUP = re.compile(r"<(?:!doctype|!--|/?[a-z][a-z0-9]*[\s/>])", re.I)
_NOTE = re.compile(r"\s*\[[^\]]{1,30}\]\s*")

SKIPPED = frozenset(
    """
    aside audio button canvas dialog embed figcaption footer form head iframe img input math menu nav noscript
    object script select style svg template textarea video
    """.split()  # noqa: SIM905 - one word a line is no easier to read
)
# HTML's blocks, and the ones of trafilatura's own tree (head, item, quote, row, …).
BLOCKS = frozenset(
    """
    address article blockquote body caption center code dd details div dl dt fieldset figure h1 h2 h3 h4 h5 h6
    head hr html item li list main ol p pre quote row section summary table tbody tfoot thead tr ul
    """.split()  # noqa: SIM905
)
CELLS = frozenset({"cell", "td", "th"})


def read_page(body: bytes, content_type: str = "", *, url: str | None = None) -> Page:
    """Read what an address answered, plain text or HTML. Raises Unreadable."""
    text = decode(body, content_type)
    plain = content_type.lower().startswith("text/plain")
    return read_text(text) if plain else read_html(text, url=url)


def read_html(body: bytes | str, *, url: str | None = None) -> Page:
    """Read a page. Raises Unreadable."""
    source = clean(decode(body) if isinstance(body, bytes) else body)
    if not source.strip():
        raise Unreadable("empty", "The page is empty.")
    if not _MARKUP.search(source):
        return read_text(source)
    tree = _parse(source)
    about, paragraphs = _extract(tree, url)
    if sum(map(len, paragraphs)) < FEWEST_CHARACTERS:
        paragraphs = _main_text(tree)
    paragraphs = without_furniture(paragraphs)
    title = _title(tree, about)
    if paragraphs[1:] and paragraphs[0].casefold() == title.casefold():
        del paragraphs[0]
    if not any(char.isalnum() for paragraph in paragraphs for char in paragraph):
        raise Unreadable("no_text", "No article text can be found on the page.")
    text = "\n\n".join(paragraphs)
    site = site_of(url) if url else ""
    publisher = _one_line(about.sitename)[:200]
    return Page(
        title=title[:500],
        published_on=_day(about.date),
        # trafilatura names the host where the page names no publisher.
        publisher="" if publisher.lower().removeprefix("www.") == site else publisher,
        site=site,
        authors=tuple(_one_line(name)[:200] for name in (about.author or "").split(";") if name.strip()),
        language=language_of(text, tree.get("lang") or ""),
        text=text,
    )


def _parse(source: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    source = _BAD_REFERENCE.sub("", source).translate({ord(LINE_BREAK): None, ord(PARAGRAPH_BREAK): None})
    try:
        tree = html.document_fromstring(_bounded_tags(source).encode(), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise Unreadable("no_text", "No article text can be found on the page.") from None
    _drop_marks(tree)
    _mark_breaks(tree)
    return tree


def _bounded_tags(source: str) -> str:
    """Cut the attributes of a tag that has thousands: no page needs them."""
    pieces, at = [], 0
    for tag in _TAG.finditer(source):
        if tag.end() - tag.start() <= 2 * MOST_ATTRIBUTES:
            continue
        for number, attribute in enumerate(_ATTRIBUTE.finditer(tag[1])):
            if number == MOST_ATTRIBUTES:
                pieces.append(source[at : tag.start(1) + attribute.start()])
                at = tag.end()
                break
    return "".join([*pieces, source[at:]])


def _drop_marks(tree: html.HtmlElement) -> None:
    """Take out what stands between the words and is none: numbers of notes, links to edit a section."""
    notes = [sup for sup in tree.iter("sup") if _NOTE.fullmatch("".join(sup.itertext()))]
    for mark in [*notes, *tree.find_class("mw-editsection")]:
        mark.drop_tree()


def _mark_breaks(tree: html.HtmlElement) -> None:
    """Put a character in the place of each <br>: one for a single one, another for several in a row."""
    for br in list(tree.iter("br")):
        following = br.getnext()
        if following is not None and following.tag == "br" and not (br.tail or "").strip():
            following.set("after", "br")
        else:
            several = br.get("after") is not None
            br.tail = (PARAGRAPH_BREAK if several else LINE_BREAK) + (br.tail or "")
    etree.strip_tags(tree, "br")


def _extract(tree: html.HtmlElement, url: str | None) -> tuple[Document, list[str]]:
    """What trafilatura finds: nothing where the page is too large or too tangled for it."""
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        return Document(), []
    dates = {"original_date": True, "extensive_search": False, "min_date": EARLIEST, "max_date": LATEST}
    try:
        about = trafilatura.extract_metadata(tree, url, dates)
        found = trafilatura.bare_extraction(tree, url=url, favor_precision=True, include_comments=False)
    except Exception:
        # Whatever a strange page does to the library: it is read without it then.
        logger.exception("trafilatura failed on %s", url or "a page")
        return Document(), []
    return about, _paragraphs(found.body) if isinstance(found, Document) else []


def _title(tree: html.HtmlElement, about: Document) -> str:
    """The title in the page's own data or its first heading; of a page with neither, none."""
    head = _one_line(tree.findtext(".//title"))
    if head or tree.find(".//h1") is not None or tree.find(".//meta[@property='og:title']") is not None:
        return _one_line(about.title) or head
    return ""


def _main_text(tree: html.HtmlElement) -> list[str]:
    """The paragraphs of a page of which nothing is known but HTML's own words for furniture."""
    for path in (".//article", ".//main", ".//*[@role='main']"):
        found = tree.findall(path)
        paragraphs = _paragraphs(found[0]) if len(found) == 1 else []
        if paragraphs:
            return paragraphs
    return _paragraphs(tree)


def _paragraphs(root: etree._Element) -> list[str]:
    """The texts of the blocks below an element, white space folded, the cells of a row in one line."""
    parts: list[str] = []
    for event, element in (walk := etree.iterwalk(root, events=("start", "end"))):
        block = element.tag in BLOCKS
        if event == "start":
            if block:
                parts.append(PARAGRAPH_BREAK)
            if element is not root and (element.tag in SKIPPED and not _is_heading(element)):
                walk.skip_subtree()
            else:
                parts.append(element.text or "")
        else:
            if block or element.tag == "lb":
                parts.append(PARAGRAPH_BREAK)
            elif element.tag in CELLS and element.getnext() is not None:
                parts.append(" | ")
            if element is not root:
                parts.append(element.tail or "")
    # Once more, for what character references have brought in.
    return list(_split(clean("".join(parts))))


def _is_heading(element: etree._Element) -> bool:
    """trafilatura calls its headings "head", as HTML does the part of a page nobody sees."""
    return element.tag == "head" and element.get("rend") is not None


def _split(text: str) -> Iterator[str]:
    for paragraph in text.split(PARAGRAPH_BREAK):
        lines = (" ".join(line.split()).strip("| ") for line in paragraph.split(LINE_BREAK))
        yield from (line for line in lines if line)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _one_line(text: str | None) -> str:
    return " ".join(re.split(rf"[\s{LINE_BREAK}{PARAGRAPH_BREAK}]+", clean(text or ""))).strip()
