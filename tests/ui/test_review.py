#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs that are written and perhaps not queued: the banner, what both stores show, send,
discard."""

import re
import signal

import window as harness
from actions_case import HELD, QUEUE, ActionsCase

REVIEW = "Undelivered Jobs"
UNSURE = "Send It, Not Knowing Whether It Ran?"


class Review(ActionsCase):
    """The "Undelivered Jobs" dialog."""

    def die_at(self, point, wallet):
        """A dispatch whose sender dies there; returns the row's id and the entry's."""
        answer = self.site.wdctl("dispatch", "gas-topup", "--wallet", wallet, WD_FAULT=point)
        self.assertEqual(answer.status, -signal.SIGKILL, answer)
        return self.site.sql("SELECT job_log_id::text, id::text FROM worker_dashboard.outbox "
                             "ORDER BY created_at DESC LIMIT 1")[0]

    def leave_unknown(self, count):
        """Entries of which nobody can know whether they were queued; returns row ids."""
        rows = [self.die_at("deliver:begin", wallet)[0] for wallet in self.add_wallets(count)]
        self.site.redis.restart_empty()
        return rows

    def open_review(self):
        self.window.find("push button", "Review", seconds=40).click()
        self.dialog(REVIEW)

    def entry(self, number=0):
        """Returns the row of an entry as it is now."""
        rows = self.window.tree().find("dialog", REVIEW).all("panel", "Gas top-up")
        return rows[number] if len(rows) > number else None

    def press(self, button, number=0):
        """Presses a button of an entry, and returns what is asked then."""
        self.window.wait(lambda: self.entry(number), "the entry")
        self.entry(number).find("push button", button).click()

    def confirm(self, heading, button):
        self.window.find("dialog", heading)
        self.window.click("push button", re.compile(f"(_{button} )?{button}"), ("dialog", heading))
        self.window.wait_gone("dialog", heading)

    def test_unknown_is_sent_or_discarded(self):
        sent, discarded = self.leave_unknown(2)
        self.open("overview")
        self.says("2 jobs are written but not known to be in their queues.", seconds=40)
        self.window.screenshot("overview-undelivered")
        self.open_review()
        self.says("Unknown whether it was queued: Redis was flushed.*The row is pending, its queue "
                  "says nothing.*")
        self.window.screenshot("review")
        self.press("Send…")
        self.says(".*money may move twice.*")
        self.window.screenshot("review-send")
        self.confirm(UNSURE, "Send")
        self.says("1 job delivered")
        self.window.wait(lambda: self.entry(1) is None, "end of the entry that was sent")
        self.assertEqual(self.waiting(), [sent])
        self.press("Discard…")
        self.says(".*“discarded; not known whether it had been queued”.*It may have run.*")
        self.confirm("Discard This Job?", "Discard")
        self.says("1 job discarded, not known whether it had been queued")
        self.says("Nothing Is Undelivered")
        self.window.screenshot("review-empty")
        self.assertEqual(self.waiting(), [sent])
        self.assertEqual(self.jobs("status, error_message", f"id = '{discarded}'"),
                         [("failed", "discarded; not known whether it had been queued")])
        self.assertEqual(self.site.outbox(), [])
        self.window.key("Escape")
        self.closed(REVIEW)
        self.window.find("push button", "0 undelivered")

    def test_a_no_does_nothing(self):
        [row] = self.leave_unknown(1)
        self.open("overview")
        self.window.find("push button", "1 undelivered").click()
        self.dialog(REVIEW)
        for button, heading in (("Send…", UNSURE),
                                ("Discard…", "Discard This Job?")):
            self.press(button)
            self.confirm(heading, "Cancel")
        self.assertEqual(self.waiting(), [])
        self.assertEqual(self.jobs("status", f"id = '{row}'"), [("pending",)])
        self.assertEqual(len(self.site.outbox()), 1)

    def test_refused_by_its_queue(self):
        """A queue nobody may write to: the dialog says so, although the entry is settled."""
        [row] = self.leave_unknown(1)
        self.open("overview")
        self.open_review()
        self.window.wait(self.entry, "the entry")
        self.site.redis.client().zadd(f"bull:{QUEUE}:priority", {"x": 1})
        self.press("Send…")
        self.confirm(UNSURE, "Send")
        self.says("It was not sent.")
        self.says("Nothing Is Undelivered")
        self.window.screenshot("review-refused")
        self.assertEqual(self.jobs("status", f"id = '{row}'"), [("failed",)])
        self.assertEqual(self.waiting(), [])

    def test_the_servers_go_and_come(self):
        self.leave_unknown(1)
        self.open("overview", **HELD)
        self.open_review()
        self.window.wait(self.entry, "the entry")
        self.site.redis.stop()
        self.window.key("F5")
        self.says("Not looked up", seconds=60)
        self.window.screenshot("review-redis-gone")
        # A yes is to what was known when it was asked.
        self.press("Send…")
        self.window.find("dialog", UNSURE)
        self.site.redis.start()
        self.says("Unknown", seconds=60)
        self.confirm(UNSURE, "Send")
        self.says("What the question was about has changed meanwhile. Look at it again.")
        self.assertEqual(self.waiting(), [])
        self.lose_the_answer()

    def lose_the_answer(self):
        """What was on its way to the queue is not said to be “not sent”."""
        redis = self.site.redis.client()
        self.addCleanup(redis.client_unpause)
        self.press("Send…")
        self.window.find("dialog", UNSURE)
        self.window.click("push button", re.compile("(_Send )?Send"), ("dialog", UNSURE))
        self.hold_sending(redis)
        self.window.wait(lambda: any("b" in client["flags"] for client in redis.client_list()),
                         "a job on its way")
        redis.client_kill_filter(_type="normal", skipme=True)
        redis.client_unpause()
        self.says("It is not known whether it was sent.", seconds=60)


if __name__ == "__main__":
    harness.main()
