"""S11 to S16, S19, S21, S22, S24: persons, acts and numbers that the event names."""
import blocks
import dates
import certificates
import documents
import filiations
import guardians
import homes
import hygiene
import identities
import kinds
import marriages
import nations
import offices
import paths
import personas
import wedlock
import wire
from wire import DECLARED, REGISTERED


def s11(judging):
    """Every subject is REGISTERED; the newborn of its own case and new persons are excepted. Who is
    told to be the true person is too."""
    event, case = judging.event, judging.case
    own = {p for r in case.records for p in r.event.created} | set(event.created)
    if event.member == "false_identity" and not identities.true_person_exists(judging):
        return False
    return all(s.person in own or judging.book.exists(s.person, judging.size)
               for s in event.subjects)


def s12(judging):
    """Every record, document and number that the content refers to."""
    return judging.targets_exist() and application_is_holders(judging) \
        and authority_exists(judging)


def authority_exists(judging):
    """The office or key that a governance act is about."""
    authority, message = judging.book.authority, judging.event.message
    if judging.event.member in ("office_closed", "officer_enrolled") and message.office_id:
        return message.office_id in authority.offices
    if judging.event.member in ("officer_suspended", "officer_key_compromised"):
        return not message.public_key or message.public_key in authority.keys
    return offices.named(judging) and blocks.is_named(judging)


def target_ids(event):
    """Event ids that the rows with S12 look up."""
    message, kind = event.message, kinds.of_event(event)
    if kind is None:
        return []
    fields = {"divorce": ["target", "decision"], "legitimation": ["marriage"],
              "adoption_revoked": ["target", "decision"], "correction": ["target"],
              "guardianship_ended": ["target", "decision"], "block_returned": ["block"],
              "death_revoked": ["target"], "cause_coded": ["target"], "revocation": ["target"],
              **{verb: ["application"] for verb in homes.APPLICATIONS},
              "reinstatement": ["target"], "legal_hold_lifted": ["target"],
              "content_erased": ["target", "decision"], "merge": ["decision"],
              "unmerge": ["target"], "unseal": ["target"],
              "seal_opened": ["target"],
              "residence_arrival": ["release"], "document_issued": ["application"],
              "document_renewed": ["issue.application"],
              "document_replaced": ["issue.application"],
              "legacy_rejected": ["act"],
              "certificate_issued": ["act"], "certificate_withdrawn": ["target"],
              "legacy_verified": ["digitised"], "legacy_linked": ["verified"]}
    if kind.name in wedlock.TARGETS:
        fields[kind.member] = [wedlock.TARGETS[kind.name][0]] + (
            ["decision"] if kind.name != "objection" else [])
    if kind.name in nations.TARGETS:
        fields[kind.member] = [nations.TARGETS[kind.name][0]]
    found = [kinds.dig(message, path) for path in fields.get(kind.member, ())]
    if kind.name == "court_decision":
        found += [target for order in message.orders for target in order.targets]
    if kind.name in OF_MANY:
        found += list(message.targets)
    return [event_id for event_id in found if event_id]


def application_is_holders(judging):
    """What is issued was applied for by the holder."""
    event = judging.event
    if event.member not in ("document_issued", "document_renewed", "document_replaced"):
        return True
    issue = event.message if event.member == "document_issued" else event.message.issue
    record = judging.book.record_of(issue.application, judging.size)
    return not issue.application or event.of_role("holder") is None or (
        record is not None and record.event.member == "document_applied"
        and record.event.header.event_class == event.header.event_class
        and judging.book.seen(record, judging.size).of_role("holder")
        == event.of_role("holder"))


def document_number(event):
    """Number of an existing document that a verb speaks of."""
    message = event.message
    if event.member in ("document_renewed", "document_replaced"):
        return message.replaces
    return message.document_number if event.member not in (
        "document_issued", "document_applied") else ""


