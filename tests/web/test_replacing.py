"""A server that is killed is replaced at once, and ends as whoever looks after it expects."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import pytest

from zhibu.testing.processes import Running, start
from zhibu.web.replacing import MOST

# Answers whoever comes with the number of the process that answers, after which it may leave. What
# starts while there is the file that it was given cannot for now. Who began it ignores signals.
SERVER = """
import os, signal, socket, sys
from zhibu.web.replacing import KilledAgain, replaceable

signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
try:
    replaceable(listening, not_now=3)
    if os.path.exists(sys.argv[1]):
        os.remove(sys.argv[1])
        sys.exit(3)
    while True:
        asked, _ = listening.accept()
        asked.sendall(b"%d" % os.getpid())
        if asked.recv(1):
            sys.exit(7)
        asked.close()
except KeyboardInterrupt:
    print("interrupted", flush=True)
except KilledAgain as killed:
    print(killed.facts, flush=True)
    sys.exit(3)
"""
WITHIN = 20.0  # seconds


class Serving:
    def __init__(self, keeper: Running) -> None:
        self.keeper = keeper
        self._port = int(keeper.out.readline())

    def ask(self, *, leave: bool = False) -> int:
        """The number of the process that answers. Nobody is refused; whom one takes in that was
        just killed comes again.
        """
        while True:
            with (
                socket.create_connection(("127.0.0.1", self._port), timeout=WITHIN) as asking,
                suppress(ConnectionResetError),
            ):
                if answer := asking.recv(100):
                    if leave:
                        asking.sendall(b"!")
                        asking.recv(1)
                    return int(answer)

    def closed(self) -> None:
        """Wait until nobody listens there any more."""
        until = monotonic() + WITHIN
        while monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=WITHIN).close()
            except OSError:
                return
            sleep(0.01)
        raise AssertionError("somebody still listens")


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """The file that keeps what starts from starting."""
    return tmp_path / "away"


@pytest.fixture
def serving(away: Path) -> Iterator[Serving]:
    with start(SERVER, [str(away)], heard=True) as keeper:
        yield Serving(keeper)


def test_what_is_killed_is_replaced_and_whoever_asks_meanwhile_is_answered(
    serving: Serving,
) -> None:
    first = serving.ask()
    assert first != serving.keeper.pid
    os.kill(first, signal.SIGKILL)
    second = serving.ask()
    assert second not in (first, serving.keeper.pid)
    os.kill(second, signal.SIGRTMIN + 3)
    assert serving.ask() not in (first, second, serving.keeper.pid)


def test_what_cannot_start_in_its_place_for_now_is_tried_again(
    serving: Serving, away: Path
) -> None:
    first = serving.ask()
    away.touch()
    os.kill(first, signal.SIGKILL)
    assert serving.ask() != first
    assert not away.exists()


def test_what_cannot_start_at_first_ends_at_once(away: Path) -> None:
    away.touch()
    with start(SERVER, [str(away)], heard=True) as keeper:
        assert keeper.wait(WITHIN) == 3


def test_what_is_stopped_is_told_to_end_all_the_same(serving: Serving) -> None:
    os.kill(serving.ask(), signal.SIGSTOP)
    serving.keeper.send_signal(signal.SIGTERM)
    assert serving.keeper.wait(WITHIN) == -signal.SIGTERM
    serving.closed()


def test_it_ends_with_the_exit_code_of_what_serves(serving: Serving) -> None:
    serving.ask(leave=True)
    assert serving.keeper.wait(WITHIN) == 7
    serving.closed()


def test_told_to_end_both_do_by_the_signal_that_they_were_told_by(serving: Serving) -> None:
    serving.ask()
    serving.keeper.send_signal(signal.SIGTERM)
    assert serving.keeper.wait(WITHIN) == -signal.SIGTERM
    serving.closed()


def test_whoever_tells_what_serves_to_end_has_told_both(serving: Serving) -> None:
    os.kill(serving.ask(), signal.SIGTERM)
    assert serving.keeper.wait(WITHIN) == -signal.SIGTERM
    serving.closed()


def test_an_interrupt_reaches_what_serves_once(serving: Serving) -> None:
    serving.ask()
    serving.keeper.send_signal(signal.SIGINT)
    assert serving.keeper.wait(WITHIN) == 0
    assert serving.keeper.out.read().split() == ["interrupted"]


def test_a_keeper_that_is_killed_leaves_nobody_behind(serving: Serving) -> None:
    serving.ask()
    serving.keeper.send_signal(signal.SIGKILL)
    serving.keeper.wait(WITHIN)
    serving.closed()


def test_what_is_killed_soon_after_each_start_is_given_up(serving: Serving) -> None:
    for _ in range(MOST):
        os.kill(serving.ask(), signal.SIGKILL)
    assert serving.keeper.wait(WITHIN) == 3
    *replaced, given_up, raised = serving.keeper.out.read().splitlines()
    assert len(replaced) == MOST - 1
    assert all("the server was killed and is replaced" in line for line in replaced)
    assert "the server is given up" in given_up
    assert raised == str({"times": MOST, "last": "SIGKILL"})
    serving.closed()
