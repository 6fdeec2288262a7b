"""Adding an article and filling in what could not be read from it."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.forms.base import DateInput, DeskForm


class ArticleForm(DeskForm):
    HOW = (("text", "Paste text"), ("file", "Upload a file"), ("url", "From a web address"))

    how = forms.ChoiceField(
        choices=HOW, label="Where is the article?", initial="text", widget=forms.RadioSelect
    )
    text = forms.CharField(
        required=False,
        label="Article text",
        widget=forms.Textarea({"class": "tall", "dir": "auto", "rows": 6, "data-keep": ""}),
    )
    file = forms.FileField(
        required=False,
        label="File",
        help_text="A .txt or .html file.",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".txt,.html,.htm,.xhtml,.md,text/plain,text/html"}),
    )
    url = forms.CharField(
        required=False,
        label="Web address",
        help_text="The page is fetched in the background.",
        widget=forms.TextInput({"inputmode": "url", "placeholder": "https://…", "autocomplete": "off"}),
    )
    title = forms.CharField(required=False, label="Title", max_length=500)
    published_on = forms.DateField(
        required=False,
        label="Publication day",
        help_text="“Yesterday” in the text is counted from it.",
        widget=DateInput(),
    )
    publisher = forms.CharField(required=False, label="Publisher", max_length=200)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        how = values.get("how")
        asked = {"text": "Paste the article's text.", "file": "Choose a .txt or .html file.",
                 "url": "Give the article's address, such as https://example.org/story."}  # fmt: skip
        if how and not values.get(how) and how not in self.errors:
            self.add_error(how, asked[how])
        return values


class DetailsForm(DeskForm):
    title = forms.CharField(label="Title", max_length=500)
    published_on = forms.DateField(
        required=False,
        label="Publication day",
        help_text="A new day means new dates: drafts nobody has touched are made again.",
        widget=DateInput(),
    )
    publisher = forms.CharField(required=False, label="Publisher", max_length=200)
    language = forms.CharField(
        required=False, label="Language", max_length=12, help_text="Its code, such as en."
    )


class TextForm(DeskForm):
    text = forms.CharField(
        label="Text",
        widget=forms.Textarea({"class": "tall", "dir": "auto", "rows": 20, "data-keep": ""}),
        help_text="Paste the whole text. The one before is kept as a version.",
    )
