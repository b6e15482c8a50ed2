"""The verbs of the stories: one line, one signed event.

A verb that is the name of a kind needs nothing here (anykind.py). Each verb of this file is a
function of (teller, date, words) that gives a draft; `words` are the key=value pairs of the line.
What a later line needs of an act is kept by the number of its step.
"""
import datetime

import anykind
import stories
from anykind import coded, partial
from country import Draft, to_date, to_partial
from stories import DECLARED, REGISTERED, day
from wire import amendment, case, common, document, union

FORMS = {"civil": 1, "religious": 2, "customary": 3, "foreign": 4}
SEXES = {"male": 1, "female": 2, "undetermined": 3}
PLURALITY = {"single": 1, "twin": 2, "triplet": 3}
GROUNDS = {"spelling": 1, "transcription": 2, "sex": 3, "day_month": 4, "year": 7, "name": 8}
PATHS = {"administrative": 1, "court": 2}


class Step:
    """What became of one act."""

    def __init__(self, draft, at, office):
        self.draft, self.at, self.office = draft, at, office
        self.answer, self.data, self.size_before, self.size = None, b"", 0, 0
        self.kind, self.key = None, None

    def event(self):
        return self.answer["event_id"]

    def settled_subjects(self):
        """The subjects with the ids that the act gave them."""
        created = iter(self.answer["created"])
        return [[role, person or next(created), 0] for role, person, _ in self.draft.subjects]


class Teller:
    """Plays the acts of one story on a ledger."""

    def __init__(self, ledger):
        self.ledger, self.persons, self.steps = ledger, {}, {}

    # Given

    def give(self, words):
        """A short form: several acts, all of which are accepted."""
        form, *rest = words
        if form == "LEGACY":
            letter, sex, born, commune, *more = rest
            extra = dict(word.split("=", 1) for word in more)
            name = self.ledger.name(*extra["name"].split("/")) if "name" in extra else None
            place = coded(common.Place, extra["place"]) if "place" in extra else None
            birth = born if born.count("-") == 2 else partial(born)
            parents = [[role, self.persons[extra[role]].id] for role in ("mother", "father")
                       if role in extra]
            self.persons[letter] = self.ledger.legacy(letter, SEXES[sex], birth, commune, name,
                                                      place, parents)
        elif form == "LEGACY-MARRIAGE":
            groom, bride, date, commune, key = rest
            step = Step(None, date, None)
            step.answer = self.ledger.legacy_marriage(
                self.persons[groom], self.persons[bride], date, commune)
            self.steps[key] = step
        elif form == "RESIDE":
            self.ledger.reside(rest[0], *(self.persons[letter] for letter in rest[1:]))
        elif form == "ISSUE-CARD":
            self.issue_card(*rest)
        else:
            raise stories.Wrong(f"no short form {form}")

    def issue_card(self, letter, number, date):
        person, at = self.persons[letter], day(date)
        issue = self.ledger.card(date, person, number, self.ledger.snapshot(person, at))
        self.ledger.step(date, "IC", issue)
        delivered = document.DocumentDelivered(document_number=number, date=to_date(at), to=1,
                                               by="counter")
        self.ledger.step(date, "IC", Draft(9, REGISTERED, delivered, [],
                                           [["holder", person.id, 0]]))

    # Acts

    def act(self, number, date, signers, verb, words):
        """Submits one act; gives what was answered."""
        officers = [self.ledger.officer(name) for name in signers.split("+")]
        if verb == "AGAIN":
            return self.repeat(number, date, words["of"])
        if verb in VERBS:
            draft = VERBS[verb](self, date, words, officers[0].office)
        else:
            draft = anykind.draft_of(self, date, verb.removeprefix("kind:"), words)
        draft.signers = officers
        if "request_of" in words:
            used = self.request_id(self.steps[words["request_of"]].data)
            draft.spoil = lambda header: setattr(header, "request_id", used)
        step = Step(draft, date, officers[0].office)
        step.kind, step.key = getattr(draft, "kind", None), getattr(draft, "key", None)
        return self.keep(number, step, lambda: self.ledger.submit(day(date), draft), words)

    def repeat(self, number, date, of):
        told = self.steps[of]
        return self.keep(number, Step(told.draft, date, told.office),
                         lambda: self.ledger.deliver(told.data), {})

    def keep(self, number, step, submit, words):
        step.size_before = self.ledger.size()
        step.answer = submit()
        step.data, step.size = self.ledger.last_bytes, self.ledger.size()
        self.steps[number] = step
        letters = anykind.created(words) or ([words["child"]] if "child" in words else [])
        for letter, person_id in zip(letters, step.answer.get("created", [])):
            self.persons[letter] = stories.Person(letter)
            self.persons[letter].id = person_id
        for person_id, given in step.answer.get("numbers", {}).items():
            for person in self.persons.values():
                if person.id == person_id:
                    person.number = given
        return step

    @staticmethod
    def request_id(data):
        signed = stories.oracle.wire.event.SignedEvent.FromString(data)
        return stories.oracle.wire.event.EventHeader.FromString(signed.header).request_id

    def subject(self, role, letter):
        return [role, self.persons[letter].id, 0]

    def couple(self, words):
        return [self.subject("spouse_a", words["a"]), self.subject("spouse_b", words["b"])]

    def passed(self, draft, words):
        """The decision cited and the rule overridden, where the line says so."""
        decision = self.steps[words["cite"]].answer if "cite" in words else None
        if decision:
            self.ledger.cite(draft, decision)
        if "override" in words:
            self.ledger.override(draft, words["override"],
                                 decision["event_id"] if decision else b"")
        return draft


