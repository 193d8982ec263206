# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service answers in a second, beside a Node program that does the same."""

import json
import subprocess

from fixtures.processes import free_port
from fixtures.service import Service, make_token
from fixtures.wallet_platform import Platform
from fixtures.workers import NodeProgram

from .programs import built

CONNECTIONS = 16


def load(port, token, method, questions, seconds):
    """Returns answers a second, and the 99th percentile of one in ms."""
    done = subprocess.run(
        [built("bench-http"), str(port), str(CONNECTIONS), str(seconds), token, method],
        input="".join(f"{path}\t{body}\n" for path, body in questions), check=True, text=True,
        stdout=subprocess.PIPE, timeout=seconds + 120)
    count, bad, took, _median, late = done.stdout.split()
    if int(bad):
        raise RuntimeError(f"{bad} of {count} answers to {questions[0]} were not 200")
    return int(count) / float(took), int(late) / 1000


def memory(pid):
    """MiB of its own."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        return sum(int(line.split()[1]) for line in file
                   if line.startswith(("Private_Clean:", "Private_Dirty:"))) / 1024


def settle(site):
    """Brings the site to where it is after a quiet minute; returns its wallets."""
    database = site.postgres.connect()
    database.autocommit = True
    with database.cursor() as cursor:
        cursor.execute("DELETE FROM job_logs WHERE status IN ('pending', 'active')")
        cursor.execute("SELECT worker_dashboard.fold_counts(1000000)")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT address FROM user_wallets ORDER BY address")
        wallets = [address for address, in cursor.fetchall()]
    database.close()
    return wallets


def measure_one(port, pid, token, wallets, seconds):
    """Returns the figures of one server by name."""
    figures = {}
    for kind, paths in (("list", ["/api/jobs/list", "/api/jobs/list?status=failed"]),
                        ("stats", ["/api/workers/stats"])):
        questions = [(path, "") for path in paths]
        load(port, token, "GET", questions, 1)
        figures[kind] = load(port, token, "GET", questions, seconds)
    figures["dispatch"] = load(port, token, "POST",
                               [("/api/dispatch/sync", json.dumps({"wallet_address": wallet}))
                                for wallet in wallets], 60)
    figures["memory"] = memory(pid)
    return figures


def tell(table, ours, theirs):
    for kind, what in (("list", "50 of 100,000 jobs and their number"), ("stats", "statistics"),
                       ("dispatch", "dispatch")):
        for name, figures, who in (("server", ours, "service"), ("node", theirs, "Node")):
            table.add(f"{name}-{kind}", figures[kind][0], f"{what}: answers of the {who}")
            table.add(f"{name}-{kind}-p99", figures[kind][1],
                      f"{what}: 99th percentile of the {who}")
    table.add("list-share", theirs["list"][0] / ours["list"][0], "lists: Node to the service")
    table.add("server-memory", ours["memory"], "memory of the service")
    table.add("node-memory", theirs["memory"], "memory of Node")
    table.add("memory-share", ours["memory"] / theirs["memory"], "memory: the service to Node")


def measure(table, quick):
    """Fills TABLE with what both answer to 16 clients that never rest."""
    seconds, dispatches = (2, 300) if quick else (8, 3000)
    with Platform(wallets=2 * dispatches, jobs=100000, idle=True) as site:
        token = make_token(site, "bench", "operator")
        wallets = settle(site)
        service = Service(site, "--rate-limit", "0")
        try:
            ours = measure_one(service.port, service.process.pid, token, wallets[:dispatches],
                               seconds)
        finally:
            service.close()
        port = free_port()
        with NodeProgram("server.js", port, token, environment=site.environment()) as node:
            node.read_line(60)
            theirs = measure_one(port, node.pid, token, wallets[dispatches:], seconds)
    tell(table, ours, theirs)
