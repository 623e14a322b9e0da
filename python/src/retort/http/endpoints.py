"""Chooses among servers, and keeps their connections open between requests."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Sequence

from retort.http.address import Address

_IDLE_CONNECTIONS = 64
_REST = 2.0
# A server is told apart from a slow one by not even taking the connection.
_CONNECT_TIMEOUT = 10.0


class Endpoint:
    """One server: how much it has to do for us, since when it rests, and its idle connections."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.in_flight = 0
        self.rests_until = 0.0
        self.idle: list[http.client.HTTPConnection] = []


class Endpoints:
    """The servers of one client."""

    def __init__(self, addresses: Sequence[Address], timeout: float | None) -> None:
        self._timeout = timeout
        self._lock = threading.Lock()
        self._endpoints = [Endpoint(address) for address in addresses]

    def choose(self) -> Endpoint:
        """Takes the server with the least in flight; those that failed of late only when all did."""
        now = time.monotonic()
        with self._lock:
            endpoint = min(self._endpoints, key=lambda endpoint: (endpoint.rests_until > now, endpoint.in_flight))
            endpoint.in_flight += 1
        return endpoint

    def release(self, endpoint: Endpoint, *, failed: bool) -> None:
        """Says that the request is over; a server that failed is left alone for a while."""
        with self._lock:
            endpoint.in_flight -= 1
            endpoint.rests_until = time.monotonic() + _REST if failed else 0.0

    def connection(self, endpoint: Endpoint) -> tuple[http.client.HTTPConnection, bool]:
        """Gives an open connection, and whether it was used before (its server may have closed it since)."""
        with self._lock:
            if endpoint.idle:
                return endpoint.idle.pop(), True
        connection = endpoint.address.connect(_CONNECT_TIMEOUT)
        connection.connect()
        sock: socket.socket = connection.sock
        sock.settimeout(self._timeout)
        return connection, False

    def keep(self, endpoint: Endpoint, connection: http.client.HTTPConnection) -> None:
        """Takes a connection back whose answer was read to its end."""
        with self._lock:
            if connection.sock is not None and len(endpoint.idle) < _IDLE_CONNECTIONS:
                endpoint.idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Closes the idle connections."""
        with self._lock:
            idle = [connection for endpoint in self._endpoints for connection in endpoint.idle]
            for endpoint in self._endpoints:
                endpoint.idle.clear()
        for connection in idle:
            connection.close()

    def after_fork(self) -> None:
        """Lets go of connections that the parent goes on using."""
        self._lock = threading.Lock()
        for endpoint in self._endpoints:
            endpoint.in_flight = 0
        self.close()
