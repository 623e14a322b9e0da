"""Carries requests to one or several servers, and tries again where that may help.

A request is one POST on a thread of its own: what is under way is bounded, and a thread costs little beside running
programs. Scoring changes nothing, so a request may be sent again whatever became of the first one.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import socket
import threading
import time
import weakref
from collections.abc import Callable
from typing import Any

from retort.admission import Admission
from retort.errors import EngineClosed, InternalFault, RetortError, ServiceUnavailable
from retort.http.address import parse_addresses
from retort.http.endpoints import Endpoint, Endpoints
from retort.problems import may_help_to_retry, problem_error
from retort.transport import Call

_UNDER_WAY = 64
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0
_FAULTS = 3
# A server that is overloaded is there, and works on what others asked.
_OVERLOADED = 10
_ROUTES = {
    "score": ("POST", "/v1/score"),
    "run": ("POST", "/v1/run"),
    "tasks": ("POST", "/v1/tasks"),
    "languages": ("GET", "/v1/languages"),
    "health": ("GET", "/v1/health"),
}


class HTTPClient:
    """A transport to servers."""

    def __init__(
        self,
        url: str,
        token: Callable[[], str | None],
        *,
        answer_timeout: float = 600.0,
        patience: float = 60.0,
    ) -> None:
        self._token = token
        self._patience = patience
        self._endpoints = Endpoints(parse_addresses(url), answer_timeout)
        self._closed = False
        self._begin()
        _clients.add(self)

    def submit(self, call: Call) -> None:
        """Sends the request, waiting while too many are under way."""
        self._notice_fork()
        self._admission.enter(1)
        self._accept(call)

    def try_submit(self, call: Call) -> bool:
        """Sends the request unless too many are under way."""
        self._notice_fork()
        if not self._admission.try_enter(1):
            return False
        self._accept(call)
        return True

    def close(self) -> None:
        """Fails what is under way and closes the connections."""
        self.abandon()

    def abandon(self) -> None:
        """Closes without waiting."""
        self._closed = True
        for exchange in list(self._exchanges):
            exchange.call.fail(EngineClosed("the engine was closed"))
        self._endpoints.close()

    def after_fork(self) -> None:
        """Makes the client of a forked child as new."""
        self._endpoints.after_fork()
        for exchange in self._exchanges:
            exchange.forget()
        self._begin()

    def _begin(self) -> None:
        self._owner = os.getpid()
        self._admission = Admission(_UNDER_WAY)
        self._exchanges: set[_Exchange] = set()

    def _notice_fork(self) -> None:
        # A fork from C runs no hook of ours.
        if self._owner != os.getpid():
            self.after_fork()

    def _accept(self, call: Call) -> None:
        if self._closed:
            self._admission.leave(1)
            call.fail(EngineClosed("the engine is closed"))
            return
        exchange = _Exchange(call)
        self._exchanges.add(exchange)
        call.future.add_done_callback(lambda _: exchange.hang_up())
        threading.Thread(target=self._carry, args=(exchange,), name="retort-request", daemon=True).start()

    def _carry(self, exchange: _Exchange) -> None:
        try:
            exchange.call.succeed(self._until_answered(exchange))
        except RetortError as error:
            exchange.call.fail(error)
        except Exception as error:
            fault = InternalFault(f"the client failed: {type(error).__name__}: {error}")
            fault.__cause__ = error
            exchange.call.fail(fault)
        finally:
            self._exchanges.discard(exchange)
            self._admission.leave(1)

    def _until_answered(self, exchange: _Exchange) -> dict[str, Any]:
        started = time.monotonic()
        pause = _FIRST_PAUSE
        faults = 0
        while True:
            endpoint = self._endpoints.choose()
            failed = True
            last: RetortError
            try:
                answer = self._attempt(exchange, endpoint)
                failed = False
                return answer
            except RetortError as error:
                faults += isinstance(error, InternalFault)
                failed = may_help_to_retry(error) and faults < _FAULTS
                last = error
            except (OSError, http.client.HTTPException) as error:
                last = ServiceUnavailable(
                    f"{endpoint.address}: {type(error).__name__}: {error}",
                    hint="is 'retort serve' running there?",
                )
                last.__cause__ = error
            finally:
                self._endpoints.release(endpoint, failed=failed)
            patience = self._patience * (_OVERLOADED if last.code == "overloaded" else 1)
            if not failed or exchange.call.is_done or time.monotonic() + pause > started + patience:
                raise last
            # Apart from each other, or all who were turned away come back at once.
            time.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(_LONGEST_PAUSE, pause * 2)

    def _attempt(self, exchange: _Exchange, endpoint: Endpoint) -> dict[str, Any]:
        connection, was_used = self._endpoints.connection(endpoint)
        try:
            return self._exchange(exchange, endpoint, connection)
        except (ConnectionError, http.client.RemoteDisconnected, http.client.CannotSendRequest):
            connection.close()
            if not was_used or exchange.call.is_done:
                raise
        except BaseException:
            connection.close()
            raise
        # The server closed a connection that lay idle: that says nothing about the server.
        fresh = endpoint.address.connect(10.0)
        try:
            return self._exchange(exchange, endpoint, fresh)
        except BaseException:
            fresh.close()
            raise

    def _exchange(
        self, exchange: _Exchange, endpoint: Endpoint, connection: http.client.HTTPConnection
    ) -> dict[str, Any]:
        call = exchange.call
        verb, path = _ROUTES[call.method]
        streams = call.on_result is not None
        headers = {"Accept": "application/x-ndjson" if streams else "application/json"}
        if verb == "POST":
            headers["Content-Type"] = "application/json"
        token = self._token()
        if token:
            headers["Authorization"] = f"Bearer {token}"
        exchange.use(connection)
        connection.request(verb, endpoint.address.prefix + path, call.params if verb == "POST" else None, headers)
        response = connection.getresponse()
        if response.status != 200:
            raise _refusal(response, str(endpoint.address))
        answer = _read_lines(response, call) if streams else _read_object(response)
        exchange.use(None)
        self._endpoints.keep(endpoint, connection)
        return answer


class _Exchange:
    """One request and the connection that it uses now, so that a caller who leaves can hang up."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self._connection: http.client.HTTPConnection | None = None
        self._lock = threading.Lock()

    def use(self, connection: http.client.HTTPConnection | None) -> None:
        """Says what the request travels on now; one that nobody waits for any more is stopped by its caller."""
        with self._lock:
            self._connection = connection

    def hang_up(self) -> None:
        """Ends the connection in use, which makes the server end what it runs for us."""
        with self._lock:
            if self._connection is not None and self._connection.sock is not None:
                with contextlib.suppress(OSError):
                    self._connection.sock.shutdown(socket.SHUT_RDWR)

    def forget(self) -> None:
        """Closes a forked child's end of a connection that the parent uses."""
        if self._connection is not None:
            self._connection.close()


