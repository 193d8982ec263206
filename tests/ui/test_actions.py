#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an admin does with the window: trigger, flag, copy; against real workers."""

import csv
import io
import json
import re
from decimal import Decimal

import window as harness
from actions_case import QUEUE, ActionsCase
from fixtures.site import OWNER
from fixtures.workers import Workers

TRIGGER = "Trigger Job"
QUIT = "Quit When It Is Done?"


class Trigger(ActionsCase):
    """The "Trigger Job" dialog."""

    def open_for(self, wallets, count=1, item="Trigger Gas Top-up…"):
        """Opens the dialog for the first COUNT wallets of the table."""
        self.open("wallets")
        table = self.table("Wallets")
        table.wait_total(f"{len(wallets)} wallet{'s' if len(wallets) > 1 else ''}")
        self.select(table, 0, count)
        self.choose_from_menu(item)
        return self.dialog(TRIGGER)

    def test_is_seen_running_to_its_end(self):
        wallets = self.add_wallets(3)
        with Workers(self.site, queues=[QUEUE], hold=True) as workers:
            dialog = self.open_for(wallets)
            self.window.find("label", wallets[0], within=("dialog", TRIGGER))
            self.window.find("label", f"tron, user {OWNER}", within=("dialog", TRIGGER))
            self.window.find("label", "12.5", within=("dialog", TRIGGER))
            self.assertIsNotNone(dialog)
            self.window.screenshot("trigger")
            self.go(TRIGGER)
            self.closed(TRIGGER)
            self.says("Gas top-up queued for 1 wallet")
            self.window.click("push button", re.compile("(Show )?Show"))
            self.window.wait(lambda: self.window.title() == "Job", "the job")
            self.says("Active")
            workers.release()
            self.says("Completed")
        self.assertEqual(self.jobs("job_type, status, wallet_address, triggered_by, "
                                   "(data ->> 'priority')::int"),
                         [("gas-topup", "completed", wallets[0], "manual", 5)])

    def test_a_second_one_only_for_those_ticked(self):
        wallets = self.add_wallets(3)
        for wallet in wallets[:2]:
            self.add_job_under_way(wallet)
        self.add_job_under_way(wallets[2], job_type="sync")
        self.open_for(wallets, count=3)
        self.says("Gas top-up, active, 4. s ago")
        self.says(".*2 have this job under way and are left out.*")
        self.button("Trigger Job", TRIGGER)
        self.window.screenshot("trigger-duplicate")
        ticks = self.window.tree().find("dialog", TRIGGER).all("check box", "Queue a second one")
        self.assertEqual(len(ticks), 2)
        self.focus("check box", "Queue a second one", TRIGGER)
        self.window.key("space")
        self.go(TRIGGER, "Trigger 2 Jobs")
        self.closed(TRIGGER)
        self.says("Gas top-up queued for 2 wallets")
        self.assertEqual(sorted(self.jobs("wallet_address", "status = 'pending'")),
                         sorted([(wallets[0],), (wallets[2],)]))
        self.assertEqual(len(self.waiting()), 2)

    def test_one_under_way_cannot_be_pressed(self):
        wallets = self.add_wallets(1)
        row = self.add_job_under_way(wallets[0])
        self.open_for(wallets)
        self.says("Gas top-up, active, .*")
        self.wait_enabled(TRIGGER, TRIGGER, enabled=False)
        # Another job is another question, and one that ends is none any more.
        self.choose("Job", "Balance sync", TRIGGER)
        self.wait_enabled(TRIGGER, TRIGGER)
        self.choose("Job", "Gas top-up", TRIGGER, key="Up")
        self.wait_enabled(TRIGGER, TRIGGER, enabled=False)
        self.site.sql("UPDATE job_logs SET status = 'completed' WHERE id = %s", row)
        self.wait_enabled(TRIGGER, TRIGGER)
        self.assertEqual(self.jobs(), [("gas-topup", "completed")])
        self.site.sql("UPDATE job_logs SET status = 'active' WHERE id = %s", row)
        self.wait_enabled(TRIGGER, TRIGGER, enabled=False)
        self.button("Show", TRIGGER).click()
        self.window.wait(lambda: self.window.title() == "Job", "the job in the way")

    def test_addresses_are_typed(self):
        wallets = self.add_wallets(3)
        self.open("jobs")
        self.window.key("ctrl+n")
        self.dialog(TRIGGER)
        self.window.screenshot("trigger-empty")
        self.wait_enabled(TRIGGER, TRIGGER, enabled=False)
        self.choose("Job", "Consolidation", TRIGGER)
        self.choose("Priority", "High", TRIGGER)
        self.focus_out_of_sight()
        self.type(f"{wallets[0]}, {wallets[1]};{wallets[0]} Tnobody {wallets[2]}")
        self.window.key("Return")
        self.says(".*4 wallets: all on tron. 1 is not in the database and is left out.*")
        # One that was not meant is taken off; what is said and done is about the rest.
        self.button("Trigger 3 Jobs", TRIGGER)
        self.button(f"Remove {wallets[2]}", TRIGGER).click()
        self.says(".*3 wallets: all on tron. 1 is not in the database and is left out.*")
        self.window.screenshot("trigger-typed")
        self.go(TRIGGER, "Trigger 2 Jobs")
        self.closed(TRIGGER)
        self.assertEqual(sorted(self.jobs("job_type, wallet_address, (data ->> 'priority')::int")),
                         sorted(("consolidation", wallet, 10) for wallet in wallets[:2]))

    def test_pressed_twice_sends_once(self):
        wallets = self.add_wallets(1)
        self.open_for(wallets)
        self.wait_enabled(TRIGGER, TRIGGER)
        button = self.button(TRIGGER, TRIGGER)
        x, y, width, height = button.extents()
        self.window._xdotool("mousemove", x + width // 2, y + height // 2,
                             "click", "--repeat", 2, "--delay", 5, 1)
        self.closed(TRIGGER)
        self.says("Gas top-up queued for 1 wallet")
        self.window.key("F5")
        self.assertEqual(self.jobs(), [("gas-topup", "pending")])
        self.assertEqual(len(self.waiting()), 1)

    def test_nothing_written_can_be_tried_again(self):
        wallets = self.add_wallets(2)
        self.open_for(wallets, count=2)
        self.wait_enabled("Trigger 2 Jobs", TRIGGER)
        redis = self.site.redis.client()
        redis.zadd(f"bull:{QUEUE}:priority", {"x": 1})
        self.go(TRIGGER, "Trigger 2 Jobs")
        self.says("Nothing was written.")
        self.says(".*gas-topup.*read-only for this program.*")
        self.window.screenshot("trigger-failed")
        self.assertEqual(self.jobs(), [])
        redis.delete(f"bull:{QUEUE}:priority")
        self.go(TRIGGER, "Trigger 2 Jobs")
        self.closed(TRIGGER)
        self.assertEqual(len(self.waiting()), 2)

    def test_raced_by_another(self):
        """What came between the look and the press is refused by the database, and said."""
        wallets = self.add_wallets(2)
        self.open_for(wallets, count=2)
        self.wait_enabled("Trigger 2 Jobs", TRIGGER)
        other = self.site.postgres.connect()
        self.addCleanup(other.close)
        other.autocommit = False
        with other, other.cursor() as cursor:
            # Not to be seen before the press, and then in time.
            cursor.execute("SELECT FROM user_wallets WHERE address = %s FOR UPDATE", (wallets[0],))
            cursor.execute("INSERT INTO job_logs (job_id, job_type, status, wallet_address, "
                           "created_at) VALUES (gen_random_uuid(), 'gas-topup', 'active', %s, "
                           "now() - interval '40 seconds')", (wallets[0],))
            self.button("Trigger 2 Jobs", TRIGGER).click()
            self.window.wait(lambda: self.site.sql("SELECT 1 FROM pg_stat_activity "
                                                   "WHERE wait_event_type = 'Lock'"),
                             "dispatch that waits for the wallet")
        self.says(".*1 is queued.*")
        self.says("Gas top-up, active, 4. s ago")
        self.window.screenshot("trigger-partly")
        self.assertEqual(self.jobs("wallet_address", "status = 'pending'"), [(wallets[1],)])
        # What was done is done: the button is about the rest, and that is under way.
        self.wait_enabled(TRIGGER, TRIGGER, enabled=False)
        # Nor does it tell of another kind of job at the end.
        kind = self.window.find("combo box", re.compile("(Job )?Job"), within=("dialog", TRIGGER))
        self.assertFalse(kind.has("sensitive"))
        self.window.key("Escape")
        self.closed(TRIGGER)
        self.says("Gas top-up queued for 1 wallet")


