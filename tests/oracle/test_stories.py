#!/usr/bin/python3
"""Goal: the acceptance stories, as far as the kinds in scope go, end as they are told.

Method: each story is played on a fresh oracle, act by act with the rules each act must break, then
questions are put to the states. When a ledger was built, it plays along and must agree.

    test_stories.py [BUILD]
"""
import os
import pathlib
import sys
import tempfile

from compare import Ledger
from country import Draft, to_date, to_partial
from stories import REGISTERED, Story, Wrong, day, oracle
from wire import amendment, case, common, union

MARRIED, WIDOWED, DIVORCED, NEVER = 2, 4, 5, 1


def expect(value, wanted, what):
    if value != wanted:
        raise Wrong(f"{what}: {value!r} instead of {wanted!r}")


def status(story, person, valid, known=None):
    return story.state(person, valid, known).civil_status.status


def plain_birth(s):
    """Story 1: plain birth, two keys"""
    m = s.legacy("M", 2, "1998-04-12", "070803")
    f = s.legacy("F", 1, "1996-01-20", "070803")
    s.reside("07080301", m, f)
    s.legacy_marriage(f, m, "2018-11-05", "070803")
    born = to_partial(day("2026-03-02"))
    place = common.Place(code="070801", gazetteer="KH-2014")
    village = common.Place(code="07080301", gazetteer="KH-2014")
    address = common.Address(code="07080301", gazetteer="KH-2014")
    notice = case.Notification(kind="birth", date=born, place=place, description="a girl")
    s.step("2026-03-02", "N.0708", Draft(1, 1, notice, [], [], s.case("C")))
    message = s.birth(s.name("សុភា", "Sophea"), 2, born, place, village, address, m, f)
    parents = [["mother", m.id, 0], ["father", f.id, 0]]
    draft = s.declare("birth", "C", message, "2026-03-05", [["child", None, 0], *parents])
    declared = s.step("2026-03-05", "K.070803", draft)
    k2, child = s.size(), declared["created"][0]
    subjects = [["child", child, 0], *parents]
    s.step("2026-03-05", "R.070803",
           s.register("birth", "C", declared, subjects, "2026-03-05", "c-070803"), "S22")
    s.step("2026-03-06", "R.070803", s.verify("C", declared, subjects), "S02")
    s.step("2026-03-07", "V.1401", s.verify("C", declared, subjects), "S03")
    verified = s.step("2026-03-07", "V.0708", s.verify("C", declared, subjects))
    k6, number = s.size(), verified["numbers"][child]
    registered = s.step("2026-03-11", "R.070803", s.register(
        "birth", "C", declared, subjects, "2026-03-11", "c-070803", verified))
    k7 = s.size()
    again = s.deliver(s.last_bytes)
    expect((again["status"], again["index"], s.size()), ("OK", registered["index"], k7),
           "the same bytes again")
    old = oracle.wire.event.EventHeader.FromString(
        oracle.wire.event.SignedEvent.FromString(s.last_bytes).header).request_id
    other = s.verify("C2", declared, subjects)
    other.signers = [s.officer("V.0708")]
    other.spoil = lambda header: setattr(header, "request_id", old)
    s.submit(day("2026-03-11"), other)
    expect((s.last["status"], s.last.get("first")), ("EXISTS", registered["event_id"]),
           "the request id again")
    message = s.birth(s.name("សុភា", "Sophea"), 2, born, place, village, address, m, f)
    s.step("2026-03-12", "K.070803", s.declare(
        "birth", "D", message, "2026-03-12", [["child", None, 0], *parents]), "P03", "P05")
    message.date_of_birth.day = 13
    s.step("2026-03-12", "K.070803", s.declare(
        "birth", "E", message, "2026-03-12", [["child", None, 0], *parents]), "S09")
    for known in (k2, k6):
        expect(s.oracle.state(child, 30000, known), None, "GetPerson before registration")
    state = s.oracle.state(child, s.oracle.book.records[-1].day, k7)
    expect(state.names[0].name.latin_given, "Sophea", "name")
    expect((state.birth.delay_class, state.life.status, state.civil_status.status),
           (1, 1, NEVER), "birth, life, civil status")
    expect([p.person_id for p in state.parents], [m.id, f.id], "parents")
    expect((state.residence.address.code, state.numbers[0].number, state.numbers[0].status),
           ("07080301", number, 1), "residence and number")
    expect((state.birth.provenance.source, state.birth.provenance.known_from),
           (k2 - 1, k7 - 1), "source of birth")
    expect([c.person_id for c in s.state(m, "2026-03-12").children], [child], "children of M")


