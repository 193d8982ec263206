/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-doctor-private.h"

#include <glib/gi18n-lib.h>

#include "base/wd-format.h"

#define TABLES                                                                                   \
  "(SELECT c.oid, c.relname FROM pg_catalog.pg_class AS c"                                       \
  " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"                                 \
  " WHERE n.nspname = 'public' AND c.relname IN ('job_logs', 'user_wallets')) AS c"

/* An entry this young is being delivered by whoever made it. */
#define YOUNG "interval '10 seconds'"

void
wd_pg_doctor_check_delivery (WdPgDoctor *self)
{
  gboolean has_redis = self->profile->redis_url != NULL;
  g_autoptr (WdPgResult) result = NULL;
  const char *to_bullmq = "UPDATE worker_dashboard.setting SET value = 'bullmq'"
                          " WHERE key = 'delivery';";
  const char *delivery;

  if (!self->columns->schema)
    return;
  result = wd_pg_doctor_ask (self, "postgres-delivery",
                             "SELECT (SELECT value FROM worker_dashboard.setting"
                             " WHERE key = 'delivery')", NULL);
  if (result == NULL)
    return;
  delivery = wd_pg_result_text (result, 0, 0);
  if (delivery == NULL)
    wd_pg_doctor_add (self, "postgres-delivery", WD_CHECK_OK,
                      has_redis ? _("How jobs are delivered is not decided yet: the first dispatch "
                                    "makes it BullMQ")
                                : _("Not decided yet: the first dispatch decides that workers "
                                    "poll job_logs. If they take their jobs from BullMQ, add the "
                                    "address of Redis first."));
  else if (g_str_equal (delivery, "bullmq") && !has_redis)
    wd_pg_doctor_add (self, "postgres-delivery", WD_CHECK_ERROR,
                      _("Jobs of this database go through BullMQ, and this connection has no "
                        "Redis: nothing can be dispatched. Add the address of Redis (REDIS_URL)."));
  else if (g_str_equal (delivery, "poll") && has_redis)
    wd_pg_doctor_add_remedy (self, "postgres-delivery", WD_CHECK_WARNING, to_bullmq,
                             _("Workers of this database poll job_logs, so nothing is put into the "
                               "queues of this connection's Redis. Remove its address, or if they "
                               "take their jobs from BullMQ now: %s"), to_bullmq);
  else
    wd_pg_doctor_add (self, "postgres-delivery", WD_CHECK_OK,
                      has_redis ? _("Jobs go through BullMQ") : _("Workers poll job_logs"));
}

void
wd_pg_doctor_check_outbox (WdPgDoctor *self)
{
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *age = NULL;
  gint64 n_entries;

  if (!self->columns->schema)
    return;
  result = wd_pg_doctor_ask (self, "postgres-outbox",
                             "SELECT count(*), min(created_at), now() FROM worker_dashboard.outbox"
                             " WHERE created_at < now() - " YOUNG, NULL);
  if (result == NULL)
    return;
  n_entries = wd_pg_result_int (result, 0, 0);
  if (n_entries == 0)
    {
      wd_pg_doctor_add (self, "postgres-outbox", WD_CHECK_OK, _("Every job was delivered"));
      return;
    }
  age = wd_format_age (wd_pg_result_time (result, 0, 1), wd_pg_result_time (result, 0, 2));
  wd_pg_doctor_add (self, "postgres-outbox", WD_CHECK_WARNING,
                    ngettext ("%ld job is not delivered, from %s",
                              "%ld jobs are not delivered, the oldest from %s",
                              (gulong) n_entries), (glong) n_entries, age)->advice = WD_CHECK_SEND;
}

