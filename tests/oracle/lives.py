"""Who is born and what is known since: births, persons whom a paper creates, numbers, for the fold.

Of identities that were merged each tells its own birth; of names, sex, birth (with parents and
first address) and nationality those of one stand. The other's name and number are aliases.
"""
import dates
import personas
import wire
from law import delay_limits
from wire import person as pb


class Lives:
    """Steps of a Fold."""

    def wins(self, act, group):
        """Whether what the act tells of the person in that group is what stands."""
        return self.named(act) == self.personas.winner(self.person, group)

    def named(self, act):
        """The id by which an act names the person."""
        return next((s.named for s in act.subjects if s.person == self.person), self.person)

    def is_told_by_birth(self, act):
        return any(is_birth_of(a, self.person) and self.named(a) == self.named(act)
                   for a in self.all_acts)

    def is_before_birth(self):
        birth = birth_of(self.all_acts, self.person, self.personas)
        return birth is not None and self.valid_day < birth[0]

    def take_created(self, act, role):
        """A person created by a paper other than a birth act: as the paper describes."""
        new = created_by(act, self.person)
        source = self.provenance(act, new.birth)
        self.name_and_sex(act, new, source, source)
        if self.wins(act, personas.BIRTH):
            self.state.birth.CopyFrom(pb.PersonBirth(date=new.birth, provenance=source))
            self.alive(source)

    def name_and_sex(self, act, told, name_source, sex_source):
        """The name that stands goes before the others."""
        wins = self.wins(act, personas.NAMES)
        name = pb.PersonName(name=told.name, provenance=name_source,
                             sort=pb.NAME_SORT_REGISTERED if wins else pb.NAME_SORT_ALIAS)
        names = [pb.PersonName.FromString(wire.pack(n)) for n in self.state.names]
        del self.state.names[:]
        self.state.names.extend([name, *names] if wins else [*names, name])
        if self.wins(act, personas.SEX):
            self.state.sex.CopyFrom(pb.PersonSex(sex=told.sex, provenance=sex_source))

    def alive(self, source):
        """Unless another identity did more before."""
        if not self.state.HasField("life"):
            self.state.life.CopyFrom(pb.PersonLife(status=pb.LIFE_STATUS_ALIVE,
                                                   provenance=source))
        self.state.civil_status.CopyFrom(pb.PersonCivilStatus(
            status=pb.CIVIL_STATUS_NEVER_MARRIED, provenance=source))

    def take_birth(self, act, role):
        if role in ("mother", "father"):
            self.state.children.add(person_id=act.of_role("child"), source=act.index)
            return
        message = act.message
        self.name_and_sex(act, message, self.provenance(act, fields="name"),
                          self.provenance(act, fields="sex"))
        if self.wins(act, personas.NATIONALITY):
            for nationality in message.nationality_at_birth:
                self.state.nationalities.add(
                    country=nationality.country, basis=nationality.basis,
                    provenance=self.provenance(act, fields="nationality_at_birth"))
        self.numbers(act, self.scheme())
        if self.wins(act, personas.BIRTH):
            self.begin(act)

    def begin(self, act):
        message = act.message
        self.state.provisional = not act.verified
        self.state.birth.CopyFrom(self.birth(act, self.provenance(
            act, fields="date_of_birth place_of_birth delivery_id birth_order")))
        self.alive(self.provenance(act, fields="date_of_birth"))
        for parent in ("mother", "father"):
            if act.of_role(parent):
                self.state.parents.add(
                    person_id=act.of_role(parent), role=wire.role_number(parent),
                    basis=pb.PARENT_BASIS_BIRTH, provenance=self.provenance(act))
        self.dwell(act, message.child_address, message.child_address.unit_id, "child_address")

    def birth(self, act, source):
        message = act.message
        birth = pb.PersonBirth(
            date=message.date_of_birth, place=message.place_of_birth,
            place_code_now=self.code_now(message.place_of_birth), act=act.event_id,
            delay_class=self.delay_class(act), delivery_id=message.delivery_id,
            birth_order=message.birth_order, provenance=source)
        if act.registration is not None:
            birth.registration_number.CopyFrom(act.registration.registration_number)
        return birth

    def delay_class(self, act):
        """By the law of the registration day; the shortest delay that the date allows."""
        limits = delay_limits(self.book.law.on(act.registered_day), act.kind.name)
        delay = act.declared_day - act.valid[1]
        return 1 if delay <= limits[0] else 2 if delay <= limits[1] else 3

    def numbers(self, act, scheme):
        """Numbers given in the case; the newest record that holds one is its source."""
        newest = {number: (person, index) for person, number, index in act.numbers
                  if self.personas.root(person) == self.person}
        for number, (person, index) in newest.items():
            source = self.provenance(act)
            source.source = index
            self.state.numbers.add(number=number, scheme=scheme, provenance=source,
                                   status=pb.NUMBER_STATUS_LIVE if person == self.person
                                   else pb.NUMBER_STATUS_ALIAS)

    def close_numbers(self, act):
        for number in self.state.numbers:
            if number.status == pb.NUMBER_STATUS_LIVE:
                number.status = pb.NUMBER_STATUS_CLOSED
                self.end(number.provenance, act, act.date)

    def scheme(self):
        return self.book.records[0].event.message.number_scheme


def is_birth_of(act, person):
    return act.kind.name == "birth" and act.role_of(person) == "child"


def created_by(act, person):
    """What a paper says of a person whom it creates beside the act itself; else None."""
    if act.kind.name == "foreigner_enrolled":
        return act.message.person
    for new in act.linked.new_persons if act.linked is not None else ():
        role = wire.role_name(new.role)
        if any(s.person == person and s.is_new and s.role == role for s in act.subjects):
            return new
    return None


def birth_of(acts, person, known):
    """Interval of birth: of the birth act, else as a paper described a person it created. Of merged
    identities that of the one whose birth stands."""
    winner = known.winner(person, personas.BIRTH)
    acts = [act for act in acts if any(s.person == person and s.named == winner
                                       for s in act.subjects)] if known.group else acts
    for act in acts:
        if is_birth_of(act, person):
            return act.valid
    for act in acts:
        if (new := created_by(act, person)) is not None:
            return dates.of_partial(new.birth, act.valid[1])
    return None
