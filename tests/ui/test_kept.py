"""It holds what was worked out under its key, and lets the oldest go."""

from bersinar.ui.kept import Kept


def test_it_works_a_thing_out_once():
    made = []
    kept = Kept(2)
    for _ in range(2):
        assert kept.get("a", lambda: made.append(1) or len(made)) == 1
    assert made == [1] and kept.peek("a") == 1 and kept.peek("b") is None


def test_what_was_not_asked_for_longest_makes_room():
    kept = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: key)
    assert (kept.peek("a"), kept.peek("b"), kept.peek("c")) == ("a", None, "c")