TARGET_KINDS = {  # kind -> (field of the target, kinds it may be of)
    "divorce": ("target", {"marriage"}), "correction": ("target", kinds.CORRECTABLE),
    "death_revoked": ("target", {"death", "presumed_death"}),
    "cause_coded": ("target", {"death"}), "revocation": ("target", kinds.REVOCABLE),
    "reinstatement": ("target", {"revocation"}),
    "legal_hold_lifted": ("target", {"legal_hold_set"}),
    "content_erased": ("target", kinds.ERASABLE),
    "unmerge": ("target", {"merge"}), "unseal": ("target", {"seal"}),
    "seal_opened": ("target", {"seal", "adoption"}),
    **wedlock.TARGETS, "legitimation": ("marriage", {"marriage"}),
    "adoption_revoked": ("target", {"adoption"}),
    "guardianship_ended": ("target", {"guardianship_set"}),
    "block_returned": ("block", {"block_reserved"}),
    "residence_arrival": ("release", {"residence_departure"}),
    "legacy_verified": ("digitised", {"legacy_digitised"}),
    "legacy_linked": ("verified", {"legacy_verified"}),
    "legacy_rejected": ("act", {"legacy_digitised", "legacy_verified"}),
    "certificate_issued": ("act", kinds.CERTIFIABLE),
    "certificate_withdrawn": ("target", {"certificate_issued"}),
    **nations.TARGETS,
    **{verb: ("application", {"application_submitted"}) for verb in homes.APPLICATIONS},
}
# Acts about old papers -> the paper that they build on.
PAPERS = {"legacy_verified": "digitised", "legacy_linked": "verified", "legacy_rejected": "act"}
# Whose subjects are those of the target, part by part.
OF_TARGET = {"correction", "death_revoked", "revocation", "reinstatement", "content_erased",
             "unseal", "legal_hold_lifted", "certificate_issued",
             "certificate_withdrawn"} | homes.APPLICATIONS
# Whose subjects are those of all targets together.
OF_MANY = {"dispute_opened", "dispute_closed", "legal_hold_set", "seal"}


def s13(judging):
    """The target is of a kind that this kind may target, and a decision is one."""
    if not target_fits(judging) or not offices.fits(judging):
        return False
    if judging.kind.name == "legitimation" and not filiations.legitimation_fits(judging):
        return False
    if judging.kind.name in ("divorce", "objection_resolved", *wedlock.DECREES,
                             "content_erased", "adoption_revoked", "merge",
                             "guardianship_ended") and judging.event.message.decision:
        decision = judging.book.record_of(judging.event.message.decision, judging.size)
        return decision is None or decision.event.member == "court_decision"
    return True


def target_fits(judging):
    if judging.kind.name not in TARGET_KINDS:
        return True
    field, allowed = TARGET_KINDS[judging.kind.name]
    record = judging.book.record_of(getattr(judging.event.message, field), judging.size)
    if record is not None:  # else S07 or S12 says so
        if kind_of_target(judging, record) not in allowed:
            return False
        if judging.kind.name in ("revocation", "content_erased") and not record.event.subjects:
            return False  # no history would tell of it
    return True


def kind_of_act(act):
    return act.kind.name if act is not None else None


def kind_of_target(judging, record):
    """Of an act, or of what amends one."""
    if record.event.member in ("correction", "revocation", "reinstatement"):
        return record.event.member
    return kind_of_act(judging.book.act(record, judging.size))


def s14(judging):
    """The target is in force."""
    event, kind = judging.event, judging.kind
    if kind.event_class == 18:
        return offices.in_force(judging)
    if kind.name in OF_TARGET | wedlock.TARGETS.keys() | {
            "divorce", "cause_coded", "legitimation", "adoption_revoked",
            "guardianship_ended"} \
            and judging.book.voided_by(target_of(judging), judging.size) is not None:
        return False
    if kind.event_class == 16 and kind.name in hygiene.IN_FORCE:
        return hygiene.IN_FORCE[kind.name](judging)
    if kind.name in homes.APPLICATIONS:
        return homes.application_stands(judging)
    if kind.name in ("unseal", "seal_opened") and event.message.target in judging.book.unsealed:
        return False
    if kind.name == "seal_opened":
        record = judging.book.record_of(event.message.target, judging.size)
        return record.event.member != "adoption" or filiations.is_full(record.event)
    if kind.name in ("legitimation", "adoption_revoked", "guardianship_ended"):
        family = guardians if kind.name == "guardianship_ended" else filiations
        return family.stands(judging)
    if kind.name == "block_returned" and event.message.block in judging.book.returned:
        return False
    if kind.name == "divorce":
        unions = [u for s in event.subjects for u in judging.world.life(s.person).unions
                  if u.act.event_id == event.message.target]
        return not unions or any(u.is_open() for u in unions)
    if kind.name in wedlock.TARGETS:
        return wedlock.stands(judging)
    if kind.name in PAPERS:
        return identities.papers_stand(judging, getattr(event.message, PAPERS[kind.name]))
    if kind.name == "certificate_withdrawn":
        return certificates.stands(judging)
    if kind.name == "nationality_restored":
        return nations.restores(judging)
    if kind.name == "residence_arrival" and event.message.release:
        release = judging.book.record_of(event.message.release, judging.size)
        released = judging.book.names(release, judging.size)
        return all(judging.is_pending(s.person, event.message.release)
                   for s in event.subjects if s.person in released)
    if event.member.startswith("document_"):
        return verb_leads(judging)
    return True


