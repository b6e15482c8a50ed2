"""L01 to L24 in scope. Each returns a three-valued answer."""
import dates
import homes
import kin
import wedlock
from documents import USABLE
from law import delay_limits

CIVIL = 1          # MarriageForm
CONSENT = 2        # UnderAgePath
KHMER = "KHM"
PERSON = 1         # HoldScope


def l01(matter):
    """The child has no birth act in force."""
    child = matter.of_role("child")
    return dates.of_bool(not child or matter.life(child).birth_act is None)


def l02(matter):
    """No death before; a death takes the place of a presumed one."""
    deceased = matter.of_role("deceased")
    if not deceased or matter.life(deceased).death is None:
        return dates.YES
    return dates.of_bool(matter.kind.name == "death" and matter.life(deceased).is_presumed)


def l03(matter):
    """Alive on the day; the day of death itself counts as alive. Who is presumed dead may have died
    on another day."""
    answers = [dates.YES]
    for subject in matter.subjects:
        life = matter.life(subject.person)
        if not (matter.kind.name == "death" and subject.role == "deceased" and life.is_presumed):
            answers.append(dates.negate(life.dead_before(matter.valid)))
    return min(answers)


def l04(matter):
    """No other marriage of either meets [d, end of this one)."""
    answers = [dates.YES]
    end = end_of_this(matter)
    for _, person in matter.couple():
        for union in matter.life(person).unions:
            answers.append(dates.YES if union.never else dates.negate(
                dates.meets(matter.valid, end, union.begin, union.end)))
    return min(answers)


def end_of_this(matter):
    if matter.without is not None:  # a marriage judged again: it may have ended since
        for union in matter.as_it_will_be.life(matter.couple()[0][1]).unions:
            if union.act.index == matter.without:
                return union.end
    if matter.kind.name == "marriage" and matter.message.HasField("already_ended"):
        return dates.exact(dates.of_date(matter.message.already_ended.on))
    return None


def l05(matter):
    return matter.by_each_law(lambda law: marriage_age(matter, law))


def marriage_age(matter, law):
    """Full age of both; or, where the law says so, consent for one while the other is of age."""
    needed = {"spouse_a": law.groom_age, "spouse_b": law.bride_age}
    of_age, may_consent = {}, {}
    for role, person in matter.couple():
        birth = matter.birth_of(person)
        def at_least(years, birth=birth):
            if years == 0:
                return dates.YES
            return dates.age_at_least(birth, matter.valid, years) if birth else dates.UNKNOWN
        of_age[role] = at_least(needed[role])
        may_consent[role] = at_least(law.consent_age)
    answers = [min(of_age.values(), default=dates.YES)]
    if law.under_age == CONSENT and has_consent(matter) and len(of_age) == 2:
        for young, other in (("spouse_a", "spouse_b"), ("spouse_b", "spouse_a")):
            answers.append(min(may_consent[young], of_age[other]))
    return max(answers)


def has_consent(matter):
    if matter.kind.name != "marriage" or not matter.message.HasField("guardian_consent"):
        return False
    consent = matter.message.guardian_consent
    return bool(consent.act) or consent.HasField("document")


def l06(matter):
    """No kin in direct line, none in collateral line up to the degree of the law."""
    couple = [person for _, person in matter.couple()]
    if len(couple) < 2:
        return dates.YES
    found = kin.degree(matter.world, *couple)
    if found is None:
        return dates.YES
    is_direct, degree = found
    return matter.by_each_law(
        lambda law: dates.of_bool(not is_direct and degree > law.impediment_degree))


def l07(matter):
    """The bride's last marriage ended long enough before."""
    bride = matter.of_role("spouse_b")
    if not bride:
        return dates.YES
    ends = [u.end for u in matter.life(bride).unions if u.end]
    def judge(law):
        return min([max(dates.before(matter.valid, end),
                        dates.days_at_least(end, matter.valid, law.waiting_days))
                    for end in ends if law.waiting_days], default=dates.YES)
    return matter.by_each_law(judge)


