"""Contents of records, and counts of few, are for those whom the operator has named."""
import os

import authority as authorities
import grpc
import node as nodes
from replica import Replica, records
from civil.v1 import log_service_pb2, statistics_service_pb2

EVENTS = 240


class Content:
    """A source with mutual TLS that gives contents to kratie alone."""

    def __init__(self, folder):
        self.folder = folder
        events, self.ledger = nodes.populate(folder, EVENTS, 21, communes=1)
        authority = authorities.Authority(os.path.join(folder, "tls"))
        self.identities = {name: authority.issue(name) for name in ("source", "kratie", "takeo")}
        self.source = nodes.Node(os.path.join(folder, "source"),
                                 arguments=["--content-readers", "siemreap,kratie"],
                                 identity=self.identities["source"],
                                 caller=self.identities["kratie"])
        self.source.format(self.ledger, "source")
        assert self.source.start()
        for at in range(0, EVENTS, 30):
            self.source.submit_batch(events[at:at + 30])
        self.replicas = []

    def replica(self, name):
        replica = Replica(self.folder, name, [self.source.port], [self.source.status().log_key],
                          identity=self.identities[name], caller=self.identities[name])
        replica.format(self.ledger, name)
        self.replicas.append(replica)
        assert replica.start()
        return replica

    def test_who_is_named_gets_contents(self):
        replica = self.replica("kratie")
        replica.wait(lambda status: status.size == self.source.status().size)
        assert records(replica) == records(self.source)

    def test_who_is_not_named_gets_none_and_hears_why(self):
        replica = self.replica("takeo")
        status = replica.wait(lambda status: "content.readers" in status.message)
        assert status.size == 0 and not status.contradicted, status

    def count(self, is_exact):
        request = statistics_service_pb2.CountActsRequest(
            kind="STATISTIC_KIND_BIRTHS", by_month=True, exact=is_exact)
        getattr(request, "from").year, request.to.year = 1900, 2030
        return self.source.call("StatisticsService/CountActs", request,
                                statistics_service_pb2.CountActsResponse)

    def test_cells_of_few_are_for_who_is_named(self):
        told = self.count(True).cells
        assert told and all(cell.count for cell in told)
        self.call_as("takeo")
        assert any(cell.suppressed for cell in self.count(False).cells)
        try:
            self.count(True)
            raise AssertionError("cells of few are told to a stranger")
        except grpc.RpcError as error:
            assert error.code() == grpc.StatusCode.PERMISSION_DENIED, error
        self.call_as("kratie")

    def call_as(self, name):
        self.source.caller = self.identities[name]
        self.source.channel.close()
        self.source.channel = self.source.connect()

    def test_records_alone_are_for_everybody(self):
        self.call_as("takeo")
        page = self.source.call("LogService/ListRecords", log_service_pb2.ListRecordsRequest(
            page_size=10), log_service_pb2.ListRecordsResponse)
        assert len(page.records) == 10
        for method, request, response in (
                ("LogService/ListRecords",
                 log_service_pb2.ListRecordsRequest(page_size=10, with_content=True),
                 log_service_pb2.ListRecordsResponse),
                ("LogService/GetRecord",
                 log_service_pb2.GetRecordRequest(index=1, with_content=True),
                 log_service_pb2.GetRecordResponse)):
            try:
                self.source.call(method, request, response)
                raise AssertionError(method + " gives contents to a stranger")
            except grpc.RpcError as error:
                assert error.code() == grpc.StatusCode.PERMISSION_DENIED, error

    def close(self):
        for node in (self.source, *self.replicas):
            if node.process and node.process.poll() is None:
                node.kill()
