#!/usr/bin/python3
"""A real node seen by clients of others: buf curl through reflection, and Python's grpcio.

    civild_client.py BUF

Used by run_civild.sh. A registered person is made by the short forms of the stories; what buf and
grpcio read must be what was submitted. BUF may be missing; that is said aloud.
"""
import base64
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "stories"))
from ledger import Ledger, log, stories, wire  # noqa: E402

TIMEOUT_S = 60
METHODS = ["civil.v1.RegistrationService/Submit", "civil.v1.RegistrationService/SubmitStream",
           "civil.v1.QueryService/GetPerson", "civil.v1.LogService/Watch",
           "civil.v1.NodeService/GetStatus", "grpc.health.v1.Health/Check"]


class Buf:
    def __init__(self, program, port):
        self.at = f"http://127.0.0.1:{port}"
        self.call = [program, "curl", "--http2-prior-knowledge", "--protocol", "grpc"]

    def run(self, *words):
        return subprocess.run(self.call + list(words), timeout=TIMEOUT_S, check=False, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout

    def ask(self, method, request):
        return json.loads(self.run("-d", json.dumps(request), f"{self.at}/civil.v1.{method}"))


def check_submit_gives_a_receipt_and_the_person_is_found(ledger, person):
    answer = ledger.person(person.id)
    assert answer.state.person_id == person.id
    assert answer.state.numbers[0].number == person.number


def check_the_same_bytes_get_the_same_receipt(ledger, person):
    first = ledger.deliver(ledger.last_bytes)
    assert ledger.deliver(ledger.last_bytes) == first and first["status"] == "OK"


def check_a_stranger_is_not_found(ledger, person):
    assert ledger.person(bytes(15) + b"1") == "NOT_FOUND"


def check_watch_sends_every_record_and_ends(ledger, person):
    call = ledger.node.channel.unary_stream(
        "/civil.v1.LogService/Watch", request_serializer=log.WatchRequest.SerializeToString,
        response_deserializer=log.WatchResponse.FromString)
    request = log.WatchRequest(**{"from": 0}, until=ledger.records)
    records = [r for answer in call(request, timeout=TIMEOUT_S) for r in answer.records]
    assert [r.index for r in records] == list(range(ledger.records))


def check_watch_tells_of_a_new_record(ledger, person):
    call = ledger.node.channel.unary_stream(
        "/civil.v1.LogService/Watch", request_serializer=log.WatchRequest.SerializeToString,
        response_deserializer=log.WatchResponse.FromString)
    start = ledger.records
    answers = call(log.WatchRequest(**{"from": start}, until=start + 1), timeout=TIMEOUT_S)
    ledger.paper(stories.day("2020-02-04"), "070803")
    records = [r for answer in answers for r in answer.records]
    assert records[0].index == start
    record = wire.event.Record.FromString(records[0].record)
    assert record.index == start


def check_buf_lists_every_method(buf, ledger, person):
    told = buf.run("--list-methods", buf.at)
    assert all(method in told for method in METHODS), told


def check_buf_reads_the_status(buf, ledger, person):
    told = buf.ask("NodeService/GetStatus", {})
    assert int(told["size"]) == ledger.records, told
    assert base64.b64decode(told["ledgerId"]) == ledger.country.ledger_id


def check_buf_reads_the_limits(buf, ledger, person):
    told = buf.ask("NodeService/GetLimits", {})
    assert told and all(value for value in told.values()), told


def check_buf_reads_a_person(buf, ledger, person):
    told = buf.ask("QueryService/GetPerson", {"number": person.number,
                                              "context": {"purpose": "check"}})
    assert base64.b64decode(told["state"]["personId"]) == person.id
    assert told["state"]["birth"]["date"]["year"] == 1998


def check_buf_shows_an_error(buf, ledger, person):
    told = buf.ask("QueryService/GetPerson", {"number": "no number"})
    assert told["code"] in ("not_found", "invalid_argument"), told


def run(checks, *arguments):
    failed = 0
    for check in checks:
        try:
            check(*arguments)
        except Exception as error:  # whatever a client raises is a failed check, not the end
            failed += 1
            print(f"{check.__name__}: {error!r}", file=sys.stderr)
    print(f"{len(checks) - failed} of {len(checks)} checks hold")
    return failed


def named(prefix):
    return [value for name, value in globals().items() if name.startswith(prefix)]


def main(program):
    has_buf = os.access(program, os.X_OK)
    if not has_buf:  # said first: the runner looks at the first word
        print(f"SKIPPED: buf curl: {program} is missing (tools/setup check)", file=sys.stderr)
        sys.stderr.flush()
    with tempfile.TemporaryDirectory(prefix="civil-") as folder:
        ledger = Ledger(folder)
        ledger.found()
        person = ledger.legacy("M", 2, "1998-04-12", "070803")
        with_buf = named("check_buf_")
        failed = run([c for c in named("check_") if c not in with_buf], ledger, person)
        if has_buf:
            failed += run(with_buf, Buf(program, ledger.node.port), ledger, person)
        assert ledger.node.stop() == 0, "the node ended with an error"
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
