"""Days, partial dates, three values. Catalogue, section G, read literally.

A day is a number of days since 1970-01-01. A partial date is the interval (earliest, latest) of the
days it may mean. An answer is NO < UNKNOWN < YES.
"""
import calendar
import datetime

NO, UNKNOWN, YES = 0, 1, 2
EPOCH = datetime.date(1970, 1, 1).toordinal()
FOREVER = 10**6  # later than any day of the register
DAY, MONTH, YEAR, DECADE, RANGE, UNKNOWN_DATE = range(1, 7)  # DatePrecision


def day_of(year, month, day):
    return datetime.date(year, month, day).toordinal() - EPOCH


FIRST_DAY = day_of(1850, 1, 1)


def civil(day):
    return datetime.date.fromordinal(day + EPOCH)


def day_of_instant(instant_ms):
    """Day in Phnom Penh, UTC+7 all year."""
    return (instant_ms + 7 * 3600 * 1000) // (24 * 3600 * 1000)


def of_date(message):
    """Day of a Date message; None when it is no real day of 1850 to 2199."""
    if not 1850 <= message.year <= 2199:
        return None
    try:
        return day_of(message.year, message.month, message.day)
    except ValueError:
        return None


# Which fields a precision needs; all others must be absent.
NEEDS = {DAY: {"year", "month", "day"}, MONTH: {"year", "month"}, YEAR: {"year"},
         DECADE: {"year"}, RANGE: {"not_before", "not_after"}, UNKNOWN_DATE: set()}
PARTS = {"year", "month", "day", "not_before", "not_after"}


def of_partial(date, declared_day):
    """Interval of a PartialDate; None when it is malformed."""
    present = {f.name for f, _ in date.ListFields()} & PARTS
    if date.precision not in NEEDS or present != NEEDS[date.precision]:
        return None
    try:
        return partial_interval(date, declared_day)
    except (ValueError, TypeError):
        return None


def partial_interval(date, declared_day):
    if date.precision == RANGE:
        first, last = of_date(date.not_before), of_date(date.not_after)
        return (first, last) if first <= last else None
    if date.precision == UNKNOWN_DATE:
        return FIRST_DAY, max(FIRST_DAY, declared_day)
    if not 1850 <= date.year <= 2199:
        return None
    if date.precision == DAY:
        day = day_of(date.year, date.month, date.day)
        return day, day
    if date.precision == MONTH:
        last = calendar.monthrange(date.year, date.month)[1]
        return day_of(date.year, date.month, 1), day_of(date.year, date.month, last)
    if date.precision == DECADE:
        return decade(date.year)
    return day_of(date.year, 1, 1), day_of(date.year, 12, 31)


def decade(year):
    return (day_of(year, 1, 1), day_of(year + 9, 12, 31)) if year % 10 == 0 else None


def exact(day):
    return day, day


def years(birth, day):
    """Full years; someone born on 29 February has a birthday on 1 March in common years."""
    b, d = civil(birth), civil(day)
    return d.year - b.year - ((d.month, d.day) < (b.month, b.day))


def add_years(day, count):
    date = civil(day)
    try:
        return date.replace(year=date.year + count).toordinal() - EPOCH
    except ValueError:
        return day_of(date.year + count, 3, 1)


def answer(yes, no):
    return YES if yes else NO if no else UNKNOWN


def of_bool(value):
    return YES if value else NO


def negate(a):
    return YES - a


def before(a, b):
    return answer(a[1] < b[0], a[0] >= b[1])


def not_after(a, b):
    return answer(a[1] <= b[0], a[0] > b[1])


def same(a, b):
    return answer(a == b and a[0] == a[1], a[1] < b[0] or b[1] < a[0])


def days_at_least(a, b, n):
    """days(a -> b) >= n"""
    return answer(b[0] - a[1] >= n, b[1] - a[0] < n)


def apart_at_least(a, b, n):
    return max(days_at_least(a, b, n), days_at_least(b, a, n))


def within_days(a, b, n):
    return negate(apart_at_least(a, b, n + 1))


def within_years(a, b, n):
    """At most n years apart, in either direction, the anniversary included."""
    inside = b[1] <= add_years(a[0], n) and a[1] <= add_years(b[0], n)
    outside = b[0] > add_years(a[1], n) or a[0] > add_years(b[1], n)
    return answer(inside, outside)


def age_at_least(birth, day, n):
    return answer(years(birth[1], day[0]) >= n, years(birth[0], day[1]) < n)


def age_within(birth, day, youngest, oldest):
    """youngest <= age <= oldest, in full years"""
    return min(age_at_least(birth, day, youngest), negate(age_at_least(birth, day, oldest + 1)))


def meets(a, a_end, b, b_end):
    """[a, a_end) meets [b, b_end); an end that is None never comes."""
    first = before(a, b_end) if b_end else YES
    second = before(b, a_end) if a_end else YES
    return min(first, second)