/* The triggers that count, where they are gone or switched off: what brings them back. */
static char *
find_trigger_remedy (WdPgDoctor *self)
{
  g_autoptr (WdPgResult) result = NULL;

  result = wd_pg_doctor_ask (
    self, "postgres-counts",
    "SELECT string_agg(remedy, ' ' ORDER BY remedy) FROM ("
    "SELECT format('ALTER TABLE public.%I ENABLE TRIGGER %I;', c.relname, g.tgname) AS remedy"
    " FROM " TABLES " JOIN pg_catalog.pg_trigger AS g ON g.tgrelid = c.oid"
    " WHERE g.tgname LIKE 'wd\\_count\\_%' AND g.tgenabled NOT IN ('O', 'A')"
    " UNION ALL SELECT format('SELECT worker_dashboard.attach_counting(%L);', c.relname)"
    " FROM " TABLES " WHERE 4 > (SELECT count(*) FROM pg_catalog.pg_trigger AS g"
    "  WHERE g.tgrelid = c.oid AND g.tgname LIKE 'wd\\_count\\_%')) AS part", NULL);
  return result != NULL ? g_strdup (wd_pg_result_is_null (result, 0, 0)
                                      ? "" : wd_pg_result_text (result, 0, 0)) : NULL;
}

static void
recount_all (WdPgDoctor *self)
{
  gboolean mend = !self->profile->read_only;
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 cells = 0, off_by = 0;
  WdPgOutcome outcome;

  wd_pg_params_bool (params, mend);
  if (wd_pg_connection_begin (self->connection, FALSE, 0, self->deadline, self->cancellable,
                              &error))
    {
      result = wd_pg_connection_query (
        self->connection, "SELECT sum(cells), sum(off_by) FROM worker_dashboard.recount($1)",
        params, self->deadline, self->cancellable, &error);
      if (result == NULL)
        wd_pg_connection_rollback (self->connection);
    }
  if (result == NULL
      || !wd_pg_connection_commit (self->connection, &outcome, self->deadline, self->cancellable,
                                   &error))
    {
      wd_pg_doctor_fail (self, "postgres-counts", error);
      return;
    }
  cells = wd_pg_result_int (result, 0, 0);
  off_by = wd_pg_result_int (result, 0, 1);
  if (cells == 0)
    wd_pg_doctor_add (self, "postgres-counts", WD_CHECK_OK,
                      _("Counted anew: every count is right"));
  else if (mend)
    wd_pg_doctor_add (self, "postgres-counts", WD_CHECK_WARNING,
                      _("Counted anew: %ld counts were off, by %ld in all, and were mended. Rows "
                        "were loaded with triggers disabled, or a trigger failed."),
                      (glong) cells, (glong) off_by);
  else
    wd_pg_doctor_add (self, "postgres-counts", WD_CHECK_WARNING,
                      _("Counted anew: %ld counts are off, by %ld in all. Mend them with a "
                        "connection that may write: “wdctl doctor --recount”."),
                      (glong) cells, (glong) off_by);
}

void
wd_pg_doctor_check_counts (WdPgDoctor *self, gboolean recount)
{
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *remedy = NULL;
  glong missed;

  if (!self->columns->schema)
    return;
  remedy = find_trigger_remedy (self);
  if (remedy == NULL)
    return;
  if (*remedy != '\0')
    {
      wd_pg_doctor_add_remedy (self, "postgres-counts", WD_CHECK_ERROR, remedy,
                               _("Changes are not counted: triggers are missing or switched off. "
                                 "As the tables' owner: %s Then run “wdctl doctor --recount”."),
                               remedy);
      return;
    }
  if (recount)
    {
      recount_all (self);
      return;
    }
  result = wd_pg_doctor_ask (self, "postgres-counts",
                             "SELECT CASE WHEN is_called THEN last_value ELSE 0 END"
                             " FROM worker_dashboard.missed", NULL);
  if (result == NULL)
    return;
  missed = (glong) wd_pg_result_int (result, 0, 0);
  if (missed > 0)
    wd_pg_doctor_add (self, "postgres-counts", WD_CHECK_WARNING,
                      ngettext ("%ld change could not be counted: run “wdctl doctor --recount”",
                                "%ld changes could not be counted: run “wdctl doctor --recount”",
                                (gulong) missed), missed);
  else
    wd_pg_doctor_add (self, "postgres-counts", WD_CHECK_OK, _("Every change is counted"));
}
