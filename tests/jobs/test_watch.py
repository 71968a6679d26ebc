"""A moved clock is noticed, an ordinary wait is not."""

import pytest

from bersinar.jobs.watch import LARGEST_STEP, ClockWatch

DAY = 86_400.0


class Times:
    def __init__(self):
        self.wall, self.counter = 1_790_000_000.0, 50.0

    def wait(self, seconds):
        self.wall += seconds
        self.counter += seconds


@pytest.fixture
def times():
    return Times()


@pytest.fixture
def watch(times):
    return ClockWatch(lambda: times.wall, lambda: times.counter)


@pytest.mark.parametrize("waited", [0.0, 30.0, 3 * DAY])
def test_time_that_passes_is_no_jump(times, watch, waited):
    times.wait(waited)
    assert watch.jump() == 0.0


@pytest.mark.parametrize("moved", [DAY, -DAY, LARGEST_STEP + 1])
def test_a_moved_clock_is_told_once(times, watch, moved, caplog):
    times.wait(30)
    times.wall += moved
    assert watch.jump() == pytest.approx(moved)
    assert "clock" in caplog.text
    times.wait(30)
    assert watch.jump() == 0.0


def test_the_time_service_may_correct_a_little(times, watch):
    times.wall += LARGEST_STEP
    assert watch.jump() == 0.0
