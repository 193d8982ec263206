# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sample data in the sandbox: there, back, and away with it; its servers as seen from outside."""

import os
import re
import signal
import subprocess
import time

import psycopg2

from confined import SECONDS, trigger
from fixtures.guardian import alive, process_tree, segments
from fixtures.processes import wait_until
from sample_names import CONNECTED, EXPLORE, LEAVE, MARK

PROGRAMS = ("worker-dashboar", "wd-sample-keepe", "postgres", "valkey-server")


def _name(pid):
    with open(f"/proc/{pid}/comm", encoding="utf-8") as name:
        return name.read().strip()


class Servers:
    """Those below the process that holds a sandbox.

    `sandbox` are all of its processes, `program` is the one with the window.
    """

    def __init__(self, holder):
        self.sandbox = process_tree(holder)
        names = {pid: _name(pid) for pid in self.sandbox}
        (self.program, *_), keepers, databases, stores = (
            [pid for pid, name in names.items() if name == program] for program in PROGRAMS)
        self._pids = [*keepers, *databases, *stores]
        assert keepers and databases and stores, names
        assert len(segments(databases)) == 1, "which shared memory is PostgreSQL's?"
        for pid in (databases[0], stores[0]):
            path = os.readlink(f"/proc/{pid}/exe")
            assert path.startswith("/newroot/app/bin/") or path.startswith("/app/bin/"), path
        cluster = os.readlink(f"/proc/{databases[0]}/cwd")
        # In the sandbox's own file system, which is seen through its program.
        self._folder = f"/proc/{self.program}/root{os.path.dirname(cluster)}"
        print(f"  in {os.path.dirname(cluster)}")
        assert os.path.exists(os.path.join(self._folder, "redis.sock")), self._folder

    def connect(self):
        """Connects to the PostgreSQL."""
        connection = psycopg2.connect(host=self._folder, user="sample", dbname="postgres")
        connection.autocommit = True
        return connection

    def left(self):
        """What is still there of them: processes, shared memory, the folder."""
        return [*alive(self._pids), *segments(self._pids),
                *([self._folder] if os.path.exists(self._folder) else [])]


def explore(window):
    """Sample data out of servers that the Flatpak brings; says how long they took."""
    window.find("push button", EXPLORE)
    began = time.monotonic()
    window.click("push button", EXPLORE)
    window.find("panel", CONNECTED)
    window.find("label", "Overview")
    window.find(None, MARK)
    print(f"  sample data are live after {time.monotonic() - began:.1f} s")
    return Servers(window.process.pid)


def explore_sample(window):
    """There and back; a job that is ordered is done. Nothing stays."""
    servers = explore(window)
    window.find(None, "Updates: Live")
    window.screenshot("sample")
    trigger(window, servers.connect(), picture="sample-")
    window.find(None, MARK)
    window.click("push button", LEAVE)
    window.find("push button", EXPLORE)
    window.wait(lambda: not servers.left(), servers.left)
    window.screenshot("sample-left")


def kill_sample(window, is_wayland):
    """The program is killed, or all of its sandbox at once: the servers go with it."""
    servers = explore(window)
    if is_wayland:
        subprocess.run(["flatpak", "kill", window.name()], check=True)
    else:
        os.kill(servers.program, signal.SIGKILL)
    wait_until(lambda: not servers.left() and not alive(servers.sandbox), SECONDS,
               "the end of the sandbox")


def miss_servers(window):
    """A Flatpak that was built without the servers says so, instead of naming packages."""
    window.click("push button", EXPLORE)
    window.find("alert", re.compile(".*not part of the Flatpak.*"))
    window.screenshot("sample-missing")
