"""One page is kept under one address, however it is written."""

from __future__ import annotations

import pytest

from sources.addresses import BadAddress, canonical_url, site_of

SAME = [
    ("HTTP://Example.ORG/", "http://example.org/"),
    ("https://example.org", "https://example.org/"),
    ("  https://example.org/a  ", "https://example.org/a"),
    ("https://example.org:443/a", "https://example.org/a"),
    ("http://example.org:80/a", "http://example.org/a"),
    ("http://example.org:8080/a", "http://example.org:8080/a"),
    ("https://example.org./a", "https://example.org/a"),
    ("https://example.org/a#part", "https://example.org/a"),
    ("https://example.org/a?", "https://example.org/a"),
    ("https://example.org/a?utm_source=x&id=3&fbclid=9&UTM_Medium=y", "https://example.org/a?id=3"),
    ("https://example.org/a?gclid=1", "https://example.org/a"),
    ("https://example.org/a?b=2&a=1&b=3", "https://example.org/a?b=2&a=1&b=3"),
    ("https://example.org/a/./b/../c", "https://example.org/a/c"),
    ("https://example.org/../../a/..", "https://example.org/"),
    ("https://example.org/%7euser/%c3%a9", "https://example.org/~user/%C3%A9"),
    ("https://example.org/é à?q=ü", "https://example.org/%C3%A9%20%C3%A0?q=%C3%BC"),
    ("https://Bücher.example/", "https://xn--bcher-kva.example/"),
    ("https://пример.example/", "https://xn--e1afmkfd.example/"),
    ("http://[2606:4700:0::1111]:80/", "http://[2606:4700::1111]/"),
    ("http://1.1.1.1/", "http://1.1.1.1/"),
    ("https://my_site.example.org/", "https://my_site.example.org/"),
]


@pytest.mark.parametrize(("given", "kept"), SAME)
def test_an_address_has_one_form(given: str, kept: str) -> None:
    assert canonical_url(given) == kept
    assert canonical_url(kept) == kept


@pytest.mark.parametrize(
    "given", ["https://example.org/A", "http://example.org/a/", "https://www.example.org/a"]
)
def test_what_may_be_another_page_stays_another_address(given: str) -> None:
    assert canonical_url(given) == given
    assert given != "https://example.org/a"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "Give an address"),
        ("example.org/page", "begin with http"),
        ("ftp://example.org/", "begin with http"),
        ("https://me:word@example.org/", "user name"),
        ("https://exa mple.org/", "names no site"),
        ("https:///path", "names no site"),
        ("https://example.org:port/", "port"),
        ("https://example.org/a\nb", "control character"),
        ("https://[::1/", "cannot be read"),
        ("https://" + "é" * 70 + ".org/", "not the name of a site"),
        ("http://2130706433/", "plain IP address"),
        ("http://192.168.0.1/", "public internet"),
        ("http://localhost:8000/", "public internet"),
        ("https://example.org/" + "a" * 2000, "2000 characters"),
        ("https://example.org/" + "é" * 400, "2000 characters"),
    ],
)
def test_an_unusable_address_is_refused_in_one_sentence(given: str, says: str) -> None:
    with pytest.raises(BadAddress, match=says) as caught:
        canonical_url(given)
    assert caught.value.message.count(". ") == 0
    assert caught.value.message.endswith(".")


def test_the_site_is_the_host_without_www() -> None:
    assert site_of("https://www.example.org:8080/a") == "example.org"