def notify(teller, date, words, office):
    message = case.Notification(kind="birth", date=partial(words["born"]), description="a child",
                                place=coded(common.Place, words["place"]))
    return Draft(1, 1, message, [], [], teller.ledger.case(words["case"]))


def declare_birth(teller, date, words, office):
    letter = words["child"]
    known = teller.persons.get(letter)
    parents = [teller.subject(role, words[role]) for role in ("mother", "father") if role in words]
    if "like" in words:
        told = teller.steps[words["like"]].draft
        message = told.message().__class__()
        message.CopyFrom(told.message())
        parents = parents or told.subjects[1:]
    else:
        message = teller.ledger.birth(
            None, SEXES[words["sex"]], partial(words["born"]), coded(common.Place, words["place"]),
            coded(common.Place, words["residence"]), coded(common.Address, words["address"]),
            words.get("mother"), words.get("father"))
    fill_birth(teller, message, words)
    subjects = [["child", known.id if known else None, 0], *parents]
    draft = teller.ledger.declare("birth", words.get("case", letter), message, date, subjects)
    draft.kind, draft.key = "birth", words.get("case", letter)
    return teller.passed(draft, words)


def fill_birth(teller, message, words):
    if "name" in words:
        message.name.CopyFrom(teller.ledger.name(*words["name"].split("/")))
    if "born" in words:
        message.date_of_birth.CopyFrom(partial(words["born"]))
    if "place" in words:
        message.place_of_birth.CopyFrom(coded(common.Place, words["place"]))
    if "delivery" in words:
        message.plurality = PLURALITY[words["plurality"]]
        message.birth_order = int(words["order"])
        message.delivery_id = words["delivery"].encode().rjust(16, b"\0")
    if "late" in words:
        message.late.reason = words["late"]
    for _ in range(int(words.get("witnesses", 0))):
        message.late.witnesses.add(name=teller.ledger.name("សុខ", "Sok"), id_shown="card")


def declare_marriage(teller, date, words, office):
    notice = teller.steps[words["notice"]].event() if "notice" in words else b""
    message = teller.ledger.marriage(partial(words["on"]), coded(common.Place, words["place"]),
                                     FORMS[words["form"]], notice)
    key = words["case"]
    draft = teller.ledger.declare("marriage", key, message, date, teller.couple(words))
    draft.kind, draft.key = "marriage", key
    return teller.passed(draft, words)


def verify(teller, date, words, office):
    of = teller.steps[words["of"]]
    return teller.ledger.verify(of.key, of.answer, of.settled_subjects())


def register(teller, date, words, office):
    of = teller.steps[words["of"]]
    verified = teller.steps[words["verified"]].answer if "verified" in words else None
    draft = teller.ledger.register(of.kind, of.key, of.answer, of.settled_subjects(), date, office,
                                   verified)
    if "number" in words:
        draft.message().registration_number.number = int(words["number"])
    return draft


