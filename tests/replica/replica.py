"""A node that follows others."""
import os
import time

import node as nodes
from civil.v1 import log_service_pb2

TIMEOUT_S = 60


class Replica(nodes.Node):
    """Follows nodes, believing keys."""

    def __init__(self, folder, name, upstreams, keys, **identity):
        super().__init__(os.path.join(folder, name), **identity)
        self.name = name
        self.config = self.folder + ".conf"
        self.arguments = ["--config", self.config]
        self.keys = self.folder + ".keys"
        with open(self.keys, "w", encoding="ascii") as file:
            file.write("# trusted\n\n" + "\n".join(keys) + "\n")
        self.follow(*upstreams)

    def follow(self, *upstreams):
        addresses = ",".join(f"127.0.0.1:{port}" for port in upstreams)
        with open(self.config, "w", encoding="ascii") as file:
            file.write("[node]\nrole = replica\n[upstream]\n"
                       f"addresses = {addresses}\ntrusted_keys = {self.keys}\n")

    def wait(self, ready):
        """Asks until its status is ready; fails when the process ends, or never is."""
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"{self.name} ended"
            status = self.status()
            if ready(status):
                return status
        raise AssertionError(f"{self.name} never is: {status}")


def records(node):
    """All records as bytes."""
    found = []
    while True:
        page = node.call("LogService/ListRecords", log_service_pb2.ListRecordsRequest(
            **{"from": len(found), "page_size": 1000, "with_content": True}),
            log_service_pb2.ListRecordsResponse)
        if not page.records:
            return found
        found += [record.SerializeToString(deterministic=True) for record in page.records]