def l08(matter):
    """A civil wedding was announced: a notice by both, posted long enough before."""
    if matter.message.form != CIVIL:
        return dates.YES
    return matter.by_each_law(lambda law: notice_given(matter, law.notice_days))


def notice_given(matter, days):
    if days == 0:
        return dates.YES
    record = matter.book.record_of(matter.message.notice, matter.world.size)
    if record is None or record.event.member != "marriage_notice":
        return dates.NO
    if matter.book.names(record, matter.world.size) != set(matter.persons()):
        return dates.NO
    act = matter.book.act(record, matter.world.size, matter.world.extra)
    if act.void is not None or wedlock.is_void(matter, act.event_id):
        return dates.NO
    return dates.days_at_least(act.valid, matter.valid, days)


def decision_orders(book, size, event_id, kind_name, persons, target, court=None):
    """True when that record is a decision, final, not stayed, that orders this; of one court when
    that is said."""
    record = book.record_of(event_id, size)
    if record is None or record.event.member != "court_decision" \
            or book.voided_by(event_id, size) is not None:
        return False
    if court not in (None, record.event.header.office_id):
        return False
    decision = record.event.message
    if not decision.final or decision.stay:
        return False
    return any(order.kind == kind_name and (
        (order.persons and set(persons) <= {book.who(p, size) for p in order.persons})
        or (target and target in order.targets)) for order in decision.orders)


def cited(common):
    """Acts that a content cites as its legal basis, or in its overrides."""
    return [basis.act for basis in common.legal_basis if basis.act] \
        + [override.authority for override in common.overrides if override.authority]


def l09(judging):
    event = judging.event
    decisions = cited(event.content.common)
    if judging.kind.name in ("divorce", "presumed_death", "content_erased", "parentage_set",
                             "adoption", "adoption_revoked", "guardianship_set",
                             "guardianship_ended", "capacity_set", "name_change",
                             "objection_resolved", *wedlock.DECREES):
        if not wedlock.needs_decision(event):
            return dates.YES
        decisions.append(event.message.decision)
    elif judging.kind.name == "merge":
        if event.message.review_file:  # counts as the decision of a competent authority
            return dates.YES
        decisions.append(event.message.decision)
    elif judging.kind.name == "correction" and event.message.path != 2:
        return dates.YES
    persons = [s.person for s in event.subjects]
    return dates.of_bool(any(
        decision_orders(judging.book, judging.size, decision, judging.kind.name, persons,
                        target_of(event)) for decision in decisions))


def target_of(event):
    """The act that an order for this event may name."""
    if event.member in wedlock.OBJECTIONS:
        return getattr(event.message, wedlock.OBJECTIONS[event.member])
    return getattr(event.message, "act" if event.member == "certificate_issued" else "target", b"")


def holds(judging):
    """Legal holds in the way: of a subject, or of the act targeted, on the day of recording."""
    for subject in judging.event.subjects:
        state = judging.world.state_at(subject.person, dates.FOREVER)
        for hold in state.legal_holds if state else ():
            last = dates.of_partial(hold.provenance.valid_to, 0) \
                if hold.provenance.HasField("valid_to") else None
            if last is not None and last[1] < judging.day:
                continue
            if hold.scope == PERSON or target_of(judging.event) in hold.targets:
                yield hold


def l19(judging):
    return dates.of_bool(not list(holds(judging)))


def l11(judging):
    """In time; or late and the district signs or has verified; or the province signs."""
    matter = judging.matter
    declared = dates.exact(matter.declared_day)
    law = judging.book.law.on(matter.registered_day)
    in_time, late = delay_limits(law, matter.kind.name)
    is_in_time = dates.negate(dates.days_at_least(matter.valid, declared, in_time + 1))
    is_not_very_late = dates.negate(dates.days_at_least(matter.valid, declared, late + 1))
    roles = {role for officer in judging.signing.known for role in officer.roles}
    is_birth = matter.kind.name == "birth"
    by_district = bool(roles & {"V", "P"}) or (is_birth and judging.case.verified is not None)
    witnesses = len(matter.message.late.witnesses) if is_birth else 2
    by_province = "P" in roles and witnesses >= 2
    return max(is_in_time, min(is_not_very_late, dates.of_bool(by_district)),
               dates.of_bool(by_province))


