"""A cluster of real processes and a country to register on it, for cases about etcd."""
import os
import pathlib
import subprocess
import time
import unittest

import node as nodes
import grpc
from checker import check
from client import Client, Journal
from cluster import Cluster
from lanes import divide

SEED = 20261123
WAIT_SECONDS = 60
TURN_SECONDS = 0.05
AGAIN = 200


class EtcdCase(unittest.TestCase):
    """A cluster in a folder of its own, and a country to register on it."""

    events = 700
    options = {}

    def setUp(self):
        scratch = nodes.scratch()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name
        ledger, founding, lanes = divide(self.folder, self.events, SEED, 1)
        self.registered = founding
        self.coming = lanes[0]
        self.journal = Journal()
        self.cluster = Cluster(self.folder, ledger, **self.options)
        self.addCleanup(self.cluster.stop)
        self.begin()
        Client(self.cluster.nodes, founding, self.journal, SEED).run()

    def begin(self):
        self.cluster.start()

    def register(self, count, at=None):
        """The next events, at all nodes or `at` some, until each is acknowledged."""
        taken, self.coming = self.coming[:count], self.coming[count:]
        Client(at or self.cluster.nodes, taken, self.journal, SEED).run()
        self.registered = self.registered + taken

    def register_again(self):
        """The newest events once more: the same answers, or the journal has a fault."""
        Client(self.cluster.nodes, self.registered[-AGAIN:], self.journal, SEED).run()

    def wait_for(self, what, condition):
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            value = condition()
            if value:
                return value
            time.sleep(TURN_SECONDS)
        return self.fail(f"{what}: not within {WAIT_SECONDS} s; {self.said()}")

    @staticmethod
    def log_of(node):
        return pathlib.Path(node.folder + ".log").read_text("utf-8", "replace")

    def said(self):
        """The end of every node's log."""
        return "\n".join(f"{node.name}: {self.log_of(node)[-400:]}"
                         for node in self.cluster.nodes)

    def assert_said(self, node, *words):
        for word in words:
            self.assertIn(word, self.log_of(node))

    def assert_whole(self):
        """All nodes come to hold every event that was acknowledged, once, and the same bytes."""
        self.assertTrue(self.cluster.converge(self.journal.highest + 1), self.said())
        self.assertEqual(check(self.cluster.nodes, self.journal), ([], 0, 0, 0))

    def offer(self, node):
        """Submits the next event without waiting for the answer; whether there was one."""
        try:
            return bool(node.submit_batch([self.coming[0].signed]))
        except (grpc.RpcError, AttributeError, ValueError):
            return False

    def stop_all(self):
        """Every node stopped as an operator does; those that have stopped already are left."""
        for node in self.cluster.nodes:
            if node.process.poll() is None:
                node.stop()
            else:
                node.close()

    def watch_one_another(self):
        """Every node learns the others' keys and starts again, one after the other."""
        for node in self.cluster.nodes:
            node.watch()
        for node in self.cluster.nodes:
            node.stop()
            node.start_or_raise()

    def start_all(self):
        for node in self.cluster.nodes:
            node.start_or_raise()

    def wait_until_all_stop(self):
        """The nodes, asked to work, end by themselves."""
        def all_stopped():
            running = [node for node in self.cluster.nodes if node.process.poll() is None]
            for node in running:
                self.offer(node)
            return not running
        self.wait_for("every node stops", all_stopped)
        return [node.process.returncode for node in self.cluster.nodes]

    def civilctl(self, *words, node=None):
        """(exit code, all it said) of a command for a node's configuration; the first node's."""
        config = (node or self.cluster.nodes[0]).config
        done = subprocess.run([os.path.join(nodes.BUILD, "civilctl"), *words, "--config", config],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr
