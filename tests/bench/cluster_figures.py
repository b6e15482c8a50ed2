"""Figures of a cluster: three core nodes and three etcd members on this machine, against that etcd.

Everything that the figures are held against is measured in the same run, with the same events, on
the same three etcd members: before and behind each figure, the mean of both. Mutual TLS everywhere,
etcd synced. Nodes, clients and their configuration are those of tests/cluster.
"""
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
os.environ["BUILD"] = "build/release"
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "tests" / "cluster")]
import node  # noqa: E402, F401  (makes the messages that the others import)
from client import Client, Journal, read_log  # noqa: E402
from cluster import Cluster  # noqa: E402
from lanes import divide  # noqa: E402
from civil.v1 import event_pb2  # noqa: E402

BENCH = ROOT / "build" / "release" / "tests" / "bench"
SEED = 1
STREAM_EVENTS = 15_000
UNARY64_EVENTS = 8_000
UNARY1_EVENTS = 1_000
PUT_EVENTS = 4_000
PUT1_EVENTS = 400
KILLS = 12
KILL_EVENTS = 24_000
LANES = 8
CALM_SECONDS = 2.5    # between a kill and the next
LIVELY_SECONDS = 0.5  # an acknowledgement within it: the cluster takes events again
WAIT_SECONDS = 60
TICKS = os.sysconf("SC_CLK_TCK")


def program(name, *words):
    """Runs a program of the bench; its lines "name value" as numbers."""
    done = subprocess.run([str(BENCH / name), *map(str, words)], capture_output=True, text=True,
                          check=False, cwd=ROOT)
    if done.returncode != 0:
        sys.exit(f"bench: {name} {words[0]}: {done.stderr.strip() or done.returncode}")
    return {name: float(value) for name, value in
            (line.split() for line in done.stdout.splitlines() if len(line.split()) == 2)
            if re.fullmatch(r"[0-9.]+", value)}