def verb_leads(judging):
    verb = judging.event.member[len("document_"):]
    holder, matter = judging.event.of_role("holder"), judging.matter
    if verb not in documents.VERBS or holder is None or matter.valid is None:
        return True
    number = judging.event.message.document_number
    if not number:
        return True  # S07
    state = judging.world.state_at(holder, matter.valid[1])
    statuses = [d.status for d in state.documents if d.number == number
                and d.document_class == judging.kind.document()] if state else []
    return bool(statuses) and statuses[0] in documents.VERBS[verb][0]


def s15(judging):
    """Numbers never used before."""
    event, book = judging.event, judging.book
    if judging.kind.event_class == 18:
        return offices.unused(judging)
    if event.member == "registration":
        number = wire.pack(event.message.registration_number)
        return number not in book.registration_numbers
    if event.member == "number_allocated":
        state = judging.world.state_at(event.of_role("holder"), dates.FOREVER)
        return not any(n.status == 1 for n in state.numbers) if state else True
    if event.member in ("document_issued", "document_renewed", "document_replaced"):
        issue = event.message if event.member == "document_issued" else event.message.issue
        return (judging.kind.document(), issue.document_number) not in book.documents
    if event.member == "certificate_issued":
        return event.message.serial not in book.certificates
    if judging.kind.name in homes.OPENS:
        return homes.book_entered(judging.kind, event.message) not in book.family_books
    return blocks.numbers_stand(judging)


def s16(judging):
    """Roles of the row, each person once; all of the target; those that the facts demand."""
    event, kind = judging.event, judging.kind
    persons = [s.person for s in event.subjects]
    if len(set(persons)) != len(persons):
        return dates.NO
    if kind.name in OF_TARGET:
        return all_of_target(judging)
    if judging.matter and judging.matter.message is None:
        return dates.YES  # a paper without an act: S07
    table = judging.matter.kind.subjects if judging.matter else kind.subjects
    for role, (least, most, _) in table.items():
        count = sum(1 for s in event.subjects if s.role == role)
        if not least <= count <= most:
            return dates.NO
    if any(s.role not in table for s in event.subjects):
        return dates.NO
    if kind.name in wedlock.OBJECTIONS:
        return all_of_target(judging, may_be_more=True)
    if kind.name in ("divorce", "adoption_revoked", "guardianship_ended", *wedlock.DECREES):
        return all_of_target(judging)
    if kind.name == "unmerge":
        return dates.of_bool(hygiene.is_same_pair(judging))
    if kind.name == "court_decision":
        ordered = {judging.book.who(person, judging.size)
                   for order in event.message.orders for person in order.persons}
        return dates.of_bool(ordered <= set(persons))
    if judging.matter and judging.matter.kind.name in ("death", "presumed_death"):
        return marriages.surviving_spouse(judging.matter)
    if kind.name in OF_MANY:
        return all_of_targets(judging)
    if kind.name == "seal_opened":
        record = judging.book.record_of(event.message.target, judging.size)
        if record is not None and record.event.member in ("seal", "adoption"):
            return dates.of_bool(set(persons) <= judging.book.names(record, judging.size))
    if kind.name == "cause_coded":
        record = judging.book.record_of(event.message.target, judging.size)
        if record is not None and kind_of_target(judging, record) == "death":
            seen = judging.book.seen(record, judging.size)
            return dates.of_bool(seen.of_role("deceased") == event.of_role("deceased"))
    return dates.YES


