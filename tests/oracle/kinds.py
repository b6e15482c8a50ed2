"""The kinds in scope: section C of the catalogue as a table, section E for the letters.

A seat is (letters, reach): whoever holds one of the letters may sign there; reach "area" asks S03,
"nation" does not. `seats` are the signatures that a step needs; `approvers` may add theirs.
"""
import wire
from wire import DECLARED, NOTIFIED, REGISTERED, VERIFIED

AREA, NATION = "area", "nation"
MANY = 16
V = "V P"  # higher reach contains lower: a province may stand in for its district


class Kind:
    def __init__(self, name, event_class, member, profile, subjects, seats, rules="",
                 approvers=(), valid=(), places=()):
        self.name, self.event_class, self.member, self.profile = name, event_class, member, profile
        self.subjects = subjects  # role -> (least, most, may be new)
        self.seats = seats        # step -> [seat]
        self.approvers = dict(approvers)
        self.rules = set(rules.split())
        self.valid = valid        # fields of the valid date, the first that is there
        self.places = places      # tested places that stand in the content

    def seats_of(self, step):
        return self.seats.get(step, [])

    def document(self):
        """Which document the act is about; "" for other acts."""
        return next((name for name, row in DOCUMENTS.items() if row[0] == self.event_class), "")

    def all_seats(self):
        """Every seat at any step, approvers included."""
        found = []
        for table in (self.seats, self.approvers):
            for seats in table.values():
                found += seats
        return found


def seat(letters, reach=AREA):
    return frozenset(letters.split()), reach


def single(letters, reach=AREA):
    return {REGISTERED: [seat(letters, reach)]}


PAIR = {"survivor": (1, 1, False), "absorbed": (1, 1, False)}
HOLDER = {"holder": (1, 1, False)}
COUPLE = {"spouse_a": (1, 1, False), "spouse_b": (1, 1, False)}
RESIDENTS = {"resident": (1, MANY, False)}
DOCUMENTS = {  # class, who takes applications, who issues, rules of both
    "id_card": (9, "PC PD IC", "IC", "L03 L13 L14", "L12"),
    "passport": (10, "PP", "PP", "L03 L14", "L12"),
    "permit": (11, "IM", "IM", "L03 L25", ""),
}


def document_kinds():
    """Each document goes through the same verbs."""
    for document, (number, desk, issuer, rules, once) in DOCUMENTS.items():
        issue = (issuer, f"S12 S15 {rules} {once} L19 P11")
        loss, standing = (f"PC PD {issuer}", "S12 S13 S14"), (f"{issuer} G CC", "S12 S14")
        verbs = {
            "applied": (desk, rules, "date"), "issued": (*issue, "issued_on"),
            "renewed": (*issue, "issue.issued_on"), "replaced": (*issue, "issue.issued_on"),
            "delivered": (issuer, "S12 S14", "date"), "lost": (*loss, "date"),
            "stolen": (*loss, "date"), "found": (loss[0], "S12 S14 L03", "date"),
            "suspended": (*standing, "date"),
            "resumed": (standing[0], standing[1] + " L03", "date"),
            "revoked": (*standing, "date"),
        }
        for verb, (letters, guards, valid) in verbs.items():
            yield Kind(f"{document}_{verb}", number, "document_" + verb, "1", HOLDER,
                       single(letters, NATION), guards, valid=[valid])


TWO_NATIONAL = [seat("G", NATION), seat("G", NATION)]
LATE = {REGISTERED: [seat(V), seat("P")]}
POLICE = {REGISTERED: [seat("PD")]}
OF_DEATH = {REGISTERED: LATE[REGISTERED] + POLICE[REGISTERED]}


def home_kinds():
    """C3 beside opening a unit and moving. Two seats in one row: one of the two signs."""
    resident = {"resident": (1, 1, False)}
    protection = {REGISTERED: [seat("PD"), seat("CC", NATION)]}
    immigration = single("IM", NATION)
    for name, subjects, seats, rules, approvers, valid, places in (
            ("residence_unit_closed", {"host": (0, 1, False)}, single("PC"), "L15", POLICE, "date",
             []),
            ("temporary_residence", RESIDENTS, single("PC"), "L03 L15 L23", POLICE, "from", []),
            ("address_changed", RESIDENTS, single("PC G"), "S19", (), "effective_on",
             ["old_address", "new_address"]),
            ("address_protection_set", resident, protection, "L03", (), "from", []),
            ("address_protection_lifted", resident, protection, "L03", (), "from", []),
            ("emigration", RESIDENTS, immigration, "L03", (), "date", []),
            ("immigration_return", RESIDENTS, immigration, "L03", (), "date", [])):
        yield Kind(name, 6, name, "1", subjects, seats, rules, approvers, [valid], places)


