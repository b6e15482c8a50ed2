"""Three core nodes over three etcd members, every way between them a link that can be cut."""
import os
import subprocess
import threading
import time

import authority as authorities
import etcd as etcds
import grpc
import link
import node as nodes
from node import BUILD

CONVERGE_SECONDS = 120
CLOCK_TICK_SECONDS = 0.05
RESERVE_MIB = 1
RESERVE_FULL_MIB = 1 << 24  # more than any disk has
NODES = ("phnom-penh", "kampot", "kep")


def files_of(identity):
    """An identity as lines of a configuration."""
    return [f"authority = {identity.authority}", f"certificate = {identity.certificate}",
            f"key = {identity.key}"]


class ClusterNode(nodes.Node):
    """A core node whose wall clock a test may set wrong, and whose disk it may call full."""

    def __init__(self, cluster, number, name):
        self.name = name
        self.cluster = cluster
        self.number = number
        self.clock_offset_ms = 0
        self.lock = threading.Lock()
        folder = os.path.join(cluster.folder, self.name)
        self.clock = folder + ".clock"
        super().__init__(folder, {"CIVIL_TEST_CLOCK": self.clock})
        self.config = folder + ".conf"
        self.more = []  # lines of its configuration, of a section of their own
        if cluster.authority:
            self.identity = cluster.authority.issue(self.name)
            self.caller = cluster.caller
        self.etcd_identity = None  # another than its own, towards etcd
        self.api_port, = etcds.free_ports(1)
        self.inbound = None
        self.outbound = []
        if cluster.linked:
            self.inbound = link.Link(self.api_port)
            self.outbound = [link.Link(port) for port in cluster.etcd.client_ports]

    def tick(self):
        """Moves the wall clock on; a fault may have put it out of step."""
        now = int(time.time() * 1000) + self.clock_offset_ms
        with open(self.clock + ".new", "w", encoding="ascii") as file:
            file.write(str(now))
        os.replace(self.clock + ".new", self.clock)

    def configure(self, reserve_mib=RESERVE_MIB):
        """Writes its configuration, as an operator would."""
        others = ",".join(node.name for node in self.cluster.nodes if node is not self)
        etcd = [way.port for way in self.outbound] or self.cluster.etcd.client_ports
        address = self.inbound.port if self.inbound else self.api_port
        lines = ["[node]", f"data = {self.folder}", "role = core", "cache = 16",
                 f"disk_reserve = {reserve_mib}",
                 "[api]", f"listen = 127.0.0.1:{self.api_port}",
                 "[metrics]", "listen =",
                 "[cluster]", f"address = 127.0.0.1:{address}", f"peers = {others}",
                 "[etcd]", "endpoints = " + ",".join(f"127.0.0.1:{port}" for port in etcd),
                 f"sealing_key = {self.cluster.sealing_key}"]
        if self.identity:
            lines += [*files_of(self.etcd_identity or self.identity), "[tls]",
                      *files_of(self.identity)]
        lines += self.more
        with open(self.config, "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")

    def watch(self):
        """From its next start it watches what the other nodes sign; all of them must run now."""
        keys = self.folder + ".keys"
        with open(keys, "w", encoding="utf-8") as file:
            file.writelines(node.status().log_key + "\n" for node in self.cluster.nodes)
        others = ",".join(f"127.0.0.1:{node.api_port}" for node in self.cluster.nodes
                          if node is not self)
        self.more = ["[upstream]", f"addresses = {others}", f"trusted_keys = {keys}"]
        self.configure()

    def words(self):
        demo = [] if self.identity else ["--demo"]
        return [self.program, "start", "--config", self.config, *demo, *self.arguments]

    def links(self, which="all"):
        """To the order (`order`), from the other nodes (`peers`), or both."""
        inbound = [self.inbound] if self.inbound else []
        return {"order": self.outbound, "peers": inbound, "all": self.outbound + inbound}[which]

    def register(self, events):
        """Submits a batch until all of it is answered: between two leaders one comes again."""
        done = 0
        while done < len(events):
            try:
                done += len(self.submit_batch(events[done:]).outcomes)
            except grpc.RpcError as error:
                assert error.code() in (grpc.StatusCode.UNAVAILABLE,
                                        grpc.StatusCode.RESOURCE_EXHAUSTED,
                                        grpc.StatusCode.DEADLINE_EXCEEDED), error

    def kill(self):
        with self.lock:
            super().kill()

    def fill_disk(self):
        """As far as the node can see: started again, it wants more free space than there is."""
        self.kill()
        self.configure(RESERVE_FULL_MIB)
        self.start_or_raise()

    def free_disk(self):
        self.kill()
        self.configure()
        self.start_or_raise()

    def start_or_raise(self):
        """Unless it runs: of two faults that overlap, the first to end may have started it."""
        with self.lock:
            if self.process.poll() is None or self.start():
                return
        with open(self.folder + ".log", encoding="utf-8", errors="replace") as log:
            raise RuntimeError(self.name + " does not start:\n" + log.read()[-1500:])


