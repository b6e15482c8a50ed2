"""The questions beyond one person's state: kin, statements, weddings, offices, the feed, counts.

A request is filled by the names of its fields, so a new field needs no code: `page_size=2`.
"""
import re

from ledger import query, stories
from questions import fill_person, known_at, resolved
from stories import day
from civil.v1 import access_service_pb2 as access
from civil.v1 import attestation_service_pb2 as attestation
from civil.v1 import feed_service_pb2 as feed
from civil.v1 import household_service_pb2 as household
from civil.v1 import kinship_service_pb2 as kinship
from civil.v1 import office_service_pb2 as office
from civil.v1 import statistics_service_pb2 as statistics


def number_of(enum_type, word):
    """`at_least` of enum Comparison is COMPARISON_AT_LEAST."""
    prefix = re.sub(r"(?<!^)([A-Z])", r"_\1", enum_type.name).upper()
    return enum_type.values_by_name[f"{prefix}_{word.upper()}"].number


def name_person(teller, reference, name):
    if name.startswith("number:"):
        reference.number = teller.persons[name[7:]].number
    else:
        reference.person_id = teller.persons[name].id


def fill(teller, message, name, word):
    """One field from one word."""
    if name == "known":
        message.known_size = known_at(teller, word)
        return
    if name == "warrant":
        message.context.case_reference = word
        return
    field = message.DESCRIPTOR.fields_by_name[name]
    if field.type == field.TYPE_BYTES:
        setattr(message, name, bytes.fromhex(resolved(teller, word)))
    elif field.message_type is None:
        value = number_of(field.enum_type, word) if field.enum_type else \
            word == "yes" if field.type == field.TYPE_BOOL else \
            word if field.type == field.TYPE_STRING else \
            known_at(teller, word[2:-1]) if word.startswith("K[") else int(word)
        if field.label == field.LABEL_REPEATED:
            getattr(message, name).append(value)
        else:
            setattr(message, name, value)
    elif field.message_type.name == "YearMonth":
        year, _, month = word.partition("-")
        getattr(message, name).year, getattr(message, name).month = int(year), int(month or 0)
    elif field.message_type.name == "PersonReference":
        name_person(teller, getattr(message, name), word)
    else:
        getattr(message, name).CopyFrom(stories.to_date(day(word)))


def state(teller, statement, text):
    """`age at_least 50`, `civil_status equal married`, `alive`."""
    attribute, comparison, value = (text.split() + ["equal", "yes"])[:3] \
        if " " in text else (text, "equal", "yes")
    fill(teller, statement, "comparison", comparison)
    fill(teller, statement, attribute, value)


def asked(service, method, request, response, person=None):
    """A question whose first word is a person (the name of that field), or nothing."""
    def ask(teller, words, options):
        message = request()
        if person is not None:
            name_person(teller, getattr(message, person), words[0])
            words = words[1:]
        for text in words:
            state(teller, message.statements.add(), text)
        for name, word in options.items():
            fill(teller, message, name, word)
        if method == "CountActs":
            message.exact = True
        return teller.ledger.ask(method, message, response, service)
    return ask


def accesses(teller, words, options):
    message = access.ListAccessesRequest(page_size=1000)
    fill_person(teller, message, words[0])
    for name, word in options.items():
        fill(teller, message, name, word)
    return teller.ledger.ask("ListAccesses", message, access.ListAccessesResponse,
                             "AccessService")


QUESTIONS = {
    "search": asked("QueryService", "SearchPerson", query.SearchPersonRequest,
                    query.SearchPersonResponse),
    "accesses": accesses,
    "audit": asked("AccessService", "AuditAccesses", access.AuditAccessesRequest,
                   access.AuditAccessesResponse),
    "residents": asked("HouseholdService", "ListResidents", household.ListResidentsRequest,
                       household.ListResidentsResponse),
    "book": asked("HouseholdService", "ListBookMembers", household.ListBookMembersRequest,
                  household.ListBookMembersResponse),
    "kin": asked("KinshipService", "ListKin", kinship.ListKinRequest,
                 kinship.ListKinResponse, "person"),
    "path": asked("KinshipService", "FindPath", kinship.FindPathRequest,
                  kinship.FindPathResponse),
    "heirs": asked("KinshipService", "ListHeirs", kinship.ListHeirsRequest,
                   kinship.ListHeirsResponse, "deceased"),
    "verify": asked("AttestationService", "VerifyAttributes",
                    attestation.VerifyAttributesRequest,
                    attestation.VerifyAttributesResponse, "person"),
    "impediments": asked("AttestationService", "ListImpediments",
                         attestation.ListImpedimentsRequest,
                         attestation.ListImpedimentsResponse, "person"),
    "cases": asked("OfficeService", "ListCases", office.ListCasesRequest,
                   office.ListCasesResponse),
    "inconsistent": asked("OfficeService", "ListInconsistencies",
                          office.ListInconsistenciesRequest,
                          office.ListInconsistenciesResponse),
    "duplicates": asked("OfficeService", "ListDuplicates", office.ListDuplicatesRequest,
                        office.ListDuplicatesResponse),
    "performance": asked("OfficeService", "GetPerformance", office.GetPerformanceRequest,
                         office.GetPerformanceResponse),
    "feed": asked("FeedService", "ListFeed", feed.ListFeedRequest, feed.ListFeedResponse),
    "statistics": asked("StatisticsService", "CountActs", statistics.CountActsRequest,
                        statistics.CountActsResponse),
}
