#!/usr/bin/python3
"""Starts our gRPC server and lets clients of others at it: grpcio, buf curl, OpenSSL.

    grpc_run.py SERVER BUF FOLDER

FOLDER holds ca.pem, node.pem, node.key, and in python/ the messages that protoc made. BUF may be
missing; that is said aloud. A check that fails is named, and fails the run.
"""
import os
import pathlib
import subprocess
import sys

import grpc_client
import tls_client

TIMEOUT_S = 60


class Server:
    """The server as a child; it ends when its standard input does, so it never outlives us."""

    def __init__(self, *command):
        self.child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      text=True)
        self.port = int(self.child.stdout.readline().split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.stdin.close()
        assert self.child.wait(TIMEOUT_S) == 0, "the server ended with an error"


def expect(words, *command):
    """The output of the command has the words in it, whatever its exit status is."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=TIMEOUT_S, check=False)
    assert words in done.stdout, f"{' '.join(command)} said {done.stdout}"


def buf_checks(buf, port):
    """buf curl learns everything about the server from reflection."""
    at = f"http://127.0.0.1:{port}"
    call = (buf, "curl", "--http2-prior-knowledge", "--protocol", "grpc")
    health = f"{at}/grpc.health.v1.Health/Check"
    return [
        ("buf lists services",
         lambda: expect("grpc.reflection.v1.ServerReflection", *call, "--list-services", at)),
        ("buf lists methods",
         lambda: expect("grpc.health.v1.Health/Watch", *call, "--list-methods", at)),
        ("buf calls a method",
         lambda: expect('"status": "SERVING"', *call, "-d", "{}", health)),
        ("buf shows an error",
         lambda: expect('"code": "not_found"', *call, "-d", '{"service":"nobody"}', health)),
    ]


def buf_tls_checks(buf, port, folder):
    call = (buf, "curl", "--protocol", "grpc", "--cacert", folder / "ca.pem", "--cert",
            folder / "node.pem", "--key", folder / "node.key", "-d", "{}")
    health = f"https://127.0.0.1:{port}/grpc.health.v1.Health/Check"
    return [("buf calls a method over TLS",
             lambda: expect('"status": "SERVING"', *map(str, call), health))]


def run(checks):
    failed = 0
    for name, check in checks:
        try:
            check()
        except Exception as error:  # whatever a client raises is a failed check, not the end
            failed += 1
            print(f"{name}: {error!r}", file=sys.stderr)
    print(f"{len(checks) - failed} of {len(checks)} checks hold")
    return failed


def main(server, buf, folder):
    folder = pathlib.Path(folder)
    has_buf = os.access(buf, os.X_OK)
    if not has_buf:
        print(f"SKIPPED: buf curl: {buf} is missing (tools/setup check)", file=sys.stderr)
    with Server(server) as plain:
        checks = grpc_client.checks(plain.port, str(folder / "python"))
        failed = run(checks + (buf_checks(buf, plain.port) if has_buf else []))
    files = [str(folder / name) for name in ("ca.pem", "node.pem", "node.key")]
    with Server(server, *files) as secure:
        checks = tls_client.checks(secure.port, folder)
        failed += run(checks + (buf_tls_checks(buf, secure.port, folder) if has_buf else []))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
