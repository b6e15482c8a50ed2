"""Starts and stops civild, and calls it with Debian's grpcio, for the suites in Python.

Messages come from `protoc --python_out` into build/python. Nothing here knows a rule of the
register.
"""
import base64
import os
import re
import signal
import struct
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build/check"))
PYTHON = os.path.join(ROOT, "build", "python")


def make_messages():
    """Generates the Python messages, unless they are newer than the protos, and puts them on the
    path."""
    done = os.path.join(PYTHON, "done")
    protos = []
    for folder, _, names in os.walk(os.path.join(ROOT, "proto", "civil")):
        protos += [os.path.join(folder, name) for name in names if name.endswith(".proto")]
    if not os.path.exists(done) or os.path.getmtime(done) < max(map(os.path.getmtime, protos)):
        os.makedirs(PYTHON, exist_ok=True)
        subprocess.run(["protoc", "-I" + os.path.join(ROOT, "proto"), "--python_out=" + PYTHON,
                        *protos], check=True)
        with open(done, "w", encoding="ascii"):
            pass
    sys.path.insert(0, PYTHON)


make_messages()

import grpc  # noqa: E402  (needs nothing of ours, but is slow: after the messages)
from civil.v1 import node_service_pb2, registration_service_pb2  # noqa: E402
from civil.v1 import event_pb2  # noqa: E402

CALL_SECONDS = 30
START_SECONDS = 60


class Node:
    """One civild over one folder. `kill` is a power cut for the process.

    It is a demo in plaintext, unless it has an `identity` to serve with (authority.py); callers
    then show `caller`.
    """

    program = os.path.join(BUILD, "civild")

    def __init__(self, folder, environment=None, arguments=(), identity=None, caller=None):
        self.folder = folder
        # Without --demo civild wants a user of its own; a test runs as whoever runs it.
        self.environment = dict(os.environ, CIVIL_ALLOW_ROOT="1", **(environment or {}))
        self.arguments = list(arguments)
        self.identity, self.caller = identity, caller
        self.process = None
        self.channel = None
        self.port = 0
        self.metrics_port = 0

    def format(self, ledger_hex, name="solo"):
        """Makes the node; the ledger id decides which events it takes."""
        subprocess.run([self.program, "format", "--node-data", self.folder,
                        "--ledger-id", ledger_hex, "--node", name], check=True,
                       stdout=subprocess.DEVNULL)

    def words(self):
        """The command that starts it."""
        words = [self.program, "start", "--node-data", self.folder, "--api-listen", "127.0.0.1:0",
                 "--metrics-listen", "", "--node-cache", "16"]
        if self.identity:
            words += ["--tls-authority", self.identity.authority, "--tls-certificate",
                      self.identity.certificate, "--tls-key", self.identity.key]
        else:
            words.append("--demo")
        return words + self.arguments

    def start(self, failpoint=None):
        """Starts and waits for the first screen. False when the process ended before."""
        environment = dict(self.environment)
        if failpoint:
            environment["CIVIL_FAILPOINT"] = failpoint
        with open(self.folder + ".log", "ab") as log:
            self.process = subprocess.Popen(self.words(), stdout=subprocess.PIPE, stderr=log,
                                            env=environment, text=True)
        for line in self.process.stdout:
            found = re.search(r"gRPC\s+127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found.group(1))
                self.channel = self.connect()
            found = re.search(r"metrics\s+http://127\.0\.0\.1:(\d+)", line)
            if found:
                self.metrics_port = int(found.group(1))
            if line.startswith("Stop with"):
                return True
        self.process.wait()
        return False

    def connect(self):
        """A channel of its own: otherwise Python shares connections by address."""
        target = f"127.0.0.1:{self.port}"
        options = [("grpc.use_local_subchannel_pool", 1),
                   ("grpc.max_receive_message_length", 64 << 20)]
        if self.caller:
            return grpc.secure_channel(target, grpc.ssl_channel_credentials(*self.caller.read()),
                                       options)
        return grpc.insecure_channel(target, options)

    def call(self, method, request, response, seconds=CALL_SECONDS):
        """One unary call of civil.v1; the path is made from the method's name."""
        service, name = method.split("/")
        stub = self.channel.unary_unary(f"/civil.v1.{service}/{name}",
                                        request_serializer=request.__class__.SerializeToString,
                                        response_deserializer=response.FromString)
        return stub(request, timeout=seconds, wait_for_ready=False)

    def status(self):
        return self.call("NodeService/GetStatus", node_service_pb2.GetStatusRequest(),
                         node_service_pb2.GetStatusResponse)

    def submit_batch(self, events):
        request = registration_service_pb2.SubmitBatchRequest()
        for event in events:
            request.events.append(event_pb2.SignedEvent.FromString(event))
        return self.call("RegistrationService/SubmitBatch", request,
                         registration_service_pb2.SubmitBatchResponse)

    def kill(self):
        """SIGKILL, then waits until the process is gone."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.close()

    def stop(self):
        """SIGTERM; returns the exit code."""
        self.process.terminate()
        return self.close()

    def close(self):
        if self.channel:
            self.channel.close()
            self.channel = None
        code = self.process.wait(timeout=START_SECONDS)
        self.process.stdout.close()
        return code


def read_events(path):
    """The frames that populate writes: (recorded at, bytes of SignedEvent)."""
    events = []
    with open(path, "rb") as file:
        while True:
            frame = file.read(12)
            if not frame:
                return events
            size, at = struct.unpack(">IQ", frame)
            events.append((at, file.read(size)))


ALWAYS = {"S02", "S07", "S08", "S09", "S10", "S20"}


def is_refused_for_ever(refusal):
    """The refusal is of the event itself: no state that ends, such as a hold, is in it."""
    return all(finding.rule in ALWAYS for finding in refusal.findings)


def populate(folder, count, seed, **options):
    """A made-up country in a file; returns its events and its ledger id in hexadecimal."""
    path = os.path.join(folder, "events")
    arguments = [word for name, value in options.items()
                 for word in ("--" + name.replace("_", "-"), str(value))]
    subprocess.run([os.path.join(BUILD, "populate"), "--out", path, "--events", str(count),
                    "--seed", str(seed), "--gazetteer",
                    os.path.join(ROOT, "tools", "data", "gazetteer.tsv"), *arguments],
                   check=True, stderr=subprocess.DEVNULL)
    events = [event for _, event in read_events(path)]
    header = event_pb2.EventHeader.FromString(event_pb2.SignedEvent.FromString(events[0]).header)
    return events, header.ledger_id.hex()


def vkey_bytes(vkey):
    """The Ed25519 key in a C2SP vkey: NAME+ID+base64(type || key)."""
    return base64.b64decode(vkey.split("+", 2)[2])[1:]


def standing_clock(folder, now_ms):
    """Environment for nodes whose wall time is what the file `clock` in the folder says."""
    path = os.path.join(folder, "clock")
    with open(path, "w", encoding="ascii") as file:
        file.write(str(now_ms))
    return {"CIVIL_TEST_CLOCK": path}


def scratch():
    """A fresh folder that goes with the process."""
    return tempfile.TemporaryDirectory(prefix="civil-")
