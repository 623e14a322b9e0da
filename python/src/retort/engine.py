"""The engine: one object that scores, runs and generates, whatever carries its requests."""

from __future__ import annotations

import asyncio
import concurrent.futures
import functools
import json
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, TypeVar, cast

from retort.binary import find_binary
from retort.child.client import ChildClient
from retort.errors import EngineClosed, EngineTimeout, RequestRefused
from retort.http.client import HTTPClient
from retort.programs import run_params
from retort.records import Generated, Health, Limits, Rollout, RunResult, Score, Snippet
from retort.settings import Settings, rewards_text
from retort.steps import Send, Steps, asking, scoring
from retort.streaming import ScoreStream
from retort.transport import Call, Transport

T = TypeVar("T")


class Engine:
    """Scores rollouts, runs programs and makes tasks, in a child process or on servers.

    Without a `url` the `retort` program is started as a child on first use and ends with this process. A `url` is
    `http://host:port`, `unix:///path`, or several with commas between them. An engine may be used from any number of
    threads and event loops, goes through a fork, and is pickled by its settings.
    """

    def __init__(
        self,
        *,
        url: str | None = None,
        token: str | None = None,
        token_file: str | None = None,
        binary: str | None = None,
        arguments: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        preset: str | None = None,
        rewards: Mapping[str, Any] | str | None = None,
        timeout: float | None = None,
        retries: int = 2,
        stall_after: float = 120.0,
    ) -> None:
        """Starts nothing yet.

        - `arguments`, `environment`: more for the child, as in `retort serve --help`.
        - `preset`, `rewards`: how to reward where a request does not say; at most one of them.
        - `timeout`: seconds for one call, after which it raises `EngineTimeout` and its runs are stopped.
        - `retries`: how often a rollout is sent again that came back without a reward because of a fault of ours.
        - `stall_after`: seconds of silence after which a child is asked for its health, and then again to be replaced.
        """
        if preset is not None and rewards is not None:
            raise RequestRefused("both a preset and rewards are given", hint="give one of them")
        self._assemble(
            Settings(
                url=url,
                token=token,
                token_file=token_file,
                binary=binary,
                arguments=tuple(arguments),
                environment=tuple(sorted((environment or {}).items())),
                preset=preset,
                rewards=rewards_text(rewards),
                timeout=timeout,
                retries=retries,
                stall_after=stall_after,
            )
        )

    @classmethod
    def of(cls, settings: Settings) -> Engine:
        """Makes the engine that these settings describe."""
        engine = cls.__new__(cls)
        engine._assemble(settings)
        return engine

    @property
    def settings(self) -> Settings:
        """What tells this engine from another."""
        return self._settings

    # MARK: Scoring

    def score(
        self,
        items: Iterable[Rollout | Mapping[str, Any]],
        *,
        preset: str | None = None,
        rewards: Mapping[str, Any] | str | None = None,
        detail: bool = False,
        timeout: float | None = None,
    ) -> list[Score]:
        """Scores rollouts and returns their score lines in the order of the items.

        `reward` is None exactly when `infra_error` is 1; the line of an item that is no rollout has `error` besides.
        """
        return self._take(self._scoring(items, preset, rewards, detail), timeout)

    async def ascore(
        self,
        items: Iterable[Rollout | Mapping[str, Any]],
        *,
        preset: str | None = None,
        rewards: Mapping[str, Any] | str | None = None,
        detail: bool = False,
        timeout: float | None = None,
    ) -> list[Score]:
        """Scores as `score` does, without blocking the event loop; cancelling it stops what it runs."""
        return await self._atake(self._scoring(items, preset, rewards, detail), timeout)

    def score_iter(
        self,
        items: Iterable[Rollout | Mapping[str, Any]],
        *,
        preset: str | None = None,
        rewards: Mapping[str, Any] | str | None = None,
        detail: bool = False,
    ) -> Iterator[tuple[int, Score]]:
        """Gives each item's place and score line as soon as it is there, in any order and each once.

        The items may be an endless stream: only so many are read ahead as are under way.
        """
        options = {**self._scoring_options(preset, rewards, detail), "stream": True}
        return ScoreStream(self._submit, options, self._settings.retries).over(items)

    # MARK: Running and generating

    def run(
        self,
        program: str | bytes,
        language: str,
        *,
        stdin: str | bytes | None = None,
        args: Sequence[str] = (),
        files: Mapping[str, str | bytes] | None = None,
        limits: Limits | None = None,
        timeout: float | None = None,
    ) -> RunResult:
        """Runs one program and says exactly what it did; whatever it did is a result, never an error."""
        params = run_params(program, language, stdin=stdin, args=args, files=files, limits=limits)
        return cast(RunResult, self._take(asking("run", params), timeout))

    async def arun(
        self,
        program: str | bytes,
        language: str,
        *,
        stdin: str | bytes | None = None,
        args: Sequence[str] = (),
        files: Mapping[str, str | bytes] | None = None,
        limits: Limits | None = None,
        timeout: float | None = None,
    ) -> RunResult:
        """Runs one program as `run` does, without blocking the event loop."""
        params = run_params(program, language, stdin=stdin, args=args, files=files, limits=limits)
        return cast(RunResult, await self._atake(asking("run", params), timeout))

    def generate(
        self, snippets: Iterable[Snippet | Mapping[str, Any]], *, timeout: float | None = None, **options: Any
    ) -> Generated:
        """Makes tasks of snippets; the options are the service's (`format`, `seed`, `tasks_per_snippet` and so on)."""
        return cast(Generated, self._take(asking("tasks", {"snippets": list(snippets), **options}), timeout))

    async def agenerate(
        self, snippets: Iterable[Snippet | Mapping[str, Any]], *, timeout: float | None = None, **options: Any
    ) -> Generated:
        """Makes tasks as `generate` does, without blocking the event loop."""
        return cast(Generated, await self._atake(asking("tasks", {"snippets": list(snippets), **options}), timeout))

    def languages(self, *, timeout: float | None = None) -> list[dict[str, Any]]:
        """Lists the languages that can be run, with their toolchains."""
        answer = self._take(asking("languages", {}), timeout)
        return cast("list[dict[str, Any]]", answer["languages"])

    def health(self, *, timeout: float | None = None) -> Health:
        """Says how the engine is; `status` is `ok` when programs can be run."""
        return cast(Health, self._take(asking("health", {}), timeout))

    # MARK: Life

    _finalizer: weakref.finalize[[], Engine]

    def close(self) -> None:
        """Ends the child or the connections; what is under way fails with `EngineClosed`."""
        self._finalizer.detach()
        self._transport.close()
        self._closed = True

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __getstate__(self) -> Settings:
        return self._settings

    def __setstate__(self, settings: Settings) -> None:
        self._assemble(settings)

    def __repr__(self) -> str:
        return f"Engine(url={self._settings.url!r})" if self._settings.url else "Engine()"

    def _assemble(self, settings: Settings) -> None:
        self._settings = settings
        self._closed = False
        transport = _transport(settings)
        self._transport: Transport = transport
        self._finalizer = weakref.finalize(self, transport.abandon)
        # At the end of the program the children are waited for instead.
        self._finalizer.atexit = False

    def _take(self, steps: Steps[T], timeout: float | None) -> T:
        """Does what the steps want, waiting for it."""
        try:
            want = next(steps)
            while True:
                if isinstance(want, Send):
                    self._submit(want.call)
                    want = next(steps)
                else:
                    want = steps.send(self._wait(want.call, timeout))
        except StopIteration as end:
            return cast(T, end.value)
        finally:
            steps.close()

    async def _atake(self, steps: Steps[T], timeout: float | None) -> T:
        """Does what the steps want without blocking the event loop."""
        try:
            want = next(steps)
            while True:
                if isinstance(want, Send):
                    await self._asubmit(want.call)
                    want = next(steps)
                else:
                    want = steps.send(await self._await(want.call, timeout))
        except StopIteration as end:
            return cast(T, end.value)
        finally:
            steps.close()

    def _submit(self, call: Call) -> Call:
        if self._closed:
            raise EngineClosed("the engine is closed")
        self._transport.submit(call)
        return call

    async def _asubmit(self, call: Call) -> Call:
        if self._closed:
            raise EngineClosed("the engine is closed")
        if not self._transport.try_submit(call):
            await asyncio.get_running_loop().run_in_executor(None, self._transport.submit, call)
        return call

    def _wait(self, call: Call, timeout: float | None) -> dict[str, Any]:
        seconds = self._settings.timeout if timeout is None else timeout
        try:
            return call.future.result(seconds)
        except (TimeoutError, concurrent.futures.TimeoutError) as error:
            raise _late(seconds) from error
        finally:
            call.future.cancel()

    async def _await(self, call: Call, timeout: float | None) -> dict[str, Any]:
        seconds = self._settings.timeout if timeout is None else timeout
        try:
            return await asyncio.wait_for(asyncio.wrap_future(call.future), seconds)
        except (TimeoutError, asyncio.TimeoutError) as error:
            raise _late(seconds) from error

    def _scoring(
        self,
        items: Iterable[Mapping[str, Any]],
        preset: str | None,
        rewards: Mapping[str, Any] | str | None,
        detail: bool,
    ) -> Steps[list[Score]]:
        return scoring(items, self._scoring_options(preset, rewards, detail), self._settings.retries)

    def _scoring_options(
        self, preset: str | None, rewards: Mapping[str, Any] | str | None, detail: bool
    ) -> dict[str, Any]:
        options: dict[str, Any] = {"detail": True} if detail else {}
        if preset is None and rewards is None:
            preset, rewards = self._settings.preset, self._settings.rewards
        if preset is not None and rewards is not None:
            raise RequestRefused("both a preset and rewards are given", hint="give one of them")
        if preset is not None:
            options["preset"] = preset
        if rewards is not None:
            options["rewards"] = json.loads(rewards) if isinstance(rewards, str) else dict(rewards)
        return options


def _late(seconds: float | None) -> EngineTimeout:
    return EngineTimeout(f"no answer in {seconds:g} s" if seconds is not None else "no answer in time")


def _transport(settings: Settings) -> ChildClient | HTTPClient:
    if settings.url is not None:
        return HTTPClient(settings.url, settings.bearer_token)
    return ChildClient(
        functools.partial(_command, settings), dict(settings.environment), stall_after=settings.stall_after
    )


def _command(settings: Settings) -> list[str]:
    return [find_binary(settings.binary), "serve", "--stdio", *settings.arguments]
