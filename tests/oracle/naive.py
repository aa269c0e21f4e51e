"""A second validator, deliberately naive: one paragraph of plain Python for each rule's text.

It knows a routine and a profile as decoded JSON, and shares nothing with the library but the
sentences of the guidance.
`judge` returns for each rule that looked at anything the worst of what it saw.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

from .book import Book, Json, Limits

FAIL, ASK, PASS = "fail", "indeterminate", "pass"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Entry:
    """One prescription, with what the guidance says of it."""

    def __init__(self, book: Book, phase: str, given: Json, day: str | None) -> None:
        self.given = given
        self.id: str = given["activity"]
        self.dose: Json = given["dose"]
        self.day = day
        self.known: Json | None = book.activities.get(self.id)
        offer = book.doses.get((self.id, phase))
        self.kind = offer[0] if offer else None
        self.limits: Limits = offer[1] if offer else {}
        self.right_kind = self.kind == self.dose["type"]
        self.technique = self.known["technique"] if self.known else None
        self.stage = self.known["stage"] if self.known else None
        self.type = self.known["type"] if self.known else None
        forms = self.known.get("forms", []) if self.known else []
        self.form: Json | None = next((f for f in forms if f["id"] == given["form"]), None)

    def work(self) -> int:
        """Seconds of exercise: rounds of work with the rests between them."""
        if self.dose["type"] in ("continuous", "application"):
            return int(self.dose["duration_seconds"])
        if self.dose["type"] == "recurring":
            return 0
        rounds = self.dose["sets"] * (2 if self.dose["per_side"] else 1)
        hold = self.dose["hold_seconds"] or 0
        one = hold
        if self.dose["type"] == "repetitions":
            one = self.dose["reps"] * (self.dose["rep_seconds"] + hold)
        return int(rounds * one + (rounds - 1) * self.dose["rest_seconds"])

    def booked(self) -> int:
        """Seconds in the calendar: the work, and a beginner's set-up."""
        return self.work() + self.limits.get("setup_seconds", (0, 0, 0))[2]


