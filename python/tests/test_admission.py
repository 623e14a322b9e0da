"""What is under way is bounded, and nobody waits for ever."""

from __future__ import annotations

import threading

from retort.admission import Admission


def test_lets_in_what_there_is_room_for_and_the_rest_later() -> None:
    admission = Admission(10)
    admission.enter(6)
    assert not admission.try_enter(5)
    assert admission.try_enter(4)
    entered = threading.Event()

    def wait() -> None:
        admission.enter(5)
        entered.set()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    assert not entered.wait(0.1)
    admission.leave(4)
    assert not entered.wait(0.1)
    admission.leave(6)
    assert entered.wait(5)


def test_what_is_heavier_than_the_limit_goes_alone() -> None:
    admission = Admission(10)
    assert admission.try_enter(100)
    assert not admission.try_enter(1)
    admission.leave(100)
    assert admission.try_enter(1)
    assert not admission.try_enter(100)
