/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far applying migrations is, in numbers and in words. */

#include "app/connections/wd-migration-run.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-error.h"

/**
 * wd_migration_run_clear:
 * @self: a run, which may be used anew
 */
void
wd_migration_run_clear (WdMigrationRun *self)
{
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  g_free (self->current);
  g_free (self->failed);
  g_clear_error (&self->error);
  *self = (WdMigrationRun) { 0 };
}

/**
 * wd_migration_run_choose:
 * @self: a run
 * @name: of an optional migration
 * @chosen: whether to apply it with the others
 */
void
wd_migration_run_choose (WdMigrationRun *self, const char *name, gboolean chosen)
{
  if (self->chosen == NULL)
    self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (chosen)
    g_hash_table_add (self->chosen, g_strdup (name));
  else
    g_hash_table_remove (self->chosen, name);
}

static gboolean
is_wanted (const WdMigrationRun *self, const WdMigrationStep *step)
{
  return wd_migration_step_is_pending (step)
         || (wd_migration_step_is_offered (step) && self->chosen != NULL
             && g_hash_table_contains (self->chosen, step->name));
}

/**
 * wd_migration_run_count_pending:
 * @self: a run
 *
 * Returns: how many migrations the database lacks, of the optional ones those that were chosen; 0
 *   until that was read
 */
guint
wd_migration_run_count_pending (const WdMigrationRun *self)
{
  guint n = 0;

  for (guint i = 0; self->steps != NULL && i < self->steps->len; i++)
    n += is_wanted (self, self->steps->pdata[i]);
  return n;
}

/**
 * wd_migration_run_find_pending:
 * @self: a run whose steps were read
 *
 * Returns: (transfer none) (nullable): the name of the first of those
 */
const char *
wd_migration_run_find_pending (const WdMigrationRun *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const WdMigrationStep *step = self->steps->pdata[i];

      if (is_wanted (self, step))
        return step->name;
    }
  return NULL;
}

/**
 * wd_migration_run_fraction:
 * @self: a run
 *
 * Returns: how much of what was wanted is done, from 0 to 1, statements counted within a migration
 */
double
wd_migration_run_fraction (const WdMigrationRun *self)
{
  double done = self->n_applied;

  if (self->n_statements > 0)
    done += (double) self->index / self->n_statements;
  return self->n_wanted > 0 ? MIN (done / self->n_wanted, 1) : 0;
}

static gboolean
has_offers (const WdMigrationRun *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    if (wd_migration_step_is_offered (self->steps->pdata[i]))
      return TRUE;
  return FALSE;
}

/* What was done and what was not, in a sentence. */
static char *
dup_outcome (const WdMigrationRun *self)
{
  guint n_pending = wd_migration_run_count_pending (self);

  if (self->n_applied == 0)
    return g_strdup_printf (ngettext ("Nothing was applied; %u migration is still pending.",
                                      "Nothing was applied; %u migrations are still pending.",
                                      n_pending), n_pending);
  /* TRANSLATORS: numbers of migrations */
  return g_strdup_printf (_("Applied: %u. Still pending: %u."), self->n_applied, n_pending);
}

/* What happened, on a line of its own since servers end no sentence; what was done; what to do. */
static char *
dup_failure (const WdMigrationRun *self)
{
  g_autofree char *message = wd_text_block (self->error->message);
  g_autofree char *outcome = NULL;
  const char *advice;

  if (self->steps == NULL)
    return g_steal_pointer (&message);
  outcome = dup_outcome (self);
  if (self->failed == NULL)
    return g_strdup_printf ("%s\n%s", message, outcome);
  if (g_error_matches (self->error, WD_ERROR, WD_ERROR_PERMISSION))
    advice = _("Apply the rest as the role that owns the tables, or after it has granted this one "
               "what is missing.");
  else
    advice = _("Once that is mended, apply the rest: it goes on where this one failed.");
  return g_strdup_printf ("%s\n%s %s", message, outcome, advice);
}

/**
 * wd_migration_run_describe:
 * @self: a run
 * @read_only: whether its connection is
 *
 * Returns: (transfer full): in a sentence or two, how it stands; after an error or a stop also what
 *   was applied and what was not
 */
char *
wd_migration_run_describe (const WdMigrationRun *self, gboolean read_only)
{
  guint n_pending = wd_migration_run_count_pending (self);

  if (self->current != NULL)
    {
      if (self->stopping)
        return g_strdup_printf (_("Stopping after “%s”. To stop within it leaves it to be run "
                                  "again later."), self->current);
      /* TRANSLATORS: the name of a migration, then numbers */
      return g_strdup_printf (_("Applying “%s”, statement %u of %u (migration %u of %u)"),
                              self->current, self->index + 1, MAX (self->n_statements, 1),
                              self->n_applied + 1, self->n_wanted);
    }
  if (self->error != NULL)
    return dup_failure (self);
  if (self->steps == NULL)
    return g_strdup (_("Reading what is applied…"));
  if (self->stopping)
    {
      g_autofree char *outcome = dup_outcome (self);

      return g_strdup_printf (_("Stopped. %s"), outcome);
    }
  if (n_pending == 0)
    return g_strdup (has_offers (self) ? _("Every migration that is needed is applied")
                                       : _("Every migration is applied"));
  if (read_only)
    return g_strdup_printf (ngettext ("%u migration is pending. This connection is read-only: it "
                                      "cannot apply it.",
                                      "%u migrations are pending. This connection is read-only: it "
                                      "cannot apply them.", n_pending), n_pending);
  return g_strdup_printf (ngettext ("%u migration is pending", "%u migrations are pending",
                                    n_pending), n_pending);
}
