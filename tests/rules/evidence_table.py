"""What the evidence says of each activity, typed from its table and not from the packs.

Levels: `never`, `clearance` (only with a clinician's word), `modify` (only with a change).
A pack may be stricter and may not be laxer; to replace an activity is to do it never.
"""

from __future__ import annotations

__all__ = ["DOSES", "LEVELS", "RADICULAR", "TIERS"]

_SKIN = ("open-wound", "skin-infection")
_POOL = ("swimming", "water-aerobics", "water-walking")
_SERIOUS = (
    "progressive-deficit",
    "vertebral-fracture",
    "spinal-infection",
    "active-cancer-at-site",
)

#: (activities, level, conditions): each condition holds each activity at least to the level.
LEVELS: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = (
    (
        ("heat",),
        "never",
        (
            "numb-skin",
            "diabetic-neuropathy",
            *_SKIN,
            "local-inflammation",
            "active-cancer-at-site",
            "suspected-dvt",
            "sedating-medicine",
        ),
    ),
    (("heat",), "clearance", ("peripheral-vascular-disease", "heart-disease", "pregnancy")),
    (
        ("cold",),
        "never",
        (
            "numb-skin",
            "diabetic-neuropathy",
            "raynaud",
            "vasospastic-disease",
            "past-cold-injury",
            *_SKIN,
            "cold-allergy",
        ),
    ),
    (("cold",), "clearance", ("diabetes", "peripheral-vascular-disease", "angina")),
    (
        ("spinal-manipulation",),
        "never",
        (
            *_SERIOUS,
            "severe-deficit",
            "osteoporosis",
            "spondylolisthesis-unstable",
            "myelopathy",
            "inflammatory-arthritis-active",
            "bleeding-disorder",
            "anticoagulants",
            "aortic-aneurysm",
            "recent-spinal-surgery",
            "leg-fracture",
        ),
    ),
    (
        ("spinal-manipulation",),
        "clearance",
        ("neurological-deficit", "foot-drop", "osteopenia", "long-steroid-use", "pregnancy"),
    ),
    (("mobilization",), "never", _SERIOUS),
    (("mobilization",), "clearance", ("osteoporosis", "anticoagulants", "pregnancy")),
    (
        ("massage",),
        "never",
        (
            "suspected-dvt",
            "vertebral-fracture",
            *_SKIN,
            "fever",
            "active-cancer-at-site",
            "bleeding-disorder",
        ),
    ),
    (
        ("massage",),
        "clearance",
        (
            "anticoagulants",
            "osteoporosis",
            "active-cancer",
            "pregnancy",
            "diabetes",
            "diabetic-neuropathy",
            "numb-skin",
        ),
    ),
    (("massage",), "modify", ("leg-fracture",)),
    (
        ("hamstring-stretch",),
        "never",
        ("severe-deficit", "progressive-deficit", "suspected-dvt"),
    ),
    (("hamstring-stretch",), "clearance", ("recent-spinal-surgery",)),
    (("hamstring-stretch",), "modify", ("hip-replacement-recent",)),
    (("piriformis-stretch",), "never", ("hip-replacement-recent", "pelvic-girdle-pain")),
    (("piriformis-stretch",), "clearance", ("hip-osteoarthritis", "knee-replacement")),
    (("piriformis-stretch",), "modify", ("pregnancy", "knee-osteoarthritis")),
    (("cat-camel",), "never", ("vertebral-fracture",)),
    (("cat-camel",), "clearance", ("osteoporotic-vertebral-fracture",)),
    (
        ("cat-camel",),
        "modify",
        ("osteoporosis", "lumbar-spinal-stenosis", "wrist-or-knee-pain"),
    ),
    (("bridge",), "clearance", ("recent-spinal-surgery",)),
    (("bridge",), "modify", ("late-pregnancy", "lumbar-spinal-stenosis")),
    (("squat",), "never", ("leg-fracture", "foot-drop")),
    (("squat",), "clearance", ("uncontrolled-hypertension",)),
    (
        ("squat",),
        "modify",
        (
            "hip-replacement-recent",
            "knee-osteoarthritis",
            "hip-osteoarthritis",
            "lumbar-disc-herniation",
        ),
    ),
    (("plank",), "never", ("severe-hypertension",)),
    (("plank",), "clearance", ("abdominal-surgery-or-hernia", "late-pregnancy", "diastasis")),
    (("plank",), "modify", ("lumbar-spinal-stenosis", "shoulder-pain")),
    (("walking", "short-bout-walking"), "never", ("suspected-dvt",)),
    (("walking", "short-bout-walking"), "clearance", ("severe-deficit", "foot-drop")),
    (("walking",), "modify", ("lumbar-spinal-stenosis",)),
    (("walking", "short-bout-walking"), "modify", ("diabetic-neuropathy",)),
    (_POOL, "never", (*_SKIN, "incontinence-uncontrolled", "epilepsy-uncontrolled")),
    (_POOL, "clearance", ("recent-surgery", "recent-spinal-surgery")),
    (("swimming",), "modify", ("lumbar-spinal-stenosis",)),
    (("cycling-outdoor",), "never", ("balance-problem", "foot-drop", "osteoporosis")),
    (
        ("cycling-outdoor", "cycling-stationary"),
        "modify",
        ("hip-replacement-recent", "lumbar-spinal-stenosis", "piriformis-syndrome"),
    ),
)

