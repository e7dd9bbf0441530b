"""Worker processes that may hang, crash or be killed: each loses only the task it was at.

A task is answered by a stream of messages. A worker goes on while the consumer deals with its
last messages, but not far: memory holds a few messages for each worker, however many tasks there
are. A single worker takes turns with the consumer, so that one job is one core's work.

Workers are plain child processes of `python -c`, alike on every system: they import what the work
needs and nothing of the caller's main program.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from itertools import count
from typing import Any, BinaryIO, Generic, NamedTuple, TypeVar

from .derived import DERIVED
from .language.messages import _, speak, spoken
from .process import set_up, too_late

T = TypeVar("T")
M = TypeVar("M")

_BOOT = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer);"
    f" from {__name__} import serve; serve()"
)
_POLL = 0.2  # seconds between looks at the clock
_READY = "ready"
_AHEAD = 6  # messages of a worker that wait for the consumer: two documents', and their files' ends


def limit(path: str, seconds: float) -> float:
    """The most seconds for one text of a file: so many, or so many for each megabyte of it.

    Of an archive or a table, whose texts are many, the size says nothing of one.
    """
    with suppress(OSError):
        return limit_of_size(path, os.path.getsize(path), seconds)
    return seconds


def limit_of_size(name: str, size: int, seconds: float) -> float:
    """`limit` for content of so many bytes that a file of this name holds."""
    from .read.kinds import STREAMS, by_suffix

    return seconds if by_suffix(name) in STREAMS else seconds * max(1.0, size / 1e6)


class Failure(NamedTuple):
    """The end of a task whose worker raised, was too slow or died; `reason` says which."""

    reason: str


class Done(NamedTuple):
    """The end of a task that was done whole."""


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool(Generic[T, M]):
    """Runs `work(task)`, which yields messages, for many tasks in `jobs` processes.

    `work`, tasks and messages are pickled, functions by name. A worker that is silent for more
    seconds than `timeout(task)` is killed, and another takes its place. As a context manager it
    ends its workers; until then those of one `run` serve the next.
    """

    def __init__(
        self, work: Callable[[T], Iterable[M]], jobs: int, timeout: Callable[[T], float]
    ) -> None:
        self._boot = b"".join(map(pickle.dumps, (sys.path, spoken(), work)))
        self._jobs = jobs
        self._timeout = timeout
        self._inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[tuple[_Worker, Any, Any]] = queue.SimpleQueue()
        self._again: deque[T] = deque()
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool[T, M]:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the workers, whatever they are at; a run that was broken off is the pool's last."""
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    def again(self, task: T) -> None:
        """Puts a task before the others; for the consumer of `run`."""
        self._again.append(task)

    def run(self, tasks: Iterable[T]) -> Generator[tuple[T, M | Done | Failure], None, None]:
        """Each task's messages as they come, at last `Done` or a `Failure`.

        `tasks` is read as workers come free. Raises RuntimeError when no worker can start.
        """
        waiting = iter(tasks)
        given = 0
        try:
            while True:
                while self._inbox.qsize() < self._jobs:
                    try:
                        task = self._again.popleft() if self._again else next(waiting)
                    except StopIteration:
                        break
                    if len(self._workers) < self._jobs:
                        ahead = 1 if self._jobs == 1 else _AHEAD
                        self._workers.append(
                            _Worker(self._boot, self._inbox, self._outbox, ahead, self._timeout)
                        )
                    self._inbox.put(task)
                    given += 1
                if not given:
                    return
                worker, task, message = self._hear()
                yield task, message
                given -= isinstance(message, (Done, Failure))
                worker.go_on()
        except BaseException:
            self.close()  # a task is not done, and no later run may hear of it
            raise

    def _hear(self) -> tuple[_Worker, Any, Any]:
        looked = time.monotonic()
        while True:
            with suppress(queue.Empty):
                worker, task, message = self._outbox.get(timeout=_POLL)
                if isinstance(message, BaseException):
                    raise message
                return worker, task, message
            now = time.monotonic()
            # After a pause of the whole machine nobody is late.
            slept, looked = now - looked > 10 * _POLL, now
            for each in self._workers:
                each.look(now, slept)


