"""etcd members on the loopback: Debian's server, in folders and on ports of their own."""
import os
import shutil
import signal
import socket
import subprocess
import time

READY_SECONDS = 60
STOP_SECONDS = 30


def free_ports(count):
    """Ports that are free now; held together, so that they differ."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [held.getsockname()[1] for held in sockets]
    for held in sockets:
        held.close()
    return ports


class Etcd:
    """`count` members. Members are named by their number from 0.

    `synced` False gives up fsync: for tests in which no machine loses its power. With an authority
    (authority.py) members, nodes and etcdctl speak mutual TLS.
    """

    def __init__(self, folder, count=3, synced=False, quota_bytes=0, authority=None):
        self.folder = folder
        self.synced = synced
        self.identity = authority and authority.issue("etcd")
        self.scheme = "https" if authority else "http"
        self.quota_bytes = quota_bytes
        ports = free_ports(2 * count)
        self.client_ports, self.peer_ports = ports[:count], ports[count:]
        self.processes = [None] * count
        self.state = "new"

    def start(self):
        for member in range(len(self.processes)):
            self.start_member(member)
        self.wait()

    def start_member(self, member):
        """Starts one member; does not wait."""
        client = f"{self.scheme}://127.0.0.1:{self.client_ports[member]}"
        peer = f"{self.scheme}://127.0.0.1:{self.peer_ports[member]}"
        words = ["etcd", "--name", f"m{member}", "--data-dir", self.data(member),
                 "--listen-client-urls", client, "--advertise-client-urls", client,
                 "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
                 "--initial-cluster", self.members(), "--initial-cluster-state", self.state,
                 "--initial-cluster-token", "civil", "--pre-vote", "--logger", "zap",
                 "--log-level", "error", *self.tls_words()]
        if not self.synced:
            words.append("--unsafe-no-fsync")
        if self.quota_bytes:
            words += ["--quota-backend-bytes", str(self.quota_bytes)]
        with open(self.data(member) + ".log", "ab") as log:
            self.processes[member] = subprocess.Popen(words, stdout=log, stderr=log)

    def members(self):
        return ",".join(f"m{number}={self.scheme}://127.0.0.1:{port}"
                        for number, port in enumerate(self.peer_ports))

    def tls_words(self):
        if not self.identity:
            return []
        words = []
        for side in ("", "peer-"):
            words += [f"--{side}client-cert-auth", f"--{side}trusted-ca-file",
                      self.identity.authority, f"--{side}cert-file", self.identity.certificate,
                      f"--{side}key-file", self.identity.key]
        return words

    def data(self, member):
        return os.path.join(self.folder, f"etcd{member}")

    def control(self, *words, member=0, seconds=10):
        """etcdctl; its output, or None when it failed."""
        tls = ["--cacert", self.identity.authority, "--cert", self.identity.certificate, "--key",
               self.identity.key] if self.identity else []
        done = subprocess.run(
            ["etcdctl", "--endpoints", f"{self.scheme}://127.0.0.1:{self.client_ports[member]}",
             "--command-timeout", f"{seconds}s", *tls, *words],
            env=dict(os.environ, ETCDCTL_API="3"), capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else None

    def wait(self):
        """Until a quorum answers a linearizable read."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            for member, process in enumerate(self.processes):
                if process and process.poll() is None:
                    if self.control("get", "ready", member=member, seconds=2) is not None:
                        return
        raise RuntimeError("etcd does not become ready; its logs are in " + self.folder)

    def signal(self, member, number):
        """SIGSTOP, SIGCONT, SIGKILL, SIGTERM to one member that runs."""
        process = self.processes[member]
        if process and process.poll() is None:
            process.send_signal(number)

    def kill(self, member):
        self.signal(member, signal.SIGCONT)
        self.signal(member, signal.SIGKILL)
        if self.processes[member]:
            self.processes[member].wait(timeout=STOP_SECONDS)

    def restore(self, snapshot):
        """Ends all members and begins anew with what a snapshot holds, as an operator does."""
        self.wipe()
        for member, port in enumerate(self.peer_ports):
            subprocess.run(
                ["etcdctl", "snapshot", "restore", snapshot, "--name", f"m{member}", "--data-dir",
                 self.data(member), "--initial-cluster", self.members(),
                 "--initial-cluster-token", "civil", "--initial-advertise-peer-urls",
                 f"{self.scheme}://127.0.0.1:{port}"],
                env=dict(os.environ, ETCDCTL_API="3"), check=True, capture_output=True)
        self.start()

    def wipe(self):
        """Ends all members and forgets everything they held."""
        for member in range(len(self.processes)):
            self.kill(member)
            shutil.rmtree(self.data(member), ignore_errors=True)

    def stop(self):
        for member in range(len(self.processes)):
            self.kill(member)

    def endpoints(self):
        return [f"127.0.0.1:{port}" for port in self.client_ports]
