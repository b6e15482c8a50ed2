"""S01 to S06, S18, S20: who signs, where, how many, and at which step of the case."""
import certificates
import blocks
import dates
import homes
import hygiene
import kin
import kinds
import wire
from geography import covers
from kinds import AREA, NATION
from wire import DECLARED, NOTIFIED, REFUSED, REGISTERED, VERIFIED, WITHDRAWN

AFTER = {  # step -> steps that may stand last in the case before it
    NOTIFIED: {None}, DECLARED: {None, NOTIFIED, DECLARED, VERIFIED},
    VERIFIED: {DECLARED}, REGISTERED: {DECLARED, VERIFIED},
    REFUSED: {None, NOTIFIED, DECLARED, VERIFIED}, WITHDRAWN: {None, NOTIFIED, DECLARED, VERIFIED},
}


GOVERNED_BY_PROVINCE = {"officer_enrolled", "officer_suspended", "officer_key_compromised",
                        "officer_scope_changed", "officer_key_rotated", "officer_retired"}
BY_NODE = {"access_anchor", "checkpoint_epoch"}


class Signing:
    """The signatures of an event: who is known, which seats there are."""

    def __init__(self, event, kind, case, matter, world, recorded_day):
        self.event, self.kind, self.case, self.matter = event, kind, case, matter
        self.world, self.book, self.day = world, world.book, recorded_day
        self.known = [self.book.authority.keys[k].on(recorded_day) for k in event.signers
                      if k in self.book.authority.keys]
        self.main, self.approvers, self.others = self.seats()

    def seats(self):
        """(main seats of this step, approvers' seats, seats at any step of the kind)"""
        kind, step = self.kind, self.event.step
        if kind is None:
            return [], [], []
        if kind.name == "correction":
            return self.correction_seats(), [], []
        if kind.name == "certificate_issued":
            return [certificates.seat_of(self.event.message)], [], kind.all_seats()
        if kind.name in kinds.ONE_OF_TWO and step == REGISTERED:
            usual, other = kind.seats_of(step)
            by_other = any(officer.roles & other[0] for officer in self.known)
            return [other if by_other else usual], [], kind.all_seats()
        if kind.event_class == 18:
            others = {"officer_enrolled": [kinds.seat("P V G")],
                      "officer_suspended": [kinds.seat("P V G")],
                      "officer_key_compromised": [kinds.seat("P G")]}
            by_province = [kinds.seat("P V G")] if kind.name in GOVERNED_BY_PROVINCE else []
            return self.governance_seats(), [], others.get(kind.name, by_province)
        if step in (REFUSED, WITHDRAWN):
            return self.refusal_seats(), [], kind.all_seats()
        approvers = kind.approvers.get(step, [])
        return kind.seats_of(step), approvers, kind.all_seats()

    def correction_seats(self):
        reach = NATION if self.event.message.path == 2 else AREA
        return [kinds.seat("R", reach), kinds.seat(kinds.V, reach)]

    def governance_seats(self):
        """P + V for officers of communes, two of the nation else; one is enough to suspend, and one
        of either to call a key compromised."""
        name = self.kind.name
        nation = [kinds.seat("G", NATION)]
        if name in BY_NODE:
            return [kinds.seat("NODE", NATION)]
        if name == "disclosure":
            return nation
        if name not in GOVERNED_BY_PROVINCE:
            return kinds.TWO_NATIONAL
        is_national = any("G" in officer.roles for officer in self.known)
        if name == "officer_key_compromised":
            return nation if is_national else [kinds.seat("P")]
        if not is_national and self.office_concerned_is_commune():
            return kinds.PROVINCE_AND_DISTRICT
        return nation if name == "officer_suspended" else kinds.TWO_NATIONAL

    def office_concerned_is_commune(self):
        office = self.book.authority.offices.get(self.office_concerned())
        if office is None or office.sort not in (1, 6):
            return False
        if self.kind.name != "officer_scope_changed":
            return True
        following = self.book.authority.offices.get(self.event.message.office_id)
        return following is not None and following.sort in (1, 6) \
            and following.areas[0][:2] == office.areas[0][:2]

    def office_concerned(self):
        message = self.event.message
        if self.kind.name == "officer_enrolled":
            return message.office_id
        key = getattr(message, "public_key", b"")
        officer = self.book.authority.keys.get(key)
        return officer.on(self.day).office if officer else ""

    def refusal_seats(self):
        """The registrar, and whoever may sign the next step."""
        following = REGISTERED
        if self.kind.profile in kinds.STEPPED and self.case.declared is None:
            following = DECLARED
        elif self.kind.profile == "V" and self.case.verified is None:
            following = VERIFIED
        letters = {"R"}.union(*(seat[0] for seat in self.kind.seats_of(following)))
        return [(frozenset(letters), AREA)]

    # S01 .. S06

    def s01(self):
        if self.event.member == "genesis":
            named = {officer.public_key for officer in self.event.message.officers}
            return self.world.size == 0 and named == set(self.event.signers)
        return len(self.known) == len(self.event.signers) and all(
            officer.is_active(self.day) for officer in self.known)

    def entitled(self, officer, seats):
        return [seat for seat in seats if officer.roles & seat[0]]

    def unauthorised(self):
        if self.event.member == "genesis" or self.kind is None:
            return []
        others = [o for o in self.known if o.key != self.own_key()]
        if not any(self.entitled(officer, self.main) for officer in self.known):
            return others
        anywhere = self.main + self.approvers + self.others
        return [o for o in others if not self.entitled(o, anywhere)]

    def own_key(self):
        """Who goes on with another key signs with the old one, whatever the roles."""
        is_rotation = self.event.member == "officer_key_rotated"
        return self.event.message.public_key if is_rotation else None

    def is_by_its_node(self):
        """A node speaks of itself; S12 speaks of one that is unknown."""
        if self.kind is None or self.event.member not in BY_NODE:
            return True
        key = self.book.authority.nodes.get(self.event.message.node_id)
        return key is None or all(officer.key == key for officer in self.known)

    def s02(self):
        if self.event.member == "genesis":
            return True
        unknown = len(self.known) < len(self.event.signers)
        for_office = any(o.office == self.event.header.office_id for o in self.known)
        return not self.unauthorised() and (for_office or unknown) and self.is_by_its_node()

    def s03(self):
        """Every officer whose seats here all have an area covers one of the tested places; where
        the step itself asks for none, seconds need none either."""
        excluded = self.unauthorised()
        places = self.tested_places()
        is_national = self.main and all(reach == NATION for _, reach in self.main)
        for officer in self.known:
            seats = (self.entitled(officer, self.main) or self.entitled(officer, self.approvers)
                     or self.entitled(officer, self.others))
            if officer.key == self.own_key() and not self.entitled(officer, self.main):
                continue
            if officer in excluded or is_national or any(r == NATION for _, r in seats):
                continue
            office = self.book.authority.offices.get(officer.office)
            if self.kind is not None and self.kind.event_class == 17:
                if self.handling_office() not in ("", officer.office):
                    return False
                continue
            if office is None or not places or self.is_place_missing():
                continue
            if office.areas and not any(covers(office.areas, code) for code in places):
                return False
        return True

    def handling_office(self):
        """The office that the application names; empty when it cannot be found."""
        message = self.event.message
        if self.event.member != "application_submitted":
            record = self.book.record_of(getattr(message, "application", b""), self.world.size)
            act = self.book.act(record, self.world.size) if record is not None else None
            message = act.message if act is not None else None
        return getattr(message, "office_id", "")

    def is_place_missing(self):
        """A tested place hangs on something that S07, S11, S12 or L15 finds missing."""
        message = self.matter.message if self.matter is not None else None
        if self.event.member == "notification":
            return not self.event.message.HasField("place")
        if message is None or self.kind is None:
            return True
        if self.kind.event_class == 18 or self.kind.name in (
                "correction", "certificate_issued", "legacy_linked"):
            return not self.office_places()
        if any(not message.HasField(path) for path in self.matter.kind.places):
            return True
        if homes.is_household(self.kind):
            return False
        for field in ("from_unit", "unit"):
            if hasattr(message, field):
                return self.unit(getattr(message, field)) is None
        return False

    def tested_places(self):
        """Codes after successions up to date_of_declaration, the valid date if there is none."""
        matter, found = self.matter, []
        if self.event.member == "notification":
            days = dates.of_partial(self.event.message.date, self.day)
            place, day = self.event.message.place, days[1] if days else self.day
            return [self.code(place, day)] if place.code else []
        if matter is None or matter.message is None:
            return self.office_places()
        day = matter.declared_day
        if day is None:
            day = matter.valid[1] if matter.valid else self.day
        for path in matter.kind.places if not matter.is_legacy else ():
            place = kinds.dig(matter.message, path)
            found += [self.code(place, day)] if place is not None and place.code else []
        return found + self.derived_places(day) + self.office_places()

    def code(self, place, day):
        return self.book.gazetteer.successor(place.gazetteer, place.code, day)

    def derived_places(self, day):
        """Places of persons and units, which the rule reads from the state."""
        matter, found = self.matter, []
        if matter.is_legacy:
            return found
        if homes.is_household(matter.kind):
            for number in homes.books_left(matter.kind, matter.message):
                opened = self.book.family_books.get(number)
                unit = self.unit(opened.event.message.unit) if opened else None
                if unit is not None:
                    found.append(self.code(unit.message.address, day))
        if matter.kind.name in ("marriage", "marriage_notice", "objection", "objection_resolved",
                                "address_protection_set",
                                "address_protection_lifted", "recognition", "legitimation",
                                "name_change"):
            for person in matter.persons():
                state = self.world.state_at(person, dates.FOREVER)
                if state is not None and state.residence.address.code:
                    found.append(self.code(state.residence.address, day))
        for field in ("from_unit", "unit"):
            unit_id = getattr(matter.message, field, None)
            unit = self.unit(unit_id) if unit_id else None
            if unit is not None:
                found.append(self.code(unit.message.address, day))
        return found

    def unit(self, unit_id):
        from fold import unit_of
        return unit_of(self.book, unit_id, self.world.size)

    def office_places(self):
        """For acts about an act, a paper or an officer: the areas of the office concerned."""
        office_id = None
        if self.kind is None:
            return []
        if self.kind.name in ("correction", "certificate_issued"):
            return self.target_places()
        elif self.kind.name == "legacy_linked":
            office_id = self.paper_office()
        elif self.kind.name in ("block_reserved", "block_returned"):
            office_id = blocks.office(self.book, self.event, self.world.size)
        elif self.kind.event_class == 18:
            office_id = self.office_concerned()
        office = self.book.authority.offices.get(office_id)
        return list(office.areas) if office else []

    def target_places(self):
        """Areas of the office of the target act and of those who signed it."""
        field = "target" if self.kind.name == "correction" else "act"
        target = self.book.record_of(getattr(self.event.message, field), self.world.size)
        if target is None or self.book.act(target, self.world.size) is None:
            return []
        keys, offices = self.book.authority.keys, self.book.authority.offices
        concerned = {target.event.header.office_id}
        concerned |= {keys[k].on(target.day).office for k in target.event.signers if k in keys}
        return [area for office in concerned if office in offices
                for area in offices[office].areas]

    def paper_office(self):
        verified = self.book.record_of(self.event.message.verified, self.world.size)
        if verified is None or verified.event.member != "legacy_verified":
            return None
        digitised = self.book.record_of(verified.event.message.digitised, self.world.size)
        return digitised.event.message.paper_reference.office_id if digitised else None

    def s04(self):
        persons = {subject.person for subject in self.event.subjects}
        for officer in self.known:
            if officer.person and persons & kin.close_kin(self.world, officer.person):
                return False
        return not self.is_keyer()

    def is_keyer(self):
        if self.event.member != "legacy_verified":
            return False
        digitised = self.book.record_of(self.event.message.digitised, self.world.size)
        if digitised is None or digitised.event.member != "legacy_digitised":
            return False
        keyers = {keying.officer_id for keying in digitised.event.message.keyings}
        return any(officer.id in keyers for officer in self.known)

    def officers_of(self, record):
        keys = self.book.authority.keys
        return {keys[k].id for k in record.event.signers if k in keys}

    def s05(self):
        if self.event.member == "genesis" or self.kind is None:
            return True
        mine = {officer.id for officer in self.known}
        if self.own_key() and self.own_key() not in self.event.signers:
            return False
        if len(mine) < len(self.main):
            return False
        if self.kind.profile in kinds.STEPPED:
            return self.enough_in_case(mine)
        if hygiene.are_raisers(self, mine):
            return False
        return bool(self.unauthorised()) or self.seats_filled()

    def seats_filled(self):
        """Every main seat by another officer; of a merge from another office."""
        if hygiene.is_of_one_office(self):
            return False
        def fill(seats, free):
            if not seats:
                return True
            return any(fill(seats[1:], [o for o in free if o is not officer])
                       for officer in free if officer.roles & seats[0][0])
        return fill(self.main, self.known)

    def enough_in_case(self, mine):
        case = self.case
        if self.event.step == VERIFIED and case.declared:
            return not mine & (self.officers_of(case.declared)
                               | blocks.registrars_of(self.book, case))
        if self.event.step != REGISTERED:
            return True
        if self.kind.profile == "V":
            registrars = {o.id for o in self.known if o.roles & {"R"}}
            return not (case.verified and registrars & self.officers_of(case.verified))
        return len(mine.union(*(self.officers_of(r) for r in case.records))) >= 2

    def s06(self):
        event, case = self.event, self.case
        if self.kind is None and not kinds.is_step_content(event):
            return True  # S07
        if self.kind is None and event.step in (VERIFIED, REGISTERED):
            return False
        if self.kind is not None and self.kind.profile not in kinds.STEPPED:
            return True
        last = case.last.step if case.last else None
        if event.step == VERIFIED and last == REGISTERED and self.kind.profile == "V" \
                and case.verified is None:
            return case.last.event.header.event_class == event.header.event_class \
                and self.same_subjects() and self.speaks_of_newest()
        if case.is_closed or last not in AFTER[event.step]:
            return False
        if case.last is None:
            return True
        if case.last.event.header.event_class != event.header.event_class:
            return False
        return self.same_subjects() and self.speaks_of_newest()

    def same_subjects(self):
        if self.case.declared is None:
            return True
        def pairs(event):
            return sorted((s.role, s.person) for s in event.subjects)
        return pairs(self.signed) == pairs(self.case.declared.event)

    def speaks_of_newest(self):
        if self.event.member not in ("verification", "registration"):
            return True
        return self.event.message.declaration == self.case.declared.event.id

    def s18(self):
        if self.event.member == "genesis":
            return True
        day = self.day
        if self.event.member == "registration":
            registered = dates.of_date(self.event.message.date_of_registration)
            day = self.day if registered is None else registered
        return self.event.header.office_id in self.book.authority.offices and all(
            self.book.authority.is_open(officer.office, day) for officer in self.known)
