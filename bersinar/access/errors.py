"""Errors that people read: a code for the office to quote, and a sentence that says what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _


class BersinarError(Exception):
    """Something was refused for a reason a person can understand."""

    code = "bersinar.refused"
    status = 400


class NotAllowed(BersinarError):
    """The right is missing."""

    code = "access.not_allowed"
    status = 403

    def __init__(self, right: str) -> None:
        self.right = right
        super().__init__(_("Anda tidak memiliki hak untuk ini. Hubungi kepala unit Anda."))


class ProofNeeded(BersinarError):
    """Who is signed in must show once more that it is still the same person; the middleware leads there."""

    code = "access.proof_needed"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("Buktikan dulu bahwa ini masih Anda, lalu ulangi."))


class UnscopedQuery(RuntimeError):
    """A programming fault: rows were asked for without saying on whose behalf."""
