/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-doctor.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-doctor-private.h"
#include "postgres/wd-pg-migrator.h"
#include "postgres/wd-pg-pooler.h"

#define OLDEST_VERSION 130000
#define CLOCK_ROUNDS 3
#define CLOCK_SKEW_MAX (2 * G_USEC_PER_SEC)

WdCheck *
wd_pg_doctor_add (WdPgDoctor *self, const char *name, WdCheckStatus status, const char *format,
                  ...)
{
  g_autofree char *message = NULL;
  WdCheck *check;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  check = wd_check_new (name, status, "%s", message);
  g_ptr_array_add (self->checks, check);
  return check;
}

/* @remedy stands in the message as it is. */
void
wd_pg_doctor_add_remedy (WdPgDoctor *self, const char *name, WdCheckStatus status,
                         const char *remedy, const char *format, ...)
{
  g_autofree char *message = NULL;
  WdCheck *check;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  check = wd_check_new (name, status, "%s", message);
  wd_check_take_remedy (check, g_strdup (remedy));
  g_ptr_array_add (self->checks, check);
}

/* What cannot be looked at is a finding too. */
void
wd_pg_doctor_fail (WdPgDoctor *self, const char *name, const GError *error)
{
  wd_pg_doctor_add (self, name, WD_CHECK_UNKNOWN, _("This could not be looked at: %s"),
                    error != NULL ? error->message : "");
}

/* (transfer full) (nullable): rows; NULL when they could not be had, which is noted */
WdPgResult *
wd_pg_doctor_ask (WdPgDoctor *self, const char *name, const char *sql, WdPgParams *params)
{
  g_autoptr (GError) error = NULL;
  WdPgResult *result;

  result = wd_pg_connection_query (self->connection, sql, params, self->deadline,
                                   self->cancellable, &error);
  if (result == NULL)
    wd_pg_doctor_fail (self, name, error);
  return result;
}

/* Our own writes ask for a durable COMMIT themselves; the workers' do not, and fsync is not ours to
 * ask for. */
static void
check_durability (WdPgDoctor *self)
{
  g_autoptr (WdPgResult) result
      = wd_pg_doctor_ask (self, "postgres-durability",
                          "SELECT current_setting ('fsync') = 'on', "
                          "current_setting ('synchronous_commit') <> 'off', format ('ALTER "
                          "DATABASE %I SET synchronous_commit = on;', current_database ())", NULL);
  const char *fsync_on = "ALTER SYSTEM SET fsync = on; SELECT pg_reload_conf();";

  if (result == NULL)
    return;
  if (!wd_pg_result_bool (result, 0, 0))
    wd_pg_doctor_add_remedy (self, "postgres-durability", WD_CHECK_ERROR, fsync_on,
                             _("fsync is off: a crash may lose rows whose jobs were queued. As a "
                               "superuser: %s"), fsync_on);
  else if (!wd_pg_result_bool (result, 0, 1))
    wd_pg_doctor_add_remedy (self, "postgres-durability", WD_CHECK_WARNING,
                             wd_pg_result_text (result, 0, 2),
                             _("synchronous_commit is off: a crash may undo what workers wrote "
                               "last. As the database's owner: %s"),
                             wd_pg_result_text (result, 0, 2));
  else
    wd_pg_doctor_add (self, "postgres-durability", WD_CHECK_OK, _("What is committed is kept"));
}

static void
check_version (WdPgDoctor *self)
{
  int version = wd_pg_connection_get_server_version (self->connection);

  if (version >= OLDEST_VERSION)
    wd_pg_doctor_add (self, "postgres-version", WD_CHECK_OK, _("PostgreSQL %d.%d"),
                      version / 10000, version % 10000);
  else
    wd_pg_doctor_add (self, "postgres-version", WD_CHECK_ERROR,
                      _("PostgreSQL %d.%d is too old: upgrade the server to 13 or later"),
                      version / 10000, version % 10000);
}

static void
add_name (GString *names, const char *name)
{
  g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
}

static void
check_schema (WdPgDoctor *self)
{
  g_autoptr (GString) pending = g_string_new (NULL);
  g_autoptr (GString) offered = g_string_new (NULL);
  g_autoptr (GString) edited = g_string_new (NULL);
  g_autoptr (GString) foreign = g_string_new (NULL);
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GError) error = NULL;
  const char *last = NULL;
  guint n_applied = 0;

  plan = wd_pg_migrator_plan (self->connection, self->deadline, self->cancellable, &error);
  if (plan == NULL)
    {
      wd_pg_doctor_fail (self, "postgres-schema", error);
      return;
    }
  for (guint i = 0; i < plan->len; i++)
    {
      const WdMigration *migration = g_ptr_array_index (plan, i);

      if (migration->state == WD_MIGRATION_PENDING && !migration->optional)
        add_name (pending, migration->name);
      else if (migration->state == WD_MIGRATION_EDITED)
        add_name (edited, migration->name);
      else if (migration->state == WD_MIGRATION_FOREIGN)
        add_name (foreign, migration->name);
      if (migration->state == WD_MIGRATION_PENDING && migration->optional)
        add_name (offered, migration->name);
      if (migration->state == WD_MIGRATION_APPLIED)
        {
          last = migration->name;
          n_applied++;
        }
    }
  if (edited->len > 0)
    wd_pg_doctor_add (self, "postgres-schema", WD_CHECK_ERROR,
                      _("Applied here with another content than this program's: %s. Use the "
                        "program that applied them, or find out who edited the files."),
                      edited->str);
  else if (pending->len > 0)
    wd_pg_doctor_add (self, "postgres-schema", WD_CHECK_ERROR, _("Migrations are missing: %s"),
                      pending->str)->advice = WD_CHECK_MIGRATE;
  else if (foreign->len > 0)
    wd_pg_doctor_add (self, "postgres-schema", WD_CHECK_WARNING,
                      _("A newer program migrated this database (%s): update this one"),
                      foreign->str);
  else
    wd_pg_doctor_add (self, "postgres-schema", WD_CHECK_OK,
                      ngettext ("Every migration is applied: %u, %s",
                                "Every migration is applied: %u, the last is %s", n_applied),
                      n_applied, last != NULL ? last : "—");
  if (offered->len > 0)
    wd_pg_doctor_add (self, "postgres-optional", WD_CHECK_OK,
                      _("Not applied, and needed only to search among millions of jobs: %s"),
                      offered->str);
}