class Flags(ActionsCase):
    """Flags, their undo, and what is copied."""

    def flags(self):
        return dict(self.site.sql("SELECT address, needs_gas FROM user_wallets"))

    def test_undo_restores_what_still_is_ours(self):
        wallets = self.add_wallets(4)
        before = dict(zip(wallets, [True, False, None, False]))
        for wallet, value in before.items():
            self.site.sql("UPDATE user_wallets SET needs_gas = %s WHERE address = %s", value,
                          wallet)
        self.open("wallets")
        table = self.table("Wallets")
        table.wait_total("4 wallets")
        self.select(table, 0, 3)
        self.choose_from_menu("Set “Needs Gas”")
        self.says("Set “needs gas” on 2 wallets; 1 had it already")
        # The selection is still there, and can still be acted upon.
        toast = self.window.find("push button", re.compile("(_Undo )?Undo"))
        bar = self.window.find("label", "3 selected")
        self.window.wait(lambda: sum(toast.extents()[1::2]) <= bar.extents()[1] - 6,
                         "a toast above the bar")
        self.window.screenshot("flags")
        self.assertEqual(self.flags(), {**before, wallets[1]: True, wallets[2]: True})
        audit = self.site.sql("SELECT target_id, before ->> 'needs_gas', after ->> 'needs_gas' "
                              "FROM worker_dashboard.audit WHERE action = 'set-flags' ORDER BY 1")
        self.assertEqual(audit, sorted([(wallets[1], "false", "true"), (wallets[2], None, "true")]))
        self.site.sql("UPDATE user_wallets SET needs_gas = false WHERE address = %s", wallets[2])
        self.window.click("push button", re.compile("(_Undo )?Undo"))
        self.says("“needs gas” is as before on 1 wallet")
        self.says("1 Wallet Was Left as It Is")
        self.says(f"{wallets[2]}: Somebody changed it since: it was left as it is now.*")
        self.assertEqual(self.flags(), {**before, wallets[2]: False})

    def test_many_can_be_stopped(self):
        """Part after part: what was done stands, and can be taken back."""
        self.add_wallets(250)
        self.site.sql("CREATE FUNCTION wait () RETURNS trigger LANGUAGE plpgsql AS "
                      "$$ BEGIN WHILE EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' "
                      "AND objid = 7) LOOP PERFORM pg_sleep (0.05); END LOOP; RETURN new; END $$")
        self.site.sql("CREATE TRIGGER wait BEFORE UPDATE ON user_wallets FOR EACH ROW "
                      "WHEN (new.address >= 'T200') EXECUTE FUNCTION wait ()")
        other = self.site.postgres.connect()
        self.addCleanup(other.close)
        other.cursor().execute("SELECT pg_advisory_lock (7)")
        self.open("wallets")
        table = self.table("Wallets")
        table.wait_total("250 wallets")
        self.begin_with_all(table)
        # The statement that waits is given 15 s; a bulk run's row is walked by key elsewhere.
        self.window.screenshot("flags-progress", keyboard=False)
        self.window.click("push button", re.compile("(_Stop )?Stop"))
        self.says("Set “needs gas” on 200 wallets")
        self.assertEqual(sum(map(bool, self.flags().values())), 200)
        self.window.click("push button", re.compile("(_Undo )?Undo"))
        self.says("“needs gas” is as before on 200 wallets")
        self.assertEqual(sum(map(bool, self.flags().values())), 0)
        self.quit_amid_it(other)

    def begin_with_all(self, table):
        table.press(0)
        self.window.key("ctrl+a")
        self.says("^250 selected$")
        self.choose_from_menu("Set “Needs Gas”")
        self.says("200 of 250 wallets…")

    def quit_amid_it(self, other):
        """What was ordered is done to its end, without a window."""
        self.begin_with_all(self.table("Wallets"))
        self.window.key("ctrl+q")
        self.dialog(QUIT)
        self.window.screenshot("flags-quit", keyboard=False)
        self.button("Quit When Done", QUIT).click()
        self.window.wait(lambda: self.window.tree().find("frame") is None, "end of the windows")
        self.assertIsNone(self.window.process.poll())
        other.cursor().execute("SELECT pg_advisory_unlock (7)")
        self.assertEqual(self.window.process.wait(harness.SECONDS), 0)
        self.assertEqual(sum(map(bool, self.flags().values())), 250)

    def test_null_comes_back(self):
        [wallet] = self.add_wallets(1, needs_consolidation=None)
        self.open("wallets")
        table = self.table("Wallets")
        table.wait_total("1 wallet")
        self.select(table, 0)
        self.choose_from_menu("Clear “Needs Consolidation”")
        self.says("Cleared “needs consolidation” on 1 wallet")
        query = "SELECT needs_consolidation FROM user_wallets WHERE address = %s"
        self.assertEqual(self.site.sql(query, wallet), [(False,)])
        self.window.click("push button", re.compile("(_Undo )?Undo"))
        self.says("“needs consolidation” is as before on 1 wallet")
        self.assertEqual(self.site.sql(query, wallet), [(None,)])

    def test_selection_is_of_wallets_not_places(self):
        wallets = self.add_wallets(3)
        self.open("wallets")
        table = self.table("Wallets")
        table.wait_total("3 wallets")
        self.select(table, 1)
        self.site.sql("INSERT INTO user_wallets (user_id, address, balance, network, created_at) "
                      "SELECT %s, 'Tnew' || i, 1, 'tron', now() + interval '1 s' "
                      "FROM generate_series(1, 5) i", OWNER)
        self.window.wait(lambda: len(table.rows()) == 8, "the new wallets")
        self.says("1 selected")
        self.choose_from_menu("Copy Addresses")
        self.assertEqual(self.clipboard(), wallets[1])

    def test_copy(self):
        [wallet] = self.add_wallets(1, needs_gas=True)
        self.open("wallets")
        table = self.table("Wallets")
        table.wait_total("1 wallet")
        self.select(table, 0)
        self.choose_from_menu("Copy as JSON")
        document = json.loads(self.clipboard())
        self.assertEqual((document["address"], Decimal(document["balance"])),
                         (wallet, Decimal("12.5")))
        self.window.key("ctrl+a", "Delete")
        table.wait_total("1 wallet")
        self.select(table, 0)
        self.window.key("ctrl+shift+c")
        [row] = csv.DictReader(io.StringIO(self.clipboard()))
        self.assertEqual((row["address"], Decimal(row["balance"]), row["needs_gas"]),
                         (wallet, Decimal("12.5"), "true"))

    def test_all_and_none(self):
        self.add_wallets(3)
        self.open("wallets")
        table = self.table("Wallets")
        table.wait_total("3 wallets")
        table.press(0)
        self.window.key("ctrl+a")
        self.says("3 selected")
        self.window.key("Escape")
        self.window.wait_gone("label", re.compile(".* selected"))


if __name__ == "__main__":
    harness.main()
