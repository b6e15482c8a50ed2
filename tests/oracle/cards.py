"""Scenarios of ID cards, passports and permits, with all verbs."""
import datetime

from country import Draft, to_date, to_partial
from scenario import DAY, REGISTERED, Scenario
from wire import common, document

ENDINGS = {"delivered": document.DocumentDelivered, "lost": document.DocumentLost,
           "stolen": document.DocumentStolen, "found": document.DocumentFound,
           "suspended": document.DocumentSuspended, "resumed": document.DocumentResumed,
           "revoked": document.DocumentRevoked}


CLASSES = {"id_card": (9, "IC"), "passport": (10, "PP"), "permit": (11, "IM")}  # and who issues


class Cards(Scenario):
    def person(self):
        if self.chance(0.85):
            person = self.people.living(self.day, youngest=16)
            for _ in range(4):
                if person and person.cards and self.chance(0.8):
                    person = self.people.living(self.day, youngest=16)
            return person
        if self.chance(0.7):
            return self.people.living(self.day, youngest=14, oldest=15)
        return self.random.choice(self.people.all) if self.people.all else None

    def wanted(self, person):
        """A document that suits the person, and now and then one that does not."""
        if person.is_khmer or self.chance(0.1):
            return self.pick("id_card", "id_card", "id_card", "passport", "passport",
                             "permit" if self.chance(0.2) else "id_card")
        return self.pick("permit", "permit", "passport" if self.chance(0.2) else "permit")

    def first_card(self):
        person = self.person()
        if person is None:
            return
        self.hold(person)
        kind = self.wanted(person)
        application = yield from self.apply(kind, person, 1)
        if application is not None:
            yield self.random.randint(0, 15)
            message = self.issue(person, application)
            outcome = yield from self.settle(self.draft(kind, message, person))
            if outcome.is_ok:
                person.cards.append((kind, message.document_number))
                if self.chance(0.85):
                    yield from self.verb("delivered", kind, person, message.document_number)
        self.free(person)

    def apply(self, kind, person, reason):
        sort = self.pick("ordinary", "ordinary", "ordinary", "service")
        message = document.DocumentApplied(sort=sort, reason=reason, delivery=1,
                                           date=to_date(self.day),
                                           photo_digest=self.country.bytes(32))
        area = person.commune
        signer = self.country.officers[CLASSES[kind][1]]
        if kind == "id_card":
            signer = self.pick(self.country.at("PC", area), self.country.at("PD", area[:4]), signer)
        outcome = yield from self.settle(self.draft(kind, message, person, signer))
        return outcome.event_id if outcome.is_ok else None

    def draft(self, kind, message, person, signer=None):
        number, issuer = CLASSES[kind]
        signer = signer or self.country.officers[issuer if self.chance(0.8) else issuer + "2"]
        return Draft(number, REGISTERED, message, [signer], [self.subject("holder", person)])

    def issue(self, person, application):
        expires = datetime.date(self.day.year + 10, self.day.month, min(self.day.day, 28))
        message = document.DocumentIssued(
            application=application, serial=self.people.next_number("S"),
            document_number=self.people.next_number("c"), issued_on=to_date(self.day),
            expires_on=to_date(expires - DAY), snapshot=self.snapshot(person))
        if self.chance(0.03):
            message.application = self.country.bytes(32)
        if self.chance(0.03) and person.cards:
            message.document_number = person.cards[0][1]
        return message

    def snapshot(self, person):
        """What the generator believes; the address with its code of today."""
        snapshot = document.DocumentSnapshot(
            name=person.name, sex=person.sex, birth=person.partial,
            nationality="KHM" if person.is_khmer else "VNM", number=person.number or "10000000007")
        address = person.address or self.people.address(person.commune, self.day)
        snapshot.address.CopyFrom(address)
        snapshot.address.code = self.run.code_now(address.code)
        snapshot.address.gazetteer = "KH-2014"
        draw = self.random.random()
        if draw < 0.02:
            snapshot.birth.CopyFrom(to_partial(person.birth + DAY))
        elif draw < 0.04:
            snapshot.sex = 3 - person.sex
        elif draw < 0.06:
            snapshot.address.house = "1000"
        elif draw < 0.07:
            snapshot.name.latin_given += "x"
        return snapshot

    def verb(self, verb, kind, person, number):
        message = ENDINGS[verb](document_number=number)
        day = self.day - self.pick(0, 0, 0, 1) * DAY
        if verb in ("lost", "stolen"):
            message.date.CopyFrom(to_partial(day))
            message.report_number = "r-1"
            if self.chance(0.1):
                message.date.CopyFrom(common.PartialDate(precision=2, year=day.year,
                                                         month=day.month))
        else:
            message.date.CopyFrom(to_date(day))
        if verb == "delivered":
            message.to, message.by = 1, "counter"
        if verb in ("suspended", "resumed", "revoked"):
            message.reason, message.authority = "checked", "id-office"
        signer = self.country.officers[CLASSES[kind][1]]
        if verb in ("lost", "stolen", "found") and self.chance(0.6):
            signer = self.country.at("PC", person.commune)
        elif verb in ("suspended", "revoked") and self.chance(0.4):
            signer = self.pick(self.country.founders[0], self.country.at("CC", "07"))
        outcome = yield from self.settle(self.draft(kind, message, person, signer))
        return outcome

    def trouble(self):
        """A card goes through a few verbs, in an order that is not always right."""
        person = self.holder()
        if person is None:
            return
        self.hold(person)
        kind, number = self.random.choice(person.cards)
        if self.chance(0.04):
            kind = self.pick(*CLASSES)
        if self.chance(0.05):
            number = self.people.next_number("none")
        plan = self.pick(["lost", "found"], ["stolen"], ["lost", "REPLACE"],
                         ["suspended", "resumed"],
                         ["revoked", "REPLACE"], ["delivered"], ["found"], ["resumed"],
                         ["suspended", "revoked"], ["lost", "lost"], ["stolen", "found", "lost"],
                         ["RENEW"], ["revoked", "revoked"], ["suspended", "lost"])
        for verb in plan:
            if verb.isupper():
                yield from self.substitute(kind, person, number, verb)
            else:
                yield from self.verb(verb, kind, person, number)
            yield self.random.randint(0, 8)
        self.free(person)

    def holder(self):
        for _ in range(30):
            person = self.random.choice(self.people.all) if self.people.all else None
            if person and person.cards and (not person.died_on or self.chance(0.3)) \
                    and not person.busy:
                return person
        return None

    def substitute(self, document_kind, person, number, verb):
        application = yield from self.apply(document_kind, person, self.pick(2, 3, 4, 5))
        if application is None:
            return
        kind = document.DocumentRenewed if verb == "RENEW" else document.DocumentReplaced
        message = kind(issue=self.issue(person, application), replaces=number, reason="due")
        outcome = yield from self.settle(self.draft(document_kind, message, person))
        if outcome.is_ok:
            number = message.issue.document_number
            person.cards.append((document_kind, number))
            if self.chance(0.6):
                yield from self.verb("delivered", document_kind, person, number)
