"""A certificate authority of a test's own, by openssl: one identity for each node, client, member.

Every certificate names 127.0.0.1 and its owner, so that servers and clients know one another by it.
"""
import os
import pathlib
import subprocess

DAYS = 2


class Identity:
    """Files of one owner: `authority` to believe, `certificate` and `key` to show."""

    def __init__(self, authority, certificate, key):
        self.authority, self.certificate, self.key = authority, certificate, key

    def read(self):
        """(authority, key, certificate) as bytes, in the order that grpc wants them."""
        return tuple(pathlib.Path(path).read_bytes()
                     for path in (self.authority, self.key, self.certificate))


class Authority:
    """Keeps everything in `folder`; what it issues is good for two days."""

    def __init__(self, folder, name="ca"):
        self.folder = folder
        self.name = name
        os.makedirs(folder, exist_ok=True)
        self.make_key(name)
        self.openssl("req", "-x509", "-new", "-key", f"{name}.key", "-days", DAYS, "-subj",
                     f"/CN={name}/O=Civil Ledger", "-out", f"{name}.pem")

    def path(self, name):
        return os.path.join(self.folder, name)

    def openssl(self, *words):
        subprocess.run(["openssl", *map(str, words)], cwd=self.folder, check=True, umask=0o077,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def make_key(self, name):
        self.openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                     "-out", f"{name}.key")

    def issue(self, name):
        """An identity for `name`, to serve and to call with."""
        self.make_key(name)
        self.openssl("req", "-new", "-key", f"{name}.key", "-subj", f"/CN={name}/O=Civil Ledger",
                     "-out", f"{name}.csr")
        with open(self.path(f"{name}.ext"), "w", encoding="ascii") as file:
            file.write(f"subjectAltName=IP:127.0.0.1,DNS:{name}\nbasicConstraints=CA:FALSE\n"
                       "extendedKeyUsage=serverAuth,clientAuth\n")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{self.name}.pem", "-CAkey",
                     f"{self.name}.key", "-CAcreateserial", "-days", DAYS, "-extfile",
                     f"{name}.ext", "-out", f"{name}.pem")
        return Identity(self.path(f"{self.name}.pem"), self.path(f"{name}.pem"),
                        self.path(f"{name}.key"))
