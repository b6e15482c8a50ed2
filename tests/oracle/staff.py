"""Scenarios of governance: officers move, change keys, leave; offices, nodes, institutions."""
import copy
import hashlib

from country import ROLES, Draft, public_key, to_date
from scenario import DAY, REGISTERED, Scenario
from wire import governance, identity


class Staff(Scenario):
    def set_from(self, message, day):
        getattr(message, "from").CopyFrom(to_date(day))
        return message

    def attempt(self, officer, office):
        """Registrars and the police may prove lives wherever they are."""
        person = self.people.living(self.day)
        if person is None:
            return
        message = identity.ProofOfLife(date=to_date(self.day), how=1, office_id=office)
        draft = Draft(16, REGISTERED, message, [officer], [self.subject("subject", person)])
        draft.office = office
        yield draft

    def career(self):
        """An officer of a commune through some of what may happen; each time somebody signs."""
        commune = self.people.pick_commune()
        self.run.local_officers += 1
        name = f"K.staff.{self.run.local_officers}"
        officer = self.country.officer(name, "K", "c-" + commune)
        del self.country.officers[name]
        draft = self.country.enrolment(officer, self.day)
        draft.signers = [self.country.at("P", commune[:2]), self.country.at("V", commune[:4])]
        if not (yield draft).is_ok:
            return
        for _ in range(self.random.randint(1, 4)):
            step = self.pick(self.delegate, self.move, self.rotate, self.rotate, self.retire)
            yield from step(officer, commune)
            yield self.random.randint(0, 6)
            yield from self.attempt(officer, officer.office)

    def local(self, commune, *more):
        """Mostly the province with its district; sometimes the nation, sometimes one too few."""
        signers = [self.country.at("P", commune[:2]), self.country.at("V", commune[:4])]
        if self.chance(0.3):
            signers = list(self.country.founders[1:])
        if self.chance(0.1):
            signers.pop()
        return signers + list(more)

    def scope(self, officer, office, role):
        message = self.set_from(governance.OfficerScopeChanged(
            public_key=officer.key, roles=[ROLES[role]], office_id=office), self.day)
        if self.chance(0.05):
            message.roles.append(ROLES["V"])
        if self.chance(0.05):
            message.public_key = self.run.stranger.key
        return message

    def delegate(self, officer, commune):
        message = self.scope(officer, officer.office, "R")
        message.until.CopyFrom(to_date(self.day + self.random.randint(0, 6) * DAY))
        yield self.country.governed(message, self.local(commune))
        yield from self.attempt(officer, officer.office)

    def move(self, officer, commune):
        office = "c-" + self.people.pick_commune() if self.chance(0.9) else "c-000000"
        message = self.scope(officer, office, self.pick("R", "R", "K"))
        outcome = yield self.country.governed(message, self.local(commune))
        if outcome.is_ok:
            officer.office = office

    def rotate(self, officer, commune):
        secret = hashlib.sha256(self.country.bytes(8)).digest()
        first = self.day + self.pick(0, 0, 1, 3) * DAY
        message = governance.OfficerKeyRotated(
            public_key=officer.key, new_public_key=public_key(secret), date=to_date(first))
        if self.chance(0.08):
            message.new_public_key = self.country.at("R", commune).key
        if self.chance(0.05):
            message.public_key = self.run.stranger.key
        signers = self.local(commune)
        if self.chance(0.88):
            signers.append(officer)
        elif self.chance(0.5):
            signers.append(self.country.at("K", commune))
        outcome = yield self.country.governed(message, signers)
        if outcome.is_ok:
            old = copy.copy(officer)
            officer.secret, officer.key = secret, message.new_public_key
            yield from self.attempt(old, officer.office)

    def retire(self, officer, commune):
        message = governance.OfficerRetired(public_key=officer.key, date=to_date(self.day))
        yield self.country.governed(message, self.local(commune))

    def merger(self):
        """A second office of a commune joins the first of the same, or of another one."""
        self.run.local_officers += 1
        commune = self.people.pick_commune()
        name = f"c-{commune}-{self.run.local_officers}"
        message = governance.OfficeOpened(office_id=name, sort=1, areas=[commune],
                                          date=to_date(self.day))
        if not (yield self.country.governed(message)).is_ok:
            return
        for _ in range(self.pick(1, 2)):
            into = self.pick("c-" + self.people.pick_commune(), "c-" + commune, "d-" + commune[:4],
                             name, "c-000000")
            message = governance.OfficeMerged(office_id=name, into=into, date=to_date(self.day))
            yield self.country.governed(message)
        yield from self.attempt(self.country.at("R", commune), name)

    def institution(self):
        self.run.local_officers += 1
        name = f"bank-{self.run.local_officers}"
        sort = 10 if self.chance(0.9) else 4
        yield self.country.governed(governance.OfficeOpened(
            office_id=name, sort=sort, date=to_date(self.day)))
        for _ in range(self.random.randint(1, 5)):
            message = self.pick(self.authorised, self.authorised, self.revoked, self.disclosed,
                                self.disclosed)(name)
            alone = message.DESCRIPTOR.name == "Disclosure"
            signers = [self.country.founders[0]] if alone else None
            yield self.country.governed(message, signers)
            yield self.random.randint(0, 9)

    def authorised(self, name):
        message = self.set_from(governance.InstitutionAuthorised(
            institution=name if self.chance(0.9) else "c-000000",
            certificate_fingerprint=self.country.bytes(32), purposes=["credit"],
            basis="law on banks"), self.day - self.pick(0, 5) * DAY)
        message.packages.add(name="identity", fields=["names", "birth.date"])
        if self.chance(0.5):
            message.until.CopyFrom(to_date(self.day + self.random.randint(0, 8) * DAY))
        return message

    def revoked(self, name):
        return governance.InstitutionRevoked(institution=name, reason="misuse",
                                             date=to_date(self.day))

    def disclosed(self, name):
        return governance.Disclosure(
            institution=name, purpose="elections", selection="born before 2008", count=12,
            output_digest=self.country.bytes(32), basis="law", date=to_date(self.day))

    def codes(self):
        for part in (1, self.pick(1, 2, 2, 3)):
            message = governance.CodelistPublished(
                list="site", version=self.pick("1", "2", "3", "4"), part=part, parts=2,
                effective_on=to_date(self.day + 30 * DAY))
            message.entries.add(code="hospital", km="x", en="hospital")
            yield self.country.governed(message)

    def node(self):
        """Admitted, anchors what it logged, signs epochs, and is retired."""
        self.run.local_officers += 1
        name = f"node-{self.run.local_officers if self.chance(0.9) else 1}"
        officer = self.country.officer(name, "NODE", "nat-registry")
        del self.country.officers[name]
        message = self.set_from(governance.NodeAdmitted(
            node_id=name, public_key=officer.key, cosigner_key=officer.key, role=self.pick(1, 2),
            office_id="nat-registry"), self.day)
        if self.chance(0.1):
            message.public_key = self.country.founders[0].key
        admitted = yield self.country.governed(message)
        for _ in range(self.pick(1, 2, 3)):
            signer = officer if self.chance(0.85) else self.country.founders[0]
            yield Draft(18, REGISTERED, self.said(name), [signer])
            if admitted.is_ok and self.chance(0.3):
                yield self.country.governed(
                    governance.NodeRetired(node_id=name, date=to_date(self.day)))
            yield self.pick(0, 1, 2)

    def said(self, name):
        if self.chance(0.5):
            return governance.AccessAnchor(node_id=name, head=self.country.bytes(32), count=3,
                                           from_ms=1, to_ms=self.pick(2, 2, 2, 0),
                                           date=to_date(self.day))
        return governance.CheckpointEpoch(
            node_id=name if self.chance(0.9) else "node-0", root=self.country.bytes(32),
            size=self.pick(1, 100, 100, 10 ** 9), map_root=self.country.bytes(32),
            date=to_date(self.day))