class _Worker:
    """One process and the thread that talks with it."""

    def __init__(
        self,
        boot: bytes,
        inbox: queue.SimpleQueue[Any],
        outbox: queue.SimpleQueue[tuple[_Worker, Any, Any]],
        ahead: int,
        timeout: Callable[[Any], float],
    ) -> None:
        self._boot = boot
        self._inbox = inbox
        self._outbox = outbox
        self._ahead = ahead
        self._timeout = timeout
        self._limit = 0.0  # for the task that it is at
        self._room = threading.Semaphore(ahead - 1)
        self._stopped = False
        self._process: subprocess.Popen[bytes] | None = None
        self._clock = threading.Lock()
        self._since: float | None = None  # since when it has been silent; None: it may be
        self._late: float | None = None  # the limit for which it was killed
        threading.Thread(target=self._talk, daemon=True).start()

    def go_on(self) -> None:
        self._room.release()

    def look(self, now: float, slept: bool) -> None:
        with self._clock:
            if self._since is None or self._process is None:
                return
            if slept:
                self._since = now
            elif now - self._since > self._limit:
                self._late = self._limit
                self._process.kill()

    def stop(self) -> None:
        self._stopped = True
        self._inbox.put(None)
        self._room.release(self._ahead)
        process = self._process
        if process is not None:
            process.kill()
            process.wait()

    def _talk(self) -> None:
        task = None
        try:
            while not self._stopped:
                task = self._inbox.get()
                if not self._stopped:
                    self._answer(task)
        except Exception as error:  # noqa: BLE001 - raised anew where the messages are read
            self._outbox.put((self, task, error))
        finally:
            self._bury()

    def _answer(self, task: Any) -> None:
        if self._process is not None and self._process.poll() is not None:
            self._bury()  # it was killed while it waited
        process = self._process or self._start()
        self._limit = self._timeout(task)
        assert process.stdin is not None and process.stdout is not None
        try:
            pickle.dump(task, process.stdin)
            process.stdin.flush()
            while True:
                self._since = time.monotonic()
                message = pickle.load(process.stdout)
                with self._clock:
                    self._since = None
                if isinstance(message, (Done, Failure)):
                    break
                self._post(task, message)
        except (EOFError, OSError, pickle.UnpicklingError):
            with self._clock:
                self._since = None
            message = Failure(self._obituary(self._bury()))
        if self._late is not None:  # it had just answered when its time was up
            self._late = None
            self._bury()
        self._post(task, message)

    def _post(self, task: Any, message: Any) -> None:
        self._outbox.put((self, task, message))
        self._room.acquire()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", _BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is the consumer's to handle
        )
        self._process = process
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(self._boot)
            process.stdin.flush()
            answer = pickle.load(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            answer = _("it ended with status {status}", status=self._bury())
        if answer != _READY:
            raise RuntimeError(_("a worker process cannot start: {why}", why=answer))
        return process

    def _bury(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        with process:  # closes its pipes and waits for it
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()
        return process.returncode

    def _obituary(self, status: int) -> str:
        late, self._late = self._late, None
        if late is not None:
            return too_late(late)
        try:
            how = _("of {signal}", signal=signal.Signals(-status).name)
        except ValueError:
            how = _("with status {status}", status=status)
        return _(
            "its reader died {how}; look at the file, it may need more memory than there is",
            how=how,
        )


def serve() -> None:
    """The worker's side: tasks from standard input, messages to standard output."""
    set_up()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox = sys.stdin.buffer
    outbox = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the messages
    parent = os.getppid()
    threading.Thread(target=_outlive, args=(parent,), daemon=True).start()
    try:
        speak(pickle.load(inbox))
        work = pickle.load(inbox)
    except Exception as error:  # noqa: BLE001 - whatever an import may raise
        _say(outbox, _name(error))
        return
    _say(outbox, _READY)
    # The consumer is gone when a pipe ends or breaks; nothing is left to do then.
    with suppress(EOFError, BrokenPipeError):
        for number in count():
            task = pickle.load(inbox)
            end: Done | Failure = Done()
            try:
                for message in work(task):
                    _say(outbox, message)
            except Exception as error:  # noqa: BLE001 - one task's, which must not lose others
                end = Failure(_("internal error ({error}); please report it", error=_name(error)))
            _say(outbox, end)
            if not number:  # most of what there is to keep; each time would cost more than it saves
                DERIVED.save()
    os._exit(0)


def _say(outbox: BinaryIO, message: Any) -> None:
    outbox.write(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))
    outbox.flush()


def _outlive(parent: int) -> None:
    """Ends a worker that hangs after the consumer was killed."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _name(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:120]}".removesuffix(": ")
