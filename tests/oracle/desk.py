"""Scenarios of applications: handed in, worked on, delivered, refused, taken back."""
from country import Draft, to_date
from scenario import DAY, REGISTERED, Scenario
from wire import application

VERBS = {"processing": application.ApplicationProcessing, "ready": application.ApplicationReady,
         "delivered": application.ApplicationDelivered,
         "refused": application.ApplicationRefused,
         "withdrawn": application.ApplicationWithdrawn}


class Desk(Scenario):
    def signer(self, commune):
        if self.chance(0.6):
            return self.country.officers["ES"]
        return self.at(self.pick("K", "R"), commune)

    def application(self):
        """One application, mostly in the order of its verbs."""
        person = self.people.living(self.day, youngest=0)
        if person is None:
            return
        self.hold(person)
        holder = self.people.living(self.day) if self.chance(0.3) else None
        persons = [("applicant", person)]
        if holder is not None and holder is not person:
            persons.append(("holder", holder))
        commune = self.people.pick_commune()
        message = application.ApplicationSubmitted(
            for_kind="certificate_issued", application_number=self.people.next_number("A"),
            channel=self.pick(1, 2), delivery=self.pick(1, 2), date=to_date(self.day),
            office_id="c-" + commune)
        outcome = yield from self.step_of(message, persons, commune)
        target = outcome.event_id if outcome.is_ok else b""
        if self.chance(0.05) and person.birth_act:
            target = person.birth_act
        plan = self.pick(["processing", "ready", "delivered"], ["processing", "refused"],
                         ["withdrawn"], ["processing", "ready", "withdrawn", "delivered"],
                         ["ready"], ["processing", "processing"])
        for verb in plan if target else ():
            yield self.random.randint(0, 10)
            yield from self.verb(verb, target, persons, commune)
        self.free(person)

    def verb(self, verb, target, persons, commune):
        message = VERBS[verb](application=target,
                              date=to_date(self.day - self.pick(0, 0, 0, 1, 5) * DAY))
        if verb == "delivered":
            message.delivered_how = "post"
        if verb == "refused":
            message.reason = "no_record"
            message.appeal_until.CopyFrom(to_date(self.day + 30 * DAY))
        yield from self.step_of(message, persons, commune)

    def step_of(self, message, persons, commune):
        return (yield from self.settle(Draft(
            17, REGISTERED, message, [self.signer(commune)],
            [self.subject(role, person) for role, person in persons])))
