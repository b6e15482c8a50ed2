"""The verdict on an event: every rule of its row, what passes, what remains."""
import blocks
import certificates
import content_rules
import correction_rules
import dates
import filiations
import forms
import guardians
import homes
import hygiene
import kinds
import legal_rules
import matter as matters
import nations
import plausible_rules
import subject_rules
import wedlock
from matter import kind_of_case
from officers import LEVELS
from signer_rules import Signing
from wire import DECLARED, NOTIFIED, REFUSED, REGISTERED, WITHDRAWN

BROKEN, UNDECIDED, OVERRIDDEN = "BROKEN", "UNDECIDED", "OVERRIDDEN"
ONLY_AT_REGISTERED = {"L11", "S22", "P10", "S15"}
PASSES_NEVER = {"L01", "L02", "L03", "L06", "L12", "L13", "L14", "L17", "L25"}
BY_COURT = {"L04", "L05", "L07", "L08", "L18", "L21", "L22", "L26", "L27"}
BY_POLICE = {"L15", "L16", "L23", "L24"}
OF_MATTER = {  # rules that a matter alone answers
    "S21": subject_rules.s21, "S23": filiations.s23, "S24": subject_rules.s24,
    "L01": legal_rules.l01, "L02": legal_rules.l02, "L03": legal_rules.l03,
    "L04": legal_rules.l04, "L05": legal_rules.l05, "L06": legal_rules.l06,
    "L07": legal_rules.l07, "L08": legal_rules.l08, "L12": legal_rules.l12,
    "L13": legal_rules.l13, "L14": legal_rules.l14, "L15": legal_rules.l15, "L17": nations.l17,
    "L16": homes.l16, "L23": homes.l23, "L18": wedlock.l18,
    "L20": filiations.l20, "L21": filiations.l21,
    "L22": filiations.l22, "L24": legal_rules.l24, "L25": legal_rules.l25, "L27": hygiene.l27,
    "P01": plausible_rules.p01, "P02": plausible_rules.p02, "P03": plausible_rules.p03,
    "P04": plausible_rules.p04, "P05": plausible_rules.p05, "P07": plausible_rules.p07,
    "P09": plausible_rules.p09,
    "P11": plausible_rules.p11,
}


