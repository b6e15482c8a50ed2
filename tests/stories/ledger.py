"""A country in a real node: the ground of the stories, and the one way in, Submit.

The ground, the short forms and the drafts are those of the oracle's stories; here every act is
really signed, goes through gRPC, and time is what the story says.
"""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "support"), os.path.join(HERE, "..", "oracle")]

import node as nodes  # noqa: E402
import grpc  # noqa: E402
import stories  # noqa: E402
import wire  # noqa: E402
from country import Country  # noqa: E402
from people import People  # noqa: E402
from civil.v1 import log_service_pb2 as log  # noqa: E402
from civil.v1 import query_service_pb2 as query  # noqa: E402
from civil.v1 import registration_service_pb2 as registration  # noqa: E402

subprocess.run(["protoc", f"-I{wire.ROOT}/proto", f"--python_out={wire.GENERATED}",
                f"{wire.ROOT}/proto/google/rpc/error_details.proto",
                f"{wire.ROOT}/proto/google/rpc/status.proto"], check=True)
from google.rpc import error_details_pb2, status_pb2  # noqa: E402

SEED = 20200102
STATUS = {grpc.StatusCode.FAILED_PRECONDITION: "REFUSED",
          grpc.StatusCode.ALREADY_EXISTS: "EXISTS"}


def details_of(error):
    """ErrorInfo and PreconditionFailure of a gRPC error."""
    info, rules = error_details_pb2.ErrorInfo(), error_details_pb2.PreconditionFailure()
    for key, value in error.trailing_metadata():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                for message in (info, rules):
                    if detail.Is(message.DESCRIPTOR):
                        detail.Unpack(message)
    return info, rules


def findings_of(rules):
    """Rule id -> BROKEN or UNDECIDED; of the findings of one rule the worst counts."""
    found = {}
    for violation in rules.violations:
        rule = violation.type.split()[0]
        undecided = "cannot be decided" in violation.description
        if not undecided or rule not in found:
            found[rule] = "UNDECIDED" if undecided else "BROKEN"
    return found


class Ledger(stories.Story):
    """The short forms of the oracle's stories, played on a node."""

    def __init__(self, folder):
        # The oracle itself stays out: what is asked here is asked from the node.
        environment = nodes.standing_clock(folder, 0)
        self.clock = environment["CIVIL_TEST_CLOCK"]
        self.node = nodes.Node(os.path.join(folder, "node"), environment)
        self.country = Country(SEED, sign=True)
        self.people = People(self.country)
        self.numbers, self.now_ms, self.last, self.last_bytes = 0, 0, None, b""
        self.cases, self.units, self.records, self.asked = {}, {}, 0, []
        self.node.format(self.country.ledger_id.hex())
        if not self.node.start():
            raise stories.Wrong("the node does not start")

    def found(self):
        for at, draft in self.country.foundation():
            answer = self.submit(at, draft)
            if answer["status"] != "OK":
                raise stories.Wrong(f"ground: {draft.member}: {answer}")
            officer = getattr(draft, "officer", None)
            if officer is not None:
                officer.id = wire.created_id(answer["event_id"], 1)

    def size(self):
        return self.records

    def deliver(self, data):
        with open(self.clock + ".new", "w", encoding="ascii") as file:
            file.write(str(self.now_ms))
        os.replace(self.clock + ".new", self.clock)
        request = registration.SubmitRequest()
        request.event.ParseFromString(data)
        self.last_bytes = data
        try:
            receipt = self.node.call("RegistrationService/Submit", request,
                                     registration.SubmitResponse).receipt
        except grpc.RpcError as error:
            info, rules = details_of(error)
            facts = {entry.key: entry.value for entry in info.metadata}
            self.last = {"status": STATUS.get(error.code(), error.code().name),
                         "text": error.details(), "findings": findings_of(rules),
                         "first": bytes.fromhex(facts.get("event_id", ""))}
            return self.last
        self.records = max(self.records, receipt.index + 1)
        self.last = {"status": "OK", "index": receipt.index, "event_id": receipt.event_id,
                     "created": list(receipt.created_persons),
                     "numbers": {n.person_id: n.number for n in receipt.numbers},
                     "at_ms": receipt.recorded_at_ms,
                     "receipt": receipt.SerializeToString(deterministic=True)}
        return self.last

    def ask(self, method, request, response, service="QueryService"):
        """An answer, or the name of the gRPC code of the refusal."""
        request.context.purpose = "story"
        try:
            return self.node.call(f"{service}/{method}", request, response)
        except grpc.RpcError as error:
            return error.code().name

    def person(self, person_id, valid=None, known=None, warrant=""):
        request = query.GetPersonRequest(person_id=person_id)
        request.context.case_reference = warrant
        if valid is not None:
            request.valid.CopyFrom(stories.to_date(valid))
        if known is not None:
            request.known_size = known
        answer = self.ask("GetPerson", request, query.GetPersonResponse)
        if not isinstance(answer, str):
            self.asked.append((person_id.hex(), answer, warrant))
        return answer

    def snapshot(self, person, at):
        """What the register says, as a card prints it."""
        state = self.person(person.id, at).state
        address = stories.common.Address()
        address.CopyFrom(state.residence.address)
        address.gazetteer = "KH-2014"  # a card shows the code of its day
        return stories.document.DocumentSnapshot(
            name=state.names[0].name, sex=state.sex.sex, birth=state.birth.date,
            nationality="KHM", address=address,
            number=next(number.number for number in state.numbers if number.status == 1))

    def events(self):
        """(recorded at, bytes of SignedEvent) of every record, rebuilt from the log."""
        start = 0
        while start < self.records:
            page = self.node.call("LogService/ListRecords", log.ListRecordsRequest(
                **{"from": start}, page_size=1000, with_content=True), log.ListRecordsResponse)
            for kept in page.records:
                record = wire.event.Record.FromString(kept.record)
                signed = wire.event.SignedEvent(header=record.header, content=kept.content,
                                                opening=kept.opening,
                                                signatures=record.signatures)
                yield record.recorded_at_ms, wire.pack(signed)
            start = page.next
