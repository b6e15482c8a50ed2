"""Small damage to drafts: each function changes one thing that some rule should notice.

A mutation returns False when the draft offers it nothing to damage.
"""
import datetime

from country import to_date


BAD_NAMES = {
    "km_given": ["្សុភា", "សុភា្", "សុ្្ភា", "ាសុភា", "សុាិភា", "សុភា1", "សុ ភា", "សុLភា", "ឣសុភា",
                 "សុ\u200b\u200bភា",
                 "឴សុ", "៰សុ", "សុ\u0001", "សុភា!", "ក" * 65, "សុ\u202eភា"],
    "latin_given": ["Sophea ", " Sophea", "So  phea", "Soph3a", "Soភphea", "So_phea",
                    "So\ue000phea",
                    "S" * 65, "So(phea)"],
}
GOOD_NAMES = {"km_given": ["សុ\u200bភា", "ស្ត្រី", "ឥន្ទ្រា", "កំ"],
              "latin_given": ["O'Phea", "So-phea", "So Phea", "D\u2019Arc", "Zoë"]}


class Mutations:
    def __init__(self, run):
        self.run, self.country, self.random = run, run.country, run.country.random
        self.all = [self.wrong_role, self.wrong_area, self.same_officer_twice, self.drop_signer,
                    self.extra_signer, self.bad_signer, self.unknown_key, self.expired,
                    self.bad_name, self.good_name, self.bad_code, self.wrong_gazetteer,
                    self.clear_field, self.unknown_person, self.drop_subject, self.double_subject,
                    self.swap_roles, self.wrong_version, self.early_declaration,
                    self.late_declaration, self.kin_signer, self.ghost_signer, self.wrong_class,
                    self.wrong_references, self.bad_word, self.long_text, self.unborn_subject,
                    self.same_signer_as_declarer, self.impossible_date, self.extra_subject,
                    self.dead_release, self.wrong_declaration, self.bytes_spoiled]

    def apply(self, draft):
        """A damaged copy, or None when nothing could be damaged."""
        for _ in range(6):
            twin = draft.copy()
            if self.random.choice(self.all)(twin) is not False:
                return twin
        return None

    def other(self, test):
        """An officer who can sign and passes the test."""
        found = [o for o in self.country.officers.values() if test(o) and not o.is_bad and o.id]
        return self.random.choice(found) if found else None

    # Signers

    def wrong_role(self, draft):
        role = draft.signers[0].role
        draft.signers[0] = self.other(lambda o: o.role != role and o not in draft.signers)

    def wrong_area(self, draft):
        first = draft.signers[0]
        other = self.other(lambda o: o.role == first.role and o.office != first.office
                           and o not in draft.signers)
        if other is None:
            return False
        draft.signers[0] = other

    def same_officer_twice(self, draft):
        if len(draft.signers) < 2:
            return False
        draft.signers = draft.signers[:1]

    def drop_signer(self, draft):
        if len(draft.signers) < 2:
            return False
        draft.signers = draft.signers[1:]

    def extra_signer(self, draft):
        other = self.other(lambda o: o not in draft.signers)
        draft.signers.append(other)

    def bad_signer(self, draft):
        role = draft.signers[0].role
        bad = [o for o in self.country.officers.values() if o.is_bad and o.role == role]
        if not bad:
            return False
        draft.signers[0] = self.random.choice(bad)

    def unknown_key(self, draft):
        stranger = self.run.stranger
        stranger.office = draft.signers[0].office
        draft.signers[-1] = stranger

    def kin_signer(self, draft):
        """A registrar who is the subject or of the subject's family."""
        if not self.run.kin_officers or not draft.subjects:
            return False
        fitting = []
        persons = {s[1] for s in draft.subjects}
        for officer, person in self.run.kin_officers:
            family = [person, person.mother, person.father, person.spouse, *person.children]
            if persons & {p.id for p in family if p is not None}:
                fitting.append(officer)
        if not fitting:
            return False
        draft.signers[0] = self.random.choice(fitting)

    def ghost_signer(self, draft):
        if not self.run.ghosts or draft.signers[0].role != "R":
            return False
        draft.signers[0] = self.random.choice(self.run.ghosts)

    def same_signer_as_declarer(self, draft):
        declared = self.run.declarers.get(draft.case_id)
        if draft.step not in (3, 4) or not declared or not draft.case_id:
            return False
        draft.signers = [declared]

    # Header

    def expired(self, draft):
        draft.expires_ms = self.run.now_ms - 30_000

    def wrong_class(self, draft):
        draft.event_class = draft.event_class % 17 + 1

    def wrong_references(self, draft):
        draft.references = [self.country.bytes(32)]

    def unknown_person(self, draft):
        if not draft.subjects:
            return False
        draft.subjects[-1][1] = self.country.bytes(16)

    def unborn_subject(self, draft):
        """A child whose birth is declared, not yet registered."""
        if not self.run.unborn or len(draft.subjects) < 2 or draft.subjects[0][1] is None:
            return False
        draft.subjects[1][1] = self.random.choice(self.run.unborn)

    def drop_subject(self, draft):
        if not draft.subjects:
            return False
        draft.subjects.pop()

    def double_subject(self, draft):
        if len(draft.subjects) < 2 or draft.subjects[0][1] is None:
            return False
        draft.subjects[1][1] = draft.subjects[0][1]

    def extra_subject(self, draft):
        if not self.run.people.all or len(draft.subjects) > 8:
            return False
        role = draft.subjects[-1][0] if draft.subjects else "host"
        draft.subjects.append([role, self.random.choice(self.run.people.all).id, 0])

    def swap_roles(self, draft):
        if len(draft.subjects) != 2 or None in (draft.subjects[0][1], draft.subjects[1][1]):
            return False
        a, b = draft.subjects
        a[1], b[1] = b[1], a[1]
        a[2] = b[2] = 0

    def wrong_version(self, draft):
        if not draft.subjects or draft.subjects[0][1] is None \
                or draft.subjects[0][0] in ("mother", "father"):
            return False
        draft.subjects[0][2] = self.random.randint(1, 40)

    def bytes_spoiled(self, draft):
        def spoil(header):
            choice = self.random.randrange(3)
            if choice == 0:
                header.content_commitment = self.country.bytes(32)
            elif choice == 1:
                header.version = 2
            else:
                header.request_id = b"short"
        draft.spoil = spoil

    # Content

    def messages(self, message, name):
        """Every sub-message of a type."""
        found = []
        for field, value in message.ListFields():
            if not field.message_type:
                continue
            parts = value if field.label == field.LABEL_REPEATED else [value]
            for part in parts:
                if part.DESCRIPTOR.name == name:
                    found.append(part)
                found += self.messages(part, name)
        return found

    def rename(self, draft, table):
        names = self.messages(draft.content, "Name")
        if not names:
            return False
        part = self.random.choice(list(table))
        setattr(self.random.choice(names), part, self.random.choice(table[part]))

    def bad_name(self, draft):
        if self.random.random() < 0.1:
            names = self.messages(draft.content, "Name")
            if not names:
                return False
            names[0].ClearField(self.random.choice(["km_given", "latin_given"]))
            return True
        return self.rename(draft, BAD_NAMES)

    def good_name(self, draft):
        if draft.member not in ("birth", "marriage"):
            return False
        return self.rename(draft, GOOD_NAMES)

    def places(self, draft):
        return self.messages(draft.content, "Place") + self.messages(draft.content, "Address")

    def bad_code(self, draft):
        places = self.places(draft)
        if not places:
            return False
        place = self.random.choice(places)
        place.code = self.random.choice(["99" + place.code[2:], place.code[:5], "0708x3",
                                         place.code[:-1] + "9"])

    def wrong_gazetteer(self, draft):
        places = self.places(draft)
        if not places:
            return False
        place = self.random.choice(places)
        place.gazetteer = {"KH-H": "KH-2014", "KH-2014": "KH-H"}.get(place.gazetteer, "KH-1")
        if self.random.random() < 0.2:
            place.gazetteer = self.random.choice(["KH-1", ""])

    def clear_field(self, draft):
        fields = [f.name for f, _ in draft.message().ListFields()]
        if not fields:
            return False
        draft.message().ClearField(self.random.choice(fields))

    def early_declaration(self, draft):
        return self.shift_declaration(draft, -self.random.choice([1, 2, 40, 400]))

    def late_declaration(self, draft):
        return self.shift_declaration(draft, self.random.choice([1, 1, 2, 3]))

    def shift_declaration(self, draft, days):
        if not draft.content.common.HasField("date_of_declaration"):
            return False
        date = draft.content.common.date_of_declaration
        day = datetime.date(date.year, date.month, date.day) + datetime.timedelta(days=days)
        date.CopyFrom(to_date(day))

    def impossible_date(self, draft):
        dated = self.messages(draft.content, "Date") + self.messages(draft.content, "PartialDate")
        if not dated:
            return False
        date = self.random.choice(dated)
        if self.random.random() < 0.5:
            date.month = 13
        elif date.DESCRIPTOR.name == "Date":
            date.day, date.month = 30, 2
        else:
            date.precision = self.random.choice([1, 2, 3, 4, 5, 6])

    def bad_word(self, draft):
        words = [f.name for f, _ in draft.message().ListFields()
                 if f.name in ("reason", "attendant", "sort", "by", "kind")
                 and f.type == f.TYPE_STRING]
        if words:
            setattr(draft.message(), self.random.choice(words), "Not A Code!")
        else:
            draft.content.common.informant.relationship = "Not A Code!"

    def long_text(self, draft):
        for field, size in (("description", 501), ("text", 501), ("description", 500)):
            if field in draft.message().DESCRIPTOR.fields_by_name:
                setattr(draft.message(), field, "x" * size)
                return True
        draft.content.common.overrides.add(rule="P03", ground="reviewed",
                                           reason="x" * self.random.choice([300, 301]))
        return True

    def dead_release(self, draft):
        """What the content refers to is no record."""
        fields = [f for f, _ in draft.message().ListFields() if f.message_type is None
                  and f.name in ("marriage", "target", "decision", "release", "application",
                                 "digitised", "verified", "notice", "verification")]
        if not fields:
            return False
        setattr(draft.message(), self.random.choice(fields).name, self.country.bytes(32))

    def wrong_declaration(self, draft):
        if "declaration" not in draft.message().DESCRIPTOR.fields_by_name or not self.run.seen:
            return False
        draft.message().declaration = self.random.choice(self.run.seen)


