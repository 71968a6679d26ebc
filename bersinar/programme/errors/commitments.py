"""What can go wrong with promises, and what to do about it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from bersinar.programme.errors.base import ProgrammeError
from bersinar.ui.writing import day


class DueBeforePromise(ProgrammeError):
    """A day that was over when the promise was made."""

    code = "programme.due_before_promise"

    def __init__(self, promised: date) -> None:
        super().__init__(
            _("Tenggat tidak boleh sebelum janji dibuat (%(day)s). Periksa tahunnya.")
            % {"day": day(promised)}
        )


class DayInFuture(ProgrammeError):
    """Something that is said to have happened tomorrow."""

    code = "programme.day_in_future"

    def __init__(self) -> None:
        super().__init__(_("Tanggal ini belum tiba. Tulis tanggal kejadiannya."))


class PromiseIncomplete(ProgrammeError):
    """A promise without a person or without content."""

    code = "programme.promise_incomplete"

    def __init__(self) -> None:
        super().__init__(_("Tulis apa yang dijanjikan dan siapa yang berjanji."))


class WrongStep(ProgrammeError):
    """A status that cannot follow the present one."""

    code = "programme.wrong_step"

    def __init__(self, now: str, then: str) -> None:
        super().__init__(
            _("Janji yang %(now)s tidak dapat langsung menjadi %(then)s. Pilih status lain.")
            % {"now": now, "then": then}
        )


class WordMissing(ProgrammeError):
    """A promise that ends without evidence or a reason."""

    code = "programme.word_missing"

    def __init__(self) -> None:
        super().__init__(_("Tulis buktinya atau alasannya, supaya orang lain dapat memeriksa."))


class PromiseWithdrawn(ProgrammeError):
    """A promise that was recorded by mistake."""

    code = "programme.promise_withdrawn"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Janji ini sudah ditarik. Urungkan penarikannya lebih dulu."))
