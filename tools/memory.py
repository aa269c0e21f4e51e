"""How much memory this process and its workers hold, where the system tells (Linux)."""

from __future__ import annotations

from multiprocessing import active_children
from pathlib import Path

__all__ = ["held", "told"]


def held(pid: int | str = "self") -> tuple[float, float]:
    """Return what a process holds and the most that it ever held, in MB."""
    words = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").split()
    now, most = (int(words[words.index(name) + 1]) for name in ("VmRSS:", "VmHWM:"))
    return now / 1024, most / 1024


def told() -> str:
    """Return the same in words, for this process and each of its workers."""
    pids = ["self", *(str(child.pid) for child in active_children())]
    return ", ".join(f"{now:.0f} ({most:.0f})" for now, most in map(held, pids))
