"""A core node that was away longer than the order keeps batches, and core nodes that contradict."""
import os
import re
import shutil
import time

import cluster as clusters
import node as nodes

BATCH = 10
KEPT = 10
TIMEOUT_S = 60


class LeftBehind:
    """Three core nodes that also watch what the others sign."""

    def __init__(self, folder):
        self.folder = folder
        self.events, ledger = nodes.populate(folder, 1500, 13, communes=2)
        self.cluster = clusters.Cluster(folder, ledger, linked=False)
        self.cluster.start()
        self.submitted = 0
        self.keys = os.path.join(folder, "trusted.keys")
        with open(self.keys, "w", encoding="ascii") as file:
            for node in self.cluster.nodes:
                file.write(node.status().log_key + "\n")
        for node in self.cluster.nodes:
            others = ",".join(f"127.0.0.1:{other.api_port}" for other in self.cluster.nodes
                              if other is not node)
            node.arguments = ["--cluster-kept_batches", str(KEPT)]
            node.more = ["[upstream]", f"addresses = {others}", f"trusted_keys = {self.keys}"]
            node.configure()
            assert node.stop() == 0
            node.start_or_raise()

    def submit(self, count, node):
        for _ in range(count):
            node.register(self.events[self.submitted:self.submitted + BATCH])
            self.submitted += BATCH

    def wait_for_trim(self, beyond):
        """Whoever leads trims every ten seconds what all hold durably."""
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline:
            for node in self.cluster.nodes:
                with open(node.folder + ".log", encoding="utf-8") as file:
                    for up_to in re.findall(r"id=order_trimmed up_to=(\d+)", file.read()):
                        if int(up_to) > beyond:
                            return
        raise AssertionError("the order is never trimmed")

    def test_it_takes_from_the_others_what_the_order_no_longer_keeps(self):
        first, _, away = self.cluster.nodes
        self.submit(3, first)
        assert self.cluster.converge()
        behind = away.status().applied_batch
        assert away.stop() == 0
        self.cluster.command("cluster", "remove-node", "--config", first.config, away.name,
                             "--yes")
        self.submit(60, first)
        self.wait_for_trim(beyond=behind + 1)
        self.cluster.command("cluster", "add-node", "--config", first.config, away.name)
        away.start_or_raise()
        self.submit(2, away)
        assert self.cluster.converge()
        with open(away.folder + ".log", encoding="utf-8") as file:
            assert "id=pulled" in file.read()

    def test_a_core_node_with_another_history_stops_and_stays_stopped(self):
        first, second, third = self.cluster.nodes
        self.submit(1, first)
        assert self.cluster.converge()
        # The third's key signs a history of its own, at the third's address.
        assert third.stop() == 0
        liar_folder = os.path.join(self.folder, "liar")
        shutil.copytree(third.folder, liar_folder)
        liar = nodes.Node(liar_folder, arguments=["--api-listen", f"127.0.0.1:{third.api_port}"])
        assert liar.start()
        at = self.submitted + 500
        for _ in range(12):
            liar.submit_batch(self.events[at:at + BATCH])
            at += BATCH
        self.submit(4, first)
        for node in (first, second):
            assert node.process.wait(timeout=60) != 0
            node.close()
            assert not node.start()
            node.close()
            with open(node.folder + ".log", encoding="utf-8") as file:
                assert "contradictions are not settled" in file.read()
        liar.kill()

    def close(self):
        self.cluster.stop()
