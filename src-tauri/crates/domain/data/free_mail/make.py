"""Makes domains.txt from the npm package free-email-domains (MIT, Kiko Beats): python3 make.py path/to/domains.json

The package also lists thousands of throw-away names below dynamic DNS services; nobody's account at Zoom has one.
What stays are names that can be registered: two labels, or three where the middle one is such as `co` in `co.uk`.
"""

import json
import pathlib
import sys

SECOND_LEVEL = {"ac", "co", "com", "edu", "gov", "ne", "net", "or", "org"}


def registrable(domain: str) -> bool:
    labels = domain.split(".")
    return len(labels) == 2 or (len(labels) == 3 and labels[1] in SECOND_LEVEL and len(labels[2]) == 2)


listed = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
kept = sorted({domain.strip().lower() for domain in listed if registrable(domain.strip()) and domain.isascii()})
pathlib.Path(__file__).with_name("domains.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
