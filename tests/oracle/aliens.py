"""Scenarios of identity: foreigners, identities found false, lives proved, papers closed."""
import datetime

from country import Draft, to_date
from people import Person
from scenario import DAY, REGISTERED, Scenario
from wire import common, identity

SUBJECT = 20


class Aliens(Scenario):
    def about(self, message, signers, person):
        if self.chance(0.05) and len(signers) > 1:
            signers.pop()
        return Draft(16, REGISTERED, message, signers, [self.subject("subject", person)])

    def dated(self, most=40):
        return to_date(self.day - self.pick(0, 0, 1, self.random.randint(0, most)) * DAY)

    def foreigner(self):
        """Enrolled; a few have their lives proved, and a birth paper in the end."""
        sex = self.pick(1, 2)
        years = self.pick(112, 113) if self.chance(0.35) else self.random.randint(1, 90)
        born = datetime.date(self.day.year - years, 1, 1) + self.random.randint(0, 364) * DAY
        person = Person(sex, born, self.people.pick_commune(), self.people.name(sex))
        person.is_khmer = False
        if self.chance(0.2):
            person.partial = common.PartialDate(precision=3, year=born.year, basis=1)
        outcome = yield from self.settle(self.enrolment(person))
        if not outcome.is_ok:
            return
        person.id = outcome.created[0]
        self.run.by_id[person.id] = person
        person.version = outcome.index + 1
        for _ in range(self.pick(0, 1, 1)):
            yield self.random.randint(0, 30)
            yield from self.settle(self.proof(person))
        if self.chance(0.6):
            person.birth_commune = person.commune
            yield from self.run.births.link_birth(person, keep=True)
        elif years < 100:
            person.address = self.people.address(person.commune, self.day)
            self.people.all.append(person)

    def enrolment(self, person):
        message = identity.ForeignerEnrolled(
            passport_number=self.people.next_number("F"), country="VNM",
            nationalities=[self.pick("VNM", "FRA")],
            address=self.people.address(person.commune, self.day), date=self.dated())
        message.person.role = SUBJECT if self.chance(0.97) else 1
        message.person.name.CopyFrom(person.name)
        message.person.sex = person.sex
        message.person.birth.CopyFrom(person.partial)
        if self.chance(0.1):
            message.nationalities.append(self.pick("USA", "KHM", "VNM"))
        signers = [self.country.officers[self.pick("IM", "IM2")],
                   self.at("R", person.commune)]
        return Draft(16, REGISTERED, message, signers, [["subject", None, 0]])

    def proof(self, person):
        message = identity.ProofOfLife(date=self.dated(500), how=self.random.randint(1, 4),
                                       office_id="c-" + person.commune)
        commune = self.people.pick_commune()
        return self.about(message, [self.at(self.pick("R", "PC"), commune)], person)

    def alive(self):
        person = self.people.living(self.day)
        if self.chance(0.3) and self.people.all:
            person = self.random.choice(self.people.all)
        if person is not None:
            yield from self.settle(self.proof(person))

    def false_identity(self):
        person = self.people.living(self.day)
        if person is None:
            return
        other = self.random.choice(self.people.all)
        message = identity.FalseIdentity(true_identity=self.pick(1, 2), date=self.dated())
        if (message.true_identity == 1 and self.chance(0.7)) or self.chance(0.03):
            message.true_person = other.id if self.chance(0.9) else self.country.bytes(16)
        second = self.country.at(self.pick("J", "CC", "CC"), "07") if self.chance(0.6) \
            else self.at("P", self.pick("07", "12", "14"))
        signers = [self.random.choice(self.country.founders), second]
        yield from self.settle(self.about(message, signers, person))

    def paper(self):
        """Digitised, mostly verified, rejected at one stage, and tried again."""
        commune = self.people.pick_commune()
        digitised = yield self.people.digitised(commune, self.day)
        if not digitised.is_ok:
            return
        papers = [digitised.event_id]
        verified = yield self.people.checked(commune, digitised.event_id, self.day)
        if verified.is_ok:
            papers.append(verified.event_id)
        target = self.random.choice(papers)
        for _ in range(self.pick(1, 1, 2)):
            message = identity.LegacyRejected(
                act=target if self.chance(0.9) else self.random.choice(self.run.seen),
                reason="illegible", date=self.dated(0))
            officer = self.at("V", commune[:4]) if self.chance(0.95) else self.at("K", commune)
            yield Draft(16, REGISTERED, message, [officer])
            target = self.random.choice(papers)
        yield self.people.checked(commune, digitised.event_id, self.day)
        if verified.is_ok:
            yield from self.linked(commune, verified.event_id)

    def linked(self, commune, verified):
        born = datetime.date(1990, 1, 1) + self.random.randint(0, 5000) * DAY
        person = Person(1, born, commune, self.people.name(1))
        declared = born + 20 * DAY
        birth = self.people.birth(person, declared)
        birth.place_of_birth.CopyFrom(self.people.place(commune, born))
        yield self.people.linked(commune, verified, birth, declared, [["child", None, 0]])