#: (fact, activity, level): what symptoms do, whatever the diagnosis.
RADICULAR: tuple[tuple[tuple[str, str], str, str], ...] = (
    (("leg-pain", "below-knee"), "hamstring-stretch", "never"),
    (("directional-preference", "extension"), "cat-camel", "modify"),
    (("directional-preference", "extension"), "cycling-stationary", "modify"),
    (("directional-preference", "extension"), "cycling-outdoor", "modify"),
    (("directional-preference", "flexion"), "swimming", "modify"),
    (("directional-preference", "flexion"), "plank", "modify"),
    (("directional-preference", "flexion"), "cat-camel", "modify"),
    (("directional-preference", "flexion"), "bridge", "modify"),
    (("directional-preference", "flexion"), "press-up", "never"),
    (("directional-preference", "none"), "press-up", "never"),
    (("provocation", "arching"), "swimming", "modify"),
    (("provocation", "arching"), "plank", "modify"),
    (("provocation", "arching"), "press-up", "never"),
    (("provocation", "bending"), "cycling-stationary", "modify"),
    (("provocation", "bending"), "cat-camel", "never"),
    (("provocation", "sitting"), "piriformis-stretch", "never"),
    (("provocation", "standing"), "walking", "never"),
    (("provocation", "walking"), "walking", "never"),
    (("irritability", "high"), "walking", "never"),
    (("irritability", "high"), "hamstring-stretch", "never"),
    (("irritability", "high"), "plank", "never"),
)

