"""Which version each kind of document is in, and how older ones are brought up to it."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["MIGRATIONS", "Migration", "Migrations"]

#: One step, from a document's fields in one version to its fields in the next; it returns a new
#: dict and leaves its argument alone.
Migration = Callable[[dict[str, Any]], dict[str, Any]]
Migrations = Mapping[str, tuple[Migration, ...]]

#: The steps of each kind: the first leads from version 1 to 2, the second from 2 to 3.
#: A kind that is not named here is in version 1, so its version never has to be written twice.
MIGRATIONS: Migrations = types.MappingProxyType({})
