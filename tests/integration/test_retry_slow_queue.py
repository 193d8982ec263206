#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""However slow many queues answer, no wallet stays locked longer than a write may take."""

import contextlib
import os
import select
import socket
import tempfile
import threading
import time
import unittest

from guard_case import GuardCase
from money_case import QUEUE


class SlowDoor:
    """A unix socket in front of another one, whose answers come late."""

    def __init__(self, target):
        self.delay = 0
        self.target = target
        self.folder = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with
        self.path = os.path.join(self.folder.name, "redis")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen()
        threading.Thread(target=self.accept, daemon=True).start()

    def close(self):
        self.listener.close()
        self.folder.cleanup()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                near, _address = self.listener.accept()
                threading.Thread(target=self.pass_on, args=(near,), daemon=True).start()

    def pass_on(self, near):
        with near, socket.socket(socket.AF_UNIX) as far, contextlib.suppress(OSError):
            far.connect(self.target)
            while True:
                for link in select.select([near, far], [], [])[0]:
                    data = link.recv(65536)
                    if not data:
                        return
                    if link is far:
                        time.sleep(self.delay)
                    (near if link is far else far).sendall(data)


class SlowQueues(GuardCase):
    def test_many(self):
        """Each answers within its time, all of them do not."""
        door = SlowDoor(self.site.redis.socket)
        self.addCleanup(door.close)
        rows = self.add_failed(20)
        self.site.sql("UPDATE job_logs SET job_id = 'queue-' || left (id::text, 8) || '/7' "
                      "WHERE id::text = ANY (%s)", rows[1:])
        retrier = self.site.wdctl_stopped_at("retry:begin", "jobs", "retry", rows[0],
                                             REDIS_URL=f"redis+unix://{door.path}")
        self.addCleanup(self.end, retrier)
        door.delay = 1.2
        begin = time.monotonic()
        answer = self.site.go_on(retrier)
        self.assertLess(time.monotonic() - begin, 19)
        self.assertNotEqual(answer.status, 0, answer)
        self.assertEqual((self.row(rows[0])[0], self.site.outbox(), self.queued()),
                         ("failed", [], []))

    def test_never_still(self):
        """The events of a queue are read to where they ended, not until there are no more."""
        door = SlowDoor(self.site.redis.socket)
        self.addCleanup(door.close)
        rows = self.add_failed(2)
        self.redis.xadd(f"bull:{QUEUE}:events", {"event": "added", "jobId": rows[1]})
        stop = threading.Event()

        def tell():
            while not stop.wait(0.002):
                self.redis.xadd(f"bull:{QUEUE}:events", {"event": "active", "jobId": "another"},
                                maxlen=10000)

        thread = threading.Thread(target=tell)
        thread.start()
        door.delay = 0.05
        try:
            answer = self.site.wdctl("jobs", "retry", rows[0],
                                     REDIS_URL=f"redis+unix://{door.path}")
        finally:
            stop.set()
            thread.join()
        self.assertEqual((answer.status, self.queued()), (0, rows[:1]), answer)


if __name__ == "__main__":
    unittest.main()
