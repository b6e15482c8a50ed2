"""S07 to S10: content, names, order of dates, area codes."""
import dates
import forms
import homes
import kinds
from wire import DECLARED, REGISTERED

CHAIN_SLACK_DAYS = 1  # recorded_at in Phnom Penh + 1 day


def references_of(message):
    """Event ids of 32 bytes that the content names, wherever they stand."""
    found = set()
    for descriptor, value in message.ListFields():
        is_list = descriptor.label == descriptor.LABEL_REPEATED
        for part in value if is_list else [value]:
            if descriptor.message_type:
                found |= references_of(part)
            elif (descriptor.message_type is None and isinstance(part, bytes)
                  and descriptor.name in REFERENCE_FIELDS and len(part) == 32):
                found.add(part)
    return found


REFERENCE_FIELDS = {"declaration", "verification", "target", "targets", "decision", "act",
                    "application", "notice", "release", "digitised", "verified", "authority",
                    "block", "statelessness", "marriage", "objection"}
STEP_OF_PROFILE = {"V": DECLARED, "D": DECLARED, "1": REGISTERED, "2": REGISTERED}


def s07(event):
    """Paths of what is wrong."""
    found = forms.faults(event.content, "content")
    kind = kinds.of_event(event)
    if kind is None and not kinds.is_step_content(event):
        found.append("header.event_class")
    if not step_fits(event, kind) or not class_has_step(event):
        found.append("header.step")
    if references_of(event.content) != set(event.header.references):
        found.append("header.references")
    if kind is not None:
        found += faults_of_kind(event, kind)
    return found


def step_fits(event, kind):
    if kinds.is_step_content(event):
        return kinds.wire.STEP_CONTENT[event.member] == event.step
    return kind is None or STEP_OF_PROFILE[kind.profile] == event.step


def class_has_step(event):
    """A step that frames an act belongs to a class one of whose kinds goes through it."""
    if event.member not in ("notification", "verification", "registration"):
        return True
    name = event.message.kind if event.member == "notification" else None
    return any(kind.seats_of(event.step) and name in (None, kind.name)
               for kind in kinds.TABLE if kind.event_class == event.header.event_class
               and kind.profile in kinds.STEPPED)


def faults_of_kind(event, kind):
    found = []
    effective, message = kinds.effective(kind, event.message)
    if message is None:
        return found
    if kind.profile in kinds.STEPPED and not event.content.common.HasField("date_of_declaration"):
        found.append("content.common.date_of_declaration")
    if homes.is_household(effective):
        found += household_faults(event, effective, message)
    if effective.name == "death":
        heirs = [s.person for s in event.subjects if s.role == "member"]
        if heirs[:1] != [message.new_head] * bool(heirs or message.new_head):
            found.append("content.death.new_head")
    if effective.name == "birth":
        has_mother = any(s.role == "mother" for s in event.subjects)
        if not (has_mother or message.foundling or message.HasField("mother_details")):
            found.append("content.birth.mother_details")
    new_persons = event.message.new_persons if kind.name == "legacy_linked" else []
    described = [new.role for new in new_persons]
    created = {role_number(s.role) for s in event.subjects if s.is_new}
    found += ["content.legacy_linked.new_persons"] if set(described) - created else []
    if kind.name == "foreigner_enrolled" \
            and any(not s.is_new for s in event.subjects):
        found.append("content.foreigner_enrolled.person")
    if kind.name == "false_identity" and event.message.true_person \
            and event.message.true_person in [s.person for s in event.subjects]:
        found.append("content.false_identity.true_person")
    for subject in event.subjects:
        may_be_new = effective.subjects.get(subject.role, (0, 0, False))[2]
        if subject.is_new and not may_be_new and described.count(role_number(subject.role)) != 1:
            found.append("header.subjects")
    return found


def household_faults(event, kind, message):
    """Each member has one relation and nobody else has; no book is merged with itself."""
    found = []
    if kind.name not in homes.LEAVES:
        members = sorted(s.person for s in event.subjects if s.role == "member")
        related = sorted(r.person_id for r in message.relations)
        if related != members or len(set(related)) < len(related):
            found.append("content.relations")
    if kind.name == "family_book_merged" and (
            len(message.book_numbers) < 2 or len(set(message.book_numbers))
            != len(message.book_numbers)):
        found.append("content.book_numbers")
    return found


def role_number(role):
    return kinds.wire.role_number(role)


