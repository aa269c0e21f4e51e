"""The guidance as the naive validator reads it: the packs' JSON files, laid over each other.

It reads the files with `json` alone and shares no code with the library, so a mistake in the
library's loading or layering shows as a difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Limits = dict[str, tuple[int, int, int]]
PACKS = ("foundation", "article", "clinical-safety")
DATA = Path(__file__).parents[2] / "src" / "sciatica_pt" / "guidance" / "data"


class Book:
    """All that the three packs say, as plain dictionaries."""

    def __init__(self) -> None:
        packs = [json.loads((DATA / f"{name}.json").read_text("utf-8")) for name in PACKS]
        self.refs = [{"id": pack["id"], "version": pack["version"]} for pack in packs]
        self.activities: dict[str, Json] = self._merge(packs, "activities", "id")
        self.rules: dict[str, Json] = self._merge(packs, "rules", "code")
        self.flags = list(self._merge(packs, "red_flags", "id").values())
        self.ladders = list(self._merge(packs, "ladders", "id").values())
        self.restrictions = list(self._merge(packs, "restrictions", "id").values())
        self.equipment = sorted(self._merge(packs, "equipment", "id"))
        asked = [item["fact"] for pack in packs for item in pack.get("questions", [])]
        self.conditions = sorted({f["value"] for f in asked if f["kind"] == "condition"})
        self._amend_rules(packs)
        # (activity, phase) -> the kind of dose, and the limits of each number.
        self.doses: dict[tuple[str, str], tuple[str, Limits]] = {}
        for activity in self.activities.values():
            for offer in activity.get("doses", []):
                self._lay(activity["id"], offer)
        for pack in packs:
            for change in pack.get("amendments", []):
                for offer in change.get("doses", []):
                    self._lay(change["activity"], offer)
                for phase in change.get("withheld", []):
                    self.doses.pop((change["activity"], phase), None)

    @staticmethod
    def _merge(packs: list[Json], field: str, key: str) -> dict[str, Json]:
        return {item[key]: item for pack in packs for item in pack.get(field, [])}

    def _amend_rules(self, packs: list[Json]) -> None:
        for pack in packs:
            for change in pack.get("rule_amendments", []):
                rule = self.rules[change["code"]]
                if change.get("severity"):
                    rule["severity"] = change["severity"]
                changed = {item["name"]: item for item in change.get("parameters", [])}
                for item in rule.get("parameters", []):
                    item.update(changed.get(item["name"], {}))

    def _lay(self, activity: str, offer: Json) -> None:
        for phase in offer["phases"]:
            kind, limits = self.doses.get((activity, phase), (offer["kind"], {}))
            if kind != offer["kind"]:
                limits = {}
            over = {
                item["parameter"]: (
                    item["minimum"],
                    item["maximum"],
                    item["minimum"] if item.get("start") is None else item["start"],
                )
                for item in offer["limits"]
            }
            self.doses[activity, phase] = (offer["kind"], {**limits, **over})

    def number(self, code: str) -> int:
        """Return the one number of a rule."""
        (parameter,) = self.rules[code]["parameters"]
        value: int = parameter["value"]
        return value
