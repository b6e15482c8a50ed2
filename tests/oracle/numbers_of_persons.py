"""Personal numbers: eleven digits, the last a Damm check digit."""

DAMM = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581",
        "5869720134", "8945362017", "9438617205", "2581436790"]


def damm(digits):
    interim = 0
    for digit in digits:
        interim = int(DAMM[interim][int(digit)])
    return interim


def is_number(text):
    """Eleven digits, the last a Damm check digit."""
    return len(text) == 11 and text.isdigit() and damm(text) == 0
