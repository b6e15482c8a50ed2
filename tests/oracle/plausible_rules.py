"""P01 to P11: what is possible but unlikely. Each returns a three-valued answer."""
import dates
import filiations
import identities
import documents
import names
import wire
from matter import of_act, of_content

DELIVERY_DAYS = 180
GESTATION_DAYS = 270
HOUR_MS = 3600 * 1000


def age_of(matter, role, youngest, oldest):
    is_told, birth = matter.birth_of_parent(role)
    born = filiations.child_birth(matter)
    if not is_told or born is None:
        return dates.YES
    return dates.age_within(birth, born, youngest, oldest) if birth else dates.UNKNOWN


def p01(matter):
    return age_of(matter, "mother", 12, 55)


def p02(matter):
    return age_of(matter, "father", 13, 90)


def same_delivery(a, b):
    return bool(a.delivery_id) and a.delivery_id == b.delivery_id


def is_own(matter, birth):
    """Told of the same child, under another of its ids."""
    return birth.of_role("child") == matter.of_role("child")


def p03(matter):
    """Other deliveries of the mother are 180 days apart, or this one's."""
    mother = matter.of_role("mother")
    answers = [dates.YES]
    for act in matter.life(mother).bears if mother else ():
        if is_own(matter, act):
            continue
        if not same_delivery(act.message, matter.message):
            answers.append(dates.apart_at_least(act.valid, matter.valid, DELIVERY_DAYS))
    for act in matter.life(mother).losses if mother else ():
        answers.append(dates.apart_at_least(act.valid, matter.valid, DELIVERY_DAYS))
    return min(answers)


def p04(matter):
    """Mother alive; father not dead for more than 300 days."""
    answers = [dates.YES]
    mother, father = matter.of_role("mother"), matter.of_role("father")
    if mother:
        answers.append(dates.negate(matter.life(mother).dead_before(matter.valid)))
    if father and matter.life(father).death:
        answers.append(dates.negate(
            dates.days_at_least(matter.life(father).death, matter.valid, 301)))
    return min(answers)


def p05(matter):
    candidates = birth_candidates if matter.kind.name == "birth" else death_candidates
    return dates.negate(max(candidates(matter), default=dates.NO))


def other_births(matter, mother):
    """Births of the mother in force, and DECLARED in other open cases."""
    found = [of_act(matter.world, act) for act in matter.life(mother).bears
             if not is_own(matter, act)]
    for record in matter.book.open_declarations(mother, "birth", matter.world.size):
        if record.event.header.case_id != matter.case_id:
            other = of_content(matter.world, record.event, record.day)
            if other.of_role("mother") == mother:
                found.append(other)
    return [other for other in found if other.valid]


def birth_candidates(matter):
    mother = matter.of_role("mother")
    for other in other_births(matter, mother) if mother else ():
        if same_delivery(other.message, matter.message):
            continue
        is_name_equal = names.key(other.message.name) == names.key(matter.message.name)
        near = max(dates.within_days(other.valid, matter.valid, 5),
                   dates.within_years(other.valid, matter.valid, 3))
        yield min(dates.of_bool(is_name_equal), near)
        yield is_close(other.valid, matter.valid)
    for act in matter.life(mother).losses if mother else ():
        yield is_close(act.valid, matter.valid)


def is_close(a, b):
    """Two deliveries of one mother: possible, seldom."""
    return min(dates.apart_at_least(a, b, DELIVERY_DAYS),
               dates.negate(dates.apart_at_least(a, b, GESTATION_DAYS)))


def death_candidates(matter):
    """Deaths of others of the same name and about the same age at about the same time."""
    deceased = matter.of_role("deceased")
    name = name_of(matter.world, deceased)
    birth = matter.birth_of(deceased)
    for other in other_deaths(matter):
        person = other.of_role("deceased")
        if name is None or person == deceased or name != name_of(matter.world, person):
            continue
        other_birth = matter.birth_of(person)
        near = dates.within_days(other.valid, matter.valid, 5)
        yield min(near, dates.within_years(birth, other_birth, 1)
                  if birth and other_birth else dates.UNKNOWN)