def already_ended(matter, event):
    """S07 too, from the state: a marriage of the dead says when it had ended. Three-valued."""
    if matter is None or matter.kind.name != "marriage" or matter.message is None \
            or event.step not in (DECLARED, REGISTERED) or matter.message.HasField("already_ended"):
        return dates.YES
    deaths = [matter.life(person).death for person in matter.persons()]
    day = dates.exact(matter.registered_day)
    return min([dates.before(day, death) for death in deaths if death], default=dates.YES)


def effect_fits(judging):
    """S07 too: what amends an act, a decision, and a birth have no effect that ends on a day."""
    message = judging.event.message
    if judging.event.member != "revocation" or message.effect != 2:
        return True
    record = judging.book.record_of(message.target, judging.size)
    if record is None:
        return True
    act = judging.book.act(record, judging.size)
    event_class = act.kind.event_class if act is not None else record.event.header.event_class
    return event_class not in (1, 14, 15)


def residue_of(judging):
    """The content that a court leaves, and the record whose content it takes the place of."""
    message = judging.event.message
    if judging.event.member != "content_erased" or not forms.is_content(message.residue):
        return None, None
    record = judging.book.record_of(message.target, judging.size)
    act = judging.book.act(record, judging.size) if record is not None else None
    residue = kinds.wire.content.Content.FromString(message.residue)
    return (residue, act) if act is not None else (None, None)


def residue_fits(judging):
    """S07 too: the residue is a whole content of the kind of its target, and keeps the number of a
    document."""
    residue, act = residue_of(judging)
    if residue is None:
        return True
    member = residue.WhichOneof("kind")
    if member is None:
        return False
    source = act.source.event
    message = getattr(residue, member)
    if forms.faults(message, "residue"):
        return False
    kind = kinds.of_event(source)
    return member == source.member and kinds.effective(kind, message)[0] is act.kind \
        and number_of(message) == number_of(source.message)


def number_of(message):
    issue = getattr(message, "issue", message)
    return getattr(issue, "document_number", "") if hasattr(issue, "serial") else ""


def residue_names_fit(judging):
    """S08 too."""
    residue, _ = residue_of(judging)
    member = residue.WhichOneof("kind") if residue is not None else None
    return member is None or not forms.name_faults(getattr(residue, member), "residue")


def s08(event):
    return forms.name_faults(event.content, "content")


def s09(matter, event, recorded_day):
    """valid <= declared <= registered <= recorded + 1 day, of those that are there."""
    chain = []
    if matter is not None and matter.kind.event_class != 18:
        chain += [matter.valid] if matter.valid else []
        if matter.declared_day is not None:
            chain.append(dates.exact(matter.declared_day))
    if event.member == "notification":
        days = dates.of_partial(event.message.date, recorded_day)
        chain += [days] if days else []
    if event.member == "registration":
        day = dates.of_date(event.message.date_of_registration)
        chain += [dates.exact(day)] if day is not None else []
    chain.append(dates.exact(recorded_day + CHAIN_SLACK_DAYS))
    return min(dates.not_after(a, b) for a, b in zip(chain, chain[1:])) \
        if len(chain) > 1 else dates.YES


def places_of(message, path=""):
    """(path, place or address) of every area that the content names."""
    for descriptor, value in message.ListFields():
        if not descriptor.message_type or descriptor.name == "old_value":
            continue
        is_list = descriptor.label == descriptor.LABEL_REPEATED
        for part in value if is_list else [value]:
            here = f"{path}.{descriptor.name}"
            if descriptor.message_type.name in ("Place", "Address"):
                yield here, part
            else:
                yield from places_of(part, here)


def s10(book, matter, event, recorded_day):
    """Every code exists in its version, and that version is in force on the day it refers to."""
    answers = [dates.YES]
    if matter is not None and matter.message is not None:
        for path, place in places_of(matter.message):
            days = matter.valid
            if path.endswith(".old_address") and days is not None:
                days = days[0] - 1, days[1] - 1  # what it was called the day before
            if path.endswith(".child_address"):
                day = matter.declared_day
                days = dates.exact(day) if day is not None else None
            answer = place_answer(matter.book, place, days)
            if matter.kind.name == "number_allocated" and matter.of_role("holder"):
                birth = matter.life(matter.of_role("holder")).birth
                answer = max(answer, place_answer(matter.book, place, birth) if birth else 0)
            answers.append(answer)
    if event.member == "notification":
        days = dates.of_partial(event.message.date, recorded_day)
        answers.append(place_answer(book, event.message.place, days))
    return min(answers)


def place_answer(book, place, days):
    if not place.code or days is None:
        return dates.YES
    if not book.gazetteer.has(place.gazetteer, place.code):
        return dates.NO
    return book.gazetteer.in_force(place.gazetteer, days)
