"""Scenarios of objections to a wedding, and of what courts decide about a marriage."""
from country import Draft, to_date
from scenario import DAY, REGISTERED, Scenario
from wire import union


class Courts(Scenario):
    def draft(self, message, groom, bride, signer, objector=None):
        subjects = [self.subject("spouse_a", groom), self.subject("spouse_b", bride)]
        if objector is not None:
            subjects.append(self.subject("objector", objector))
        return Draft(3, REGISTERED, message, [signer], subjects)

    def objection(self):
        """Somebody objects to a notice, it is settled or not, the couple tries to marry."""
        weddings = self.run.weddings
        groom, bride = weddings.couple()
        if groom is None:
            return
        self.hold(groom, bride)
        commune = self.pick(groom, bride).commune
        notice = yield from weddings.notice(groom, bride, commune)
        if notice.is_ok:
            yield self.pick(1, 5)
            opened = yield from self.object_to(notice.event_id, groom, bride, commune)
            yield self.pick(6, 9, 11)
            if self.chance(0.3):
                yield from weddings.marry(groom, bride, commune, self.day, notice.event_id)
            if opened.is_ok and not groom.wedding:
                yield from self.resolve(opened, groom, bride, commune)
            if not groom.wedding:
                yield from weddings.marry(groom, bride, commune, self.day, notice.event_id,
                                          self.pick(1, 1, 2))
        self.free(groom, bride)

    def object_to(self, notice, groom, bride, commune):
        message = union.Objection(notice=notice, ground="kin", date=to_date(self.day))
        objector = None
        if self.chance(0.4):
            objector = self.people.living(self.day, youngest=18)
        if objector in (groom, bride):
            objector = None
        if objector is None and self.chance(0.95):
            message.objector_name.CopyFrom(self.people.name(1))
        if self.chance(0.05):
            message.notice = groom.birth_act or notice
        return (yield from self.settle(
            self.draft(message, groom, bride, self.at("R", commune), objector)))

    def resolve(self, opened, groom, bride, commune):
        upheld = self.chance(0.4)
        named = [self.run.by_id[s[1]] for s in opened.draft.subjects]
        for _ in range(self.pick(1, 1, 2)):
            message = union.ObjectionResolved(objection=opened.event_id, outcome=1 + upheld,
                                              date=to_date(self.day))
            if upheld and self.chance(0.9):
                decision = yield from self.decision("objection_resolved", named)
                if decision.is_ok:
                    message.decision = decision.event_id
            draft = self.draft(message, groom, bride, self.at("R", commune))
            if len(named) > 2 and self.chance(0.9):
                draft.subjects.append(self.subject("objector", named[2]))
            yield from self.settle(draft)

    def decree(self):
        """A married couple before the court, once or a few times."""
        person = self.people.living(self.day, youngest=18)
        for _ in range(8):
            if person and person.wedding is None:
                person = self.people.living(self.day, youngest=18)
        if person is None or person.wedding is None:
            return
        groom, bride = (person, person.spouse) if person.sex == 1 else (person.spouse, person)
        self.hold(groom, bride)
        wedding = person.wedding[0]
        for verb in self.pick(["separation"], ["separation", "reconciliation"],
                              ["separation", "separation"], ["reconciliation"],
                              ["separation", "annulment"], ["annulment"], ["annulment"],
                              ["annulment", "annulment"], ["marriage_resolved"]):
            outcome = yield from self.decide(verb, wedding, groom, bride)
            if outcome is not None and outcome.is_ok and verb == "annulment":
                for spouse in (groom, bride):
                    spouse.spouse = spouse.wedding = None
            yield self.pick(0, 3, 30)
        if self.chance(0.3):
            yield from self.run.weddings.old_wedding()
        self.free(groom, bride)

    def decide(self, verb, wedding, groom, bride):
        targets = [wedding] if self.chance(0.8) else []
        decision = yield from self.decision(verb, [groom, bride], targets)
        if not decision.is_ok:
            return None
        common = {"target": wedding, "decision": decision.event_id,
                  "date_final": to_date(self.day)}
        if self.chance(0.04):
            common["target"] = groom.birth_act or wedding
        if verb == "annulment":
            message = union.Annulment(**common, ab_initio=self.chance(0.5),
                                      good_faith=self.random.randint(1, 4))
        elif verb == "marriage_resolved":
            message = union.MarriageResolved(**common, outcome=self.pick(1, 2))
            if (message.outcome == 2) == self.chance(0.95):
                message.ended_on.CopyFrom(to_date(self.day - 20 * DAY))
        else:
            kind = union.Separation if verb == "separation" else union.Reconciliation
            message = kind(**common)
        draft = self.draft(message, groom, bride,
                           self.country.at("R", self.people.pick_commune()))
        return (yield from self.settle(draft))
