"""The description of the API: valid, complete, and changed only on purpose."""

import json
from pathlib import Path

import pytest
from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.api.conftest import operations, schema

PINNED = Path(__file__).with_name("openapi.json")
REFRESH = (
    "The API is no longer what tests/api/openapi.json says. Where that is meant: "
    "manage.py spectacular --format openapi-json --file tests/api/openapi.json, and look at the difference."
)


def test_it_is_what_was_agreed():
    assert schema() == json.loads(PINNED.read_text()), REFRESH


def test_it_is_valid_openapi_3_1():
    assert schema()["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(schema()).validate()


def test_making_it_gives_no_warning(capsys):
    with GENERATOR_STATS.silence():
        GENERATOR_STATS.reset()
        SchemaGenerator().get_schema(request=None, public=True)
        assert not GENERATOR_STATS


def test_every_operation_says_what_it_is():
    ids = [described["operationId"] for _, _, described in operations()]
    assert len(ids) == len(set(ids)) > 30
    for _, _, described in operations():
        assert described["summary"]
        assert described["tags"]
        assert any(status.startswith("2") for status in described["responses"])


def test_every_body_is_closed():
    for _, _, described in operations():
        for media in described.get("requestBody", {"content": {}})["content"].values():
            name = media["schema"]["$ref"].rpartition("/")[2]
            assert schema()["components"]["schemas"][name]["additionalProperties"] is False


@pytest.mark.django_db
def test_it_is_served_to_everybody(client):
    response = client.get(reverse("api_schema"))
    assert response.status_code == 200
    assert response.json()["paths"].keys() == schema()["paths"].keys()


@pytest.mark.django_db
def test_the_page_has_no_script_or_style_of_its_own(client):
    page = client.get(reverse("api_docs")).content.decode()
    assert "<style" not in page
    assert "<script>" not in page
    assert "swagger-ui-bundle.js" in page
