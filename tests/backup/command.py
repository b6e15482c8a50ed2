"""`civilctl` as an operator types it, of this release and of the next; and damage."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "support"), os.path.join(HERE, "..", "cluster")]
import node as nodes  # noqa: E402

CIVILCTL = os.path.join(nodes.BUILD, "civilctl")
NEXT = {name: os.path.join(nodes.BUILD, name + "-raised") for name in ("civild", "civilctl")}
TIMEOUT_S = 120
BATCH = 30


def civilctl(*arguments, code=0, **environment):
    done = subprocess.run([CIVILCTL, *arguments], capture_output=True, text=True, check=False,
                          timeout=TIMEOUT_S, stdin=subprocess.DEVNULL,
                          env=dict(os.environ, **environment))
    assert done.returncode == code, \
        f"civilctl {' '.join(arguments)} ended with {done.returncode}: {done.stderr}"
    return done


def answer(*arguments):
    return json.loads(civilctl("-o", "json", *arguments).stdout)


def flip(path, offset):
    with open(path, "r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes((byte ^ 1,)))
