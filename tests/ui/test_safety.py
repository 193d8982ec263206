#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must not happen by accident, what happens when servers go, and all of it by keyboard."""

import re

import window as harness
from actions_case import QUEUE, ActionsCase
from fixtures.workers import Workers

TRIGGER = "Trigger Job"
RETRY = "Retry Job"


class ReadOnly(ActionsCase):
    def test_nothing_can_be_pressed(self):
        self.add_wallets(2)
        self.fail_job()
        self.open_profile("wallets", read_only="true")
        table = self.table("Wallets")
        table.wait_total("2 wallets")
        self.select(table, 0)
        header = self.window.find("push button", re.compile("(Trigger Job ?)+"))
        self.assertFalse(header.has("sensitive"))
        self.window.key("shift+F10")
        for item in ("Trigger Gas Top-up…", "Set “Needs Gas”"):
            self.assertFalse(self.window.find("menu item", item).has("sensitive"), item)
        self.assertTrue(self.window.find("menu item", "Copy Addresses").has("sensitive"))
        self.window.key("Escape")
        self.window.wait_gone("menu item", "Copy Addresses")
        self.window.key("ctrl+n")
        self.window.screenshot("read-only")
        self.window.key("ctrl+3")
        jobs = self.table("Jobs")
        jobs.wait_total("1 job")
        jobs.press(0)
        self.assertFalse(self.window.find("push button", "Retry…").has("sensitive"))
        self.assertFalse(self.window.is_there("dialog", TRIGGER))
        self.assertEqual(self.jobs("status"), [("failed",)])


class Production(ActionsCase):
    def open_many(self, count):
        self.add_wallets(count)
        self.open_profile("wallets", production="true")
        table = self.table("Wallets")
        table.wait_total(f"{count} wallets")
        table.press(0)
        self.window.key("ctrl+a")
        self.says(f"{count} selected")

    def test_more_than_ten_need_the_number(self):
        self.open_many(11)
        self.choose_from_menu("Trigger Consolidation…")
        self.dialog(TRIGGER)
        self.go(TRIGGER, "Trigger 11 Jobs")
        question = "Consolidation: Queue It for 11 Wallets?"
        self.dialog(question)
        self.window.screenshot("production-question")
        self.assertFalse(self.is_enabled("Trigger 11 Jobs", question))
        self.type("12")
        self.window.key("Return")
        self.assertFalse(self.is_enabled("Trigger 11 Jobs", question))
        self.window.key("BackSpace")
        self.type("1")
        self.wait_enabled("Trigger 11 Jobs", question)
        # While the question stands one of them gets such a job: ten are not what was meant.
        [(wallet,)] = self.site.sql("SELECT address FROM user_wallets LIMIT 1")
        row = self.add_job_under_way(wallet, "consolidation")
        self.window.find("push button", re.compile(".*Trigger 10 Jobs"), within=("dialog", TRIGGER))
        self.window.key("Return")
        self.window.wait_gone("dialog", question)
        self.says("What the question was about has changed meanwhile. Look at it again.")
        self.window.picture("production-changed")
        self.assertEqual(self.jobs(where="status = 'pending'"), [])
        self.site.sql("UPDATE job_logs SET status = 'completed' WHERE id = %s", row)
        self.go(TRIGGER, "Trigger 11 Jobs")
        self.dialog(question)
        self.type("11")
        self.wait_enabled("Trigger 11 Jobs", question)
        self.window.key("Return")
        self.window.wait_gone("dialog", question)
        self.closed(TRIGGER)
        self.says("Consolidation queued for 11 wallets")
        self.assertEqual(len(self.jobs(where="status = 'pending'")), 11)

    def test_a_no_sends_nothing(self):
        self.open_many(11)
        self.choose_from_menu("Set “Needs Gas”")
        question = "Set “needs gas” on 11 Wallets?"
        self.dialog(question)
        self.window.screenshot("flags-question")
        self.window.key("Escape")
        self.closed(question)
        self.assertEqual(self.site.sql("SELECT count(*) FROM user_wallets WHERE needs_gas"), [(0,)])

    def test_ten_do_not(self):
        self.open_many(10)
        self.choose_from_menu("Trigger Balance Sync…")
        self.dialog(TRIGGER)
        self.go(TRIGGER, "Trigger 10 Jobs")
        self.closed(TRIGGER)
        self.says("Balance sync queued for 10 wallets")