def household_kinds():
    head, members = {"head": (1, 1, False)}, {"member": (1, MANY, False)}
    household = {**head, "member": (0, MANY - 1, False)}
    for name, subjects, rules in (
            ("opened", household, "S15 L03 L14 L16"), ("member_added", members, "L03 L14 L16"),
            ("member_removed", members, "L16"),
            ("head_changed", {**head, "member": (0, 1, False)}, "L03 L16"),
            ("split", household, "S15 L16"), ("merged", household, "S15 L16"),
            ("replaced", household, "S15 L16"), ("closed", household, "L16")):
        yield Kind("family_book_" + name, 7, "family_book_" + name, "1", subjects, single("PD"),
                   rules, valid=["date"])


def application_kinds():
    """The e-service desk anywhere; else the office that handles it."""
    seats = {REGISTERED: [seat("K R PC PD IC PP NA IM"), seat("ES", NATION)]}
    for verb in ("submitted", "processing", "ready", "delivered", "refused", "withdrawn"):
        subjects, rules = {"applicant": (1, 1, False), "holder": (0, 1, False)}, "S12"
        if verb != "submitted":
            subjects, rules = {}, "S12 S13 S14"
        yield Kind("application_" + verb, 17, "application_" + verb, "1", subjects, seats, rules,
                   valid=["date"])


def nationality_kinds():
    """NA and G sign each; the decree is the competent authority that L09 asks for."""
    signers = {REGISTERED: [seat("NA", NATION), seat("G", NATION)]}
    for name, rules, valid in (
            ("nationality_acquired", "L03", "effective_on"),
            ("nationality_renounced", "S12 S13 L03 L17", "effective_on"),
            ("nationality_lost", "S12 S13 L03 L17", "effective_on"),
            ("nationality_restored", "S12 S13 S14", "effective_on"),
            ("statelessness_found", "L03", "date")):
        yield Kind(name, 13, name, "2", HOLDER, signers, rules, valid=[valid])


def filiation_kinds():
    child = {"child": (1, 1, False)}
    parents = {**child, "mother": (0, 1, False), "father": (0, 1, False)}
    both = {**child, "mother": (1, 1, False), "father": (1, 1, False)}
    adopters = {**child, "adopter_a": (1, 1, False), "adopter_b": (0, 1, False)}
    wards = {"ward": (1, 1, False), "guardian": (1, 1, False)}
    for name, subjects, seats, rules, valid in (
            ("recognition", parents, single("R"), "S17 S23 L20 L21 P02", "date"),
            ("parentage_disputed", parents, single("CC", NATION), "", "date"),
            ("parentage_set", parents, single("R", NATION), "S17 L09", "date_final"),
            ("legitimation", both, single("R"), "S12 S13 S14", "date"),
            ("adoption", adopters, single("R", NATION), "S17 L03 L09 L21 L22", "date_final"),
            ("adoption_revoked", adopters, single("R", NATION), "S12 S13 S14 L09",
             "date_final"),
            ("guardianship_set", wards, single("R", NATION), "L03 L09", "from"),
            ("guardianship_ended", wards, single("R", NATION), "S12 S13 S14 L03 L09", "from"),
            ("capacity_set", {"subject": (1, 1, False)}, single("R", NATION), "L03 L09", "from"),
            ("name_change", HOLDER, single("R"), "S19 L03 L09", "effective_on")):
        number = 5 if name == "name_change" else 4
        yield Kind(name, number, name, "1", subjects, seats, rules, valid=[valid])