def _read_object(response: http.client.HTTPResponse) -> dict[str, Any]:
    answer = _parse(response.read())
    return {"languages": answer} if isinstance(answer, list) else answer


def _read_lines(response: http.client.HTTPResponse, call: Call) -> dict[str, Any]:
    """Passes each line on; the engine numbers the items, so that a line's `id` is its place."""
    while line := response.readline():
        result = _parse(line)
        if "code" in result and "status" in result:
            raise problem_error(result)
        call.deliver(int(result["id"]), result)
    response.close()
    # A stream that breaks off looks like one that ends.
    if call.missing:
        raise ServiceUnavailable(f"the answer broke off with {call.missing} results missing")
    return {}


def _parse(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise ServiceUnavailable(f"an answer that is no JSON: {body[:200]!r}") from error


def _refusal(response: http.client.HTTPResponse, origin: str) -> RetortError:
    body = response.read(1 << 20)
    try:
        problem = json.loads(body)
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        problem = {"detail": f"status {response.status} {response.reason}: {body[:200]!r}"}
    return problem_error(problem, status=response.status, origin=origin)


_clients: weakref.WeakSet[HTTPClient] = weakref.WeakSet()


def _after_fork_in_child() -> None:
    for client in list(_clients):
        client.after_fork()


os.register_at_fork(after_in_child=_after_fork_in_child)