def cpu_seconds(pid):
    """User and system time that a process has used."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Bench:
    """A cluster under measurement, and the same events put into its etcd."""

    def __init__(self, folder):
        total = STREAM_EVENTS + UNARY64_EVENTS + UNARY1_EVENTS + KILL_EVENTS
        ledger, _, lanes = divide(str(folder), total, SEED, LANES)
        self.events = folder / "events"
        self.first = 0  # event that comes next
        self.lanes = lanes
        self.cluster = Cluster(str(folder), ledger, synced=True, linked=False, secure=True)
        self.tls = folder / "tls"

    def put(self, mode, count):
        member = f"127.0.0.1:{self.cluster.etcd.client_ports[0]}"
        return program("puts", mode, member, self.tls, self.events, self.first, count)

    def single_rate(self):
        got = self.put("put64", PUT_EVENTS)
        return got["events"] / got["seconds"]

    def leader(self):
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            number = self.cluster.leader()
            if number is not None:
                return self.cluster.nodes[number]
            time.sleep(0.05)
        sys.exit("bench: no node leads")

    def load(self, mode, count):
        """The load at the node that leads; its figures, and CPU by process, in us an event."""
        leader = self.leader()
        parts = {"leader": [leader],
                 "follower": [node for node in self.cluster.nodes if node is not leader]}
        pids = {name: [node.process.pid for node in some] for name, some in parts.items()}
        pids["etcd"] = [member.pid for member in self.cluster.etcd.processes]
        before = {name: sum(map(cpu_seconds, some)) for name, some in pids.items()}
        batch = leader.status().applied_batch
        got = program("load", mode, f"127.0.0.1:{leader.port}", self.tls, self.events, self.first,
                      count)
        self.cluster.converge()
        got["batches"] = leader.status().applied_batch - batch
        for name, some in pids.items():
            spent = sum(map(cpu_seconds, some)) - before[name]
            got[f"cpu_{name}"] = spent / len(some) / got["events"] * 1e6
        self.first += count
        return got


def measure_rate(table, bench, name, mode, count):
    """Events a second, held against single puts; what 100-event values would give is told."""
    before = bench.single_rate()
    hundred = bench.put("put100", count)
    got = bench.load(mode, count)
    limit = (before + bench.single_rate()) / 2
    table.add(name, got["events"] / got["seconds"], "events/s", limit, 3.0,
              f"limit: single puts; {hundred['events'] / hundred['seconds']:,.0f} as 100-event "
              f"values; {got['events'] / max(1, got['batches']):.0f} events a batch; CPU us an "
              f"event: leader {got['cpu_leader']:.0f}, a follower {got['cpu_follower']:.0f}, an "
              f"etcd {got['cpu_etcd']:.0f}")


def measure_unary1(table, bench):
    before = bench.put("put1", PUT1_EVENTS)["p50_us"]
    got = bench.load("unary1", UNARY1_EVENTS)
    limit = (before + bench.put("put1", PUT1_EVENTS)["p50_us"]) / 2
    table.add("cluster_unary1_p50", got["p50_us"], "us", limit, 1.5, "limit: a put, p50",
              at_most=True)


def kill_once(bench, journal):
    """Kills who leads under load; the longest time from then on without an acknowledgement."""
    leader = bench.leader()
    began = now = time.monotonic()
    leader.kill()
    while now < began + CALM_SECONDS or not journal.answered(now - LIVELY_SECONDS, now):
        time.sleep(0.05)
        now = time.monotonic()
    longest = journal.silence(began, now)
    leader.start_or_raise()
    size = leader.status().size
    while leader.status().size <= size:
        time.sleep(0.05)  # it follows again; the next one may be killed
    return longest


def measure_failover(table, bench):
    """Clients that repeat what failed elsewhere; the silence around each death of a leader."""
    journal = Journal()
    clients = [Client(bench.cluster.nodes, [e for e in lane if e.number >= bench.first], journal,
                      SEED + number) for number, lane in enumerate(bench.lanes)]
    for client in clients:
        client.start()
    time.sleep(CALM_SECONDS)
    silences = sorted(kill_once(bench, journal) for _ in range(KILLS))
    left = min(len(client.lane) - client.position for client in clients)
    for client in clients:
        client.stopping.set()
    for client in clients:
        client.join()
    if left == 0:
        sys.exit("bench: the clients ran out of events")
    table.add("failover_p99", silences[-1], "s", None, 3.0,
              f"the longest of {KILLS}; p50 {silences[KILLS // 2]:.2f} s, shortest "
              f"{silences[0]:.2f} s", at_most=True)


def measure_catch_up(table, bench, folder):
    """A replica that holds nothing, from its start until it holds what its upstream does."""
    leader = bench.leader()
    records = [event_pb2.Record.FromString(record) for record in read_log(leader)]
    signatures = sum(len(record.signatures) for record in records)
    replica = bench.cluster.add_replica("kratie", linked=False)
    before = program("raw", bench.events, folder)["verify2"]
    began = time.monotonic()
    replica.start()
    while replica.status().size < len(records):
        time.sleep(0.01)
    seconds = time.monotonic() - began
    cpu = cpu_seconds(replica.process.pid)
    limit = (before + program("raw", bench.events, folder)["verify2"]) / 2
    table.add("replica_catch_up", signatures / seconds, "signatures/s", limit, 0.5,
              f"limit: two threads verify; {len(records):,} records in {seconds:.1f} s, CPU us a "
              f"record: {cpu / len(records) * 1e6:.0f}")
    replica.kill()
    bench.cluster.replicas.clear()


def measure_cluster(table, folder):
    """Adds the figures of a cluster to the table."""
    bench = Bench(folder)
    try:
        bench.cluster.start()
        measure_rate(table, bench, "cluster_stream", "stream", STREAM_EVENTS)
        measure_rate(table, bench, "cluster_unary64", "unary64", UNARY64_EVENTS)
        measure_unary1(table, bench)
        measure_catch_up(table, bench, folder)
        measure_failover(table, bench)
    finally:
        bench.cluster.stop()