_S = "sets"
_R = "reps"
_H = "hold_seconds"
_D = "duration_seconds"
_E = "effort"
_W = "days_per_week"
_T = "times_per_day"
#: (activity, phase): for each number the least and the most that the evidence gives.
#: Where a beginner starts lies between them; an easier dose may be allowed, a harder one not.
DOSES: dict[tuple[str, str], dict[str, tuple[int, int]]] = {
    ("hamstring-stretch", "acute"): {_H: (5, 10), _S: (3, 5), _T: (1, 2)},
    ("hamstring-stretch", "subacute"): {_H: (10, 30), _S: (2, 4), _W: (3, 7)},
    ("hamstring-stretch", "chronic"): {_H: (30, 30), _S: (2, 4), _W: (2, 7)},
    ("piriformis-stretch", "acute"): {_H: (10, 20), _S: (2, 3)},
    ("piriformis-stretch", "subacute"): {_H: (20, 30), _S: (2, 3)},
    ("piriformis-stretch", "chronic"): {_H: (30, 30), _S: (2, 4)},
    ("cat-camel", "acute"): {_R: (5, 10), _T: (1, 3)},
    ("cat-camel", "subacute"): {_R: (10, 10), _S: (1, 2)},
    ("cat-camel", "chronic"): {_R: (10, 10), _S: (1, 2)},
    ("bridge", "acute"): {_S: (1, 1), _R: (5, 8), _H: (2, 3)},
    ("bridge", "subacute"): {_S: (1, 2), _R: (8, 12), _H: (3, 5)},
    ("bridge", "chronic"): {_S: (2, 3), _R: (10, 15), _H: (3, 5), _W: (2, 3)},
    ("sit-to-stand", "acute"): {_S: (1, 1), _R: (5, 8)},
    ("partial-squat", "subacute"): {_S: (1, 2), _R: (8, 12)},
    ("squat", "chronic"): {_S: (2, 3), _R: (10, 15), _W: (2, 3)},
    ("wall-plank", "acute"): {_S: (3, 5), _H: (5, 10)},
    ("knee-plank", "acute"): {_S: (3, 5), _H: (5, 10)},
    ("knee-plank", "subacute"): {_S: (3, 3), _H: (10, 20)},
    ("plank", "subacute"): {_S: (3, 3), _H: (10, 20)},
    ("plank", "chronic"): {_S: (2, 3), _H: (20, 60), _W: (2, 3)},
    ("walking", "acute"): {_D: (300, 600), _T: (1, 4), _E: (2, 3)},
    ("walking", "subacute"): {_D: (600, 1800), _W: (3, 5), _E: (3, 4)},
    ("walking", "chronic"): {_E: (3, 5)},
    ("water-walking", "acute"): {_D: (300, 600)},
    ("swimming", "subacute"): {_D: (600, 1200), _W: (2, 3)},
    ("swimming", "chronic"): {_D: (1200, 2400), _W: (2, 4)},
    ("water-aerobics", "subacute"): {_D: (600, 1200), _W: (2, 3)},
    ("water-aerobics", "chronic"): {_D: (1200, 2400), _W: (2, 4)},
    ("cycling-stationary", "acute"): {_D: (300, 600)},
    ("cycling-stationary", "subacute"): {_D: (600, 1200)},
    ("cycling-outdoor", "subacute"): {_D: (600, 1200)},
    ("cycling-stationary", "chronic"): {_D: (1200, 2400)},
    ("cycling-outdoor", "chronic"): {_D: (1200, 2400)},
    ("heat", "acute"): {_D: (600, 1200), _T: (1, 3)},
    ("heat", "chronic"): {_D: (900, 1200), _T: (1, 3)},
    ("cold", "acute"): {_D: (600, 900)},
    ("cold", "chronic"): {_D: (600, 900)},
    ("spinal-manipulation", "acute"): {_W: (1, 2)},
    ("mobilization", "subacute"): {_W: (1, 2)},
    ("massage", "chronic"): {_W: (1, 2)},
    ("neural-slider", "acute"): {_R: (5, 10), _T: (1, 2)},
    ("neural-slider", "subacute"): {_R: (10, 15), _S: (1, 3)},
    ("movement-breaks", "acute"): {"every_seconds": (1200, 1800)},
    ("movement-breaks", "chronic"): {"every_seconds": (1200, 1800)},
}
#: Left out altogether in the acute phase.
OMITTED = ("squat", "partial-squat", "plank", "swimming", "water-aerobics", "cycling-outdoor")

#: The tier of each warning sign; a finding of several signs is several questions.
TIERS: dict[str, tuple[str, ...]] = {
    "emergency": (
        "saddle-numbness",
        "changed-wiping",
        "bladder-start-stop",
        "bladder-feeling",
        "bladder-holding",
        "bowel-holding",
        "bowel-feeling",
        "both-legs-pain",
        "both-legs-weakness",
        "both-legs-numbness",
        "sexual-change",
        "fever-severe-pain",
        "unwell-severe-pain",
        "infection-risk",
        "fever-weakness",
        "major-injury",
        "injury-weakness",
        "throbbing-belly",
        "collapse",
        "cold-pale-leg",
        "chest-pain-swollen-leg",
        "breathless-swollen-leg",
        "severe-new-weakness",
        "weakness-two-days",
    ),
    "urgent": (
        "new-weakness",
        "worsening-weakness",
        "worsening-numbness",
        "foot-drop-new",
        "leg-gives-way",
        "cancer-history",
        "weight-loss",
        "night-pain",
        "first-pain-after-50",
        "strong-injury",
        "small-injury-fragile-bones",
        "calf-throbbing",
        "leg-swelling",
        "leg-warmth",
        "leg-color",
        "pain-fast-worse",
        "pain-uncontrolled",
    ),
    "routine": (
        "no-better",
        "slowly-worse",
        "stops-activities",
        "severe-leg-pain-weeks",
        "unbearable-six-weeks",
        "no-progress-eight-weeks",
        "morning-stiffness",
    ),
}
