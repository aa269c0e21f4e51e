"""Worker processes that an interrupt doesn't reach and that never outlive the command."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

__all__ = ["workers"]


@contextmanager
def workers(count: int) -> Generator[Executor | None]:
    """Give an executor with so many processes; none for one, since this process will do.

    Its work in progress is given up when the context ends.
    """
    if count == 1:
        yield None
        return
    # Spawned, not forked: a worker then holds nothing of ours, and ends when we do.
    executor = ProcessPoolExecutor(count, get_context("spawn"), initializer=_start_worker)
    try:
        with _interrupts_held():
            for ready in [executor.submit(os.getpid) for _ in range(count)]:
                ready.result()
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held() -> Generator[None]:
    """Let an interrupt wait, where the system can: workers that start meanwhile never see one."""
    mask = getattr(signal, "pthread_sigmask", None)
    if mask is None:
        yield
        return
    before = mask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)


def _start_worker() -> None:
    # An interrupt goes to every process of a terminal; what to do about it is ours to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    """End this process when its parent is gone, however that went."""
    parent.join()
    os._exit(1)
