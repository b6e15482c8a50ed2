"""Offices, officers and their keys, from the governance records."""
import copy

import dates
import wire

LETTERS = {1: "N", 2: "K", 3: "R", 4: "V", 5: "P", 6: "G", 7: "J", 8: "CC", 9: "PC", 10: "PD",
           11: "IC", 12: "PP", 13: "NA", 14: "IM", 15: "HC", 16: "ES", 17: "NODE"}
# How high a role stands: commune, district, province and courts, nation.
LEVELS = {"N": 1, "K": 1, "R": 1, "PC": 1, "V": 2, "PD": 2, "P": 3, "G": 4, "J": 3, "CC": 3,
          "IC": 4, "PP": 4, "NA": 4, "IM": 4, "HC": 4, "ES": 4, "NODE": 1}
COMMUNE, DISTRICT, PROVINCE, NATIONAL = 1, 2, 3, 4  # OfficeSort


class Office:
    def __init__(self, sort, areas, opened_day):
        self.sort, self.areas, self.opened_day = sort, list(areas), opened_day
        self.closed_day = dates.FOREVER


class Officer:
    """One enrolment: a key and what it may do."""

    def __init__(self, officer_id, person, office, roles, from_day, until_day):
        self.id, self.person, self.office, self.roles = officer_id, person, office, set(roles)
        self.from_day, self.until_day = from_day, until_day
        self.key = None
        self.changes = []  # (roles, office, first day, last day); no roles: retired
        self.suspended = False
        self.compromised = []  # (index of the record that says so, since ms)

    def is_active(self, day):
        return (self.from_day <= day <= self.until_day and not self.suspended
                and not self.compromised)

    def on(self, day):
        """The officer as of a day: of the changes that hold then, the newest counts."""
        for roles, office, first, last in reversed(self.changes):
            if first <= day <= last:
                then = copy.copy(self)
                if roles:
                    then.roles, then.office = roles, office
                    then.from_day, then.until_day = first, last
                else:
                    then.until_day = first - 1
                return then
        return self

    def is_in_force(self):
        return not self.suspended and not self.compromised \
            and all(roles for roles, *_ in self.changes)

    def level(self):
        return max(LEVELS[role] for role in self.roles)


class Authority:
    def __init__(self):
        self.offices = {}
        self.keys = {}
        self.nodes = {}         # node id -> key
        self.institutions = {}  # id -> [first day, last day, revoked]
        self.codelists = set()  # (list, version, part)

    def apply(self, index, event):
        apply = getattr(self, "apply_" + event.member, None)
        if apply:
            apply(index, event, event.message)
            for key, officer in self.keys.items():
                officer.key = key

    def apply_genesis(self, index, event, message):
        """The founders' offices exist from the day of foundation and cover the nation."""
        day = dates.of_date(message.date)
        for number, founder in enumerate(message.officers, 1):
            self.offices.setdefault(founder.office_id, Office(NATIONAL, [], day))
            officer_id = wire.created_id(event.id, number)
            self.keys[founder.public_key] = Officer(
                officer_id, None, founder.office_id, ["G"], day, dates.FOREVER)

    def apply_office_opened(self, index, event, message):
        self.offices[message.office_id] = Office(
            message.sort, message.areas, dates.of_date(message.date))

    def apply_office_closed(self, index, event, message):
        self.offices[message.office_id].closed_day = dates.of_date(message.date)

    def apply_officer_enrolled(self, index, event, message):
        until = dates.of_date(message.until) if message.HasField("until") else dates.FOREVER
        self.keys[message.public_key] = Officer(
            wire.created_id(event.id, 1), event.of_role("officer"), message.office_id,
            [LETTERS[role] for role in message.roles], dates.of_date(getattr(message, "from")),
            until)

    def apply_officer_suspended(self, index, event, message):
        self.keys[message.public_key].suspended = True

    def apply_officer_key_compromised(self, index, event, message):
        self.keys[message.public_key].compromised.append((index, message.since_ms))

    def apply_office_merged(self, index, event, message):
        """The areas of both go to the one that goes on."""
        self.apply_office_closed(index, event, message)
        into = self.offices[message.into]
        if into.areas:
            into.areas += [area for area in self.offices[message.office_id].areas
                           if area not in into.areas]

    def apply_officer_scope_changed(self, index, event, message):
        until = dates.of_date(message.until) if message.HasField("until") else dates.FOREVER
        self.keys[message.public_key].changes.append(
            ({LETTERS[role] for role in message.roles}, message.office_id,
             dates.of_date(getattr(message, "from")), until))

    def retire(self, officer, first):
        officer.changes.append((None, officer.office, first, dates.FOREVER))

    def apply_officer_retired(self, index, event, message):
        self.retire(self.keys[message.public_key], dates.of_date(message.date) + 1)

    def apply_officer_key_rotated(self, index, event, message):
        """The new key goes on from its first day, with what was to change later."""
        old, day = self.keys[message.public_key], dates.of_date(message.date)
        new = copy.copy(old)
        new.from_day = max(old.from_day, day)
        new.changes = [(roles, office, max(first, day), last)
                       for roles, office, first, last in old.changes if last >= day]
        new.compromised = []
        self.keys[message.new_public_key] = new
        self.retire(old, day)

    def apply_node_admitted(self, index, event, message):
        self.nodes[message.node_id] = message.public_key
        self.keys[message.public_key] = Officer(
            wire.created_id(event.id, 1), None, message.office_id, ["NODE"],
            dates.of_date(getattr(message, "from")), dates.FOREVER)

    def apply_node_retired(self, index, event, message):
        self.retire(self.keys[self.nodes[message.node_id]], dates.of_date(message.date) + 1)

    def apply_institution_authorised(self, index, event, message):
        until = dates.of_date(message.until) if message.HasField("until") else dates.FOREVER
        self.institutions[message.institution] = [
            dates.of_date(getattr(message, "from")), until, False]

    def apply_institution_revoked(self, index, event, message):
        self.institutions[message.institution][2] = True

    def apply_codelist_published(self, index, event, message):
        self.codelists.add((message.list, message.version, message.part))

    def is_open(self, office_id, day):
        office = self.offices.get(office_id)
        return office is not None and office.opened_day <= day <= office.closed_day

    def disputed(self, signers, recorded_at_ms, size, affirmed=-1):
        """True when a signer's key is known, below size, to be compromised since; what was known
        when a dispute was closed in favour of the act does not count."""
        return any(affirmed < index < size and since <= recorded_at_ms
                   for key in signers if key in self.keys
                   for index, since in self.keys[key].compromised)
