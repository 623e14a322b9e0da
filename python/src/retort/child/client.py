"""Keeps one engine process running and carries requests to it, in any number and answered in any order.

Theory of operation. One thread, the keeper, starts the process when the first request comes, reads what it answers and
what it complains about, reaps it, and starts it again. It starts it itself because Linux can tell a child that the
*thread* that made it is gone; the keeper is the thread that stays. A second thread, the writer, lives as long as one
process and may wait in `write` while the process does not read. A request that was in flight when a process died is
sent once more, with no other beside it, so that one that kills the process fails alone. A process that is silent is
asked for its health, and killed when it does not answer that either. A forked child inherits none of the threads: it
lets go of the pipes and starts its own process.
"""

from __future__ import annotations

import atexit
import collections
import contextlib
import itertools
import logging
import os
import selectors
import threading
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from retort.admission import Admission
from retort.child.lines import LineSplitter, ProtocolFault, parse_line
from retort.child.process import ServerProcess
from retort.child.silence import Silence
from retort.errors import BinaryNotFound, ChildDied, EngineClosed, RetortError
from retort.problems import rpc_error
from retort.transport import Call

_log = logging.getLogger("retort")

_BYTES_UNDER_WAY = 64 << 20
_TIMES_SENT = 2
_TICK = 1.0
_LONGEST_PAUSE = 2.0
_PATIENCE = 5.0
_PING = 0


