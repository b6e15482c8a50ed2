"""What may be a part of a name: catalogue, section H. Returns what is wrong, or None."""
import unicodedata

JOINERS = "\u200b\u200c\u200d"
LATIN_MARKS = "'\u2019-"
DEPRECATED = "\u17a3\u17a4\u17b4\u17b5"
COENG = "\u17d2"
PARTS = {"km_surname": "khmer", "km_given": "khmer", "latin_surname": "latin",
         "latin_given": "latin", "other_script": "other"}


def is_consonant(c):
    return "\u1780" <= c <= "\u17a2"


def is_independent_vowel(c):
    return "\u17a5" <= c <= "\u17b3"


def is_dependent_vowel(c):
    return "\u17b6" <= c <= "\u17c5"


def is_sign(c):
    return "\u17c6" <= c <= "\u17d1" or c in "\u17d3\u17dd"


def is_base(c):
    return is_consonant(c) or is_independent_vowel(c)


def script_of(c):
    if "\u1780" <= c <= "\u17ff" or "\u19e0" <= c <= "\u19ff":
        return "khmer"
    return "latin" if unicodedata.name(c, "").startswith("LATIN ") else "other"


def fault_of_character(c, script):
    category = unicodedata.category(c)
    if c in JOINERS:
        return None
    if category in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"):
        return "control, private or unassigned"
    if c in DEPRECATED or "\u17f0" <= c <= "\u17f9":
        return "deprecated"
    if c == " ":
        return None if script == "latin" else "space"
    if c in LATIN_MARKS:
        return None if script == "latin" else "mark"
    if category[0] in "NPSZ":
        return "digit, punctuation or symbol"
    if script != "other" and category[0] == "L" and script_of(c) != script:
        return "letter of another script"
    return None


def fault_of_khmer(text):
    """Order of signs within each cluster."""
    has_base, vowels = False, 0
    for i, c in enumerate(text):
        if c in JOINERS:
            continue
        if is_base(c):
            has_base, vowels = True, 0
        elif c == COENG:
            previous, following = text[i - 1:i], text[i + 1:i + 2]
            if not (previous and is_consonant(previous) and following and is_base(following)):
                return "coeng"
        elif is_dependent_vowel(c):
            vowels += 1
            if not has_base or vowels > 1:
                return "vowel"
        elif is_sign(c) and not has_base:
            return "sign"
    return None


def fault_of_part(text, script):
    if len(text) > 64 or len(text.encode()) > 255:
        return "too long"
    if text != text.strip(" ") or "  " in text:
        return "spaces"
    if any(a in JOINERS and b in JOINERS for a, b in zip(text, text[1:])):
        return "joiners"
    for c in text:
        if fault := fault_of_character(c, script):
            return fault
    return fault_of_khmer(text)


def fault_of_name(name, is_for_document):
    for part, script in PARTS.items():
        if fault := fault_of_part(getattr(name, part), script):
            return f"{part}: {fault}"
    if not name.km_given:
        return "km_given is missing"
    if is_for_document and not name.latin_given:
        return "latin_given is missing"
    return None


def visible(text):
    return "".join(c for c in text if c not in JOINERS)


def key(name):
    """Two names count as equal when their keys are (rule P05): Khmer parts, as seen."""
    return visible(name.km_surname), visible(name.km_given)