def issue_of(matter):
    return matter.message if matter.kind.member == "document_issued" else matter.message.issue


def l12(matter):
    """No other live card, or ordinary passport, after this act replaces what it names."""
    replaced = getattr(matter.message, "replaces", "")
    state = matter.world.state_at(matter.of_role("holder"), matter.valid[1])
    own = matter.kind.document()
    application = matter.book.record_of(issue_of(matter).application, matter.world.size)
    if own == "passport" and application.event.message.sort != "ordinary":
        return dates.YES
    live = [d.number for d in state.documents
            if d.status in USABLE and d.document_class == own
            and (own == "id_card" or d.sort == "ordinary")] if state else []
    return dates.of_bool(not set(live) - {replaced})


def l13(matter):
    """Old enough on the day of application and on the day of issue."""
    birth = matter.birth_of(matter.of_role("holder"))
    if birth is None:
        return dates.UNKNOWN
    days = [matter.valid]
    if matter.kind.member != "document_applied":
        application = matter.book.record_of(issue_of(matter).application, matter.world.size)
        if application is not None and application.event.member == "document_applied":
            days.append(dates.exact(dates.of_date(application.event.message.date)))
    return matter.by_each_law(lambda law: min(
        dates.age_at_least(birth, day, law.id_card_age) for day in days))


def l14(matter):
    """Of a family book every member named, of a document the holder."""
    if homes.is_household(matter.kind):
        return min((l14_of(matter, person) for person in matter.persons()), default=dates.YES)
    return l14_of(matter, matter.of_role("holder"))


def l14_of(matter, person):
    state = matter.world.state_at(person, matter.valid[1])
    countries = {n.country for n in state.nationalities
                 if not n.provenance.HasField("valid_to")} if state else set()
    return dates.of_bool(KHMER in countries)


def l25(matter):
    """A permit is for who is no national."""
    return 2 - l14(matter)


def residence_of(matter, person):
    state = matter.world.state_at(person, matter.valid[1])
    unit = state.residence.unit_id if state else b""
    pending = state.pending_move.act if state and state.HasField("pending_move") else b""
    return unit, pending


def l15(matter):
    """Departure: lives in the unit, no move under way. Arrival: no other move, unit open. A stay:
    unit open. The end of a unit: open, and nobody in it."""
    message = matter.message
    is_departure = matter.kind.name == "residence_departure"
    if not is_departure and not unit_is_open(matter):
        return dates.NO
    if matter.kind.name == "temporary_residence":
        return dates.YES
    if matter.kind.name == "residence_unit_closed":
        return dates.of_bool(not homes.is_inhabited(matter))
    for person in matter.persons():
        unit, pending = residence_of(matter, person)
        if is_departure and (unit != message.from_unit or pending):
            return dates.NO
        if not is_departure and pending and pending != message.release:
            return dates.NO
    return dates.YES


def unit_is_open(matter):
    from fold import unit_of
    unit = unit_of(matter.book, matter.message.unit, matter.world.size)
    return unit is not None and unit.valid[0] <= matter.valid[0] \
        and matter.valid[1] < homes.closed_on(matter)


def l24(matter):
    """A release, or a first entry, or registered long enough after."""
    waited = matter.by_each_law(lambda law: dates.days_at_least(
        matter.valid, dates.exact(matter.recorded_day), law.release_days))
    answers = []
    for person in matter.persons():
        unit, _ = residence_of(matter, person)
        is_first = not unit and matter.message.reason == "first_entry"
        answers.append(dates.of_bool(is_first or is_release_for(matter, person)))
    return max(waited, min(answers, default=dates.YES))


def is_release_for(matter, person):
    record = matter.book.record_of(matter.message.release, matter.world.size)
    return (record is not None and record.event.member == "residence_departure"
            and matter.book.voided_by(record.event.id, matter.world.size) is None
            and person in matter.book.names(record, matter.world.size))


def not_pregnant(common):
    return any(document.type == "not_pregnant" for document in common.documents)