TABLE = [
    Kind("birth", 1, "birth", "V",
         {"child": (1, 1, True), "mother": (0, 1, False), "father": (0, 1, False)},
         {NOTIFIED: [seat("N")], DECLARED: [seat("K R")], VERIFIED: [seat(V)],
          REGISTERED: [seat("R")]},
         "S15 S21 S22 S23 S24 L01 L11 L20 P01 P02 P03 P04 P05 P06 P07 P09 P10",
         {REGISTERED: [seat("P")]}, ["date_of_birth"], ["place_of_birth", "mother_residence"]),
    Kind("foetal_death", 1, "foetal_death", "D", {"mother": (1, 1, False)},
         {NOTIFIED: [seat("N")], DECLARED: [seat("R")], REGISTERED: [seat("R")]},
         "S15 S23 P01 P04 P10", valid=["date"], places=["place"]),
    Kind("death", 2, "death", "D",
         {"deceased": (1, 1, False), "surviving_spouse": (0, 1, False), "member": (0, 1, False)},
         {NOTIFIED: [seat("N")], DECLARED: [seat("K R")], REGISTERED: [seat("R")]},
         "S15 S21 L02 L03 L11 L16 P05 P10", OF_DEATH, ["date_of_death"],
         ["place_of_death", "usual_residence"]),
    Kind("death_revoked", 2, "death_revoked", "2", {},
         {REGISTERED: [seat("G", NATION), seat("J P", NATION)]}, "S12 S13 S14",
         valid=["found_on"]),
    Kind("cause_coded", 2, "cause_coded", "1", {"deceased": (1, 1, False)},
         single("HC", NATION), "S12 S13 S14", valid=["date"]),
    Kind("disappearance", 2, "disappearance", "1", {"deceased": (1, 1, False)},
         {REGISTERED: [seat("PD"), seat("CC", NATION)]}, "S21 L03",  # one of the two
         valid=["last_seen"], places=["place"]),
    Kind("presumed_death", 2, "presumed_death", "1",
         {"deceased": (1, 1, False), "surviving_spouse": (0, 1, False)}, single("R", NATION),
         "L02 L03 L09", valid=["presumed_date"]),
    Kind("marriage_notice", 3, "marriage_notice", "1", COUPLE, single("R"),
         "L03 L04 L05 L06", valid=["posted_on"]),
    Kind("marriage", 3, "marriage", "D", COUPLE,
         {DECLARED: [seat("K R")], REGISTERED: [seat("R")]},
         "S15 S21 L03 L04 L05 L06 L07 L08 L11 L18 P07 P10", LATE, ["date_of_marriage"], ["place"]),
    Kind("divorce", 3, "divorce", "1", COUPLE, single("R", NATION),
         "S12 S13 S14 L03 L09", valid=["date_final"]),
    Kind("objection", 3, "objection", "1", {**COUPLE, "objector": (0, 1, False)}, single("R"),
         "S12 S13 S14", valid=["date"]),
    Kind("objection_resolved", 3, "objection_resolved", "1",
         {**COUPLE, "objector": (0, 1, False)}, single("R"), "S12 S13 S14 L09", valid=["date"]),
    Kind("annulment", 3, "annulment", "1", COUPLE, single("R", NATION), "S12 S13 S14 L09",
         valid=["date_final"]),
    Kind("separation", 3, "separation", "1", COUPLE, single("R", NATION),
         "S12 S13 S14 L03 L09", valid=["date_final"]),
    Kind("reconciliation", 3, "reconciliation", "1", COUPLE, single("R", NATION),
         "S12 S13 S14 L03 L09", valid=["date_final"]),
    Kind("marriage_resolved", 3, "marriage_resolved", "1", COUPLE, single("R", NATION),
         "S12 S13 S14 L09", valid=["ended_on", "date_final"]),
    Kind("residence_unit_opened", 6, "residence_unit_opened", "1", {"host": (0, 1, False)},
         single("PC"), valid=["date"], places=["address"]),
    Kind("residence_departure", 6, "residence_departure", "1", RESIDENTS, single("PC"),
         "L03 L15 L19", POLICE, ["date"]),
    Kind("residence_arrival", 6, "residence_arrival", "1", RESIDENTS, single("PC"),
         "S12 S13 S14 L03 L15 L24", POLICE, ["date"]),
    Kind("number_allocated", 8, "number_allocated", "2", HOLDER,
         {REGISTERED: [seat(V), seat("R")]}, "S15", valid=["date"], places=["place"]),
    Kind("number_closed", 8, "number_closed", "2", HOLDER, {REGISTERED: TWO_NATIONAL}, "S12",
         valid=["date"]),
    Kind("block_reserved", 8, "block_reserved", "1", {}, single(V), "S12 S15", valid=["date"]),
    Kind("block_returned", 8, "block_returned", "1", {}, single(V), "S12 S13 S14 S15",
         valid=["date"]),
    Kind("correction", 14, "correction", "2", {}, {}, "S12 S13 S14 S19 L09 L10 L19",
         valid=["date"]),
    Kind("revocation", 14, "revocation", "2", {}, {REGISTERED: TWO_NATIONAL},
         "S12 S13 S14 L09 L19", valid=["date"]),
    Kind("reinstatement", 14, "reinstatement", "2", {}, {REGISTERED: TWO_NATIONAL},
         "S12 S13 S14 L09", valid=["date"]),
    Kind("court_decision", 15, "court_decision", "1", {"subject": (0, MANY, False)},
         single("J CC", NATION), "S12", valid=["date_final", "date_of_decision"]),
    Kind("dispute_opened", 15, "dispute_opened", "1", {"subject": (1, MANY, False)},
         single("R V P G CC", NATION), "S12", valid=["date"]),
    Kind("dispute_closed", 15, "dispute_closed", "2", {"subject": (1, MANY, False)},
         {REGISTERED: [seat("P", NATION), seat(V, NATION)]}, "S12", valid=["date"]),
    Kind("legal_hold_set", 15, "legal_hold_set", "1", {"subject": (1, MANY, False)},
         single("J CC", NATION), "S12", valid=["date"]),
    Kind("legal_hold_lifted", 15, "legal_hold_lifted", "1", {}, single("J CC", NATION),
         "S12 S13 S14", valid=["date"]),
    Kind("seal", 15, "seal", "2", {"subject": (1, MANY, False)},
         {REGISTERED: [seat("G", NATION), seat("J CC", NATION)]}, "S12 L09", valid=["date"]),
    Kind("unseal", 15, "unseal", "2", {},
         {REGISTERED: [seat("G", NATION), seat("J CC", NATION)]}, "S12 S13 S14 L09",
         valid=["date"]),
    Kind("seal_opened", 15, "seal_opened", "1", {"subject": (1, MANY, False)},
         single("G CC", NATION), "S12 S13 S14 L09", valid=["date"]),
    Kind("content_erased", 15, "content_erased", "2", {}, {REGISTERED: TWO_NATIONAL},
         "S12 S13 L09", valid=["date"]),
    Kind("legacy_digitised", 16, "legacy_digitised", "1", {}, single("K V P", NATION),
         valid=["date"]),
    Kind("legacy_verified", 16, "legacy_verified", "1", {}, single(V, NATION), "S12 S13 S14",
         valid=["date"]),
    Kind("legacy_linked", 16, "legacy_linked", "2", {}, {REGISTERED: [seat(V), seat("R")]},
         "S12 S13 S14"),
    Kind("legacy_rejected", 16, "legacy_rejected", "1", {}, single(V, NATION), "S12 S13 S14",
         valid=["date"]),
    Kind("foreigner_enrolled", 16, "foreigner_enrolled", "2", {"subject": (1, 1, True)},
         {REGISTERED: [seat("IM", NATION), seat("R")]}, "S21", valid=["date"],
         places=["address"]),
    Kind("false_identity", 16, "false_identity", "2", {"subject": (1, 1, False)},
         {REGISTERED: [seat("G", NATION), seat("CC P", NATION)]}, valid=["date"]),
    Kind("proof_of_life", 16, "proof_of_life", "1", {"subject": (1, 1, False)},
         single("R PC", NATION), "L03", valid=["date"]),
    Kind("merge", 16, "merge", "2", PAIR,
         {REGISTERED: [seat("G", NATION), seat("G", NATION)]}, "S12 S13 S17 L09 L27"),
    Kind("unmerge", 16, "unmerge", "2", PAIR,
         {REGISTERED: [seat("G", NATION), seat("G", NATION)]}, "S12 S13 S14", valid=["date"]),
    Kind("duplicate_suspected", 16, "duplicate_suspected", "1", {"subject": (2, 2, False)},
         single("R V P", NATION), "S14", valid=["date"]),
    Kind("duplicate_cleared", 16, "duplicate_cleared", "1", {"subject": (2, 2, False)},
         single(V), "S14", valid=["date"]),
    Kind("certificate_issued", 12, "certificate_issued", "1", {}, single("R NA", NATION),
         "S12 S13 S14 S15 L19 L26", valid=["as_of"]),
    Kind("certificate_withdrawn", 12, "certificate_withdrawn", "1", {}, single("R G", NATION),
         "S12 S13 S14", valid=["date"]),
    Kind("genesis", 18, "genesis", "2", {}, {}, valid=["date"]),
] + list(filiation_kinds()) + list(document_kinds()) + list(nationality_kinds()) + list(
    home_kinds()) + list(household_kinds()) + list(application_kinds()) + [
    Kind(name, 18, name, "2", subjects, {}, "S12", valid=[valid]) for name, subjects, valid in (
        ("office_opened", {}, "date"), ("office_closed", {}, "date"),
        ("officer_enrolled", {"officer": (0, 1, False)}, "from"),
        ("officer_suspended", {"officer": (0, 1, False)}, "date"),
        ("officer_key_compromised", {"officer": (0, 1, False)}, "date"),
        ("gazetteer_published", {}, "effective_on"),
        ("ruleset_published", {}, "rule_set.effective_on"))
] + [
    Kind(name, 18, name, "2", {"officer": (0, 1, False)} if name.startswith("officer") else {}, {},
         rules, valid=[valid]) for name, rules, valid in (
        ("office_merged", "S12 S13 S14", "date"), ("officer_scope_changed", "S12 S14", "from"),
        ("officer_key_rotated", "S12 S14 S15", "date"), ("officer_retired", "S12 S14", "date"),
        ("institution_authorised", "S12 S13", "from"), ("institution_revoked", "S12 S14", "date"),
        ("codelist_published", "S15", "effective_on"), ("node_admitted", "S12 S15", "from"),
        ("node_retired", "S12 S14", "date"), ("access_anchor", "S12", "date"),
        ("checkpoint_epoch", "S12", "date"), ("disclosure", "S12 S14", "date"))
]
BY_CONTENT = {(kind.event_class, kind.member): kind for kind in TABLE}
BY_NAME = {kind.name: kind for kind in TABLE}
STEPPED = {"V", "D"}

