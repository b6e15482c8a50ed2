"""Faults, each with what it does to a cluster and how it is undone.

A fault is begun, left to work for a moment drawn from the seed, and ended. Ending makes the cluster
whole again; it does not wait until the cluster knows.
"""
import signal
import time


class Fault:
    """One kind of fault. `begin` returns what `end` needs."""

    def __init__(self, name, begin, end, seconds):
        self.name, self.begin, self.end, self.seconds = name, begin, end, seconds


def pick(cluster, chance):
    return chance.randrange(len(cluster.nodes))


def leader_or_any(cluster, chance):
    leader = cluster.leader()
    return pick(cluster, chance) if leader is None else leader


def kill_leader(cluster, chance):
    number = leader_or_any(cluster, chance)
    cluster.nodes[number].kill()
    return [number]


def kill_follower(cluster, chance):
    leader = cluster.leader()
    number = chance.choice([n for n in range(len(cluster.nodes)) if n != leader])
    cluster.nodes[number].kill()
    return [number]


def kill_all(cluster, _chance):
    for node in cluster.nodes:
        node.kill()
    return list(range(len(cluster.nodes)))


def restart(cluster, numbers):
    for number in numbers:
        cluster.nodes[number].start_or_raise()


def pause(cluster, number):
    cluster.nodes[number].process.send_signal(signal.SIGSTOP)
    return number


def pause_leader(cluster, chance):
    return pause(cluster, leader_or_any(cluster, chance))


def pause_any(cluster, chance):
    return pause(cluster, pick(cluster, chance))


def resume(cluster, number):
    cluster.nodes[number].process.send_signal(signal.SIGCONT)


def cut(which, *directions):
    """Cuts one node's links: to the order (`order`), to the other nodes (`peers`), or both."""
    def begin(cluster, chance):
        number = leader_or_any(cluster, chance) if chance.random() < 0.5 else pick(cluster, chance)
        links = cluster.links(number, which)
        for link in links:
            link.cut(*directions)
        return links
    return begin


def sever(cluster, chance):
    links = cluster.links(pick(cluster, chance), "all")
    for link in links:
        link.sever()
    return links


def heal(_cluster, links):
    for link in links:
        link.heal()


def etcd_kill(count):
    def begin(cluster, chance):
        members = chance.sample(range(len(cluster.etcd.processes)), count)
        for member in members:
            cluster.etcd.kill(member)
        return members
    return begin


def etcd_restart(cluster, members):
    for member in members:
        cluster.etcd.start_member(member)


def etcd_pause(cluster, chance):
    member = chance.randrange(len(cluster.etcd.processes))
    cluster.etcd.signal(member, signal.SIGSTOP)
    return member


def etcd_resume(cluster, member):
    cluster.etcd.signal(member, signal.SIGCONT)


def step_clock(cluster, chance):
    """Wall time of one node jumps by up to a day, forwards or back."""
    number = pick(cluster, chance)
    cluster.nodes[number].clock_offset_ms = chance.choice((-1, 1)) * chance.randrange(86400000)
    return number


def right_clock(cluster, number):
    cluster.nodes[number].clock_offset_ms = 0


def fill_disk(cluster, chance):
    """One node finds less free space than its reserve."""
    number = pick(cluster, chance)
    cluster.nodes[number].fill_disk()
    return number


def free_disk(cluster, number):
    cluster.nodes[number].free_disk()


FAULTS = [
    Fault("leader killed", kill_leader, restart, (0.1, 1.5)),
    Fault("follower killed", kill_follower, restart, (0.1, 1.5)),
    Fault("all nodes killed", kill_all, restart, (0.0, 0.2)),
    Fault("leader paused", pause_leader, resume, (0.5, 4.0)),
    Fault("node paused", pause_any, resume, (0.2, 2.0)),
    Fault("order unreachable", cut("order"), heal, (0.3, 3.0)),
    Fault("order hears nothing", cut("order", "up"), heal, (0.3, 3.0)),
    Fault("order not heard", cut("order", "down"), heal, (0.3, 3.0)),
    Fault("peers unreachable", cut("peers"), heal, (0.3, 2.0)),
    Fault("node isolated", cut("all"), heal, (0.3, 3.0)),
    Fault("connections reset", sever, heal, (0.0, 0.2)),
    Fault("etcd member killed", etcd_kill(1), etcd_restart, (0.2, 1.5)),
    Fault("etcd quorum lost", etcd_kill(2), etcd_restart, (0.3, 2.0)),
    Fault("etcd member paused", etcd_pause, etcd_resume, (0.3, 2.5)),
    Fault("clock stepped", step_clock, right_clock, (0.2, 1.0)),
    Fault("disk full", fill_disk, free_disk, (0.2, 1.0)),
]


def run_fault(cluster, fault, chance):
    undo = fault.begin(cluster, chance)
    time.sleep(chance.uniform(*fault.seconds))
    fault.end(cluster, undo)
