#!/usr/bin/python3
"""Goal: civild as an operator meets it: formatting, configuration, refusals to start, TLS, signals.

Method: the program of the check build in fresh folders; certificates made by openssl; every wait is
for a line or an exit.
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "support"))
import summary  # noqa: E402

CIVILD = ROOT / os.environ.get("BUILD", "build/check") / "civild"
LEDGER = "00112233445566778899aabbccddeeff"
WAIT_SECONDS = 60


class Civild(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="civil-")
        self.path = pathlib.Path(self.folder.name)
        self.data = self.path / "data"
        self.processes = []

    def tearDown(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.communicate()
        self.folder.cleanup()

    def run_civild(self, *arguments, **environment):
        return subprocess.run([CIVILD, *map(str, arguments)], text=True, timeout=WAIT_SECONDS,
                              capture_output=True, env=os.environ | environment, check=False)

    def format(self):
        result = self.run_civild("format", "--node-data", self.data, "--ledger-id", LEDGER)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def start(self, *arguments, **environment):
        """Starts and reads the first screen."""
        process = subprocess.Popen(
            [CIVILD, "start", "--node-data", str(self.data), "--api-listen", "127.0.0.1:0",
             "--metrics-listen", "", *map(str, arguments)], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | environment)
        self.processes.append(process)
        screen = ""
        for line in process.stdout:
            screen += line
            if line.startswith("Stop with"):
                break
        return process, screen

    def wait_log(self, process, word):
        for line in process.stderr:
            if f"id={word}" in line:
                return line
        self.fail(f"no log line {word}")

    def stop(self, process):
        process.send_signal(signal.SIGTERM)
        return process.wait(WAIT_SECONDS)

    def test_the_first_screen_says_what_is_next(self):
        self.assertIn("civild start", self.format().stdout)
        process, screen = self.start("--demo")
        self.assertIn("DEMO", screen)
        self.assertIn(LEDGER, screen)
        self.assertRegex(screen, r"gRPC\s+127\.0\.0\.1:\d+\s+\(plaintext\)")
        self.assertIn("init", screen)
        self.assertEqual(self.stop(process), 0)

    def test_a_folder_is_formatted_once(self):
        self.format()
        again = self.run_civild("format", "--node-data", self.data)
        self.assertEqual(again.returncode, 5)
        self.assertIn("already", again.stderr)

    def test_an_unformatted_folder_is_refused_with_the_way_out(self):
        self.data.mkdir()
        result = self.run_civild("start", "--demo", "--node-data", self.data)
        self.assertEqual(result.returncode, 3)
        self.assertIn("civild format", result.stderr)

    def test_a_second_process_is_refused(self):
        self.format()
        process, _ = self.start("--demo")
        second = self.run_civild("start", "--demo", "--node-data", self.data, "--api-listen",
                                 "127.0.0.1:0", "--metrics-listen", "")
        self.assertEqual(second.returncode, 6, second.stderr)
        self.assertEqual(self.stop(process), 0)

    def test_without_tls_and_without_demo_it_does_not_start(self):
        self.format()
        result = self.run_civild("start", "--node-data", self.data, CIVIL_ALLOW_ROOT="1")
        self.assertEqual(result.returncode, 2)
        self.assertIn("--demo", result.stderr)

    def test_a_foreign_key_of_the_node_is_refused(self):
        self.format()
        os.chmod(self.data / "node.key", 0o644)
        result = self.run_civild("start", "--demo", "--node-data", self.data)
        self.assertEqual(result.returncode, 4)
        self.assertIn("chmod 600", result.stderr)

    def test_an_unknown_key_names_the_nearest_and_the_line(self):
        config = self.path / "civild.conf"
        config.write_text("[node]\ndata = x\ncash = 5\n")
        result = self.run_civild("--check-config", "--config", config)
        self.assertEqual(result.returncode, 2)
        self.assertIn("line 3", result.stderr)
        self.assertIn("node.cache", result.stderr)

    def test_the_printed_configuration_reads_back_the_same(self):
        first = self.run_civild("--check-config", "--node-cache", "77", CIVIL_NODE_WORKERS="3")
        self.assertIn("cache = 77", first.stdout)
        self.assertIn("workers = 3", first.stdout)
        config = self.path / "civild.conf"
        config.write_text(first.stdout)
        second = self.run_civild("--check-config", "--config", config)
        self.assertEqual(second.stdout, first.stdout)

    def test_the_manual_pages_know_every_key_and_code_and_are_well_formed(self):
        keys = re.findall(r"^  ([a-z]+)\.([a-z_]+) ", self.run_civild("--help").stdout, re.M)
        self.assertGreater(len(keys), 20)
        pages = {section: self.run_civild("man", section) for section in ("5", "8")}
        for section, key in keys:
            self.assertIn(f"[{section}]", pages["5"].stdout)
            self.assertIn(f"\\fB{key}\\fR", pages["5"].stdout)
        for code in range(9):
            self.assertIn(f"\\fB{code}\\fR", pages["8"].stdout)
        self.assertEqual(self.run_civild("man", "1").returncode, 2)
        if not shutil.which("man"):
            return
        for page in pages.values():
            shown = subprocess.run(["man", "--warnings", "-l", "-"], input=page.stdout, text=True,
                                   capture_output=True, timeout=WAIT_SECONDS, check=False)
            self.assertEqual((shown.returncode, shown.stderr), (0, ""))

    def test_hangup_reads_the_log_level_again(self):
        self.format()
        config = self.path / "civild.conf"
        config.write_text("[log]\nlevel = info\n")
        process, _ = self.start("--demo", "--config", config)
        self.wait_log(process, "serving")
        process.send_signal(signal.SIGHUP)
        self.assertIn("level=info", self.wait_log(process, "reload"))
        config.write_text("[log]\nlevel = loud\n")
        process.send_signal(signal.SIGHUP)
        self.assertIn("level=warning", self.wait_log(process, "reload_refused"))
        self.assertEqual(self.stop(process), 0)

    def make_certificates(self):
        """An authority, and a certificate for the node, by openssl."""
        def openssl(*arguments):
            subprocess.run(["openssl", *map(str, arguments)], check=True, cwd=self.path,
                           capture_output=True)
        openssl("req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "ca.key", "-out",
                "ca.pem", "-subj", "/CN=authority", "-days", "2")
        openssl("req", "-newkey", "ed25519", "-nodes", "-keyout", "node.key", "-out", "node.csr",
                "-subj", "/CN=node")
        (self.path / "san").write_text("subjectAltName=IP:127.0.0.1\n")
        openssl("x509", "-req", "-in", "node.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                "-CAcreateserial", "-out", "node.pem", "-days", "2", "-extfile", "san")
        os.chmod(self.path / "node.key", 0o600)

    def test_mutual_tls_lets_in_only_who_shows_a_certificate(self):
        self.format()
        self.make_certificates()
        process, screen = self.start(
            "--tls-authority", self.path / "ca.pem", "--tls-certificate", self.path / "node.pem",
            "--tls-key", self.path / "node.key", CIVIL_ALLOW_ROOT="1")
        port = re.search(r"127\.0\.0\.1:(\d+)\s+\(mutual TLS\)", screen).group(1)
        ctl = [CIVILD.parent / "civilctl", "status", "--server", f"127.0.0.1:{port}"]
        shown = ["--tls-authority", self.path / "ca.pem", "--tls-certificate",
                 self.path / "node.pem", "--tls-key", self.path / "node.key"]
        with_certificate = subprocess.run([*map(str, ctl + shown)], capture_output=True, text=True,
                                          timeout=WAIT_SECONDS, check=False)
        self.assertEqual(with_certificate.returncode, 0, with_certificate.stderr)
        without = subprocess.run([*map(str, ctl), "--timeout", "3"], capture_output=True,
                                 text=True, timeout=WAIT_SECONDS, check=False)
        self.assertEqual(without.returncode, 6, without.stderr)
        self.assertEqual(self.stop(process), 0)


if __name__ == "__main__":
    summary.main("civild")
