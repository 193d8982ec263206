/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "wire/wd-wire-check.h"

static GPtrArray *
migrate (WdCliContext *context, gboolean dry_run, const char *const *names, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_backend_migrate_async (context->backend, dry_run, names, NULL, NULL, context->cancellable,
                            wd_answer_cb, &result);
  return wd_backend_migrate_finish (context->backend, wd_answer_wait (&result), error);
}

static gboolean
was_applied (const GPtrArray *steps, guint i, const char *name)
{
  const WdMigrationStep *step = i < steps->len ? steps->pdata[i] : NULL;

  return step != NULL && step->applied && g_str_equal (step->name, name);
}

static gboolean
is_wanted (const WdMigrationStep *step, const char *const *with)
{
  return wd_migration_step_is_pending (step)
         || (wd_migration_step_is_offered (step) && with != NULL
             && g_strv_contains (with, step->name));
}

/* Returns: (transfer full) (nullable): all that are required and those asked for; %NULL for the
 * required ones only */
static char **
choose (const GPtrArray *steps, const char *const *with)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (with == NULL)
    return NULL;
  for (guint i = 0; i < steps->len; i++)
    if (wd_migration_step_is_pending (steps->pdata[i]))
      g_strv_builder_add (names, ((const WdMigrationStep *) steps->pdata[i])->name);
  g_strv_builder_addv (names, (const char **) with);
  return g_strv_builder_end (names);
}

static gboolean
check_names (const GPtrArray *steps, const char *const *with, GError **error)
{
  for (guint i = 0; with != NULL && with[i] != NULL; i++)
    {
      const WdMigrationStep *found = NULL;

      for (guint k = 0; k < steps->len && found == NULL; k++)
        if (g_str_equal (((const WdMigrationStep *) steps->pdata[k])->name, with[i]))
          found = steps->pdata[k];
      if (found == NULL || !found->optional)
        {
          g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("There is no optional migration “%s”; “wdctl migrate --dry-run” lists "
                         "them"), with[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/* What the optional ones cost is said before they are made. */
static void
tell_cost (const GPtrArray *steps, const char *const *with)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const WdMigrationStep *step = steps->pdata[i];
      g_autofree char *cost = NULL;

      if (!wd_migration_step_is_offered (step) || with == NULL
          || !g_strv_contains (with, step->name))
        continue;
      cost = wd_migration_step_dup_cost (step);
      wd_cli_message ("%s: %s", step->name, cost);
    }
}

/* Those that nobody asked for. */
static void
offer (const GPtrArray *steps, const char *const *with)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const WdMigrationStep *step = steps->pdata[i];
      g_autofree char *cost = NULL;

      if (!wd_migration_step_is_offered (step)
          || (with != NULL && g_strv_contains (with, step->name)))
        continue;
      cost = wd_migration_step_dup_cost (step);
      /* TRANSLATORS: the name of a migration, twice; what it is good for; what it costs */
      wd_cli_message (_("optional %s: %s. %s To apply it: wdctl migrate --with %s"), step->name,
                      step->note, cost, step->name);
    }
}

/* The SQL is for whoever reviews it or runs it with psql, so it is all that goes to the output. */
static void
print_plan (WdCliContext *context, const GPtrArray *steps, const char *const *with)
{
  guint n_pending = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const WdMigrationStep *step = steps->pdata[i];

      if (!is_wanted (step, with))
        continue;
      n_pending++;
      g_string_append_printf (context->out, "-- %s\n%s\n", step->name,
                              step->sql != NULL ? step->sql : "");
    }
  if (n_pending == 0)
    wd_cli_message (_("Everything is applied"));
}

static void
print_result (WdCliContext *context, const GPtrArray *before, const GPtrArray *after)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < after->len; i++)
    {
      const WdMigrationStep *step = after->pdata[i];

      if (!step->applied || was_applied (before, i, step->name))
        continue;
      changed = TRUE;
      g_string_append_printf (context->out, _("applied %s\n"), step->name);
    }
  if (!changed)
    wd_cli_message (_("Nothing was to do"));
}

/**
 * wd_cmd_migrate:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR; what was applied until then is written all the same
 */
gboolean
wd_cmd_migrate (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  gboolean dry_run = wd_cli_arguments_has (arguments, "dry-run");
  const char *const *with = wd_cli_arguments_get_all (arguments, "with");
  g_autoptr (GPtrArray) before = migrate (context, TRUE, NULL, error);
  g_auto (GStrv) names = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) failure = NULL;

  if (before == NULL)
    return FALSE;
  if (!check_names (before, with, error))
    return FALSE;
  names = choose (before, with);
  tell_cost (before, with);
  if (dry_run)
    after = g_ptr_array_ref (before);
  else
    after = migrate (context, FALSE, (const char *const *) names, &failure);
  if (after == NULL)
    after = migrate (context, TRUE, NULL, NULL);

  if (after != NULL && context->json != NULL)
    wd_wire_migrations_members (context->json, before, after);
  else if (after != NULL && dry_run)
    print_plan (context, after, with);
  else if (after != NULL && (failure == NULL || context->json == NULL))
    print_result (context, before, after);
  if (after != NULL && context->json == NULL)
    offer (after, with);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
