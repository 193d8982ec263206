/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-migration-step.h"

#include <glib/gi18n-lib.h>

/**
 * wd_migration_step_new:
 * @name: of the migration's file, without its ending
 * @sql: what it runs
 * @applied: whether it is in the database
 *
 * Returns: (transfer full): a step that is required
 */
WdMigrationStep *
wd_migration_step_new (const char *name, const char *sql, gboolean applied)
{
  WdMigrationStep *self = g_new0 (WdMigrationStep, 1);

  self->name = g_strdup (name);
  self->sql = g_strdup (sql);
  self->applied = applied;
  self->rows = self->bytes = self->seconds = -1;
  return self;
}

/**
 * wd_migration_step_free:
 * @self: (transfer full): a step
 */
void
wd_migration_step_free (WdMigrationStep *self)
{
  g_free (self->name);
  g_free (self->sql);
  g_free (self->note);
  g_free (self);
}

/**
 * wd_migration_step_is_pending:
 * @self: a step
 *
 * Returns: whether the database lacks it and needs it
 */
gboolean
wd_migration_step_is_pending (const WdMigrationStep *self)
{
  return !self->applied && !self->optional;
}

/**
 * wd_migration_step_is_offered:
 * @self: a step
 *
 * Returns: whether the database lacks it and may well go on without
 */
gboolean
wd_migration_step_is_offered (const WdMigrationStep *self)
{
  return !self->applied && self->optional;
}

static char *
dup_time (gint64 seconds)
{
  guint minutes = (guint) ((seconds + 59) / 60);

  if (seconds < 60)
    return g_strdup (_("less than a minute"));
  if (minutes < 120)
    return g_strdup_printf (ngettext ("about %u minute", "about %u minutes", minutes), minutes);
  return g_strdup_printf (ngettext ("about %u hour", "about %u hours", (minutes + 59) / 60),
                          (minutes + 59) / 60);
}

/**
 * wd_migration_step_dup_cost:
 * @self: a step
 *
 * Returns: (transfer full): in a sentence, what applying an optional one costs here
 */
char *
wd_migration_step_dup_cost (const WdMigrationStep *self)
{
  g_autofree char *rows = NULL, *time = NULL, *size = NULL;

  if (self->rows < 0)
    return g_strdup (_("What it costs here is not known: the database’s statistics cannot be "
                       "read."));
  rows = g_strdup_printf ("%" G_GINT64_FORMAT, self->rows);
  time = dup_time (self->seconds);
  size = g_format_size ((guint64) self->bytes);
  /* TRANSLATORS: a number, a size such as 2.1 GB, a time such as about 12 minutes */
  return g_strdup_printf (_("For about %s jobs: about %s on the server’s disk, and %s to make "
                            "it. Each write of a worker takes a little longer then."),
                          rows, size, time);
}