def very_late_birth(s):
    """Story 2: very late birth, year only"""
    year = common.PartialDate(precision=3, year=1968, basis=1)
    old = common.Place(code="030401", gazetteer="KH-H")
    address = common.Address(code="25010101", gazetteer="KH-2014")
    message = s.birth(s.name("ស៊ីណា", "Sina"), 2, year, old, old, address)
    message.late.reason = "distance"
    child = [["child", None, 0]]
    declared = s.step("2026-03-10", "K.250101", s.declare("birth", "W", message, "2026-03-10",
                                                          child))
    wrong = s.birth(s.name("ស៊ីណា", "Sina"), 2, year,
                    common.Place(code="250101", gazetteer="KH-2014"), old, address)
    s.step("2026-03-10", "K.250101", s.declare("birth", "X", wrong, "2026-03-10", child), "S10")
    subjects = [["child", declared["created"][0], 0]]
    verified = s.step("2026-03-12", "V.2501", s.verify("W", declared, subjects))
    for signers, rule in (("R.250101", "L11"), ("R.250101+P.25", "L11"), ("R.250101+P.14", "S03")):
        s.step("2026-03-13", signers, s.register(
            "birth", "W", declared, subjects, "2026-03-13", "c-250101", verified), rule)
    for _ in range(2):
        message.late.witnesses.add(name=s.name("សុខ", "Sok"), id_shown="card")
    newer = s.step("2026-03-14", "K.250101",
                   s.declare("birth", "W", message, "2026-03-14", subjects))
    s.step("2026-03-15", "R.250101+P.25", s.register(
        "birth", "W", newer, subjects, "2026-03-15", "c-250101", verified), "S22")
    again = s.step("2026-03-16", "V.2501", s.verify("W", newer, subjects))
    expect(again["numbers"], verified["numbers"], "number repeated")
    s.step("2026-03-18", "R.250101+P.25", s.register(
        "birth", "W", newer, subjects, "2026-03-18", "c-250101", again))
    state = s.oracle.state(subjects[0][1], 20635, s.size())
    expect((state.birth.date.year, state.birth.place.code, state.birth.place_code_now,
            state.birth.delay_class), (1968, "030401", "250101", 3), "birth of W")


def twins(s):
    """Story 3: twins, false duplicates (births alone)"""
    m = s.legacy("M", 2, "1995-02-01", "070803")
    place = common.Place(code="070801", gazetteer="KH-2014")
    home = common.Place(code="070803", gazetteer="KH-2014")
    address = common.Address(code="07080301", gazetteer="KH-2014")
    delivery = bytes(15) + b"D"

    def declare(key, at, born, name, sex, order=0, rules=(), signers="K.070803", override=None):
        message = s.birth(s.name(*name), sex, to_partial(day(born)), place, home, address, m)
        if order:
            message.plurality, message.birth_order, message.delivery_id = 2, order, delivery
        draft = s.declare("birth", key, message, at, [["child", None, 0], ["mother", m.id, 0]])
        if override:
            s.override(draft, override)
        return s.step(at, signers, draft, *rules)

    def finish(key, declared, verified_on, registered_on):
        subjects = [["child", declared["created"][0], 0], ["mother", m.id, 0]]
        verified = s.step(verified_on, "V.0708", s.verify(key, declared, subjects))
        s.step(registered_on, "R.070803", s.register(
            "birth", key, declared, subjects, registered_on, "c-070803", verified))

    a = declare("A", "2026-04-10", "2026-04-08", ("សុខា", "Sokha"), 1, 1)
    b = declare("B", "2026-04-10", "2026-04-08", ("សុខារ", "Sokhar"), 1, 2)
    finish("A", a, "2026-04-11", "2026-04-12")
    finish("B", b, "2026-04-11", "2026-04-12")
    declare("T", "2026-04-13", "2026-04-12", ("សុខ", "Sok"), 1, 3, ["S24"])
    declare("5", "2026-08-10", "2026-08-06", ("ម៉ាលា", "Mala"), 2, 0, ["P03"])
    six = declare("6", "2026-08-10", "2026-08-06", ("ម៉ាលា", "Mala"), 2, 0, (),
                  "K.070803+V2.0708", "P03")
    subjects = [["child", six["created"][0], 0], ["mother", m.id, 0]]
    s.step("2026-08-11", "R.070803", s.refuse("birth", "6", subjects, "2026-08-11"))
    s.step("2026-08-11", "V.0708", s.verify("6", six, subjects), "S06")
    declare("9", "2029-03-25", "2029-03-20", ("សុខា", "Sokha"), 1, 0, ["P05"])
    x = declare("X", "2029-03-25", "2029-03-20", ("សុខា", "Sokha"), 1, 0, (),
                "K.070803+V2.0708", "P05")
    subjects = [["child", x["created"][0], 0], ["mother", m.id, 0]]
    s.step("2029-03-26", "V2.0708", s.verify("X", x, subjects), "S05")
    finish("X", x, "2029-03-27", "2029-03-28")
    expect([c.person_id for c in s.state(m, "2029-04-01").children],
           [e["created"][0] for e in (a, b, x)], "children of M")


