"""An office that registers at its province's replica, and works on while that is cut off."""
import os
import time

import grpc
from civil.v1 import event_pb2, registration_service_pb2

CALL_SECONDS = 10


class Office:
    """`lane` holds its events; those that the replica's own records allow are submitted."""

    def __init__(self, replica, lane, folder):
        self.replica = replica
        self.lane = lane
        self.folder = folder
        self.queued = []  # (event, when it was registered): it stands behind what stood by then

    def call(self, method, request, response):
        return self.replica.call("RegistrationService/" + method, request, response, CALL_SECONDS)

    def choose(self, count):
        """The first events that would be accepted as far as the replica knows."""
        chosen = []
        for event in self.lane:
            request = registration_service_pb2.PreviewRequest(
                event=event_pb2.SignedEvent.FromString(event.signed))
            try:
                answer = self.call("Preview", request, registration_service_pb2.PreviewResponse)
            except grpc.RpcError:
                continue  # malformed on purpose
            if answer.acceptable:
                chosen.append(event)
            if len(chosen) == count:
                break
        return chosen

    def write(self, event):
        """The event as a file, as an office keeps it."""
        path = os.path.join(self.folder, f"{event.number}.event")
        with open(path, "wb") as file:
            file.write(event.signed)
        self.queued.append((event, time.monotonic()))
        return path

    def submit(self, event):
        """Submits it; the replica's provisional receipt."""
        request = registration_service_pb2.SubmitRequest(
            event=event_pb2.SignedEvent.FromString(event.signed))
        began = time.monotonic()
        answer = self.call("Submit", request, registration_service_pb2.SubmitResponse)
        self.queued.append((event, began))
        return answer.provisional

    def waiting(self):
        """How many of its events the replica has not yet seen in its own verified records."""
        status = self.replica.status()
        return status.outbox_waiting + status.outbox_refused

    def collect(self, node, journal):
        """The receipt of everything that was queued, from another node, into the journal."""
        for event, began in self.queued:
            receipt = node.call("RegistrationService/GetReceipt",
                                registration_service_pb2.GetReceiptRequest(event_id=event.id),
                                registration_service_pb2.GetReceiptResponse).receipt
            journal.take(event, (receipt.index, bytes(receipt.record_hash)), began,
                         time.monotonic())
