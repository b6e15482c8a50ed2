"""The demo of a cluster: what it says, what it reports, what it leaves behind."""
import json
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TIMEOUT_S = 200
CORES = ["phnom-penh", "kampot", "kep"]
REPLICA = "kratie"


def demo(*options):
    environment = {"BUILD": "build/check", "NO_COLOR": "1"} | os.environ
    return subprocess.run(["tools/demo-cluster", *options], cwd=ROOT, capture_output=True,
                          text=True, stdin=subprocess.DEVNULL, env=environment,
                          timeout=TIMEOUT_S, check=False)


def is_running(pid):
    return pathlib.Path(f"/proc/{pid}").exists()


def check_nodes(check, report):
    rows = report["nodes"]
    check("every node stands in the table", [row["node"] for row in rows] == [*CORES, REPLICA],
          rows)
    check("the replica missed something while it was cut off",
          0 < report["held_while_cut"] < report["receipts"], report["held_while_cut"])
    check("all have one head", len({(row["records"], row["head"], row["root"])
                                    for row in rows}) == 1, rows)
    check("each holds a record for each receipt",
          all(row["records"] == report["receipts"] > 0 for row in rows), rows)
    check("the office registered something while it was cut off", report["queued"] > 1)
    check("nothing is lost", all(row["lost"] == 0 for row in rows), rows)
    check("nothing stands twice", all(row["doubled"] == 0 for row in rows), rows)


def check_talk(check, report, talk):
    for step in report["steps"]:
        check(f"step {step['name']} ends well", step["exit"] == 0, step)
        check(f"step {step['name']} is shown", f"$ {step['command']}\n" in talk)
    check("a leader was killed", re.search(r"leads, and is killed while \d+ of", talk) and
          report["killed"] in CORES)
    for row in report["nodes"]:
        check(f"the row of {row['node']} is shown",
              re.search(rf"{row['records']}  {row['head'][:16]}  {row['root'][:16]}", talk))


def check_suggestions(check, report, talk):
    printed = talk[talk.index("in a second terminal"):].splitlines()[1:]
    printed = [line.strip() for line in printed if line.startswith("  ")]
    tried = [entry["command"] for entry in report["try"]]
    check("the terminal is led to the right folder", printed[0] == f"cd {ROOT}", printed[:1])
    check("what is suggested was tried", printed[5:] == tried, printed)
    for entry in report["try"]:
        check(f"{entry['command']} works", entry["exit"] == 0, entry)


def check_cluster_demo(check):
    """`check(what, holds, shown)` is told everything."""
    done = demo("--json", "--try", "--events", "2000")
    check("the demo of a cluster ends well", done.returncode == 0, done.stderr[-2000:])
    if done.returncode == 0:
        report = json.loads(done.stdout)
        check_nodes(check, report)
        check_talk(check, report, done.stderr)
        check_suggestions(check, report, done.stderr)
        check("every process has ended", not any(map(is_running, report["processes"])))
        check("the folder is gone", not pathlib.Path(report["folder"]).exists())
    check("help ends with 0", "--keep" in demo("--help").stdout)
    check("an unknown option is named", demo("--kep").returncode == 2)
