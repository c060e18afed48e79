"""Makes zone_transitions.tsv: every change of the clocks from 1990 to 2040, as another program reads the rules.

The rules are the IANA database's own text (`tzdata.zi`, in the public domain, as packed by the Python package tzdata);
`zic` compiles it and `zdump` (both of the GNU C library) lists the changes. Nothing of the program is used.

    pip download tzdata==2026.6 --no-deps && unzip tzdata-*.whl
    python zone_transitions.py tzdata/zoneinfo/tzdata.zi > zone_transitions.tsv

A line is: zones whose clocks go alike, parted by commas; the seconds they are ahead of UTC when 1990 begins; then
each change as `seconds since 1970:seconds ahead from then on`.
"""

import calendar
import pathlib
import subprocess
import sys
import tempfile
import time

FIRST, LAST = 631_152_000, 2_208_988_800


def stamp(words):
    return calendar.timegm(time.strptime(" ".join(words), "%a %b %d %H:%M:%S %Y"))


def changes(zone, folder):
    listed = subprocess.run(
        ["zdump", "-v", "-c", "1800,2041", f"{folder}/{zone}"], check=True, capture_output=True, text=True
    ).stdout
    steps = []
    for line in listed.splitlines():
        words = line.split()
        if len(words) < 16 or words[6] not in ("UT", "UTC"):
            continue
        steps.append((stamp(words[1:6]), int(words[-1].removeprefix("gmtoff="))))
    before = [offset for at, offset in sorted(steps) if at < FIRST]
    ahead = before[-1] if before else at_first(zone, folder)
    found = []
    for at, offset in sorted(steps):
        if FIRST <= at < LAST and offset != (found[-1][1] if found else ahead):
            found.append((at, offset))
    return ahead, tuple(found)


def at_first(zone, folder):
    """Of a zone without a change before."""
    plain = subprocess.run(
        ["date", "-d", f"@{FIRST}", "+%::z"], check=True, capture_output=True, text=True, env={"TZ": f":{folder}/{zone}"}
    ).stdout.strip()
    hours, minutes, seconds = plain[1:].split(":")
    return (1 if plain[0] == "+" else -1) * (int(hours) * 3600 + int(minutes) * 60 + int(seconds))


def main(rules):
    text = pathlib.Path(rules).read_text()
    zones = sorted(line.split()[1] for line in text.splitlines() if line.startswith("Z ") and "/" in line.split()[1])
    alike = {}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["zic", "-b", "fat", "-d", folder, rules], check=True)
        for zone in zones:
            if not zone.startswith("Etc/"):
                alike.setdefault(changes(zone, folder), []).append(zone)
    print("#", text.splitlines()[0].removeprefix("# "))
    for (ahead, found), same in sorted(alike.items(), key=lambda entry: entry[1]):
        print(",".join(same), ahead, *(f"{at}:{offset}" for at, offset in found), sep="\t")


main(sys.argv[1])