def name_of(world, person):
    """Key of the name registered now; None for nobody."""
    state = world.state_at(person, dates.FOREVER)
    return names.key(state.names[0].name) if state is not None and state.names else None


def other_deaths(matter):
    for record in matter.book.deaths:
        if record.index >= matter.world.size:
            continue
        if record.step != wire.DECLARED:
            yield from death_in_force(matter, record)
            continue
        case = matter.book.case(record.event.header.case_id, matter.world.size)
        if case.declared is not record or record.event.header.case_id == matter.case_id:
            continue
        if case.last.step == wire.REGISTERED:
            yield from death_in_force(matter, case.last)
        elif not case.is_closed:
            yield of_content(matter.world, record.event, record.day)


def death_in_force(matter, record):
    act = matter.book.act(record, matter.world.size)
    if not act.is_void():
        yield of_act(matter.world, act)


def p06(matter, office_id):
    """The same mother and day of birth stand in no open case of another office."""
    mother = matter.of_role("mother")
    answers = [dates.NO]
    records = matter.book.open_declarations(mother, "birth", matter.world.size) if mother else []
    for record in records:
        header = record.event.header
        if header.case_id == matter.case_id or header.office_id == office_id:
            continue
        other = of_content(matter.world, record.event, record.day)
        if other.of_role("mother") == mother and other.valid:
            answers.append(dates.same(other.valid, matter.valid))
    return dates.negate(max(answers))


def p07(matter):
    """Nobody is over 110 who was not proved to live: the child on the day of declaration, spouses
    on the wedding day."""
    if matter.kind.name == "birth":
        day = matter.declared_day if matter.declared_day is not None else matter.recorded_day
        if identities.lives(matter, matter.of_role("child"), day):
            return dates.YES
        return dates.negate(dates.age_at_least(matter.valid, dates.exact(day), 111))
    births = [matter.birth_of(person) for _, person in matter.couple()
              if not identities.lives(matter, person, matter.valid[1])]
    return min([dates.negate(dates.age_at_least(b, matter.valid, 111)) if b else dates.UNKNOWN
                for b in births], default=dates.YES)


def p08(judging):
    """The signer saw the subject's last record; nobody asks it of the parents of a birth."""
    is_birth = judging.matter is not None and judging.matter.kind.name == "birth"
    return dates.of_bool(all(
        s.expected == 0 or s.expected == judging.book.version(s.person, judging.size)
        for s in judging.event.subjects
        if not (is_birth and s.role in ("mother", "father"))))


def p09(matter):
    """The mother's husband, if the birth falls to the marriage, is the declared father."""
    mother, answers = matter.of_role("mother"), [dates.YES]
    for union in matter.life(mother).unions if mother else ():
        applies = dates.days_at_least(union.begin, matter.valid, 180)
        if union.end:
            applies = min(applies, dates.negate(
                dates.days_at_least(union.end, matter.valid, 301)))
        if union.spouse != matter.of_role("father") and union.never is None:
            answers.append(dates.negate(applies))
    return min(answers)


def p10(judging):
    """Few REGISTERED events by one key in the hour before."""
    limit = judging.book.law.on(judging.matter.registered_day).rate_limit
    signed_at = judging.event.header.signed_at_ms
    for key in judging.event.signers:
        recent = [t for t, _ in judging.book.signed.get(key, ())
                  if signed_at - HOUR_MS < t < signed_at]
        if len(recent) >= limit:
            return dates.NO
    return dates.YES


def p11(matter):
    """What is printed is what the register says on the day of issue."""
    state = matter.world.state_at(matter.of_role("holder"), matter.valid[1])
    issue = matter.message if matter.kind.member == "document_issued" else matter.message.issue
    if state is None:
        return dates.YES
    differing = documents.differing(matter.book, issue.snapshot, state, matter.valid[1])
    return dates.of_bool(not list(differing))