def wrong_birth_date(s):
    """Story 5: wrong birth date corrected by court (card and correction)"""
    t = s.legacy("T", 1, "1975-06-15", "140101", s.name("វុទ្ធី", "Vuthy"))
    c1 = s.card("2025-02-10", t, "c1", s.snapshot(t, day("2025-02-10")))
    s.step("2025-02-10", "IC", c1)

    def correction(at, path, old="1975-06-15"):
        message = amendment.Correction(
            target=t.act, ground=7, path=path, date=to_date(day(at)),
            changes=[s.change("birth.date_of_birth", old, "1957-06-15")])
        return Draft(14, REGISTERED, message, [], [["child", t.id, 0]])

    s.step("2026-04-20", "R.140101+V.1401", correction("2026-04-20", 1), "L10")
    s.step("2026-04-21", "R.140101+V.1401", correction("2026-04-21", 2), "L09")
    s.step("2026-04-22", "R.140101+V.1401", correction("2026-04-22", 2, "1975-06-16"), "S19")
    decision = s.decision("2026-05-08", "CC.14", "correction", [t], [t.act])
    s.step("2026-05-10", "R.140101", s.cite(correction("2026-05-10", 2), decision), "S05")
    before = s.size()
    s.step("2026-05-10", "R.140101+V.1401", s.cite(correction("2026-05-10", 2), decision))
    k8 = s.size()
    expect([(i.document_number, i.field, i.in_document, i.in_register)
            for i in s.state(t, "2026-05-20").inconsistencies],
           [("c1", "birth", "1975-06-15", "1957-06-15")], "inconsistencies")
    print_of_old = s.snapshot(t, day("2026-06-01"))
    print_of_old.birth.year = 1975
    s.step("2026-06-01", "IC", s.card("2026-06-01", t, "c2", print_of_old, "c1"), "P11")
    renewed = s.card("2026-06-01", t, "c2", s.snapshot(t, day("2026-06-01")), "c1")
    s.step("2026-06-01", "IC", renewed)
    for known, year, delay in ((before, 1975, 1), (k8, 1957, 3)):
        state = s.state(t, "2026-05-20", known)
        expect((state.birth.date.year, state.birth.delay_class), (year, delay), "birth of T")
    found = {d.number: d.status for d in s.state(t, "2026-06-02").documents if d.number}
    expect(found, {"c1": 8, "c2": 2}, "documents of T")
    expect(len(s.state(t, "2026-06-02").inconsistencies), 0, "inconsistencies after renewal")


def divorce_and_waiting(s):
    """Story 7: divorce, notice and waiting period (without the merged identity)"""
    h = s.legacy("H", 1, "1985-03-03", "140101")
    w = s.legacy("W", 2, "1987-07-07", "140101")
    g = s.legacy("G", 1, "1984-04-04", "140101")
    b = s.legacy("B", 2, "1996-05-05", "230201")
    wedding = s.legacy_marriage(h, w, "2010-12-20", "140101")["event_id"]
    s.reside("14010101", h, w, g)
    s.reside("23020101", b)

    def notice(at, a, c, commune, *rules):
        draft = Draft(3, REGISTERED, s.notice(at), [], s.couple(a, c))
        return s.step(at, f"R.{commune}", draft, *rules)

    def declare(at, key, a, c, commune, form, posted, *rules):
        message = s.marriage(to_partial(day(at)),
                             common.Place(code=commune, gazetteer="KH-2014"), form,
                             posted["event_id"] if posted else b"")
        return s.step(at, f"K.{commune}", s.declare("marriage", key, message, at, s.couple(a, c)),
                      *rules)

    def divorce(at, target, decision, subjects, *rules):
        message = union.Divorce(target=target, decision=decision["event_id"],
                                date_final=to_date(day("2026-06-01")))
        return s.step(at, "R.140101", Draft(3, REGISTERED, message, [], subjects), *rules)

    notice("2026-02-20", h, b, "230201", "L04")
    declare("2026-03-10", "3", h, b, "230201", 2, None, "L04")
    decision = s.decision("2026-06-01", "CC.14", "divorce", [h, w], [wedding])
    k4 = s.size()
    divorce("2026-06-05", h.act, decision, s.couple(h, w), "S13")
    divorce("2026-06-05", wedding, decision, s.couple(h, w)[:1], "S16")
    divorce("2026-06-05", wedding, decision, s.couple(h, w))
    posted = notice("2026-06-20", h, b, "230201")
    declare("2026-06-29", "9", h, b, "230201", 1, posted, "L08")
    ten = declare("2026-07-01", "10", h, b, "230201", 1, posted)
    s.step("2026-07-02", "K.230201", s.register(
        "marriage", "10", ten, s.couple(h, b), "2026-07-02", "c-230201"), "S02", "S05")
    s.step("2026-07-02", "R.230201", s.register(
        "marriage", "10", ten, s.couple(h, b), "2026-07-02", "c-230201"))
    posted = notice("2026-08-15", g, w, "140101")
    declare("2026-08-30", "14", g, w, "140101", 1, posted, "L07")
    declare("2026-09-28", "15", g, w, "140101", 1, posted, "L07")
    sixteen = declare("2026-09-29", "16", g, w, "140101", 1, posted)
    s.step("2026-09-30", "R.140101", s.register(
        "marriage", "16", sixteen, s.couple(g, w), "2026-09-30", "c-140101"))
    for valid, wanted in (("2010-12-19", NEVER), ("2026-05-31", MARRIED),
                          ("2026-06-01", DIVORCED), ("2026-07-01", MARRIED)):
        expect(status(s, h, valid), wanted, f"H on {valid}")
    expect(status(s, h, "2026-07-01", k4), MARRIED, "H as known at K[4]")