class Servers(ActionsCase):
    def open_trigger(self):
        self.add_wallets(1)
        self.open("wallets")
        table = self.table("Wallets")
        table.wait_total("1 wallet")
        self.select(table, 0)
        self.choose_from_menu("Trigger Gas Top-up…")
        self.dialog(TRIGGER)
        self.wait_enabled(TRIGGER, TRIGGER)

    def test_redis_goes_while_a_dialog_is_open(self):
        self.open_trigger()
        self.site.redis.kill()
        self.says("The queues cannot be reached. Nothing can be queued until they can.", seconds=60)
        self.wait_enabled(TRIGGER, TRIGGER, enabled=False)
        self.window.screenshot("trigger-redis-gone")
        self.site.redis.start()
        self.window.wait(lambda: self.is_enabled(TRIGGER, TRIGGER), "the queues", 60)
        self.go(TRIGGER)
        self.closed(TRIGGER)
        self.assertEqual(len(self.waiting()), 1)

    def test_postgres_goes_while_a_dialog_is_open(self):
        self.open_trigger()
        self.site.postgres.kill()
        self.says("The database does not tell what is under way now.*", seconds=60)
        self.wait_enabled(TRIGGER, TRIGGER, enabled=False)
        self.window.screenshot("trigger-postgres-gone")
        self.site.postgres.start()
        self.site.reconnect()
        self.window.wait(lambda: self.is_enabled(TRIGGER, TRIGGER), "the database", 60)
        self.assertEqual(self.jobs(), [])

    def kill_in_commit(self):
        """Presses the button, and kills the server when COMMIT is done and not answered."""
        self.go(TRIGGER)
        self.window.wait(lambda: self.site.sql("SELECT 1 FROM pg_stat_activity WHERE "
                                               "wait_event = 'SyncRep' AND query = 'COMMIT'"),
                         "COMMIT that is not answered")
        self.assertEqual(self.jobs(), [])
        self.site.postgres.kill()

    def start_postgres(self):
        self.site.postgres.start()
        self.site.reconnect()

    def test_the_answer_to_commit_never_comes(self):
        """The dialog does not guess whether it is written, and nothing is queued twice."""
        # Each COMMIT of ours waits for a standby that there is not.
        self.site.postgres.set(wal_level="replica", max_wal_senders="2",
                               synchronous_standby_names="'nobody'")
        self.site.postgres.restart()
        self.site.reconnect()
        self.open_trigger()
        # The first is a note on how this site delivers: no job is in it.
        self.kill_in_commit()
        self.says("Nothing was written.", seconds=60)
        self.says("No job was written: noting how this site delivers failed: .*")
        self.start_postgres()
        self.window.wait(lambda: self.is_enabled(TRIGGER, TRIGGER), "the database", 60)
        self.assertEqual(self.jobs(), [])

        self.kill_in_commit()
        self.says("It is not known whether this was written. It is being looked up; do not send it "
                  "again.", seconds=60)
        self.says("Not known whether it was written")
        self.says("1 wallet. Of 1 it is not known.")
        self.window.screenshot("trigger-unknown")
        self.assertFalse(self.is_enabled(TRIGGER, TRIGGER))
        self.site.postgres.set(synchronous_standby_names="''")
        self.start_postgres()
        self.assertEqual(self.jobs(), [("gas-topup", "pending")])
        self.says("It was written after all", seconds=60)
        self.says("1 wallet. 1 is queued.")
        self.window.wait_gone("label", re.compile("It is not known whether this was written.*"))
        self.assertFalse(self.is_enabled(TRIGGER, TRIGGER))
        self.window.screenshot("trigger-known-again")
        # The promise that is in the database is kept, and forgotten.
        self.window.wait(lambda: self.site.outbox() == [], "the end of the promise", 60)
        self.assertEqual(len(self.waiting()), 1)
        self.assertEqual(self.jobs(), [("gas-topup", "pending")])

    def stop_is_there(self):
        return any(node.is_shown() and node.has("sensitive") for node in
                   self.window.tree().all("push button", re.compile("(_Stop )?Stop")))

    def test_hangs_while_it_is_sent(self):
        """Progress, a stop that is heard, and a word that nothing was done."""
        self.open_trigger()
        self.site.postgres.pause()
        self.addCleanup(self.site.postgres.resume)
        self.button(TRIGGER, TRIGGER).click()
        self.says("Sending: waiting for an answer")
        self.button("Stop", TRIGGER).click()
        self.window.wait(lambda: not self.stop_is_there(), "end of the attempt")
        self.window.screenshot("trigger-stopped")
        self.site.postgres.resume()
        self.window.wait(lambda: self.is_enabled(TRIGGER, TRIGGER), "the queues", 60)
        self.assertEqual(self.jobs(), [])
        self.assertEqual(self.waiting(), [])


class Keyboard(ActionsCase):
    """From the keyboard alone."""

    def test_trigger(self):
        [wallet] = self.add_wallets(1)
        with Workers(self.site, queues=[QUEUE], fast=True):
            self.open("overview")
            self.window.key("ctrl+n")
            self.dialog(TRIGGER)
            self.choose("Job", "Gas top-up", TRIGGER)
            self.focus_out_of_sight()
            self.type(wallet)
            self.window.key("Return")
            self.wait_enabled(TRIGGER, TRIGGER)
            # The line is empty again: Enter is for the dialog.
            self.window.key("Return")
            self.closed(TRIGGER)
            self.says("Gas top-up queued for 1 wallet")
            self.window.wait(lambda: self.jobs() == [("gas-topup", "completed")],
                             "the end of the job")

    def test_retry(self):
        row = self.fail_job(retry_count=3)
        with Workers(self.site, queues=[QUEUE], fast=True):
            self.open("jobs")
            self.table("Jobs").wait_total("1 job")
            # What is in the table is not in the tree.
            self.focus_out_of_sight()
            self.window.key("space")
            self.says("1 selected")
            self.window.key("Menu")
            self.window.find("menu item", "Retry…")
            self.window.key("Return")
            self.dialog(RETRY)
            self.says("All its retries are used.*")
            self.focus("check box", "Reset retry count", RETRY)
            self.window.key("space")
            self.wait_enabled(RETRY, RETRY)
            self.window.key("alt+r")
            self.closed(RETRY)
            self.says("1 job is retried")
            self.window.wait(lambda: self.jobs("status", f"id = '{row}'") == [("completed",)],
                             "the end of the job")


if __name__ == "__main__":
    harness.main()
