"""Which TLS our gRPC server speaks, seen by Python's ssl module (OpenSSL).

Used by grpc_run.py. A server that checks certificates under TLS 1.3 refuses when the client is
already done, so a connection counts as accepted only when the server's first frame has come.
"""
import socket
import ssl
import warnings

DEADLINE_S = 30
V1_0, V1_1, V1_2, V1_3 = (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2,
                          ssl.TLSVersion.TLSv1_3)
WEAK = ("ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA256",
        "ECDHE-ECDSA-AES256-SHA", "ECDHE-ECDSA-AES256-SHA384", "ECDHE-ECDSA-AES128-CCM",
        "ECDHE-ECDSA-AES256-CCM8", "ECDHE-ECDSA-ARIA128-GCM-SHA256", "ECDHE-ECDSA-NULL-SHA",
        "DHE-RSA-AES128-GCM-SHA256", "AES128-GCM-SHA256", "AES256-SHA", "NULL-SHA256", "aNULL",
        "PSK", "SRP", "ECDHE-ECDSA-CAMELLIA128-SHA256")

# What is tried, with which version and suites and with which certificate; and whether it may pass.
CASES = [
    ("TLS 1.3", V1_3, None, True, True),
    ("AES-128-GCM", V1_2, "ECDHE-ECDSA-AES128-GCM-SHA256", True, True),
    ("AES-256-GCM", V1_2, "ECDHE-ECDSA-AES256-GCM-SHA384", True, True),
    ("TLS 1.3 without a certificate", V1_3, None, False, False),
    ("TLS 1.2 without a certificate", V1_2, None, False, False),
    ("TLS 1.1", V1_1, "ALL", True, False),
    ("TLS 1.0", V1_0, "ALL", True, False),
] + [(suite, V1_2, suite, True, False) for suite in WEAK]


def context_of(version, suites, folder, with_certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(folder / "ca.pem")
    context.set_alpn_protocols(["h2"])
    if suites:
        context.set_ciphers(f"{suites}:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    if with_certificate:
        context.load_cert_chain(folder / "node.pem", folder / "node.key")
    return context


def is_accepted(port, context):
    try:
        with socket.create_connection(("127.0.0.1", port), DEADLINE_S) as plain:
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as secure:
                return len(secure.recv(9)) > 0
    except (ssl.SSLError, ConnectionError):
        return False


def check(port, folder, case):
    """One row of CASES. A suite that this OpenSSL cannot even offer is passed over."""
    _, version, suites, with_certificate, expected = case
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # old versions are asked for on purpose
            context = context_of(version, suites, folder, with_certificate)
    except ssl.SSLError:
        return
    assert is_accepted(port, context) == expected, "refused" if expected else "accepted"


def checks(port, folder):
    """Names and bodies of all checks. `folder` holds ca.pem, node.pem and node.key."""
    return [(case[0], lambda case=case: check(port, folder, case)) for case in CASES]
