"""Corrections: what an office may correct (D3, L10), and the target judged again."""
import re

import dates
import kinds
import paths
import wire
from matter import World, of_act
from names import visible

COURT = 15  # EventClass
NAME_PARTS = ("km_surname", "km_given", "latin_surname", "latin_given", "other_script")
SPELLED = re.compile(  # names whose spelling may be corrected
    r"(birth\.(name|mother_details\.name|father_details\.name|late\.witnesses\[\d+\]\.name)"
    r"|marriage\.(witnesses|late\.witnesses)\[\d+\]\.name|death\.late\.witnesses\[\d+\]\.name"
    r"|common\.informant\.name)(\.\w+)?")
FREE = re.compile(  # whatever the new value
    r".*\.(sex|lunar_date|lunar|facility|weight_g|attendant|occupation|education"
    r"|mother_occupation|father_occupation|mother_education)"
    r"|(.*\.)?(place_of_birth|place_of_death|place|mother_residence|child_address|address"
    r"|usual_residence|residence|to|from|paper_reference)(\..*)?")


def levenshtein(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def is_spelling(old, new):
    """At most 4 code points apart, and at most half of the longer, as seen."""
    old, new = visible(old), visible(new)
    distance = levenshtein(old, new)
    return distance <= 4 and 2 * distance <= max(len(old), len(new))


def is_administrative(change, declared_day):
    """Whether table D3 lets an office make this change."""
    old, new = change.old_value, change.new_value
    if SPELLED.fullmatch(change.path):
        return names_alike(old, new)
    if FREE.fullmatch(change.path):
        return True
    return "partial_date" in (old.WhichOneof("value"), new.WhichOneof("value")) \
        and dates_alike(old, new, declared_day)


def names_alike(old, new):
    if "name" in (old.WhichOneof("value"), new.WhichOneof("value")):
        return all(is_spelling(getattr(old.name, part), getattr(new.name, part))
                   for part in NAME_PARTS) and old.name.order == new.name.order
    return is_spelling(old.text, new.text)


def dates_alike(old, new, declared_day):
    """Same year, or precision refined inside the old interval."""
    a = dates.of_partial(old.partial_date, declared_day)
    b = dates.of_partial(new.partial_date, declared_day)
    if a is None or b is None:
        return False
    touched = {dates.civil(day).year for day in a + b}
    return len(touched) == 1 or (a[0] <= b[0] and b[1] <= a[1])


def l10(judging):
    if judging.event.message.path != 1:
        return dates.YES
    act = judging.target_act()
    return dates.of_bool(all(is_administrative(change, act.declared_day)
                             for change in judging.event.message.changes))


def corrected_content(judging):
    """The target's content with the changes; None when a path leads nowhere (S07)."""
    content = wire.content.Content()
    content.CopyFrom(judging.target_act().content)
    try:
        for change in judging.event.message.changes:
            paths.write(content, change.path, change.new_value)
    except paths.NoSuchField:
        return None
    return content


def corrected_matter(judging):
    """The target, read as if the correction were in force."""
    world = World(judging.book, judging.size, judging.event.message)
    act = judging.book.act(judging.target_act().record, judging.size, judging.event.message)
    return of_act(world, act)


def s21_of_later_acts(judging, corrected):
    """A later birth must not come after what the child has done already."""
    target, child = judging.target_act(), corrected.of_role("child")
    answers = [dates.YES]
    for act in judging.book.acts(child, judging.size, without=target.index) if child else ():
        before = dates.not_after(target.valid, act.valid)
        after = dates.not_after(corrected.valid, act.valid)
        if act.kind.event_class != COURT and after < before:
            answers.append(after)
    return min(answers)


def rules_of(matter):
    """Rules that are asked again: those of the list that stand in the row of the kind."""
    return [rule for rule in sorted(kinds.OF_CORRECTED) if rule in matter.kind.rules]