# Of whose two seats one is filled: the second by whoever holds its letters.
ONE_OF_TWO = {kind.name for kind in TABLE if kind.event_class == 17} | {
    "disappearance", "address_protection_set", "address_protection_lifted"}
PROVINCE_AND_DISTRICT = [seat("P"), seat(V)]
# Rules of the linked act that do not hold for a paper.
NOT_FOR_LEGACY = {"S15", "S22", "L08", "L11", "P10"}
# Of the target's kind, judged on the corrected content.
OF_CORRECTED = {"S21", "S23", "L03", "L04", "L05", "L06", "L07", "P01", "P02", "P03", "P04", "P05"}
# Kinds whose acts a correction may target.
CORRECTABLE = {kind.name for kind in TABLE
               if kind.event_class not in (14, 15, 16, 18)} | {"court_decision"}
# Kinds whose acts a revocation may target: the others have an undoing of their own.
REVOCABLE = {kind.name for kind in TABLE
             if kind.event_class not in (2, 8, 9, 10, 11, 12, 14, 15, 16, 18)} | {
                 "disappearance", "court_decision", "correction", "reinstatement"} - {
                     "adoption", "adoption_revoked"}
# Kinds whose content a court may have erased: what amends an act goes with it.
ERASABLE = {kind.name for kind in TABLE if kind.event_class not in (14, 18)} - {"content_erased"}
# Acts of persons that certificates tell of.
CERTIFIABLE = {kind.name for kind in TABLE if kind.event_class in (1, 2, 3, 4, 5, 6, 7, 13)}
# Of the act that a reinstatement brings back.
OF_RETURNED = {"L01", "L03", "L04", "L05", "L06", "L07"}

# Of later acts that a correction or a reinstatement would break.
OF_TIMELINE = {"S23", "L03", "L05", "L07", "P01", "P02", "P04"}

PLACE_DATES = {  # which date a place in the content refers to: "valid" or "declared"
    "child_address": "declared",
}


def of_event(event):
    """The kind whose content the event carries; None for contents of steps and for misfits."""
    return BY_CONTENT.get((event.header.event_class, event.member))


def effective(kind, message):
    """For a linked paper the kind and message of the act on it."""
    if kind.name != "legacy_linked":
        return kind, message
    name = message.WhichOneof("act")
    return (BY_NAME[name], getattr(message, name)) if name else (kind, None)


def dig(message, path):
    """The message or value at a dotted path; None where it is absent."""
    for name in path.split("."):
        field = message.DESCRIPTOR.fields_by_name[name]
        if field.message_type and not message.HasField(name):
            return None
        message = getattr(message, name)
    return message


def is_step_content(event):
    return event.member in wire.STEP_CONTENT