class Case:
    """A routine and a person, and one method for each rule."""

    def __init__(self, book: Book, routine: Json, person: Json | None) -> None:
        self.book, self.routine, self.person = book, routine, person
        self.phase: str = routine["phase"]
        self.sessions = [
            (
                session["day"],
                [Entry(book, self.phase, p, session["day"]) for p in session["prescriptions"]],
            )
            for session in routine["sessions"]
        ]
        self.booked = [entry for _, entries in self.sessions for entry in entries]
        self.habits = [Entry(book, self.phase, p, None) for p in routine["habits"]]
        self.all = self.booked + self.habits

    def holds(self, fact: Json) -> bool | None:
        """Is a fact true of the person? `None` when nobody knows."""
        if self.person is None:
            return None
        kind, value = fact["kind"], fact["value"]
        if kind == "flare":
            flare: bool | None = self.person["flare"]
            return flare
        if kind in ("condition", "provocation"):
            yes, no = {
                "condition": ("conditions", "ruled_out"),
                "provocation": ("provoked_by", "not_provoked_by"),
            }[kind]
            rest = kind == "condition" and self.person["others_ruled_out"]
            known = value in self.person[yes] or value in self.person[no] or rest
            return value in self.person[yes] if known else None
        said = self.person[kind.replace("-", "_")]
        return None if said is None else said == value

    def about(self, code: str) -> list[Entry]:
        """The known activities that a rule about single activities speaks of."""
        rule = self.book.rules[code]
        return [
            entry
            for entry in self.all
            if entry.known
            and (not rule.get("techniques") or entry.technique in rule["techniques"])
            and (not rule.get("stages") or entry.stage in rule["stages"])
        ]

    def bounds(self, code: str) -> Iterator[str]:
        """SPT101 to SPT103: each number lies between its limits; one left out is a question."""
        for entry in self.about(code):
            for number in self.book.rules[code]["dose_parameters"]:
                if entry.right_kind and number in entry.limits and number in entry.dose:
                    low, high, _ = entry.limits[number]
                    value = entry.dose[number]
                    if value is None:
                        yield ASK
                    else:
                        yield PASS if low <= value <= high else FAIL

    def earned(self, code: str) -> Iterator[str]:
        """SPT105 to SPT107: above the beginner's number only what was reached before."""
        for entry in self.about(code):
            (number,) = self.book.rules[code]["dose_parameters"]
            value = entry.dose.get(number)
            if not entry.right_kind or number not in entry.limits or value is None:
                continue
            levels = self.person["levels"] if self.person else []
            reached = [x["dose"].get(number) for x in levels if x["activity"] == entry.id]
            done = reached[0] if reached else None
            if value <= entry.limits[number][2] or (done is not None and value <= done):
                yield PASS
            else:
                yield ASK if done is None else FAIL

    def spt104(self) -> Iterator[str]:
        """Stretches that have sides are done on both."""
        for entry in self.about("SPT104"):
            if entry.given["side"] is not None:
                yield PASS if entry.given["side"] == "both" else FAIL

    def spt108(self) -> Iterator[str]:
        """A dose of the kind, and with the sides, that the guidance gives in this phase."""
        for entry in self.about("SPT108"):
            sides = entry.dose.get("per_side", False)
            wanted = entry.type == "exercise" and (entry.known or {}).get("per_side", False)
            yield PASS if entry.right_kind and sides == wanted else FAIL

    def spt201(self) -> Iterator[str]:
        """Something lies between the skin and what must not touch it."""
        for entry in self.about("SPT201"):
            if entry.form and entry.form.get("barrier"):
                fits = entry.given["barrier"] in entry.form["barrier"]["any_of"]
                yield PASS if fits else FAIL

    def suited(self, code: str) -> Iterator[str]:
        """SPT202 and SPT203: heat and cold in the phase, or the flare-up, that they suit."""
        flare = self.person["flare"] if self.person else None
        for entry in self.about(code):
            known = entry.known or {}
            phases, in_flare = known.get("suits_phases", []), known.get("suits_flare", False)
            if entry.type != "modality" or not (phases or in_flare):
                continue
            if self.phase in phases or (in_flare and flare):
                yield PASS
            else:
                yield ASK if in_flare and flare is None else FAIL

    def spt204(self) -> Iterator[str]:
        """What comes in forms has one of them; nothing else has a form."""
        for entry in self.about("SPT204"):
            if entry.type in ("modality", "manual-therapy"):
                yield PASS if entry.form else FAIL
            elif entry.given["form"] is not None:
                yield FAIL

    def spt301(self) -> Iterator[str]:
        """Hands-on treatment is given by one of the professions named for it."""
        for entry in self.about("SPT301"):
            if entry.type == "manual-therapy":
                fits = entry.given["provider"] in (entry.known or {})["providers"]
                yield PASS if fits else FAIL

    def spt302(self) -> Iterator[str]:
        """Nobody thrusts their own spine."""
        for entry in self.about("SPT302"):
            if entry.type == "manual-therapy" and (entry.known or {}).get("thrust"):
                yield PASS if entry.given["provider"] is not None else FAIL

    def spt303(self) -> Iterator[str]:
        """Hands-on treatment has something else beside it in the week's sessions."""
        used = {entry.technique for entry in self.booked if entry.known}
        if "manual-therapy" in used:
            yield PASS if len(used) > 1 else FAIL

    def spt401(self) -> Iterator[str]:
        """A week with any session joins several techniques."""
        if self.booked:
            kinds = {entry.technique for entry in self.all if entry.known}
            yield PASS if len(kinds) >= self.book.number("SPT401") else FAIL

    def present(self, technique: str) -> Iterator[str]:
        """SPT402, SPT404, SPT405: the week holds some of a technique."""
        yield PASS if any(entry.technique == technique for entry in self.all) else FAIL

    def spt404(self) -> Iterator[str]:
        """Strengthening belongs into a week of the chronic phase."""
        if self.phase == "chronic":
            yield from self.present("strengthening")

    def spt403(self) -> Iterator[str]:
        """Something on enough days, as far as there are free ones."""
        wanted = self.book.number("SPT403")
        if self.person:
            wanted = min(wanted, sum(1 for free in self.person["minutes"].values() if free))
        yield PASS if len({day for day, _ in self.sessions}) >= wanted else FAIL

    def spt407(self) -> Iterator[str]:
        """Some habit prompts the person through the day."""
        prompted = any(entry.dose["every_seconds"] is not None for entry in self.habits)
        yield PASS if prompted else FAIL

    def often(self, least: bool) -> Iterator[str]:
        """SPT410 and SPT415: on how many days of the week an activity is done."""
        for name in {entry.id for entry in self.booked}:
            same = [entry for entry in self.booked if entry.id == name]
            if "days_per_week" in same[0].limits:
                low, high, _ = same[0].limits["days_per_week"]
                days = len({entry.day for entry in same})
                yield FAIL if (days < low if least else days > high) else PASS

    def spt411(self) -> Iterator[str]:
        """As many times on a day as guidance says."""
        for day in DAYS:
            for name in {entry.id for entry in self.booked if entry.day == day}:
                same = [e for e in self.booked if e.id == name and e.day == day]
                if "times_per_day" in same[0].limits:
                    low, high, _ = same[0].limits["times_per_day"]
                    yield PASS if low <= len(same) <= high else FAIL

    def spt412(self) -> Iterator[str]:
        """A muscle strengthened on one day rests until the hours are over."""
        worked: dict[str, set[int]] = {}
        for entry in self.booked:
            if entry.technique == "strengthening" and entry.type == "exercise":
                for muscle in (entry.known or {}).get("muscles", []):
                    worked.setdefault(muscle, set()).add(DAYS.index(entry.day or ""))
        for days in worked.values():
            for day in days:
                gap = next(step for step in range(1, 8) if (day + step) % 7 in days)
                yield PASS if gap * 24 >= self.book.number("SPT412") else FAIL

    def spt413(self) -> Iterator[str]:
        """Not too many minutes of aerobic exercise in the week."""
        bouts = [entry for entry in self.booked if entry.technique == "aerobic"]
        if bouts:
            minutes = ceil(sum(entry.work() for entry in bouts) / 60)
            yield PASS if minutes <= self.book.number("SPT413") else FAIL

    def spt414(self) -> Iterator[str]:
        """Hands-on treatment on few days."""
        days = {entry.day for entry in self.booked if entry.technique == "manual-therapy"}
        if days:
            yield PASS if len(days) <= self.book.number("SPT414") else FAIL

    def spt501(self) -> Iterator[str]:
        """Warmth first, cold last, and the others between in their order."""
        order = self.book.rules["SPT501"]["stages"]
        for _, entries in self.sessions:
            places = [order.index(entry.stage) for entry in entries if entry.stage in order]
            if places:
                yield PASS if places == sorted(places) else FAIL

    def spt502(self) -> Iterator[str]:
        """Not too many activities in one session."""
        for _, entries in self.sessions:
            yield PASS if len(entries) <= self.book.number("SPT502") else FAIL

    def spt503(self) -> Iterator[str]:
        """A day takes no more time than the person has."""
        for day in {day for day, _ in self.sessions}:
            if self.person is None:
                yield ASK
            else:
                needed = sum(entry.booked() for entry in self.booked if entry.day == day)
                yield PASS if needed <= 60 * self.person["minutes"][day] else FAIL

    def spt504(self) -> Iterator[str]:
        """Nothing twice in a session."""
        for _, entries in self.sessions:
            yield PASS if len({entry.id for entry in entries}) == len(entries) else FAIL

    def spt505(self) -> Iterator[str]:
        """Few of one technique in a session."""
        for _, entries in self.sessions:
            for technique in self.book.rules["SPT505"]["techniques"]:
                count = sum(entry.technique == technique for entry in entries)
                if count:
                    yield PASS if count <= self.book.number("SPT505") else FAIL

    def spt506(self) -> Iterator[str]:
        """One version of each movement."""
        used = {entry.id for entry in self.booked}
        for ladder in self.book.ladders:
            count = len(used.intersection(ladder["rungs"]))
            if count:
                yield PASS if count == 1 else FAIL

    def spt601(self) -> Iterator[str]:
        """No warning sign is there, and somebody asked for each."""
        for flag in self.book.flags:
            if self.person and set(flag.get("conditions", [])) & set(self.person["conditions"]):
                yield FAIL
            elif self.person is None or self.person["screening"] is None:
                yield ASK
            else:
                said = self.person["screening"]
                if flag["id"] in said["present"]:
                    yield FAIL
                else:
                    no = said["others_absent"] or flag["id"] in said["absent"]
                    yield PASS if no else ASK

    def limited(self, level: str) -> Iterator[str]:
        """SPT602 to SPT604: what a fact forbids, ties to a clearance, or changes."""
        for entry in self.all:
            for limit in self.book.restrictions:
                if limit["level"] != level or entry.id not in limit["activities"]:
                    continue
                true = self.holds(limit["when"])
                if true is None or self.person is None:
                    yield ASK
                elif not true:
                    yield PASS
                elif level == "never":
                    yield FAIL
                elif level == "clearance":
                    cleared = [item["restriction"] for item in self.person["clearances"]]
                    yield PASS if limit["id"] in cleared else FAIL
                else:
                    yield PASS if _changed(entry, limit) else FAIL

    def spt605(self) -> Iterator[str]:
        """No aerobic exercise that resembles what brings the symptoms on."""
        for entry in self.about("SPT605"):
            for posture in (entry.known or {}).get("provokes") or []:
                true = self.holds({"kind": "provocation", "value": posture})
                yield ASK if true is None else FAIL if true else PASS

    def spt701(self) -> Iterator[str]:
        """Each thing needed is named, and each thing named is at hand."""
        for entry in self.about("SPT701"):
            used = {*entry.given["equipment"], entry.given["barrier"]} - {None}
            needs = list((entry.known or {}).get("equipment", []))
            if entry.form:
                needs += entry.form.get("equipment", [])
                needs += [entry.form["barrier"]] if entry.form.get("barrier") else []
            for need in needs:
                yield PASS if used & set(need["any_of"]) else FAIL
            for name in used:
                if self.person is None:
                    yield ASK
                else:
                    yield PASS if name in self.person["equipment"] else FAIL

    def spt702(self) -> Iterator[str]:
        """Who gives it can be reached."""
        for entry in self.about("SPT702"):
            if entry.given["provider"] is not None:
                if self.person is None:
                    yield ASK
                else:
                    yield PASS if entry.given["provider"] in self.person["providers"] else FAIL

    def spt703(self) -> Iterator[str]:
        """Nothing that the person refuses."""
        for entry in self.about("SPT703"):
            if self.person is None:
                yield ASK
            else:
                yield FAIL if entry.id in self.person["dislikes"] else PASS

    def spt840(self) -> Iterator[str]:
        """Nothing that was stopped before."""
        for entry in self.about("SPT840"):
            if self.person is None:
                yield ASK
            else:
                yield FAIL if entry.id in self.person["stopped"] else PASS

    def spt901(self) -> Iterator[str]:
        """Only activities that the guidance holds."""
        for entry in self.all:
            yield PASS if entry.known else FAIL

    def spt902(self) -> Iterator[str]:
        """The guidance it was made from is the guidance at hand."""
        yield PASS if self.routine["guidance"] == self.book.refs else FAIL

    def spt903(self) -> Iterator[str]:
        """Made for the phase that the person is in."""
        if self.person is None:
            yield ASK
        else:
            yield PASS if self.person["phase"] == self.phase else FAIL

    def spt904(self) -> Iterator[str]:
        """Open warning signs make a routine an unscreened one, and it says so."""
        if self.routine["unscreened"]:
            yield PASS
        elif self.person is None:
            yield ASK
        else:
            # A sign that is present was asked for; only open ones count here.
            yield FAIL if ASK in list(self.spt601()) else PASS


