"""It takes names that look alike for one name, and reads what people type from paper."""

import pytest

from bersinar.access import Role
from bersinar.accounts.rules import browsers, codes, pairs, pins, recovery
from bersinar.accounts.rules.names import is_taken

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(
    "wanted", ["budi-p2m", "BUDI_P2M", "bud1-p2m", "budlp2m", "ｂｕｄｉ-p2m", "bu\u200bdi-p2m", "budi.p2m"]
)
def test_a_name_that_looks_like_anothers_is_taken(wanted):
    assert is_taken(wanted, ["budi-p2m", "sari"])


@pytest.mark.parametrize("wanted", ["budi-p3m", "bedi-p2m", "sarip2m", ""])
def test_another_name_is_free(wanted):
    assert not is_taken(wanted, ["budi-p2m", "sari"])


@pytest.mark.parametrize("seconds, code", [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")])
def test_codes_are_those_of_the_standard(seconds, code):
    """RFC 6238, appendix B, the last six digits of SHA-1."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    now = codes.step_at(seconds)
    assert codes.matching_step(secret, code, now=now, after=0) == now


def test_a_code_counts_one_step_either_way_and_never_again():
    import pyotp

    shown = {step: pyotp.TOTP(SECRET).generate_otp(step) for step in range(96, 105)}
    found = {step: codes.matching_step(SECRET, code, now=100, after=0) for step, code in shown.items()}
    assert [step for step, match in found.items() if match] == [99, 100, 101]
    assert codes.matching_step(SECRET, shown[100], now=100, after=100) is None


def test_it_tells_how_far_a_clock_is_off():
    import pyotp

    assert codes.clock_offset(SECRET, pyotp.TOTP(SECRET).generate_otp(110), now=100) == 300
    assert codes.clock_offset(SECRET, pyotp.TOTP(SECRET).generate_otp(61), now=100) == -39 * 30
    assert codes.clock_offset(SECRET, pyotp.TOTP(SECRET).generate_otp(100), now=100) is None
    assert codes.clock_offset(SECRET, "00000", now=100) is None


def test_a_recovery_code_is_read_as_it_is_typed():
    code = recovery.drawn(lambda alphabet: alphabet[7])
    assert len(code.replace("-", "")) == 16
    for typed in (code, code.upper(), code.replace("-", " "), f"  {code}\n"):
        assert recovery.spelled(typed) == recovery.spelled(code)
    assert recovery.spelled("l-I-1") == "111"
    assert len(recovery.ALPHABET) == 32 and not set("oil0") & set(recovery.ALPHABET)


def test_pins_that_are_tried_first():
    assert not pins.is_weak("380517") and pins.is_pin("380517")
    assert all(pins.is_weak(pin) for pin in ("111111", "456789", "987654", "010101", "347347"))


def test_which_two_decide_about_a_third():
    head, admin, staff = Role.KEPALA, Role.ADMIN, Role.STAF
    assert pairs.may_reset(staff, admin, head) and pairs.may_reset(admin, head, admin)
    assert not pairs.may_reset(staff, admin, admin) and not pairs.may_reset(admin, admin, admin)
    assert pairs.may_reset(head, admin, admin)


@pytest.mark.parametrize(
    "text, label",
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/131.0 Safari/537 Edg/131.0", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko Firefox/128.0", "Firefox · Linux"),
        ("<script>alert(1)</script>", "?"),
        ("", "?"),
    ],
)
def test_a_browser_gets_a_name_of_ours(text, label):
    assert browsers.label_of(text) == label