static void
check_pooler (WdPgDoctor *self)
{
  g_autoptr (GError) error = NULL;

  switch (wd_pg_connection_get_pooler (self->connection, self->deadline, self->cancellable, &error))
    {
    case WD_PG_POOLER_NONE:
      wd_pg_doctor_add (self, "postgres-pooler", WD_CHECK_OK,
                        _("Connected straight to the server"));
      break;
    case WD_PG_POOLER_SESSION:
      wd_pg_doctor_add (self, "postgres-pooler", WD_CHECK_OK,
                        _("A pooler in session mode is in between"));
      break;
    case WD_PG_POOLER_TRANSACTION:
      wd_pg_doctor_add (self, "postgres-pooler", WD_CHECK_WARNING,
                        _("A pooler in transaction mode is in between: changes are looked for "
                          "every 5 seconds instead of being notified, and migrating needs "
                          "the address of the server or of a session pooler (Supabase: port 5432 "
                          "instead of 6543)"));
      break;
    case WD_PG_POOLER_UNKNOWN:
    default:
      wd_pg_doctor_fail (self, "postgres-pooler", error);
      break;
    }
}

/* The answer came from between the question and its arrival: the quickest round says most. */
static void
check_clock (WdPgDoctor *self)
{
  WdTime best_trip = G_MAXINT64, best_ahead = 0;

  for (guint i = 0; i < CLOCK_ROUNDS; i++)
    {
      WdTime before = wd_time_now (), trip;
      g_autoptr (WdPgResult) result = wd_pg_doctor_ask (self, "postgres-clock",
                                                        "SELECT clock_timestamp()", NULL);

      if (result == NULL)
        return;
      trip = wd_time_now () - before;
      if (trip >= best_trip)
        continue;
      best_trip = trip;
      best_ahead = wd_pg_result_time (result, 0, 0) - before - trip / 2;
    }
  if (ABS (best_ahead) - best_trip / 2 <= CLOCK_SKEW_MAX)
    wd_pg_doctor_add (self, "postgres-clock", WD_CHECK_OK,
                      _("The server's clock and this machine's agree"));
  else
    wd_pg_doctor_add (self, "postgres-clock", WD_CHECK_WARNING,
                      best_ahead > 0
                        ? _("The server's clock is %.1f seconds ahead of this machine's: let both "
                            "follow a time server (timedatectl set-ntp true)")
                        : _("The server's clock is %.1f seconds behind this machine's: let both "
                            "follow a time server (timedatectl set-ntp true)"),
                      fabs ((double) best_ahead / G_USEC_PER_SEC));
}

/**
 * wd_pg_doctor:
 * @connection: a connection without an open transaction
 * @profile: how it is used: a read-only one needs no rights to write
 * @recount: also count every row and mend the counts, which reads both tables
 * @checks: (element-type WdCheck): takes the findings
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends it at once
 * @error: that nothing could be looked at, or a cancellation
 *
 * Worker thread. Looks at everything that PostgreSQL contributes. What is wrong, and what cannot
 * be looked at, is a finding, with what to do about it.
 *
 * Returns: whether the server could be examined
 */
gboolean
wd_pg_doctor (WdPgConnection *connection, const WdProfile *profile, gboolean recount,
              GPtrArray *checks, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = NULL;
  WdPgDoctor self = { connection, profile, NULL, checks, deadline, cancellable };

  g_return_val_if_fail (connection != NULL && profile != NULL && checks != NULL, FALSE);

  columns = wd_pg_columns_read (connection, deadline, cancellable, error);
  if (columns == NULL)
    return FALSE;
  self.columns = columns;
  check_version (&self);
  check_durability (&self);
  check_schema (&self);
  wd_pg_doctor_check_indexes (&self);
  wd_pg_doctor_check_grants (&self);
  wd_pg_doctor_check_row_security (&self);
  wd_pg_doctor_check_functions (&self);
  check_pooler (&self);
  check_clock (&self);
  wd_pg_doctor_check_delivery (&self);
  wd_pg_doctor_check_outbox (&self);
  wd_pg_doctor_check_counts (&self, recount);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