def old_weddings(s):
    """Story 8: old weddings registered late"""
    old = common.Place(code="030401", gazetteer="KH-H")
    people = {}
    for letter, sex, born in (("A", 2, "1977-06-15"), ("B", 1, "1973-09-03"),
                              ("C", 2, "1977-01-20"), ("D", 1, "1974-12-01"),
                              ("E", 2, common.PartialDate(precision=3, year=1977)),
                              ("F", 1, "1970-02-02")):
        people[letter] = s.legacy(letter, sex, born, "250101", place=old)
    a, b, c, d, e, f = (people[letter] for letter in "ABCDEF")
    s.reside("25010101", *people.values())
    month = common.PartialDate(precision=2, year=1995, month=2, basis=1)

    def declare(at, key, groom, bride, date=month, place=old):
        return s.declare("marriage", key, s.marriage(date, place), at, s.couple(groom, bride))

    def register(at, signers, key, declared, couple, *rules):
        s.step(at, signers, s.register("marriage", key, declared, couple, at, "c-250101"), *rules)

    s.step("2026-05-04", "K.250101", declare("2026-05-04", "1", b, a), "L05")
    decision = s.decision("2026-05-20", "CC.14", "marriage", [a, b])
    passed = s.override(s.cite(declare("2026-05-22", "3", b, a), decision), "L05",
                        decision["event_id"])
    three = s.step("2026-05-22", "K.250101", passed)
    register("2026-05-23", "R.250101", "3", three, s.couple(b, a), "L11")
    register("2026-05-23", "R.250101+V.2501", "3", three, s.couple(b, a), "L11")
    register("2026-05-23", "R.250101+P.25", "3", three, s.couple(b, a))
    seven = s.step("2026-05-24", "K.250101", declare("2026-05-24", "7", d, c))
    register("2026-05-25", "R.250101+P.25", "7", seven, s.couple(d, c))
    s.step("2026-05-26", "K.250101", declare("2026-05-26", "9", f, e), "L05?")
    ten = s.step("2026-05-26", "K.250101+V.2501",
                 s.override(declare("2026-05-26", "10", f, e), "L05"))
    register("2026-05-27", "R.250101+P.25", "10", ten, s.couple(f, e))
    s.step("2026-06-01", "R.250101",
           Draft(3, REGISTERED, s.notice("2026-06-01"), [], s.couple(d, e)), "L04")
    now = common.Place(code="250101", gazetteer="KH-2014")
    s.step("2026-06-02", "K.250101", declare("2026-06-02", "12", d, e,
                                             to_partial(day("2026-06-02")), now), "L04")
    for valid, wanted, uncertain in (("1995-01-31", NEVER, False), ("1995-02-15", MARRIED, True),
                                     ("1995-03-01", MARRIED, False)):
        civil = s.state(a, valid).civil_status
        expect((civil.status, civil.provenance.uncertain_at_valid), (wanted, uncertain),
               f"A on {valid}")
    wedding = s.state(a, "1995-03-01").marriages[0]
    expect((wedding.place.code, wedding.place_code_now, wedding.provenance.law_version),
           ("030401", "250101", "KH-1989"), "place and law of the wedding")


STORIES = [plain_birth, very_late_birth, twins, wrong_birth_date, divorce_and_waiting,
           old_weddings]


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BUILD", ""))
    program = build / "tests/oracle/ledger_run"
    failed = 0
    for play in STORIES:
        with tempfile.NamedTemporaryFile() as nothing:
            ledger = Ledger(str(program), nothing.name) if program.is_file() else None
            try:
                play(Story(ledger))
            except Wrong as wrong:
                failed += 1
                print(f"{play.__doc__}: {wrong}")
            if ledger:
                list(ledger.end_of_events())
    print(f"stories: {len(STORIES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
