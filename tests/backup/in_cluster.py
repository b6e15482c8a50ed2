"""Backups of a cluster's node."""
import os
import shutil

import cluster as clusters
from command import BATCH, NEXT, answer, civilctl, nodes


class InCluster:
    """Three core nodes: one is lost and restored, then all are replaced by the next release."""

    def __init__(self, folder):
        self.folder = folder
        self.events, ledger = nodes.populate(folder, 500, 11, communes=2)
        self.cluster = clusters.Cluster(folder, ledger)
        self.cluster.start()
        self.submitted = 0

    def submit(self, count, number):
        for _ in range(count // BATCH):
            self.cluster.nodes[number].register(
                self.events[self.submitted:self.submitted + BATCH])
            self.submitted += BATCH

    def test_a_lost_node_is_restored_and_catches_up(self):
        lost = self.cluster.nodes[2]
        backups = os.path.join(self.folder, "backups")
        self.submit(120, 0)
        assert self.cluster.converge()
        civilctl("backup", backups, "--node", lost.folder)
        self.submit(120, 1)
        assert self.cluster.converge()
        old_key = lost.status().log_key
        lost.kill()
        shutil.rmtree(lost.folder)
        peers = [word for node in self.cluster.nodes[:2]
                 for word in ("--peer", f"127.0.0.1:{node.port}")]
        done = civilctl("restore", backups, "--to", lost.folder, *peers, code=5)
        assert "--catch-up" in done.stderr
        told = answer("restore", backups, "--to", lost.folder, *peers, "--catch-up")
        lost.start_or_raise()
        assert self.cluster.converge(int(told["records"]) + 1)
        assert lost.status().log_key == told["logKey"] != old_key
        # What it signs is never below what was seen.
        while lost.status().checkpoint_size == 0:
            pass
        assert lost.status().checkpoint_size >= int(told["seen"])
        self.submit(BATCH, 2)
        assert self.cluster.converge()

    def test_two_releases_work_in_one_cluster_and_back(self):
        for program in (NEXT["civild"], nodes.Node.program):
            for number, node in enumerate(self.cluster.nodes):
                assert node.stop() == 0
                node.program = program
                node.start_or_raise()
                self.submit(BATCH, number)
                assert self.cluster.converge(), node.name

    def close(self):
        self.cluster.stop()