def _changed(entry: Entry, limit: Json) -> bool:
    change = limit["modification"]
    if change.get("replace_with"):
        return False
    for bound in change.get("limits", []):
        value = entry.dose.get(bound["parameter"])
        if value is not None and not bound["minimum"] <= value <= bound["maximum"]:
            return False
    return limit["id"] in entry.given["modifications"]


#: How the rules that share a method call it; every other rule has a method of its own code.
SHARED: dict[str, tuple[str, Any]] = {
    "SPT101": ("bounds", "SPT101"),
    "SPT102": ("bounds", "SPT102"),
    "SPT103": ("bounds", "SPT103"),
    "SPT105": ("earned", "SPT105"),
    "SPT106": ("earned", "SPT106"),
    "SPT107": ("earned", "SPT107"),
    "SPT202": ("suited", "SPT202"),
    "SPT203": ("suited", "SPT203"),
    "SPT402": ("present", "posture"),
    "SPT405": ("present", "aerobic"),
    "SPT410": ("often", False),
    "SPT415": ("often", True),
    "SPT602": ("limited", "never"),
    "SPT603": ("limited", "clearance"),
    "SPT604": ("limited", "modify"),
}


def judge(book: Book, routine: Json, person: Json | None) -> dict[str, str]:
    """Return the worst verdict of each rule that looked at anything."""
    case = Case(book, routine, person)
    result: dict[str, str] = {}
    for code in book.rules:
        name, *arguments = SHARED.get(code, (code.lower(),))
        seen = set(getattr(case, name)(*arguments))
        for verdict in (PASS, ASK, FAIL):
            if verdict in seen:
                result[code] = verdict
    return result
