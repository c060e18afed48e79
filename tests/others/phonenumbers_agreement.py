"""Holds `domain::phone` against PyPI `phonenumbers`, the port of libphonenumber that its authors point to.

`make COUNT SEED` prints generated texts, each with a country; `check TEXTS READINGS` reads what ours made of them. Each
difference has to be explained by a row of EXPLANATIONS: a change of the text after which the other library says what
ours said. A difference that no row explains is a failure. `check --blind` looks at ours with the last digit changed, and
has to fail.
"""

import collections
import json
import random
import re
import sys
import unicodedata

import phonenumbers as p

HIDDEN = "\u200e\u200f\u202a\u202c\u2066\u2069\ufe0d\ufe0f\u200b\u200d\u00ad\u2060\ufeff"
SPACES = "\u00a0\u202f\u2007\u3000 "
FULL_WIDTH = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
ARABIC = {ord(str(digit)): chr(0x0660 + digit) for digit in range(10)}
LABELS = ["mobile: {}", "Tel. {}", "{} (m)", "T {}", "{} (werk)", "fax {}", "M: {}", "{} mobile"]
EXTENSIONS = [" x{}", " ext. {}", " ext {}", " extension {}", " #{}", ";ext={}", "x{}", ",,{}", " toestel {}", " доб. {}"]
JUNK = "0123456789+-()./ x#*;,&abcdefor"
TYPES = [p.PhoneNumberType.FIXED_LINE, p.PhoneNumberType.MOBILE, p.PhoneNumberType.TOLL_FREE, p.PhoneNumberType.VOIP,
         p.PhoneNumberType.PREMIUM_RATE, p.PhoneNumberType.UAN, p.PhoneNumberType.PERSONAL_NUMBER]
REGIONS = sorted(p.SUPPORTED_REGIONS)
# Where most customers are; the rest of the texts is spread over all.
USUAL = ["US", "NL", "GB", "DE", "FR", "IT", "BE", "CA", "ES", "IN", "AU", "BR", "MX", "AR", "JP", "CN", "CH", "AT", "SE"]


def some_number(chance):
    """A number of some country, the last digits left to chance, so that many are not valid."""
    region = chance.choice(USUAL if chance.random() < 0.5 else REGIONS)
    example = None
    while example is None:
        example = p.example_number_for_type(region, chance.choice(TYPES)) or p.example_number(region)
    national = p.national_significant_number(example)
    kept = max(len(national) - chance.randint(0, 8), chance.randint(0, 3))
    national = national[:kept] + "".join(chance.choice("0123456789") for _ in national[kept:])
    wrong_length = chance.random()
    if wrong_length < 0.03:
        national = national[:-1]
    elif wrong_length < 0.06:
        national += chance.choice("0123456789")
    return region, example.country_code, national


def written(chance):
    """One text and the country of its record."""
    if chance.random() < 0.04:
        text = "".join(chance.choice(JUNK) for _ in range(chance.randint(0, 24)))
        return text, chance.choice(REGIONS + [""])
    region, code, national = some_number(chance)
    number = p.PhoneNumber(country_code=code, national_number=int(national))
    zeros = len(national) - len(national.lstrip("0"))
    if zeros and zeros < len(national):
        number.italian_leading_zero, number.number_of_leading_zeros = True, zeros
    form = chance.random()
    if form < 0.2:
        text = f"+{code}{national}"
    elif form < 0.4:
        text = p.format_number(number, p.PhoneNumberFormat.INTERNATIONAL)
    elif form < 0.7:
        text = p.format_number(number, p.PhoneNumberFormat.NATIONAL)
    elif form < 0.75:
        text = p.format_number(number, p.PhoneNumberFormat.RFC3966)
    elif form < 0.8:
        text = f"00{code} {national}"
    elif form < 0.84:
        text = p.format_out_of_country_calling_number(number, chance.choice(["US", "GB", "NL", "AU", "JP"]))
    elif form < 0.92:
        text = f"+{code} (0){national}"
    else:
        text = national
    if chance.random() < 0.2:
        text = re.sub("[ -]", lambda _: chance.choice(["", " ", "-", ".", "/", " - ", "  "]), text)
    if chance.random() < 0.1:
        text += chance.choice(EXTENSIONS).format(chance.randint(0, 99999))
    if chance.random() < 0.1:
        text = chance.choice(LABELS).format(text)
    if chance.random() < 0.1:
        for _ in range(chance.randint(1, 3)):
            at = chance.randint(0, len(text))
            text = text[:at] + chance.choice(HIDDEN) + text[at:]
    if chance.random() < 0.05:
        text = text.replace(" ", chance.choice(SPACES))
    if chance.random() < 0.03:
        text = text.translate(chance.choice([FULL_WIDTH, ARABIC]))
    if chance.random() < 0.03:
        other = p.format_number(number, p.PhoneNumberFormat.INTERNATIONAL)
        text += chance.choice(["; ", " / ", " or ", " of "]) + other
    country = chance.random()
    return text, region if country < 0.6 else chance.choice(USUAL) if country < 0.9 else ""


