"""One running `retort serve --stdio`: its streams, its last words and its end."""

from __future__ import annotations

import collections
import contextlib
import fcntl
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence

_PIPE_SIZE = 1 << 20
_TAIL_LINES = 20
_TAIL_LINE_LENGTH = 2000

# Held while a process is made: a fork in that moment would give the new pipes to a child that knows nothing of them.
_spawning = threading.Lock()


class ServerProcess:
    """A child process with three pipes, of which only this process holds the other ends."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._tail: collections.deque[str] = collections.deque(maxlen=_TAIL_LINES)
        with _spawning:
            self._popen = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                close_fds=True,
                # Ctrl-C is for the trainer; it closes the engine when it is done with it.
                start_new_session=True,
                env={**os.environ, **environment},
            )
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        assert self._popen.stderr is not None
        self._stdin = self._popen.stdin
        self._streams = (self._popen.stdin, self._popen.stdout, self._popen.stderr)
        self.stdout = self._popen.stdout.fileno()
        self.stderr = self._popen.stderr.fileno()
        for stream in self._streams:
            with contextlib.suppress(OSError):
                fcntl.fcntl(stream.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_SIZE)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._popen.pid

    @property
    def last_words(self) -> str:
        """The last lines of its standard error."""
        return "\n".join(self._tail)

    def write(self, data: bytes) -> None:
        """Writes all of it, waiting for the process to read; raises `OSError` when it is gone."""
        view = memoryview(data)
        while view:
            written = self._stdin.write(view)
            view = view[written or 0 :]

    def close_stdin(self) -> None:
        """Asks the process to end."""
        with contextlib.suppress(OSError):
            self._stdin.close()

    def remember(self, text: bytes) -> None:
        """Keeps what the process said on standard error, as far as the last lines go."""
        for line in text.decode("utf-8", errors="replace").splitlines():
            self._tail.append(line[:_TAIL_LINE_LENGTH])

    def kill(self) -> None:
        """Ends the process at once, and whatever it started."""
        if self._popen.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, signal.SIGKILL)

    def end(self, patience: float = 5.0) -> str:
        """Waits for the process to end, with force when it does not, and says how it ended."""
        self.close_stdin()
        try:
            status = self._popen.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            status = self._popen.wait()
        self._read_last_words()
        for stream in self._streams:
            with contextlib.suppress(OSError):
                stream.close()
        if status < 0:
            with contextlib.suppress(ValueError):
                return f"was ended by {signal.Signals(-status).name}"
            return f"was ended by signal {-status}"
        return f"ended with exit code {status}"

    def _read_last_words(self) -> None:
        """Takes what the process said before it ended; whoever else has the pipe is not waited for."""
        os.set_blocking(self.stderr, False)
        with contextlib.suppress(BlockingIOError):
            while data := os.read(self.stderr, 1 << 16):
                self.remember(data)

    def forget(self) -> None:
        """Lets go of the pipes in a forked child, where the process is none of its own."""
        self._popen.returncode = 0
        for stream in self._streams:
            with contextlib.suppress(OSError):
                stream.close()


def _after_fork_in_child() -> None:
    global _spawning
    _spawning = threading.Lock()


os.register_at_fork(
    before=lambda: _spawning.acquire(),
    after_in_parent=lambda: _spawning.release(),
    after_in_child=_after_fork_in_child,
)
