"""One node and its backups: made under load, cut, damaged, restored, pruned, of two releases."""
import os
import re
import shutil
import signal
import subprocess
import threading

from command import BATCH, CIVILCTL, NEXT, TIMEOUT_S, answer, civilctl, flip, nodes

EVENTS = 900


class Alone:
    """One node and its backups; the parts run in the order they stand here."""

    def __init__(self, folder):
        self.folder = folder
        self.events, ledger = nodes.populate(folder, EVENTS, 7, communes=2)
        self.node = nodes.Node(self.path("node"))
        self.node.format(ledger)
        self.ledger = ledger
        assert self.node.start()
        self.submitted = 0
        self.submit(300)

    def path(self, name):
        return os.path.join(self.folder, name)

    def submit(self, count, node=None):
        until = min(self.submitted + count, len(self.events))
        while self.submitted < until:
            end = min(self.submitted + BATCH, until)
            (node or self.node).submit_batch(self.events[self.submitted:end])
            self.submitted = end

    def back_up(self, name="backups"):
        return answer("backup", self.path(name), "--node", self.node.folder)

    def vkey(self):
        return self.node.status().log_key

    def address(self):
        return f"127.0.0.1:{self.node.port}"

    def wait_signed(self, node, size):
        """Until the node's newest checkpoint has so many records."""
        while node.status().checkpoint_size < size:
            pass

    # Making.

    def test_the_first_backup_holds_all_and_the_next_nothing_new(self):
        first = self.back_up()
        assert int(first["records"]) == self.node.status().size
        assert first["root"] == self.node.status().root.hex()
        again = self.back_up()
        assert again["newFiles"] == "0" and again["records"] == first["records"], again
        civilctl("backup", "verify", self.path("backups"), "--backup-key", self.vkey())

    def test_under_load_it_holds_what_was_acknowledged_before(self):
        stop = threading.Event()

        def load():
            while not stop.is_set() and self.submitted < len(self.events) - 300:
                self.submit(BATCH)

        thread = threading.Thread(target=load)
        thread.start()
        for _ in range(3):
            before = self.node.status().size
            made = self.back_up()
            assert before <= int(made["records"]) <= self.node.status().size
        stop.set()
        thread.join()
        civilctl("backup", "verify", self.path("backups"))

    def test_the_list_shows_each_and_a_checkpoint_is_in_it(self):
        lines = civilctl("-o", "csv", "backup", "list", self.path("backups")).stdout.splitlines()
        assert len(lines) == 6, lines
        with open(self.path("backups/manifest-00000001"), encoding="utf-8") as file:
            text = file.read()
        assert "civil-ledger/backup/v1\n" in text and " checkpoint\n" in text
        assert "node.key" not in text

    def test_a_node_that_is_stopped_is_backed_up_too(self):
        size = self.node.status().size
        assert self.node.stop() == 0
        assert int(self.back_up()["records"]) == size
        assert self.node.start()

    def test_cut_at_every_step_the_earlier_ones_stay_good(self):
        for failpoint in ("backup_file:1", "backup_file:3", "backup_files:1"):
            self.submit(BATCH)
            before = len(os.listdir(self.path("backups")))
            civilctl("backup", self.path("backups"), "--node", self.node.folder,
                     code=-signal.SIGKILL, CIVIL_FAILPOINT=failpoint)
            civilctl("backup", "verify", self.path("backups"))
            assert len(os.listdir(self.path("backups"))) == before
        made = self.back_up()
        assert int(made["records"]) == self.node.status().size
        civilctl("backup", "verify", self.path("backups"))
        self.wait_gone(os.path.join(self.node.folder, "snapshot"))

    def wait_gone(self, path):
        """The node removes a snapshot when the one who asked for it has hung up."""
        while os.path.exists(path):
            pass

    def test_wrong_folders_are_refused(self):
        civilctl("backup", self.folder, "--node", self.node.folder, code=5)
        civilctl("backup", self.path("none"), "--node", self.path("nowhere"), code=3)
        civilctl("backup", "verify", self.path("nowhere"), code=3)
        civilctl("backup", "list", self.path("nowhere"), code=3)
        other = nodes.Node(self.path("other"))
        other.format("00112233445566778899aabbccddeeff")
        done = civilctl("backup", self.path("backups"), "--node", other.folder, code=7)
        assert "another ledger" in done.stderr

    # Damage.

    def damaged(self, change):
        """A copy of the backups that `change` was made to, must be found damaged."""
        copy = self.path("damaged")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.path("backups"), copy)
        change(copy)
        return civilctl("backup", "verify", copy, code=7).stderr

    def named(self):
        """Files of the backups; one that was cut may have left others."""
        text = ""
        for name in os.listdir(self.path("backups")):
            if name.startswith("manifest-"):
                with open(self.path("backups/" + name), encoding="utf-8") as file:
                    text += file.read()
        return sorted(set(re.findall(r"^file (\w{64}) ", text, re.M)))

    def test_a_bit_in_any_file_is_found_and_named(self):
        for name in self.named():
            size = os.path.getsize(self.path("backups/files/" + name))
            if size > 0:
                said = self.damaged(lambda copy: flip(f"{copy}/files/{name}", size // 2))
                assert name in said and "damaged" in said, said

    def test_first_and_last_byte_and_a_cut_of_a_file(self):
        name = max(self.named(), key=lambda n: os.path.getsize(self.path("backups/files/" + n)))
        size = os.path.getsize(self.path("backups/files/" + name))
        for change in (lambda copy: flip(f"{copy}/files/{name}", 0),
                       lambda copy: flip(f"{copy}/files/{name}", size - 1),
                       lambda copy: os.truncate(f"{copy}/files/{name}", size - 1),
                       lambda copy: os.truncate(f"{copy}/files/{name}", size + 1),
                       lambda copy: os.remove(f"{copy}/files/{name}")):
            assert name in self.damaged(change)

    def test_two_files_exchanged_are_found(self):
        first, second = self.named()[:2]

        def change(copy):
            os.rename(f"{copy}/files/{first}", f"{copy}/files/x")
            os.rename(f"{copy}/files/{second}", f"{copy}/files/{first}")
            os.rename(f"{copy}/files/x", f"{copy}/files/{second}")

        assert "damaged" in self.damaged(change)

    def test_a_bit_in_every_line_of_a_manifest_is_found(self):
        manifest = "manifest-00000002"
        with open(self.path("backups/" + manifest), "rb") as file:
            lines = file.read().split(b"\n")
        offset = 0
        for line in lines[:-1]:
            # The first byte of a word, of a value, and the line's end.
            for within in sorted({0, line.find(b" ") + 1, len(line)}):
                at = offset + within
                done = self.damaged_manifest(manifest, at)
                assert done, f"line {line!r}, byte {within}"
            offset += len(line) + 1

    def damaged_manifest(self, manifest, offset):
        """Only the manifests are copied: they are judged before any file is read."""
        copy = self.path("damaged")
        shutil.rmtree(copy, ignore_errors=True)
        os.makedirs(copy)
        for name in os.listdir(self.path("backups")):
            if name.startswith("manifest-"):
                shutil.copy(self.path("backups/" + name), copy)
        os.symlink(self.path("backups/files"), copy + "/files")
        flip(f"{copy}/{manifest}", offset)
        done = subprocess.run([CIVILCTL, "backup", "verify", copy], capture_output=True,
                              text=True, check=False, timeout=TIMEOUT_S)
        # Its version may have become one that is not known yet: refused as such.
        return done.returncode == 7 or (done.returncode == 2 and "format" in done.stderr)

    def test_a_manifest_missing_or_exchanged_is_found(self):
        self.damaged(lambda copy: os.remove(copy + "/manifest-00000002"))
        self.damaged(lambda copy: shutil.copy(copy + "/manifest-00000003",
                                              copy + "/manifest-00000002"))
        self.damaged(lambda copy: os.truncate(copy + "/manifest-00000002", 0))

    def test_another_signer_than_the_pinned_is_refused(self):
        other = nodes.Node(self.path("stranger"))
        other.format(self.ledger)
        assert other.start()
        key = other.status().log_key
        assert other.stop() == 0
        civilctl("backup", "verify", self.path("backups"), "--backup-key", key, code=4)
        civilctl("backup", "verify", self.path("backups"), "--backup-key", "nonsense", code=2)
        civilctl("restore", self.path("backups"), "--to", self.path("no"), "--alone",
                 "--backup-key", key, code=4)
        assert not os.path.exists(self.path("no"))

    # Restoring.

    def test_a_restored_node_has_the_root_and_a_new_key(self):
        made = self.back_up()
        told = answer("restore", self.path("backups"), "--to", self.path("restored"),
                      "--peer", self.address())
        assert told["records"] == made["records"]
        node = nodes.Node(self.path("restored"))
        assert node.start()
        status = node.status()
        assert status.root.hex() == made["root"]
        assert status.log_key == told["logKey"] != self.vkey()
        # It goes on: the same events are known, new ones are taken.
        node.submit_batch(self.events[:BATCH])
        assert node.status().size == status.size
        assert node.stop() == 0

    def test_nothing_that_is_there_is_overwritten(self):
        before = sorted(os.listdir(self.path("restored")))
        civilctl("restore", self.path("backups"), "--to", self.path("restored"), "--alone",
                 code=5)
        assert sorted(os.listdir(self.path("restored"))) == before

    def test_a_cut_restore_leaves_no_folder_and_can_be_repeated(self):
        for failpoint in ("restore_file:1", "restore_file:9", "restore_made:1"):
            civilctl("restore", self.path("backups"), "--to", self.path("cut"), "--alone",
                     code=-signal.SIGKILL, CIVIL_FAILPOINT=failpoint)
            assert not os.path.exists(self.path("cut"))
        civilctl("restore", self.path("backups"), "--to", self.path("cut"), "--alone")

    def test_a_damaged_backup_is_not_restored(self):
        def check(copy):
            name = max(os.listdir(copy + "/files"),  # nothing was cut there
                       key=lambda n: os.path.getsize(f"{copy}/files/{n}"))
            flip(f"{copy}/files/{name}", 1000)

        shutil.rmtree(self.path("one"), ignore_errors=True)
        self.back_up("one")
        check(self.path("one"))
        civilctl("restore", self.path("one"), "--to", self.path("no"), "--alone", code=7)
        assert not os.path.exists(self.path("no"))

    def test_somebody_must_be_asked_or_said_to_be_nobody(self):
        assert "--alone" in civilctl("restore", self.path("backups"), "--to", self.path("no"),
                                     code=2).stderr
        civilctl("restore", self.path("backups"), "--alone", code=2)

    # Going behind.

    def test_less_than_a_note_that_somebody_kept_is_refused(self):
        self.submit(BATCH)
        self.wait_signed(self.node, self.node.status().size)
        shutil.copy(os.path.join(self.node.folder, "checkpoint"), self.path("kept"))
        done = civilctl("restore", self.path("backups"), "--to", self.path("no"), "--seen",
                        self.path("kept"), code=5)
        sizes = re.findall(r"(\d+) records were seen signed and this backup holds (\d+)",
                           done.stderr)
        assert sizes and int(sizes[0][0]) > int(sizes[0][1]), done.stderr
        assert not os.path.exists(self.path("no"))
        self.back_up()
        civilctl("restore", self.path("backups"), "--to", self.path("level"), "--seen",
                 self.path("kept"))

    def test_a_note_that_no_known_key_signed_is_no_witness(self):
        shutil.copy(self.path("kept"), self.path("forged"))
        flip(self.path("forged"), os.path.getsize(self.path("forged")) - 20)
        civilctl("restore", self.path("backups"), "--to", self.path("no"), "--seen",
                 self.path("forged"), code=7)
        shutil.copy(self.path("restored/checkpoint"), self.path("others"))
        civilctl("restore", self.path("backups"), "--to", self.path("no"), "--seen",
                 self.path("others"), code=7)
        civilctl("restore", self.path("backups"), "--to", self.path("pinned"), "--seen",
                 self.path("others"), "--log-key", self.key_of("restored"))

    def key_of(self, name):
        node = nodes.Node(self.path(name))
        assert node.start()
        key = node.status().log_key
        assert node.stop() == 0
        return key

    def test_less_than_a_peer_holds_is_refused_and_its_absence_told(self):
        self.submit(BATCH)
        civilctl("restore", self.path("backups"), "--to", self.path("no"), "--peer",
                 self.address(), code=5)
        civilctl("restore", self.path("backups"), "--to", self.path("no"), "--peer",
                 "127.0.0.1:1", code=6)
        other = nodes.Node(self.path("other"))
        assert other.start()
        civilctl("restore", self.path("backups"), "--to", self.path("no"), "--peer",
                 f"127.0.0.1:{other.port}", code=7)
        assert other.stop() == 0
        assert not os.path.exists(self.path("no"))

    def test_with_catch_up_it_does_not_go_on_alone(self):
        self.wait_signed(self.node, self.node.status().size)
        told = answer("restore", self.path("backups"), "--to", self.path("behind"), "--peer",
                      self.address(), "--catch-up")
        assert int(told["seen"]) > int(told["records"])
        node = nodes.Node(self.path("behind"))
        assert not node.start()
        assert node.close() == 7
        with open(self.path("behind.log"), encoding="utf-8") as file:
            assert "were seen signed" in file.read()

    # Pruning.

    def test_pruning_keeps_the_newest_whole(self):
        civilctl("backup", "prune", self.path("backups"), "--keep", "2", code=2)
        civilctl("backup", "prune", self.path("backups"), "--keep", "0", "--yes", code=2)
        before = len(os.listdir(self.path("backups/files")))
        civilctl("backup", "prune", self.path("backups"), "--keep", "2", "--yes")
        assert len(os.listdir(self.path("backups/files"))) < before
        civilctl("backup", "verify", self.path("backups"))
        civilctl("restore", self.path("backups"), "--to", self.path("pruned"), "--alone")

    def test_pruning_stops_at_a_manifest_that_cannot_be_read(self):
        shutil.rmtree(self.path("damaged"), ignore_errors=True)
        shutil.copytree(self.path("backups"), self.path("damaged"))
        newest = max(name for name in os.listdir(self.path("damaged"))
                     if name.startswith("manifest-"))
        flip(self.path("damaged/" + newest), 30)
        before = sorted(os.listdir(self.path("damaged/files")))
        civilctl("backup", "prune", self.path("damaged"), "--keep", "1", "--yes", code=7)
        assert sorted(os.listdir(self.path("damaged/files"))) == before

    # Two releases.

    def test_a_folder_of_the_next_release_is_refused_with_the_way_out(self):
        node = nodes.Node(self.path("next"))
        node.program = NEXT["civild"]
        node.format(self.ledger)
        assert node.start()
        node.submit_batch(self.events[:BATCH])
        assert node.stop() == 0
        node.program = nodes.Node.program
        assert not node.start()
        assert node.close() == 2
        with open(self.path("next.log"), encoding="utf-8") as file:
            said = file.read()
        assert "format 3 and this program knows 2; start the newer program" in said, said

    def test_the_next_release_opens_this_one_and_can_be_taken_back(self):
        assert self.node.stop() == 0
        size = 0
        for program in (NEXT["civild"], nodes.Node.program):
            self.node.program = program
            assert self.node.start()
            assert self.node.status().size >= size
            self.submit(BATCH)
            size = self.node.status().size
            if program == NEXT["civild"]:
                assert self.node.status().version != "0.1.0"
                assert self.node.stop() == 0

    def test_a_backup_of_the_next_release_is_refused_before_anything_is_made(self):
        subprocess.run([NEXT["civilctl"], "backup", self.path("next-backups"), "--node",
                        self.path("next")], check=True, stdout=subprocess.DEVNULL,
                       timeout=TIMEOUT_S)
        civilctl("backup", "verify", self.path("next-backups"))
        done = civilctl("restore", self.path("next-backups"), "--to", self.path("no"), "--alone",
                        code=2)
        assert "store format 3 and this program knows 2" in done.stderr, done.stderr
        assert not os.path.exists(self.path("no"))
        subprocess.run([NEXT["civilctl"], "restore", self.path("backups"), "--to",
                        self.path("to-next"), "--alone"], check=True,
                       stdout=subprocess.DEVNULL, timeout=TIMEOUT_S)

    def close(self):
        self.node.kill()