class Judging:
    def __init__(self, book, event, recorded_at_ms):
        self.book, self.signed, self.size = book, event, book.size()
        self.event = event = book.event_seen(event, self.size)
        self.recorded_at_ms = recorded_at_ms
        self.day = dates.day_of_instant(recorded_at_ms)
        self.world = matters.World(book, self.size)
        self.case = book.case(event.header.case_id, self.size) if event.header.case_id \
            else book.case(b"", 0)
        self.kind = kind_of_case(event, self.case)
        self.matter = self.find_matter()
        self.signing = Signing(event, self.kind, self.case, self.matter, self.world, self.day)
        self.signing.signed = self.signed
        self.answers = {}  # rule -> three-valued answer
        self.broken_on = {}  # rule -> matters that do not hold it
        self.targets = None

    def find_matter(self):
        if not kinds.is_step_content(self.event):
            return matters.of_content(self.world, self.event, self.day)
        if self.case.declared and self.event.step != NOTIFIED:
            return matters.of_declaration(self.world, self.case.declared, self.event, self.day)
        return None

    # What rules about targets ask

    def targets_exist(self):
        if self.targets is None:
            found = all(self.book.record_of(i, self.size) is not None
                        for i in subject_rules.target_ids(self.event))
            if found and self.event.member.startswith("document_"):
                number = subject_rules.document_number(self.event)
                holder = self.event.of_role("holder")
                owner = self.book.documents.get((self.kind.document(), number), (None,))[0]
                found = not number or holder is None or (
                    owner is not None and self.book.who(owner, self.size) == holder)
            self.targets = found
        return self.targets

    def target_act(self):
        record = self.book.record_of(self.event.message.target, self.size)
        return self.book.act(record, self.size)

    def is_pending(self, person, departure):
        """The departure is the person's move under way."""
        state = self.world.state_at(person, dates.FOREVER)
        return state is not None and state.pending_move.act == departure

    # The rules, in three bands

    def judge(self):
        """{rule: outcome} of what does not hold, and whether the event is accepted."""
        self.ask_structural()
        self.pass_rules()
        if self.is_refused():
            return self.findings(), False
        if self.event.step in (DECLARED, REGISTERED):
            self.ask_legal()
            self.ask_plausible()
            self.pass_rules()
        return self.findings(), not self.is_refused()

    def say(self, rule, answer, matter=None):
        """Keeps the worst answer of a rule."""
        answer = dates.of_bool(answer) if isinstance(answer, bool) else answer
        if answer != dates.YES:
            self.broken_on.setdefault(rule, []).append(matter or self.matter)
        self.answers[rule] = min(answer, self.answers.get(rule, dates.YES))

    def ask_structural(self):
        event, signing = self.event, self.signing
        for rule in ("s01", "s02", "s03", "s04", "s05", "s06"):
            self.say(rule.upper(), getattr(signing, rule)())
        self.content_faults = content_rules.s07(self.signed)
        self.say("S07", not self.content_faults)
        self.say("S07", content_rules.already_ended(self.matter, event))
        self.say("S07", content_rules.effect_fits(self))
        self.say("S07", content_rules.residue_fits(self))
        self.say("S07", filiations.subjects_fit(self.signed))
        self.say("S07", wedlock.is_told(self.event))
        self.say("S07", blocks.counts(self))
        self.say("S07", hygiene.has_winners(self.matter))
        self.say("S08", not content_rules.s08(event))
        self.say("S08", content_rules.residue_names_fit(self))
        ends = event.step in (REFUSED, WITHDRAWN)  # speaks of no date or place of its own
        if self.is_dated() and not ends:
            self.say("S09", content_rules.s09(self.matter, event, self.day))
        if self.event.member != "correction" and not ends:
            self.say("S10", content_rules.s10(self.book, self.matter, event, self.day))
        self.say("S20", self.recorded_at_ms <= event.header.expires_at_ms)
        if event.step == NOTIFIED:
            return
        self.say("S11", subject_rules.s11(self))
        self.say("S18", signing.s18())
        if self.kind is not None and event.step not in (REFUSED, WITHDRAWN):
            self.say("S16", subject_rules.s16(self))
            self.ask_of_row()

    def is_dated(self):
        return self.event.member == "notification" or self.matter is None \
            or self.matter.valid is not None or not self.matter.kind.valid

    def asks(self, rule):
        """Whether the row lists the rule at this step."""
        rules = self.kind.rules
        if self.kind.name == "legacy_linked" and self.matter is not None:
            rules = rules | (self.matter.kind.rules - kinds.NOT_FOR_LEGACY)
        if rule in ONLY_AT_REGISTERED and self.kind.profile in kinds.STEPPED \
                and self.event.step != REGISTERED:
            return rule == "S15" and self.matter is not None and rule in rules
        return rule in rules

    def ask_of_row(self):
        if self.asks("S12"):
            self.say("S12", subject_rules.s12(self))
        if self.asks("S13"):
            self.say("S13", subject_rules.s13(self))
        if self.has_target():
            if subject_rules.target_fits(self):
                if self.asks("S14"):
                    self.say("S14", subject_rules.s14(self))
                if self.kind.name == "correction":
                    self.ask_correction()
                if self.kind.name == "reinstatement":
                    self.returned = self.returning_matter()
                    self.ask_returned("S")
        if self.kind.name == "address_changed":
            self.say("S19", homes.old_address_stands(self))
        if self.kind.name == "name_change":
            self.say("S19", guardians.old_name_stands(self))
        if self.asks("S15"):
            self.say("S15", subject_rules.s15(self))
        if self.asks("S17"):
            self.say("S17", filiations.s17(self) and hygiene.are_strangers(self.matter))
        if self.asks("S22"):
            self.say("S22", subject_rules.s22(self))
        for rule in ("S21", "S23", "S24"):
            self.ask_matter(rule)

    def has_target(self):
        """What the act is about, if it is about one, is a record; else S07 or S12 says so."""
        if self.kind.event_class == 18:
            return True
        if self.kind.name not in subject_rules.TARGET_KINDS:
            return self.answers.get("S12", dates.YES) == dates.YES
        field = subject_rules.TARGET_KINDS[self.kind.name][0]
        target = getattr(self.event.message, field)
        if not target:
            return self.kind.name == "residence_arrival"
        return self.book.record_of(target, self.size) is not None

    def ask_matter(self, rule):
        if self.asks(rule) and self.matter is not None and (
                self.matter.valid is not None or not self.matter.kind.valid):
            self.say(rule, OF_MATTER[rule](self.matter))

    def ask_correction(self):
        self.say("S19", subject_rules.s19(self))
        content = correction_rules.corrected_content(self)
        if content is None:
            self.say("S07", False)
            return
        self.say("S07", not forms.faults(content, "content"))
        if forms.name_faults(content, "content"):
            self.say("S08", False)
        self.corrected = correction_rules.corrected_matter(self)
        self.say("S09", content_rules.s09(self.corrected, self.event, self.day))
        self.say("S10", content_rules.s10(self.book, self.corrected, self.event, self.day))
        self.ask_corrected("S")

    def returning_matter(self):
        """The act that a reinstatement brings back."""
        record = self.book.record_of(self.event.message.target, self.size)
        while record.event.member in ("revocation", "reinstatement"):
            record = self.book.record_of(record.event.message.target, self.size)
        act = self.book.act(record, self.size)
        if act is None:
            return None
        matter = matters.of_act(self.world, act)
        matter.as_it_will_be = matters.World(self.book, self.size, self.event.message)
        return matter

    def ask_returned(self, strength):
        if self.returned is None or self.answers["S16"] != dates.YES:
            return
        for rule in sorted(kinds.OF_RETURNED & self.returned.kind.rules):
            if rule[0] == strength:
                self.say(rule, OF_MATTER[rule](self.returned), self.returned)
        self.ask_later(strength, self.returned)

    def ask_later(self, strength, changed):
        """The timeline: rules of other acts that this event would break."""
        then = matters.World(self.book, self.size, self.event.message)
        acts = {act.index: act for subject in self.event.subjects
                for act in self.book.acts(subject.person, self.size)}
        for index, act in acts.items():
            for rule in kinds.OF_TIMELINE & act.kind.rules if index != changed.without else ():
                if rule[0] != strength:
                    continue
                later = matters.of_act(then, act)
                answer = OF_MATTER[rule](later)
                if answer < OF_MATTER[rule](matters.of_act(self.world, act)):
                    self.say(rule, answer, later)

    def ask_corrected(self, strength):
        """Rules of the target's kind on the corrected content, and on later acts."""
        if self.corrected.valid is None or self.answers["S16"] != dates.YES:
            return
        for rule in correction_rules.rules_of(self.corrected):
            if rule[0] == strength:
                self.say(rule, OF_MATTER[rule](self.corrected), self.corrected)
        self.ask_later(strength, self.corrected)
        if strength == "S" and self.corrected.kind.name == "birth":
            self.say("S21", correction_rules.s21_of_later_acts(self, self.corrected))

    def ask_legal(self):
        for rule in sorted(OF_MATTER):
            if rule[0] == "L":
                self.ask_matter(rule)
        if self.asks("L09") and guardians.needs_court(self):
            self.say("L09", legal_rules.l09(self))
        if self.asks("L10"):
            self.say("L10", correction_rules.l10(self))
            self.ask_corrected("L")
        if self.kind is not None and self.kind.name == "reinstatement":
            self.ask_returned("L")
        if self.asks("L19"):
            self.say("L19", legal_rules.l19(self))
        if self.asks("L26"):
            self.say("L26", certificates.l26(self))
        if self.asks("L11") and self.matter.declared_day is not None:
            self.say("L11", legal_rules.l11(self))

    def ask_plausible(self):
        for rule in sorted(OF_MATTER):
            if rule[0] == "P":
                self.ask_matter(rule)
        if self.kind.name == "correction":
            self.ask_corrected("P")
        if self.kind.name == "reinstatement":
            self.ask_returned("P")
        if self.asks("P06"):
            self.say("P06", plausible_rules.p06(self.matter, self.event.header.office_id))
        self.say("P08", plausible_rules.p08(self))
        if self.asks("P10"):
            self.say("P10", plausible_rules.p10(self))

    # What passes

    def pass_rules(self):
        self.passed = {rule for rule, answer in self.answers.items()
                       if answer != dates.YES and self.is_passed(rule, answer)}

    def is_passed(self, rule, answer):
        if rule in BY_POLICE and self.is_passed_by_police():
            return True
        sources = self.override_sources(rule)
        if rule[0] == "P" or answer == dates.UNKNOWN:
            if any(self.has_second(event) for event in sources):
                return True  # what passes the breach of a legal rule passes a doubt as well
        if rule == "L05" and not all(law.under_age == 1 for matter in self.broken_on["L05"]
                                     for law in matter.laws()):
            return False
        if rule == "L07" and any(legal_rules.not_pregnant(e.content.common) for e in sources):
            return True
        if rule == "L19":
            return self.hold_is_released()
        return rule in BY_COURT and any(self.court_orders(event, rule) for event in sources)

    def is_passed_by_police(self):
        """The signature of district police; a second one where they sign the act anyway."""
        police = {o.id for o in self.signing.known if "PD" in o.roles}
        is_theirs = any("PD" in letters for seats in self.kind.seats.values()
                        for letters, _ in seats)
        return len(police) > is_theirs

    def hold_is_released(self):
        """For every hold in the way, a decision of the court that set it."""
        decisions = legal_rules.cited(self.event.content.common)
        persons = [s.person for s in self.event.subjects]
        courts = [self.book.record_of(hold.act, self.size).event.header.office_id
                  for hold in legal_rules.holds(self)]
        return bool(self.override_sources("L19")) and all(any(
            legal_rules.decision_orders(self.book, self.size, decision, self.kind.name, persons,
                                        legal_rules.target_of(self.event), court)
            for decision in decisions) for court in courts)

    def override_sources(self, rule):
        """Events whose overrides name the rule: this one, and the DECLARED it speaks of."""
        events = [self.event]
        if self.case.declared and kinds.is_step_content(self.event):
            events.append(self.case.declared.event)
        return [e for e in events
                if any(o.rule == rule for o in e.content.common.overrides)]

    def has_second(self, event):
        """Two officers of the kind signed; the second stands no lower than the first."""
        keys = self.book.authority.keys
        day = self.day if event is self.event else dates.day_of_instant(
            event.header.signed_at_ms)
        officers = [keys[k].on(day) for k in event.signers if k in keys]
        seats = self.signing.main if event is self.event else self.kind.seats_of(event.step)
        anywhere = seats + self.signing.approvers + self.kind.all_seats()
        for first in officers:
            level = self.level(first, seats)
            if level is None:
                continue
            for second in officers:
                other = self.level(second, anywhere)
                if second.id != first.id and other is not None and other >= level:
                    return True
        return False

    def level(self, officer, seats):
        """Highest level of the officer's roles among the seats; None when none fits."""
        roles = [r for letters, _ in seats for r in officer.roles & letters]
        return max((LEVELS[role] for role in roles), default=None)

    def court_orders(self, event, rule):
        common = event.content.common
        decisions = [o.authority for o in common.overrides if o.rule == rule and o.authority]
        decisions += [basis.act for basis in common.legal_basis if basis.act]
        decisions.append(getattr(event.message, "decision", b""))
        persons = [s.person for s in self.event.subjects]
        target = legal_rules.target_of(self.event)
        return any(legal_rules.decision_orders(
            self.book, self.size, decision, self.kind.name, persons, target)
            for decision in decisions)

    def is_refused(self):
        return any(answer != dates.YES and rule not in self.passed
                   for rule, answer in self.answers.items())

    def findings(self):
        words = {dates.NO: BROKEN, dates.UNKNOWN: UNDECIDED}
        return {rule: OVERRIDDEN if rule in self.passed else words[answer]
                for rule, answer in sorted(self.answers.items()) if answer != dates.YES}

    def law_version(self):
        """The rule set of the valid date; none for governance."""
        if self.event.header.event_class == 18 or not self.book.law.sets:
            return ""
        if self.matter is None or self.matter.valid is None:
            return self.book.law.on(self.day).version
        return self.book.law.on(self.matter.valid[0]).version