def all_of_targets(judging):
    """The persons of all targets and nobody else; for a hold of persons anybody."""
    records = [judging.book.record_of(i, judging.size) for i in judging.event.message.targets]
    if not records or None in records:
        return dates.YES  # S12
    persons = set().union(*(judging.book.names(record, judging.size) for record in records))
    return dates.of_bool(persons == {s.person for s in judging.event.subjects})


def target_of(judging):
    return getattr(judging.event.message, TARGET_KINDS[judging.kind.name][0])


def all_of_target(judging, may_be_more=False):
    record = judging.book.record_of(target_of(judging), judging.size)
    if record is None or kind_of_target(judging, record) \
            not in TARGET_KINDS[judging.kind.name][1]:
        return dates.YES  # S07, S12, S13 say so
    def pairs(subjects):
        return sorted((s.role, s.person) for s in subjects)
    if judging.kind.name == "certificate_issued" and filiations.is_full(record.event):
        return dates.of_bool(filiations.face_subjects(judging, record)
                             == pairs(judging.event.subjects))
    of_target = pairs(judging.book.seen(record, judging.size).subjects)
    if may_be_more:
        return dates.of_bool(set(of_target)
                             <= set(pairs(judging.event.subjects)))
    return dates.of_bool(of_target == pairs(judging.event.subjects))


def s19(judging):
    """Old values equal, byte for byte, those now in force."""
    act = judging.target_act()
    for change in judging.event.message.changes:
        try:
            now = paths.read(act.content, change.path)
        except paths.NoSuchField:
            continue  # S07
        if wire.pack(now) != wire.pack(change.old_value):
            return False
    return True


def s21(matter):
    """Everybody but the child of a birth is born by then."""
    answers = [dates.YES]
    for subject in matter.subjects:
        if matter.kind.name == "birth" and subject.role == "child":
            answers.append(identities.comes_first(matter, subject.person))
            continue
        birth = matter.birth_of(subject.person)
        if birth is None and not matter.book.exists(subject.person, matter.world.size):
            continue  # S11
        answers.append(dates.not_after(birth, matter.valid) if birth else dates.UNKNOWN)
    return min(answers)


def s22(judging):
    """A birth is registered on a VERIFIED of its newest DECLARED."""
    if judging.event.step != REGISTERED or judging.event.member != "registration":
        return True
    if blocks.is_provisional(judging):
        return True
    verified = judging.case.verified
    return verified is not None and judging.event.message.verification == verified.event.id


def s24(matter):
    """Children of one delivery: one mother, one plurality, at most 2 days apart, each its order."""
    answers = [dates.YES]
    if not matter.message.delivery_id:
        return dates.YES
    for other in births_of_delivery(matter):
        answers.append(dates.of_bool(
            other.of_role("mother") == matter.of_role("mother")
            and other.message.plurality == matter.message.plurality
            and other.message.birth_order != matter.message.birth_order))
        answers.append(dates.within_days(matter.valid, other.valid, 2))
    return min(answers)


def births_of_delivery(matter):
    """Other births of the delivery: in force, or newest DECLARED of an open case."""
    from matter import of_act, of_content
    for record in matter.book.births_of_delivery.get(matter.message.delivery_id, ()):
        if record.index >= matter.world.size or record.index == matter.without:
            continue
        case = matter.book.case(record.event.header.case_id, matter.world.size)
        if record.event.header.case_id == matter.case_id and matter.case_id:
            continue
        if record.step == DECLARED and case.declared is record and not case.is_closed:
            yield of_content(matter.world, record.event, record.day)
        elif record.step == DECLARED and case.declared is record or record.step == REGISTERED:
            last = case.last if record.step == DECLARED else record
            act = matter.book.act(last, matter.world.size)
            if act is not None and not act.is_over(dates.FOREVER) \
                    and act.of_role("child") != matter.of_role("child") \
                    and personas.tells_birth(matter.book, matter.world.size, act):
                yield of_act(matter.world, act)


