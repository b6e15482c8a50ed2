"""A file system on a disk whose power can be cut (cut.c).

    image file <- nbdkit (plugin) <- nbdfuse <- loop device <- ext4, mounted
"""
import os
import socket
import struct
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOOLS = ("nbdkit", "nbdfuse", "losetup", "mkfs.ext4", "mount", "umount", "cc")
TIMEOUT_S = 60


class Unavailable(Exception):
    """This machine cannot do it; says why."""


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False,
                          timeout=TIMEOUT_S)
    if done.returncode != 0:
        raise Unavailable(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout.strip()


class Disk:
    """`mount`, then `cut` or `unmount`; and again."""

    def __init__(self, folder, size_mib):
        self.folder = folder
        self.image = os.path.join(folder, "image")
        self.file = os.path.join(folder, "disk")
        self.control = os.path.join(folder, "control")
        self.root = os.path.join(folder, "root")
        self.plugin = os.path.join(folder, "cut.so")
        self.server = None
        self.device = None
        for tool in TOOLS:
            if not any(os.access(os.path.join(path, tool), os.X_OK)
                       for path in os.environ["PATH"].split(":") + ["/sbin", "/usr/sbin"]):
                raise Unavailable(f"{tool} is not installed")
        if os.geteuid() != 0:
            raise Unavailable("mounting needs root")
        os.mkdir(self.root)
        run("cc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-D_GNU_SOURCE",
            "-o", self.plugin, os.path.join(HERE, "cut.c"), "-lpthread")
        with open(self.image, "wb") as image:
            image.truncate(size_mib << 20)
        self.attach()
        try:
            run("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", self.device)
        finally:
            self.detach()

    def attach(self, lie=False):
        with open(self.file, "ab"):
            pass
        command = ["nbdfuse", self.file, "--command", "nbdkit", "-s", "--exit-with-parent",
                   self.plugin, "file=" + self.image, "control=" + self.control,
                   *(["lie=1"] if lie else [])]
        with open(os.path.join(self.folder, "disk.log"), "ab") as log:
            self.server = subprocess.Popen(command, stdout=log, stderr=log,
                                           stdin=subprocess.DEVNULL)
        while not os.path.ismount(self.file):
            if self.server.poll() is not None:
                raise Unavailable("nbdfuse ended; is there /dev/fuse?")
        self.device = run("losetup", "--find", "--show", self.file)

    def detach(self):
        run("losetup", "--detach", self.device)
        while self.device in run("losetup", "--list", "--noheadings",
                                 "--output", "NAME").split():
            pass
        subprocess.run(["umount", self.file], check=False, timeout=TIMEOUT_S,
                       capture_output=True)
        self.server.wait(timeout=TIMEOUT_S)

    def mount(self, lie=False):
        self.attach(lie)
        try:
            run("mount", "-t", "ext4", self.device, self.root)
        except Unavailable:
            self.detach()
            raise

    def unmount(self):
        run("umount", self.root)
        self.detach()

    def close(self):
        """Leaves nothing behind, whatever happened."""
        if os.path.ismount(self.root):
            self.unmount()
        elif self.server is not None and self.server.poll() is None:
            self.detach()

    def cut(self, seed):
        """From now on every write fails. Unmount when the processes are gone."""
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(self.control)
            control.sendall(struct.pack("=Q", seed))
            assert control.recv(1) == b"x"


def scratch():
    """Not in memory that another mount may hide."""
    return tempfile.TemporaryDirectory(prefix="civil-cut.")
