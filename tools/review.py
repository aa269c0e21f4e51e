"""Show the rules whose statements have changed: `python -m tools.review`.

A rule rests on statements, and says by a fingerprint how they read when somebody last held the two
side by side.
Read what is shown, mend the rule where it no longer fits, and then put the new fingerprint into its
pack: `python -m tools.review SPT101 SPT102`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sciatica_pt.guidance import default_guidance, review_fingerprint, unreviewed

PACKS = Path(__file__).parents[1] / "src" / "sciatica_pt" / "guidance" / "data"


def show() -> int:
    """Print each rule that waits to be read again, and return how many there are."""
    guidance = default_guidance()
    waiting = unreviewed(guidance)
    for rule in waiting:
        print(f"{rule.code} {rule.name}: {rule.summary} {rule.why}")
        for citation in rule.citations:
            print(f"  {citation.statement}: {guidance.statements[citation.statement].text}")
    print(f"{len(waiting)} rules to review")
    return len(waiting)


def stamp(codes: frozenset[str], folder: Path = PACKS) -> None:
    """Write today's fingerprints of some rules into the packs of a folder."""
    guidance = default_guidance()
    prints = {
        rule.code: review_fingerprint(rule, guidance.statements)
        for pack in guidance.packs
        for rule in pack.rules
    }
    if unknown := sorted(codes - prints.keys()):
        sys.exit(f"no such rules: {', '.join(unknown)}")
    for path in sorted(folder.glob("*.json")):
        pack = json.loads(path.read_text("utf-8"))
        for rule in pack.get("rules", ()):
            if rule["code"] in codes:
                rule["reviewed"] = prints[rule["code"]]
        path.write_text(json.dumps(pack, indent=2, ensure_ascii=False) + "\n", "utf-8")


def main(arguments: list[str]) -> int:
    """Show the rules to review, or stamp those that are named; return the exit code."""
    if not arguments:
        return 1 if show() else 0
    stamp(frozenset(arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