def refuse(teller, date, words, office):
    of = teller.steps[words["of"]]
    draft = teller.ledger.refuse(of.kind, of.key, of.settled_subjects(), date)
    draft.message().reason = words["reason"]
    return draft


def notice(teller, date, words, office):
    return Draft(3, REGISTERED, teller.ledger.notice(date), [], teller.couple(words))


def divorce(teller, date, words, office):
    target = teller.persons[words["act_of"]].act if "act_of" in words else \
        teller.steps[words["target"]].event()
    message = union.Divorce(target=target, decision=teller.steps[words["cite"]].event(),
                            date_final=to_date(day(words["final"])))
    roles = zip(("spouse_a", "spouse_b"), words["persons"].split(","))
    return Draft(3, REGISTERED, message, [], [teller.subject(*pair) for pair in roles])


def decide(teller, date, words, office):
    """A final decision of court 14 with one order."""
    message = stories.court.CourtDecision(
        court="court-14", case_number="7", decision_number="8",
        date_of_decision=to_date(day(date)), date_final=to_date(day(date)), final=True)
    persons = [teller.persons[letter] for letter in words["persons"].split(",")]
    targets = [teller.steps[words["target"]].event()] if "target" in words else []
    targets += [teller.persons[words["act_of"]].act] if "act_of" in words else []
    message.orders.add(kind=words["order"], persons=[p.id for p in persons], targets=targets,
                       text="so")
    return Draft(15, REGISTERED, message, [], [["subject", p.id, 0] for p in persons])


def correct(teller, date, words, office):
    person = teller.persons[words["person"]]
    message = amendment.Correction(
        target=person.act, ground=GROUNDS[words["ground"]], path=PATHS[words["by"]],
        date=to_date(day(date)),
        changes=[teller.ledger.change(words["field"], words["old"], words["new"])])
    return teller.passed(Draft(14, REGISTERED, message, [], [["child", person.id, 0]]), words)


def apply_for_card(teller, date, words, office):
    message = document.DocumentApplied(sort="ordinary", reason=5, date=to_date(day(date)),
                                       photo_digest=bytes(31) + b"1", delivery=1)
    return Draft(9, REGISTERED, message, [], [teller.subject("holder", words["holder"])])


def renew_card(teller, date, words, office):
    person, at = teller.persons[words["holder"]], day(date)
    snapshot = teller.ledger.snapshot(person, at)
    if "birth" in words:
        snapshot.birth.CopyFrom(to_partial(day(words["birth"])))
    issue = document.DocumentIssued(
        application=teller.steps[words["application"]].event(), document_number=words["card"],
        serial="s" + words["card"], issued_on=to_date(at), snapshot=snapshot,
        expires_on=to_date(at.replace(year=at.year + 10) - datetime.timedelta(days=1)))
    message = document.DocumentRenewed(issue=issue, replaces=words["replaces"], reason="change")
    return Draft(9, REGISTERED, message, [], [["holder", person.id, 0]])


def digitise(teller, date, words, office):
    return teller.ledger.people.digitised(words["commune"], day(date))


def check_paper(teller, date, words, office):
    return teller.ledger.people.checked(words["commune"], teller.steps[words["of"]].event(),
                                        day(date))


def link_marriage(teller, date, words, office):
    """A marriage on paper; `ended` and `by` say since when and by which act it was over."""
    wedding, commune = day(words["on"]), words["commune"]
    message = teller.ledger.marriage(to_partial(wedding), teller.ledger.place(commune, wedding))
    if "ended" in words:
        message.already_ended.on.CopyFrom(to_date(day(words["ended"])))
        message.already_ended.reason = 1
        message.already_ended.act = teller.steps[words["by"]].event()
    return teller.ledger.people.linked(commune, teller.steps[words["of"]].event(), message,
                                       wedding + 5 * stories.DAY, teller.couple(words))


VERBS = {
    "DIGITISED": digitise, "CHECKED": check_paper, "LINKED-MARRIAGE": link_marriage,
    "NOTIFIED-BIRTH": notify, "DECLARED-BIRTH": declare_birth, "VERIFIED": verify,
    "REGISTERED": register, "REFUSED": refuse, "DECLARED-MARRIAGE": declare_marriage,
    "marriage_notice": notice, "divorce": divorce, "court_decision": decide,
    "correction": correct, "id_card_applied": apply_for_card, "id_card_renewed": renew_card,
}