def theirs(text, region):
    """What the other library says, in our notation; every refusal is the same."""
    try:
        number = p.parse(text, region or None)
    except p.NumberParseException:
        return "-"
    key = p.format_number(number, p.PhoneNumberFormat.E164)
    extension = f"x{number.extension}" if number.extension else ""
    if p.is_valid_number(number):
        return key + extension
    if p.is_possible_number_with_reason(number) in (p.ValidationResult.IS_POSSIBLE,
                                                    p.ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        return f"?{key}{extension}"
    return "-"


def visible(text):
    text = "".join(character for character in unicodedata.normalize("NFKC", text) if character not in HIDDEN)
    return text.strip().translate({0x0660 + digit: str(digit) for digit in range(10)})


EXTENSION = re.compile(r"(?i)(?:;ext=|(?<![a-z])x|[#,]+|ext(?:n|ension)?|int|доб|toestel|tst)[ .:=#,(-]*(\d{1,7})\D*")


def bare(text):
    """Digits, the first `+`, and an extension as RFC 3966 has it; labels and punctuation gone."""
    text = visible(text)
    extension = ""
    for found in EXTENSION.finditer(text):
        if len(re.sub(r"\D", "", text[:found.start()])) >= 3:
            text, extension = text[:found.start()], f";ext={found.group(1)}"
            break
    digits = re.sub(r"\D", "", text)
    plus = "+" if re.match(r"\D*\+", text) else ""
    return plus + digits + extension


def zero_dropped(text):
    return bare(re.sub(r"^(\D*(?:\d\D*){1,5}?)\(\s*0\s*\)", r"\1", visible(text)))


def prefix_read(text):
    return re.sub(r"^(00|011)", "+", bare(text))


# Name, why ours differs, and the text that the other library agrees on.
EXPLANATIONS = [
    ("invisible", "characters nobody sees are dropped first; the others refuse or cut there", visible),
    ("beside", "labels, punctuation and announcements of extensions are told from digits by our own rules", bare),
    ("zero", "(0) after the country code is dropped where the plan has no such number", zero_dropped),
    ("prefix", "00 and 011 are a + wherever they can be nothing else", prefix_read),
    ("prefix and zero", "both", lambda text: re.sub(r"^(00|011)", "+", zero_dropped(text))),
]
# Explanations that look at the two answers.
RENEWED, SHORT, CODE, PARTS, TWO, GARBLED = (
    "renewed spelling", "short code", "service code", "several numbers", "two readings", "garbled")


def explained(text, region, ours):
    """The name of the explanation; nothing if there is none."""
    plain = visible(text)
    for name, _, change in EXPLANATIONS:
        if theirs(change(text), region) == re.sub("^-.*", "-", ours):
            return name
    if ours.startswith("!") and " ; " not in ours and " , " not in ours:
        # The spelling was renewed: the old one is not valid, or withdrawn; the new one is.
        return RENEWED if theirs(ours[1:], "") == ours[1:] else None
    if ours == "-ServiceCode":
        return CODE if re.search("[*#]", plain) else None
    if ours == "-ShortCode":
        return SHORT if len(re.sub(r"\D", "", bare(text).split(";")[0])) <= 6 else None
    if ours == "-Garbled":
        return GARBLED if re.search(r"\d\D*\+", plain) else None
    if ours in ("-Empty", "-Name", "-Withheld", "-Unknown"):
        return None if re.search(r"\d", plain) else "no digit"
    if " ; " in ours or " , " in ours or re.search(r"[;/&|,+]| - | or | of |of|or|en", plain[1:]):
        # Each of ours is what the other library makes of a part, or of the part with one of the changes above.
        parts = re.split(r"[;/&|,]| - |or|of|and|en|(?=\+)", plain)
        wanted = set()
        for part in parts + [plain]:
            wanted.add(theirs(part, region))
            for _, _, change in EXPLANATIONS:
                wanted.add(theirs(change(part), region))
        found = [one for reading in ours.split(" ; ") for one in reading.split(" , ")]
        found = [re.sub("^!", "", re.sub("^-.*", "-", one)) for one in found]
        known = wanted | {"-"}
        if all(one in known or theirs(one, "") == one for one in found):
            return TWO if " , " in ours else PARTS
    return None


def make(count, seed):
    chance = random.Random(seed)
    for _ in range(count):
        text, region = written(chance)
        print(json.dumps(text), region, sep="\t")


def check(texts, readings, blind):
    differences = collections.Counter()
    unexplained = []
    total = 0
    with open(texts, encoding="utf-8") as inputs, open(readings, encoding="utf-8") as outputs:
        for line, ours in zip(inputs, outputs, strict=True):
            written_text, region = line.rstrip("\n").split("\t")
            text, ours = json.loads(written_text), ours.rstrip("\n")
            if blind and ours[-1:].isdigit():
                ours = ours[:-1] + str((int(ours[-1]) + 1) % 10)
            total += 1
            if re.sub("^-.*", "-", ours) == theirs(text, region):
                continue
            name = explained(text, region, ours)
            if name is None:
                unexplained.append(f"{text!r} in {region or 'no country'}: ours {ours}, theirs {theirs(text, region)}")
            else:
                differences[name] += 1
    print(f"{total} texts against phonenumbers {p.__version__}: {total - sum(differences.values()) - len(unexplained)} "
          f"equal, {sum(differences.values())} explained, {len(unexplained)} unexplained")
    for name, count in differences.most_common():
        print(f"  {count:8} {name}")
    for line in unexplained[:40]:
        print("  unexplained:", line)
    return 1 if unexplained or total == 0 else 0


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(check(sys.argv[2], sys.argv[3], "--blind" in sys.argv))
