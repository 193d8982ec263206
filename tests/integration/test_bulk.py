#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bulk retries: frozen at the preview, run in slices, and gone on with after anything."""

import collections
import json
import signal
import unittest

from bulk_case import JOBS, BulkCase


NOWHERE = "7f9c24e8-3b12-4a1f-9d5e-2c6b8a0f1e3d"


class Bulk(BulkCase):
    def test_frozen(self):
        """Rows that match later are not touched, rows that changed since are refused."""
        ids = self.site.add_failed_jobs(20)
        self.site.add_failed_jobs(3, job_type="consolidation")
        frozen = self.freeze("--type=gas-topup")
        self.assertEqual((frozen["state"], frozen["total"], frozen["done"]), ("frozen", 20, 0))
        self.assertEqual(frozen["counts"], [
            {"job_type": "gas-topup", "network": None, "n": 20}])
        self.assertEqual(frozen["forecast"], [])
        self.assertEqual((self.queued(), self.site.outbox()), ([], []))
        later = self.site.add_failed_jobs(5)
        self.site.sql("UPDATE job_logs SET status = 'completed' WHERE id = %s", ids[0])
        self.site.sql("UPDATE job_logs SET retry_count = 2 WHERE id = %s", ids[1])
        self.site.sql("DELETE FROM job_logs WHERE id = %s", ids[2])
        done = self.ask("bulk", "run", frozen["id"])
        self.assertEqual((done["state"], done["done"], done["refused_count"], done["left"]),
                         ("done", 17, 3, 0))
        reasons = {refusal["id"]: refusal["error"] for refusal in done["refused"]}
        self.assertEqual(set(reasons), set(ids[:3]))
        self.assertIn("changed since the preview: now it is completed", reasons[ids[0]])
        self.assertIn("changed since the preview", reasons[ids[1]])
        self.assertIn("not found", reasons[ids[2]])
        self.assertEqual(self.queued(), sorted(ids[3:]))
        self.assertEqual({self.row(row)[0] for row in later}, {"failed"})
        self.assertEqual(self.ask("bulk", "show", frozen["id"]), done)
        again = self.ask("bulk", "run", frozen["id"], status=4)
        self.assertEqual((again["code"], again["error"]),
                         ("refused", "This bulk run is done already: 17 of 20 done, 3 refused"))
        paused = self.site.wdctl("bulk", "pause", frozen["id"])
        self.assertEqual((paused.status, paused.document), (0, done))
        self.assertIn(again["error"], paused.err)
        self.assertEqual(self.ask("bulk", "list")["runs"][0]["id"], frozen["id"])

    def test_changed_at_the_last_moment(self):
        """Also what failed once more between the look at it and the promise; a retry count that a
        site left empty is none that changed."""
        ids = self.site.add_failed_jobs(3)
        self.site.sql("UPDATE job_logs SET retry_count = NULL WHERE id <> %s", ids[0])
        run = self.freeze()["id"]
        process = self.site.wdctl_stopped_at("retry:begin:1", "bulk", "run", run)
        self.addCleanup(self.end, process)
        for row in ids[:2]:
            self.site.sql("UPDATE job_logs SET retry_count = 2 WHERE id = %s", row)
        done = self.site.go_on(process).document
        self.assertEqual({line["id"] for line in done["refused"]}, set(ids[:2]))
        self.assertIn("or has failed again", done["refused"][0]["error"])
        self.assertEqual((done["done"], self.queued()), (1, ids[2:]))

    def test_exhausted(self):
        ids = self.site.add_failed_jobs(4)
        self.site.sql("UPDATE job_logs SET retry_count = 3 WHERE id = ANY (%s::uuid[])", ids[:3])
        frozen = self.freeze()
        self.assertEqual(frozen["forecast"], [
            {"code": "retries-exhausted", "reason": "The retries are used up", "n": 3}])
        done = self.ask("bulk", "run", frozen["id"])
        self.assertEqual((done["done"], done["refused_count"]), (1, 3))
        self.assertIn("Maximum retries exceeded", done["refused"][0]["error"])
        done = self.ask("bulk", "run", self.freeze("--reset")["id"])
        self.assertEqual((done["done"], done["refused_count"]), (3, 0))
        self.assertEqual(self.queued(), sorted(ids))

    def test_named_jobs(self):
        """A selection: what is not there or not failed is known at the preview, and refused."""
        ids = self.site.add_failed_jobs(4)
        other = self.site.add_failed_jobs(1)[0]
        self.site.sql("UPDATE job_logs SET status = 'active' WHERE id = %s", ids[0])
        self.site.sql("UPDATE job_logs SET retry_count = 3 WHERE id = %s", ids[1])
        # Another row's job_id is no row.
        self.site.sql("UPDATE job_logs SET job_id = %s WHERE id = %s", NOWHERE, other)
        frozen = self.freeze(*ids, ids[3], NOWHERE)
        self.assertEqual(frozen["total"], 5)
        self.assertEqual({line["code"]: line["n"] for line in frozen["forecast"]},
                         {"not-found": 1, "not-failed": 1, "retries-exhausted": 1})
        done = self.ask("bulk", "run", frozen["id"])
        self.assertEqual((done["done"], done["refused_count"]), (2, 3))
        self.assertEqual({refusal["id"] for refusal in done["refused"]}, {ids[0], ids[1], NOWHERE})
        self.assertEqual(self.queued(), sorted(ids[2:]))
        self.assertEqual(self.row(other)[0], "failed")
        self.ask("bulk", "retry", "x", status=2)
        self.ask("bulk", "retry", ids[2], "--type=sync", status=2)

    def test_unknown(self):
        for run in ("x", NOWHERE):
            self.ask("bulk", "run", run, status=3)
            self.ask("bulk", "show", run, status=3)
        empty = self.freeze()
        self.assertEqual(self.ask("bulk", "run", empty["id"])["state"], "done")
        self.ask("bulk", "retry", "--status=completed", status=2)
        for command in (["bulk", "retry"], ["jobs", "retry", "--all-failed"]):
            for option, text in (("--filter", " "), ("--search", "")):
                self.assertIn(f"{option} is empty",
                              self.ask(*command, option, text, status=2)["error"])

    def test_dispatch(self):
        """Wallets that changed since the preview are refused; those that match later are not
        touched."""
        wallets = sorted(self.site.add_wallets(20))
        self.site.sql("UPDATE user_wallets SET needs_gas = TRUE, network = CASE WHEN address = %s "
                      "THEN 'ethereum' ELSE 'tron' END", wallets[9])
        busy = self.ask("dispatch", "gas-topup", "--wallet", wallets[0])["jobs"][0]["id"]
        frozen = self.dispatch("--needs-gas=true", "--priority=high")
        self.assertEqual((frozen["operation"], frozen["job_type"], frozen["priority"],
                          frozen["force"], frozen["total"]),
                         ("dispatch", "gas-topup", 10, False, 20))
        self.assertEqual(frozen["counts"], [
            {"job_type": "gas-topup", "network": "tron", "n": 19},
            {"job_type": "gas-topup", "network": "ethereum", "n": 1}])
        self.assertEqual([(line["code"], line["n"]) for line in frozen["forecast"]],
                         [("duplicate", 1)])
        self.assertEqual(self.queued(), [busy])
        self.site.add_wallets(3, start="LATER")
        self.site.sql("UPDATE user_wallets SET needs_gas = TRUE WHERE address LIKE 'LATER%%'")
        self.site.sql("DELETE FROM user_wallets WHERE address = %s", wallets[1])
        self.site.sql("UPDATE user_wallets SET needs_gas = FALSE WHERE address = %s", wallets[2])
        self.site.sql("UPDATE user_wallets SET network = 'bsc' WHERE address = %s", wallets[3])
        self.ask("dispatch", "gas-topup", "--wallet", wallets[4])
        self.site.sql("UPDATE job_logs SET status = 'completed' WHERE wallet_address = %s",
                      wallets[4])
        self.site.sql("UPDATE user_wallets SET balance = 5, needs_consolidation = TRUE "
                      "WHERE address = %s", wallets[5])
        done = self.ask("bulk", "run", frozen["id"])
        self.assertEqual((done["state"], done["done"], done["refused_count"]), ("done", 15, 5))
        reasons = {line["wallet_address"]: line["error"] for line in done["refused"]}
        self.assertEqual(sorted(reasons), wallets[:5])
        self.assertIn("is already pending", reasons[wallets[0]])
        self.assertIn("not found", reasons[wallets[1]])
        for wallet in wallets[2:4]:
            self.assertEqual(reasons[wallet], "The wallet changed since the preview")
        self.assertIn("was made for this wallet since", reasons[wallets[4]])
        rows = self.site.sql("SELECT wallet_address, id::text, data->>'priority' FROM job_logs "
                             "WHERE wallet_address = ANY (%s) ORDER BY 1", wallets[5:])
        self.assertEqual([row[0] for row in rows], wallets[5:])
        self.assertEqual({row[2] for row in rows}, {"10"})
        self.assertEqual(set(self.queued()), {busy} | {row[1] for row in rows} | {
            self.site.sql("SELECT id::text FROM job_logs WHERE wallet_address = %s",
                          wallets[4])[0][0]})
        self.assertEqual(self.site.sql("SELECT count(*) FROM worker_dashboard.audit WHERE action "
                                       "= 'dispatch' AND target_id = ANY (%s)",
                                       [row[1] for row in rows]), [(15,)])

    def test_dispatch_to_a_strange_queue(self):
        self.site.add_wallets(2)
        self.forbid_layout()
        answer = self.ask("bulk", "dispatch", "gas-topup", "--all", status=4)
        self.allow_layout()
        self.assertIn("is read-only for this program", answer["error"])
        self.assertEqual(self.ask("bulk", "list")["runs"], [])

    def test_dispatch_after_others(self):
        """What was under way at the preview, or not to be seen by it, and is done by now, may have
        paid already."""
        wallets = sorted(self.site.add_wallets(3))
        self.ask("dispatch", "gas-topup", "--wallet", wallets[0])
        self.site.sql("UPDATE job_logs SET created_at = now() - interval '2 hours'")
        with self.site.postgres.connect() as unseen:
            unseen.autocommit = False
            unseen.cursor().execute("INSERT INTO job_logs (job_id, job_type, wallet_address) "
                                    "VALUES ('unseen', 'gas-topup', %s)", (wallets[1],))
            frozen = self.dispatch("--all")
            unseen.commit()
        self.assertEqual([line["n"] for line in frozen["forecast"]], [1])
        self.site.sql("UPDATE job_logs SET status = 'completed', completed_at = now()")
        done = self.ask("bulk", "run", frozen["id"])
        self.assertEqual([line["wallet_address"] for line in done["refused"]], wallets[:2])
        self.assertIn("or has ended since", done["refused"][0]["error"])
        self.assertEqual(self.site.sql("SELECT wallet_address FROM job_logs WHERE status = "
                                       "'pending'"), [(wallets[2],)])

    def test_dispatch_force(self):
        wallets = self.site.add_wallets(2)
        for wallet in wallets:
            self.ask("dispatch", "gas-topup", "--wallet", wallet)
        self.site.sql("UPDATE job_logs SET created_at = now() - interval '1 hour'")
        named = [f"--wallet={wallet}" for wallet in [*wallets, "NOBODY"]]
        frozen = self.dispatch(*named)
        self.assertEqual({line["code"]: line["n"] for line in frozen["forecast"]},
                         {"duplicate": 2, "not-found": 1})
        done = self.ask("bulk", "run", frozen["id"])
        self.assertEqual((done["done"], done["refused_count"]), (0, 3))
        frozen = self.dispatch("--force", *named)
        self.assertEqual(frozen["forecast"], [])
        self.assertEqual(self.ask("bulk", "run", frozen["id"])["done"], 3)
        self.assertEqual(len(self.queued()), 5)
        for arguments in ([], ["--all", "--network=tron"], ["--wallet=W", "--all"]):
            self.ask("bulk", "dispatch", "gas-topup", *arguments, status=2)
        self.ask("bulk", "dispatch", "deposit-detection", "--all", status=2)

    def test_flags(self):
        wallets = sorted(self.site.add_wallets(6))
        self.site.sql("UPDATE user_wallets SET needs_gas = address = %s", wallets[5])
        frozen = self.ask("bulk", "set-flags", "--set-needs-gas=true", "--all")
        self.assertEqual((frozen["operation"], frozen["needs_gas"], frozen["needs_consolidation"],
                          frozen["total"]), ("set-flags", True, None, 6))
        self.site.sql("UPDATE user_wallets SET needs_gas = TRUE WHERE address = %s", wallets[0])
        self.site.sql("DELETE FROM user_wallets WHERE address = %s", wallets[1])
        self.site.sql("UPDATE user_wallets SET needs_consolidation = TRUE WHERE address = %s",
                      wallets[2])
        done = self.ask("bulk", "run", frozen["id"])
        self.assertEqual((done["state"], done["done"], done["refused_count"]), ("done", 4, 2))
        reasons = {line["wallet_address"]: line["error"] for line in done["refused"]}
        self.assertIn("changed it since", reasons[wallets[0]])
        self.assertIn("not found", reasons[wallets[1]])
        self.assertEqual(self.site.sql("SELECT bool_and (needs_gas) FROM user_wallets"), [(True,)])
        trail = self.site.sql("SELECT target_id, before->>'needs_gas', after->>'needs_gas' "
                              "FROM worker_dashboard.audit WHERE action = 'set-flags' "
                              "AND target_id = ANY (%s) ORDER BY 1", wallets)
        self.assertEqual(trail, [(wallet, "false", "true") for wallet in wallets[2:5]])
        self.ask("bulk", "set-flags", "--all", status=2)
        self.assertIn("There is no undo", self.text("bulk", "set-flags", "--all",
                                                    "--set-needs-gas=false")[2])

    def test_flags_of_a_table_in_parts(self):
        """Rows of two parts of a table may have the same place: only those asked for are set."""
        self.site.sql("TRUNCATE user_wallets CASCADE")
        self.site.sql("CREATE TABLE more_wallets () INHERITS (user_wallets)")
        try:
            asked = self.site.add_wallets(1)[0]
            self.site.sql("INSERT INTO more_wallets (user_id, address) VALUES (%s, 'OTHER')",
                          NOWHERE)
            self.assertEqual(self.site.sql("SELECT count(DISTINCT ctid) FROM user_wallets"),
                             [(1,)])
            run = self.ask("bulk", "set-flags", "--set-needs-gas=true", "--wallet", asked)["id"]
            self.assertEqual(self.ask("bulk", "run", run)["done"], 1)
            self.assertEqual(self.site.sql("SELECT address, needs_gas FROM user_wallets "
                                           "ORDER BY needs_gas"),
                             [("OTHER", False), (asked, True)])
        finally:
            self.site.sql("DROP TABLE more_wallets")

    def test_discarded(self):
        """Nobody goes on with it, and its report stays."""
        ids = self.site.add_failed_jobs(3)
        run = self.freeze()["id"]
        for _again in range(2):
            self.assertEqual(self.ask("bulk", "discard", run)["state"], "discarded")
        answer = self.ask("bulk", "run", run, status=4)
        self.assertIn("was discarded", answer["error"])
        self.assertEqual(self.queued(), [])
        run = self.freeze()["id"]
        process = self.site.wdctl_stopped_at("bulk:begin:1", "bulk", "run", run)
        self.addCleanup(self.end, process)
        self.assertEqual(self.ask("bulk", "discard", run, status=1)["code"], "busy")
        self.assertTrue(self.ask("bulk", "show", run)["is_running"])
        self.assertEqual(self.site.go_on(process).document["state"], "done")
        self.assertEqual(self.ask("bulk", "discard", run, status=4)["code"], "refused")
        self.assertEqual(self.queued(), sorted(ids))

    def test_report(self):
        """Every item, also past the refusals that are told one by one."""
        ids = self.site.add_failed_jobs(1100)
        self.site.sql("UPDATE job_logs SET retry_count = 3 WHERE id <> %s", ids[0])
        run = self.freeze()["id"]
        done = self.ask("bulk", "run", run)
        self.assertEqual((done["refused_count"], len(done["refused"])), (1099, 1000))
        status, out, err = self.text("bulk", "show", run)
        self.assertEqual(status, 0)
        self.assertIn("the first 1000 of 1099", err)
        status, out, err = self.text("bulk", "report", run, "--format=jsonl")
        self.assertEqual((status, err), (0, ""))
        lines = [json.loads(line) for line in out.splitlines()]
        self.assertEqual([line["n"] for line in lines], list(range(1, 1101)))
        self.assertEqual({line["job_log_id"] for line in lines}, set(ids))
        self.assertEqual(collections.Counter(line["result"] for line in lines),
                         {"done": 1, "refused": 1099})
        status, out, err = self.text("bulk", "report", run)
        self.assertEqual(out.splitlines()[0], ",".join(lines[0]))
        self.assertEqual(len(out.splitlines()), 1101)
        self.assertEqual(self.text("bulk", "report", NOWHERE)[0], 3)

    def test_taken_back(self):
        """What its queue refuses after the promise is refused, also when that is found out by
        whoever comes next."""
        for dispatched in (False, True):
            with self.subTest(dispatched):
                self.setUp()
                if dispatched:
                    wallets = self.site.add_wallets(2)
                    run = self.dispatch("--all")["id"]
                else:
                    self.site.add_failed_jobs(2)
                    run = self.freeze()["id"]
                process = self.site.wdctl_stopped_at("delivery:before-send:1", "bulk", "run", run)
                self.forbid_layout()
                process.kill()
                process.communicate()
                self.assertEqual(self.ask("bulk", "show", run)["done"], 2)
                self.site.wdctl("outbox", "send")
                self.allow_layout()
                told = self.ask("bulk", "show", run)
                self.assertEqual((told["done"], told["refused_count"], len(told["refused"])),
                                 (0, 2, 2), told)
                self.grow_old()
                done = self.ask("bulk", "run", run)
                self.assertEqual((done["state"], done["done"], done["refused_count"]),
                                 ("done", 0, 2))
                self.assertEqual((self.queued(), self.site.outbox()), ([], []))
                if dispatched:
                    self.assertEqual({wallet for wallet, in self.site.sql(
                        "SELECT wallet_address FROM job_logs WHERE status = 'failed'")},
                        set(wallets))

    def test_paused(self):
        """A cancel is heeded between two slices; then anybody may go on at once."""
        ids = self.site.add_failed_jobs(JOBS)
        run = self.freeze()["id"]
        process = self.site.wdctl_stopped_at("bulk:slice:1", "bulk", "run", run)
        process.send_signal(signal.SIGINT)
        answer = self.site.go_on(process)
        self.assertEqual(answer.status, 1, answer)
        self.assertIn(f"go on with “wdctl bulk run {run}”", answer.document["error"])
        paused = self.ask("bulk", "show", run)
        self.assertEqual((paused["state"], paused["done"], paused["left"]),
                         ("paused", 500, JOBS - 500))
        self.assertEqual(self.site.sql(
            "SELECT action, os_user IS NULL FROM worker_dashboard.audit WHERE target_type = 'bulk' "
            "AND target_id = %s ORDER BY id", run), [("run-bulk", False), ("stop-bulk", False)])
        self.assertEqual(self.ask("bulk", "run", run)["done"], JOBS)
        self.assertEqual(self.added(), {row: 1 for row in ids})

    def test_redis_goes_away(self):
        ids = self.site.add_failed_jobs(JOBS)
        run = self.freeze()["id"]
        process = self.site.wdctl_stopped_at("bulk:slice:1", "bulk", "run", run)
        self.site.redis.stop()
        self.assertEqual(self.site.go_on(process).status, 5)
        self.assertEqual(self.ask("bulk", "show", run)["state"], "paused")
        self.site.redis.start()
        self.assertEqual(self.ask("bulk", "run", run)["done"], JOBS)
        self.assertEqual({self.row(row)[0] for row in ids[:3] + ids[-3:]}, {"pending"})

    def test_redis_takes_nothing(self):
        """One that answers but may not be written to: nothing is promised."""
        self.site.add_failed_jobs(3)
        run = self.freeze()["id"]
        self.redis.config_set("min-replicas-to-write", 1)
        answer = self.site.wdctl("bulk", "run", run)
        self.redis.config_set("min-replicas-to-write", 0)
        self.assertIn(f"go on with “wdctl bulk run {run}”", answer.document["error"])
        self.assertEqual(self.site.outbox(), [])
        self.assertEqual(self.ask("bulk", "run", run)["done"], 3)

    def flush_before_delivery(self, n_jobs):
        self.setUp()
        ids = self.site.add_failed_jobs(n_jobs)
        run = self.freeze()["id"]
        process = self.site.wdctl_stopped_at("deliver:begin:1", "bulk", "run", run)
        self.redis.flushall()
        answer = self.site.go_on(process)
        self.assertEqual(answer.status, 5, answer)
        told = self.ask("bulk", "show", run)
        self.assertIn("Do not dispatch them again", told["last_error"])
        self.assertEqual(told["undelivered"], len(self.site.outbox()))
        self.assertIn("of them are promised", self.text("bulk", "show", run)[2])
        return ids, answer.document["error"], told

    def test_redis_is_flushed(self):
        """What cannot be delivered pauses a run; where nothing is left it is said all the same."""
        _ids, error, told = self.flush_before_delivery(3)
        self.assertNotIn("go on with", error)
        self.assertEqual((told["state"], told["done"], told["undelivered"]), ("done", 3, 3))
        self.assertEqual(self.queued(), [])
        ids, error, told = self.flush_before_delivery(3 * JOBS)
        self.assertIn(f"go on with “wdctl bulk run {told['id']}”", error)
        self.assertEqual(told["state"], "paused")
        self.assertIn((told["done"], told["undelivered"]), [(500, 500), (1000, 500), (1000, 1000)])
        done = self.ask("bulk", "run", told["id"])
        self.assertEqual((done["state"], done["done"]), ("done", len(ids)))
        self.assertEqual(len(self.queued()), len(ids) - told["undelivered"])
        self.ask("outbox", "send", *self.site.outbox())
        self.assertEqual(self.ask("bulk", "show", told["id"])["undelivered"], 0)
        self.assertEqual(self.queued(), sorted(ids))


if __name__ == "__main__":
    unittest.main(verbosity=2)
