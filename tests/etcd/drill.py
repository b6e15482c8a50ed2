"""The operator's manual, played: every command of its sections on clusters, as it stands there.

What stands for a machine of the manual is replaced by a node of the test: its configuration, its
folder, its unit. A comment behind a command says where it is run.
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

import node as nodes
from case import EtcdCase

MANUAL = pathlib.Path(nodes.ROOT) / "node" / "OPERATIONS.md"
UNITS = pathlib.Path(nodes.ROOT) / "tools" / "units"
PROGRAMS = ("civilctl", "civild", "etcdctl", "systemctl")
COMMAND_SECONDS = 60


def section_of(heading):
    return re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## )", MANUAL.read_text("utf-8"),
                     re.M | re.S).group(1)


def commands_of(section):
    """(words, where) of each command in the code of a section."""
    found = []
    for line in section_of(section).splitlines():
        command, _, where = line.partition("  # ")
        if line.startswith("    ") and command.split()[0] in PROGRAMS:
            found.append((shlex.split(command), where))
    return found


def configurations_of(section):
    """The text of each configuration in the code of a section."""
    text = section_of(section)
    blocks = re.findall(r"(?:^    .*\n)+", text, re.M)
    return ["".join(line[4:] for line in block.splitlines(keepends=True))
            for block in blocks if block.startswith("    [")]


class Papers(unittest.TestCase):
    """What the manual and tools/units give to copy."""

    def test_every_key_of_the_manual_is_one(self):
        for section, role in (("A cluster", "core"), ("A replica", "replica")):
            text = "".join(configurations_of(section))
            with self.subTest(section), tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
                file.write(text)
                file.flush()
                done = subprocess.run([os.path.join(nodes.BUILD, "civild"), "--check-config",
                                       "--config", file.name], capture_output=True, text=True,
                                      check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn(f"role = {role}", done.stdout)

    def test_every_variable_of_etcds_unit_is_one(self):
        done = subprocess.run(["etcd", "--help"], capture_output=True, text=True, check=False)
        known = set(re.findall(r"--([a-z-]+)", done.stdout + done.stderr))
        names = re.findall(r"^ETCD_(\w+)=", (UNITS / "etcd").read_text("ascii"), re.M)
        self.assertGreater(len(names), 10)
        for name in names:
            self.assertIn(name.lower().replace("_", "-"), known)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "there is no systemd-analyze")
    def test_the_unit_of_a_node_gives_it_little(self):
        done = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--threshold=15",
                               str(UNITS / "civild.service")], capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-300:] + done.stderr)


class Drill(EtcdCase):
    options = {"secure": True, "linked": False}

    def begin(self):
        self.cluster.start_clocks()
        self.cluster.etcd.start()
        for node in self.cluster.nodes:
            node.configure()
        self.play("A cluster")

    def play(self, section):
        commands = commands_of(section)
        self.assertGreater(len(commands), 1, section)
        for words, where in commands:
            for node in self.nodes_at(where):
                self.run_command(words, node)

    def nodes_at(self, where):
        """Where a command is run; without a word, on the first node."""
        if where.startswith("on each node"):
            return list(self.cluster.nodes)
        name = where.removeprefix("on ")
        return [next((node for node in self.cluster.nodes if node.name == name),
                     self.cluster.nodes[0])]

    def run_command(self, words, node):
        if words[0] == "systemctl":
            self.run_unit(words, node)
            return
        own = node.name if words[0] == "civild" else "phnom-penh"
        places = {"/etc/civil-ledger/civild.conf": node.config, "phnom-penh": own,
                  "/etc/civil-ledger/sealing.key": self.cluster.sealing_key,
                  "/var/lib/civil-ledger": node.folder, "LEDGER": self.cluster.ledger,
                  "/backup": os.path.join(self.folder, "backup"),
                  "10.1.0.1:7431": f"127.0.0.1:{self.cluster.nodes[0].api_port}"}
        words = [places.get(word, word) for word in words]
        if words[0] != "etcdctl":
            words[0] = os.path.join(nodes.BUILD, words[0])
        done = subprocess.run(words, env=self.environment(node), capture_output=True, text=True,
                              timeout=COMMAND_SECONDS, check=False)
        self.assertEqual(done.returncode, 0, f"{words}: {done.stdout}{done.stderr}")

    def run_unit(self, words, node):
        """What systemd would do with civild.service."""
        self.assertEqual(words[-1], "civild")
        if words[1] in ("start", "enable"):
            self.assertTrue(node.start(), self.log_of(node))
        elif node.process.poll() is None:
            node.stop()
        else:
            node.close()

    def environment(self, node):
        caller = self.cluster.caller
        etcd = ",".join(f"https://{endpoint}" for endpoint in self.cluster.etcd.endpoints())
        return dict(os.environ, CIVIL_SERVER=f"127.0.0.1:{node.api_port}",
                    CIVIL_TLS_AUTHORITY=caller.authority,
                    CIVIL_TLS_CERTIFICATE=caller.certificate, CIVIL_TLS_KEY=caller.key,
                    ETCDCTL_API="3", ETCDCTL_ENDPOINTS=etcd, ETCDCTL_CACERT=caller.authority,
                    ETCDCTL_CERT=caller.certificate, ETCDCTL_KEY=caller.key)

    def test_what_the_manual_says_is_what_works(self):
        self.watch_one_another()
        self.register(50)
        self.play("Room in etcd")

        self.cluster.etcd.wipe()
        self.cluster.etcd.start()
        self.wait_until_all_stop()
        self.play("etcd lost, or back from an old copy")
        self.register(50)
        self.register_again()
        self.assert_whole()

        kep = next(node for node in self.cluster.nodes if node.name == "kep")
        self.cluster.add_node("siemreap")
        self.play("Adding and removing a core node")
        self.cluster.nodes.remove(kep)
        self.watch_one_another()
        self.register(50)
        self.assert_whole()
