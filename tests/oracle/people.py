"""What the generator believes of the people it made, so that most of what it writes is valid."""
import datetime
import math

from country import COMMUNES, OLD, SPLIT_DAY, Draft, khmer_syllables, latin_syllables, to_date, \
    to_partial
from wire import common, identity, vital

DAY = datetime.timedelta(days=1)


class Person:
    def __init__(self, sex, birth, commune, name):
        self.id = None
        self.sex, self.birth, self.commune, self.name = sex, birth, commune, name
        self.birth_commune = commune
        self.partial = to_partial(birth)  # the date as registered
        self.mother = self.father = self.spouse = None
        self.children = []
        self.wedding = None          # (event id, day) of the marriage in force
        self.past_weddings = []      # (event id, spouse, day of end)
        self.died_on, self.death_act = None, b""
        self.unit, self.address = None, None
        self.number = None
        self.book, self.is_head = None, False  # family book
        self.cards = []              # (document, number)
        self.application = None
        self.birth_act = None        # event id
        self.is_khmer = True
        self.version = 0             # index + 1 of the last record that named the person
        self.busy = False            # a scenario is about this person
        self.late_birth = False
        self.selves, self.twin = [self], None  # identities that merges made one person
        self.acts = []               # indexes of acts since

    def age_on(self, day):
        return day.year - self.birth.year - ((day.month, day.day)
                                             < (self.birth.month, self.birth.day))

    def letter(self):
        return "a" if self.sex == 1 else "b"


class People:
    def __init__(self, country):
        self.country, self.random = country, country.random
        self.all, self.units = [], {}  # unit id -> (commune, address, opened)
        self.numbers = 0

    def name(self, sex):
        pick = self.random.choice
        km, latin = khmer_syllables(), latin_syllables()
        def word(syllables):
            return "".join(pick(syllables) for _ in range(self.random.randint(1, 3)))
        name = common.Name(km_surname="ឧទាហរណ៍", km_given=word(km), latin_surname="Udahar",
                           latin_given=word(latin).capitalize(), order=1)
        if self.random.random() < 0.05:
            name.ClearField("km_surname")
        return name

    def gazetteer(self, day):
        return "KH-2014" if day >= SPLIT_DAY else "KH-H"

    def code(self, code, day):
        """A code of today as it was on that day."""
        if day >= SPLIT_DAY:
            return code
        return {new: old for old, new in OLD.items()}.get(code, code)

    def has_history(self, code):
        return not code.startswith("25") or code in OLD.values()

    def place(self, code, day):
        if day < SPLIT_DAY and not self.has_history(self.code(code, day)):
            code = "030101"
        return common.Place(code=self.code(code, day), gazetteer=self.gazetteer(day))

    def village(self, commune, day=None):
        villages = self.country.villages[commune]
        if day is not None and day < SPLIT_DAY:
            villages = [v for v in villages if self.has_history(v)]
        return self.random.choice(villages)

    def address(self, commune, day):
        village = self.village(commune, day)
        return common.Address(code=self.code(village, day), gazetteer=self.gazetteer(day),
                              house=str(self.random.randint(1, 99)))

    def living(self, day, sex=None, youngest=0, oldest=200, free=True):
        """A random living person of that age; None when there is none at the first tries."""
        for _ in range(40):
            person = self.random.choice(self.all) if self.all else None
            if (person and person.died_on is None and (sex is None or person.sex == sex)
                    and youngest <= person.age_on(day) <= oldest
                    and not (free and person.busy)):
                return person
        return None

    def housemates(self, person):
        """The others in the person's family book."""
        return [p for p in self.all if p.book and p.book == person.book and p is not person
                and p.died_on is None]

    def common(self, day, **fields):
        filled = common.Common(date_of_declaration=to_date(day), language=1)
        filled.informant.relationship = self.random.choice(["mother", "father", "kin"])
        filled.informant.id_shown = "id_card"
        filled.informant.name.CopyFrom(self.name(2))
        for key, value in fields.items():
            setattr(filled, key, value)
        return filled

    def age_told(self):
        """Mostly 28; sometimes near what is possible or likely."""
        if self.random.random() < 0.9:
            return 28
        return self.random.choice([8, 9, 10, 11, 12, 13, 14, 54, 55, 56, 57, 64, 65, 66, 67, 91])

    def parent_details(self, sex, day):
        details = vital.ParentDetails(
            nationality="KHM", residence=self.place(self.pick_commune(), day))
        details.name.CopyFrom(self.name(sex))
        year = max(day.year - self.age_told(), 1850)
        details.birth.CopyFrom(common.PartialDate(precision=3, year=year))
        return details

    def birth(self, person, declared):
        """The content of a birth of this person, mother and father as the person has them."""
        day = person.birth
        birth = vital.Birth(
            name=person.name, sex=person.sex, date_of_birth=person.partial,
            place_of_birth=self.place(person.commune, day), plurality=1,
            mother_residence=self.place(self.village(person.commune, day), day),
            child_address=self.address(person.commune, declared),
            weight_g=self.random.randint(2000, 4500), lunar_date="keut 8", site="hospital",
            attendant="midwife")
        birth.nationality_at_birth.add(country="KHM" if person.is_khmer else "VNM",
                                       basis="descent")
        if person.mother is None:
            birth.mother_details.CopyFrom(self.parent_details(2, day))
        if person.father is not None:
            birth.father_declared = True
        return birth

    def birth_subjects(self, person):
        subjects = [["child", person.id, 0]]
        for role, parent in (("mother", person.mother), ("father", person.father)):
            if parent is not None:
                subjects.append([role, parent.id, 0])
        return subjects

    # Drafts of the papers of old

    def digitised(self, commune, day):
        keyers = [self.country.at("K", commune).id, self.country.at("K", commune, True).id]
        message = identity.LegacyDigitised(
            image_digest=self.country.bytes(32), form_generation="1998", old_place_name="old",
            old_number="77", date=to_date(day))
        message.paper_reference.book = "3"
        message.paper_reference.year = 1999
        message.paper_reference.page = "12"
        message.paper_reference.entry = "7"
        message.paper_reference.office_id = "c-" + commune
        for keyer in keyers:
            keying = message.keyings.add(officer_id=keyer)
            keying.fields.add(name="name", value="x")
        return Draft(16, 4, message, [self.country.at("K", commune)])

    def checked(self, commune, digitised, day):
        message = identity.LegacyVerified(digitised=digitised, date=to_date(day))
        message.resolved.add(name="name", value="x")
        return Draft(16, 4, message, [self.country.at("V", commune[:4])])

    def linked(self, commune, verified, act, declared, subjects):
        """The paper takes effect as `act`, one of birth, death, marriage."""
        message = identity.LegacyLinked(verified=verified, confidence=3)
        getattr(message, act.DESCRIPTOR.name.lower()).CopyFrom(act)
        draft = Draft(16, 4, message,
                      [self.country.at("V", commune[:4]), self.country.at("R", commune)], subjects)
        draft.content.common.CopyFrom(self.common(declared))
        return draft

    def next_number(self, prefix):
        self.numbers += 1
        return f"{prefix}{self.numbers:06d}"

    def pick_commune(self):
        return self.random.choice(COMMUNES)

    def skewed(self, mean):
        """A small number of days, now and then a large one."""
        return int(-mean * math.log(1 - self.random.random()))
