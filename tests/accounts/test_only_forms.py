"""It answers an address that only takes a form with a sentence, not with an empty page."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_it_says_what_to_do_where_only_a_form_is_taken(client):
    answer = client.get(reverse("accounts:logout"))
    assert answer.status_code == 405
    assert "method_not_allowed" in answer.content.decode()
    assert "kiriman formulir" in answer.content.decode()
    assert answer.headers["Allow"] == "POST"