class ChildClient:
    """A transport to a child process of this process."""

    def __init__(
        self, command: Callable[[], Sequence[str]], environment: Mapping[str, str], *, stall_after: float = 120.0
    ) -> None:
        self._command = command
        self._environment = environment
        self._stall_after = stall_after
        self._closed = False
        self._begin()
        _clients.add(self)

    def submit(self, call: Call) -> None:
        """Sends the request, waiting while too many bytes are under way."""
        self._notice_fork()
        self._admission.enter(len(call.params))
        self._accept(call)

    def try_submit(self, call: Call) -> bool:
        """Sends the request unless too many bytes are under way."""
        self._notice_fork()
        if not self._admission.try_enter(len(call.params)):
            return False
        self._accept(call)
        return True

    def close(self) -> None:
        """Ends the process, waits for it, and fails what was under way."""
        self.abandon()
        keeper = self._keeper
        if keeper is not None and keeper is not threading.current_thread():
            keeper.join()

    def abandon(self) -> None:
        """Closes without waiting, which a garbage collector may do in the middle of anything."""
        with self._lock:
            self._closed = True
            abandoned = [*self._waiting, *self._sent.values()]
            self._waiting.clear()
            self._lock.notify_all()
        for call in abandoned:
            call.fail(EngineClosed("the engine was closed"))

    @property
    def process_id(self) -> int | None:
        """The number of the process that runs now."""
        process = self._process
        return process.pid if process is not None else None

    # What follows is called with a request's life, in this order.

    def _begin(self) -> None:
        self._owner = os.getpid()
        self._lock = threading.Condition()
        self._admission = Admission(_BYTES_UNDER_WAY)
        self._waiting: collections.deque[Call] = collections.deque()
        self._sent: dict[int, Call] = {}
        self._control: collections.deque[bytes] = collections.deque()
        self._ids = itertools.count(1)
        self._process: ServerProcess | None = None
        self._keeper: threading.Thread | None = None
        self._deaths_in_a_row = 0

    def _accept(self, call: Call) -> None:
        call.future.add_done_callback(lambda _: self._finished(call))
        with self._lock:
            if not self._closed:
                self._waiting.append(call)
                self._lock.notify_all()
                if self._keeper is None:
                    self._keeper = threading.Thread(target=self._keep, name="retort-keeper", daemon=True)
                    self._keeper.start()
                return
        call.fail(EngineClosed("the engine is closed"))

    def _finished(self, call: Call) -> None:
        self._admission.leave(len(call.params))
        if not call.future.cancelled():
            return
        with self._lock:
            number = next((number for number, sent in self._sent.items() if sent is call), None)
            if number is not None:
                self._control.append(_cancel_line(number))
                self._lock.notify_all()

    def _keep(self) -> None:
        while True:
            with self._lock:
                while not self._waiting and not self._closed:
                    self._lock.wait()
                if self._closed:
                    return
            try:
                process = ServerProcess(self._command(), self._environment)
            except (OSError, RetortError) as error:
                self._fail_waiting(error)
                continue
            self._process = process
            self._end_of_process(process, self._serve(process))

    def _serve(self, process: ServerProcess) -> str:
        """Carries requests until the process is gone or must go, and says why."""
        writer = threading.Thread(target=self._write, args=(process,), name="retort-writer", daemon=True)
        writer.start()
        try:
            reason = self._read(process)
        except (ProtocolFault, KeyError, TypeError, AttributeError) as fault:
            reason = f"said what it should not: {fault}"
        if not self._closed:
            process.kill()
        with self._lock:
            self._process = None
            self._lock.notify_all()
        writer.join(timeout=5.0)
        if writer.is_alive():
            process.kill()
            writer.join()
        return reason

    def _write(self, process: ServerProcess) -> None:
        with contextlib.suppress(OSError):
            while True:
                data = self._next_line(process)
                if data is None:
                    break
                process.write(data)
            if self._closed:
                # At the end of its input the process would answer first what is under way, for nobody.
                for number in list(self._sent):
                    process.write(_cancel_line(number))
        if self._closed:
            process.close_stdin()

    def _next_line(self, process: ServerProcess) -> bytes | None:
        with self._lock:
            while True:
                if self._closed or self._process is not process:
                    return None
                if self._control:
                    return self._control.popleft()
                while self._waiting and self._waiting[0].is_done:
                    self._waiting.popleft()
                if self._waiting and self._may_go(self._waiting[0]):
                    call = self._waiting.popleft()
                    number = next(self._ids)
                    call.times_sent += 1
                    self._sent[number] = call
                    head = b'{"jsonrpc":"2.0","id":%d,"method":"%s","params":' % (number, call.method.encode())
                    return head + call.params + b"}\n"
                self._lock.wait()

    def _may_go(self, call: Call) -> bool:
        """Whether it is this request's turn: one that saw a process die goes alone."""
        if not self._sent:
            return True
        return call.times_sent == 0 and all(sent.times_sent == 1 for sent in self._sent.values())

    def _read(self, process: ServerProcess) -> str:
        lines = LineSplitter()
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            selector.register(process.stderr, selectors.EVENT_READ)
            silence = Silence(self._stall_after)
            closed_at: float | None = None
            while True:
                for key, _ in selector.select(_TICK):
                    data = os.read(key.fd, 1 << 18)
                    if key.fd == process.stderr:
                        if data:
                            process.remember(data)
                        else:
                            selector.unregister(key.fd)
                        continue
                    if not data:
                        return "ended"
                    silence.ends()
                    for line in lines.split(data):
                        self._hear(parse_line(line))
                if self._closed:
                    closed_at = closed_at or time.monotonic()
                    if time.monotonic() - closed_at > _PATIENCE:
                        process.kill()
                elif not self._sent:
                    silence.ends()
                elif silence.is_a_stall:
                    return f"said nothing for {self._stall_after:g} s and did not answer when asked"
                elif silence.asks_now():
                    self._ask_for_health()

    def _ask_for_health(self) -> None:
        with self._lock:
            self._control.append(b'{"jsonrpc":"2.0","id":%d,"method":"health"}\n' % _PING)
            self._lock.notify_all()

    def _hear(self, message: dict[str, Any]) -> None:
        if message.get("method") == "result":
            params = message["params"]
            call = self._sent.get(params["id"])
            if call is not None:
                call.deliver(params["index"], params["result"])
            return
        number = message.get("id")
        if not isinstance(number, int):
            raise ProtocolFault(f"an answer to no request: {str(message)[:200]}")
        with self._lock:
            call = self._sent.pop(number, None)
            self._lock.notify_all()
        self._deaths_in_a_row = 0
        if call is None:
            return
        if "error" in message:
            call.fail(rpc_error(message["error"]))
        else:
            call.succeed(message["result"])

    def _end_of_process(self, process: ServerProcess, reason: str) -> None:
        """Reaps the process, sends again what was in flight for the first time, and fails the rest."""
        ending = process.end()
        words = process.last_words
        if self._closed:
            return
        with self._lock:
            in_flight = list(self._sent.values())
            self._sent.clear()
            self._control.clear()
            again = [call for call in in_flight if call.times_sent < _TIMES_SENT and not call.is_done]
            self._waiting.extendleft(reversed(again))
            self._deaths_in_a_row += 1
            pause = min(_LONGEST_PAUSE, 0.05 * 2**self._deaths_in_a_row) if self._deaths_in_a_row > 1 else 0.0
        cause = reason if reason != "ended" else ending
        level = logging.WARNING if in_flight else logging.DEBUG
        _log.log(level, "the engine's process %d %s; %d requests are sent again", process.pid, cause, len(again))
        for call in in_flight:
            if call.times_sent >= _TIMES_SENT:
                call.fail(_death(cause, words))
        with self._lock:
            self._lock.wait_for(lambda: self._closed, timeout=pause)

    def _fail_waiting(self, error: Exception) -> None:
        with self._lock:
            calls = list(self._waiting)
            self._waiting.clear()
        for call in calls:
            call.fail(
                error
                if isinstance(error, RetortError)
                else BinaryNotFound(f"the engine cannot be started: {error}", hint="look at RETORT_BINARY")
            )

    def _notice_fork(self) -> None:
        # A fork from C runs no hook of ours.
        if self._owner != os.getpid():
            self.after_fork()

    def after_fork(self) -> None:
        """Makes the client of a forked child as new: what is under way belongs to the parent."""
        process = self._process
        if process is not None:
            process.forget()
        self._begin()


def _cancel_line(number: int) -> bytes:
    return b'{"jsonrpc":"2.0","method":"cancel","params":{"id":%d}}\n' % number


def _death(cause: str, words: str) -> ChildDied:
    said = f"; its last words were:\n{words}" if words else ""
    return ChildDied(
        f"the engine's process {cause}, twice while this request was in flight{said}",
        hint="run 'retort doctor'; a request that does this every time is a fault of the engine",
    )


_clients: weakref.WeakSet[ChildClient] = weakref.WeakSet()


def _after_fork_in_child() -> None:
    for client in list(_clients):
        client.after_fork()


def _close_all() -> None:
    for client in list(_clients):
        client.close()


os.register_at_fork(after_in_child=_after_fork_in_child)
atexit.register(_close_all)