class ReplicaNode(nodes.Node):
    """A provincial node that follows core nodes; `linked`: each over a link that can be cut."""

    def __init__(self, cluster, name, linked):
        super().__init__(os.path.join(cluster.folder, name))
        self.name = name
        self.cluster = cluster
        self.config = self.folder + ".conf"
        self.keys = self.folder + ".keys"
        if cluster.authority:
            self.identity = cluster.authority.issue(name)
            self.caller = cluster.caller
        self.ways = [link.Link(node.api_port) for node in cluster.nodes] if linked else []

    def configure(self):
        """Needs running nodes: what they sign with is what the replica believes."""
        with open(self.keys, "w", encoding="utf-8") as file:
            file.writelines(node.status().log_key + "\n" for node in self.cluster.nodes)
        ports = [way.port for way in self.ways] or [node.api_port for node in self.cluster.nodes]
        upstreams = ",".join(f"127.0.0.1:{port}" for port in ports)
        lines = ["[node]", f"data = {self.folder}", "role = replica", "cache = 16",
                 f"disk_reserve = {RESERVE_MIB}",
                 "[api]", "listen = 127.0.0.1:0",
                 "[metrics]", "listen =",
                 "[upstream]", f"addresses = {upstreams}", f"trusted_keys = {self.keys}"]
        if self.identity:
            lines += ["[tls]", *files_of(self.identity)]
        with open(self.config, "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")

    def words(self):
        demo = [] if self.identity else ["--demo"]
        return [self.program, "start", "--config", self.config, *demo, *self.arguments]

    def links(self):
        return self.ways


class Cluster:
    """`linked`: every way is a link that can be cut, which costs time. `secure`: mutual TLS between
    all of them, and towards etcd; `caller` is then who a test calls as."""

    def __init__(self, folder, ledger, synced=False, linked=True, secure=False, quota_bytes=0):
        self.folder = folder
        self.ledger = ledger
        self.linked = linked
        self.authority = authorities.Authority(os.path.join(folder, "tls")) if secure else None
        self.caller = self.authority and self.authority.issue("client")
        self.etcd = etcds.Etcd(folder, len(NODES), synced=synced, quota_bytes=quota_bytes,
                               authority=self.authority)
        self.sealing_key = os.path.join(folder, "sealing.key")
        self.nodes = [ClusterNode(self, number, name) for number, name in enumerate(NODES)]
        self.replicas = []
        self.stopping = threading.Event()
        self.ticker = threading.Thread(target=self.tick, daemon=True)

    def tick(self):
        while not self.stopping.wait(CLOCK_TICK_SECONDS):
            for node in self.nodes:
                node.tick()

    def start(self):
        self.prepare()
        self.command("cluster", "init", "--config", self.nodes[0].config, *NODES)
        for node in self.nodes:
            if not node.start():
                raise RuntimeError(node.name + " does not start")

    def prepare(self):
        """Everything but the order and the nodes' processes."""
        self.start_clocks()
        self.etcd.start()
        self.command("cluster", "key", self.sealing_key)
        for node in self.nodes:
            node.configure()
            node.format(self.ledger, node.name)

    def start_clocks(self):
        for node in self.nodes:
            node.tick()
        self.ticker.start()

    def add_node(self, name):
        """One more core node: whoever adds it makes its folder, and tells the others."""
        node = ClusterNode(self, len(self.nodes), name)
        node.tick()
        self.nodes.append(node)
        node.configure()
        return node

    def add_replica(self, name, linked=True):
        """One more node, formatted and configured; it does not run yet."""
        replica = ReplicaNode(self, name, linked)
        self.replicas.append(replica)
        replica.configure()
        replica.format(self.ledger, name)
        return replica

    def command(self, *words):
        """civilctl; raises with what it said."""
        done = subprocess.run([os.path.join(BUILD, "civilctl"), *words], capture_output=True,
                              text=True)
        if done.returncode != 0:
            raise RuntimeError("civilctl " + " ".join(words) + ": " + done.stderr)
        return done.stdout

    def links(self, number, which):
        return self.nodes[number].links(which)

    def leader_name(self):
        """Who leads, by whoever answers; None when nobody knows."""
        for node in self.nodes:
            try:
                name = node.status().leader
            except (grpc.RpcError, ValueError, AttributeError):
                continue
            if name:
                return name
        return None

    def leader(self):
        """Number of the node that leads; None when nobody knows."""
        name = self.leader_name()
        return next((node.number for node in self.nodes if node.name == name), None)

    def converge(self, size=0):
        """Waits until all nodes and replicas hold the same, at least `size` records. False: they do
        not."""
        deadline = time.monotonic() + CONVERGE_SECONDS
        while time.monotonic() < deadline:
            try:
                heads = {(status.size, status.head, status.root)
                         for status in (node.status() for node in self.nodes + self.replicas)}
            except grpc.RpcError:
                heads = set()
            if len(heads) == 1 and next(iter(heads))[0] >= size:
                return True
            time.sleep(0.1)
        return False

    def stop(self):
        self.stopping.set()
        for node in self.nodes + self.replicas:
            if node.process and node.process.poll() is None:
                node.kill()
            for way in node.links():
                way.close()
        self.etcd.stop()
