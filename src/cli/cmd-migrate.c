/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "wire/wd-wire-check.h"

static GPtrArray *
migrate (WdCliContext *context, gboolean dry_run, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_backend_migrate_async (context->backend, dry_run, NULL, NULL, NULL, context->cancellable,
                            wd_cli_done_cb, &result);
  return wd_backend_migrate_finish (context->backend, wd_cli_wait (&result), error);
}

static gboolean
was_applied (const GPtrArray *steps, guint i, const char *name)
{
  const WdMigrationStep *step = i < steps->len ? steps->pdata[i] : NULL;

  return step != NULL && step->applied && g_str_equal (step->name, name);
}

/* The SQL is for whoever reviews it or runs it with psql, so it is all that goes to the output. */
static void
print_plan (WdCliContext *context, const GPtrArray *steps)
{
  guint n_pending = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const WdMigrationStep *step = steps->pdata[i];

      if (step->applied)
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
  g_autoptr (GPtrArray) before = migrate (context, TRUE, error);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) failure = NULL;

  if (before == NULL)
    return FALSE;
  if (dry_run)
    after = g_ptr_array_ref (before);
  else
    after = migrate (context, FALSE, &failure);
  if (after == NULL)
    after = migrate (context, TRUE, NULL);

  if (after != NULL && context->json != NULL)
    wd_wire_migrations_members (context->json, before, after);
  else if (after != NULL && dry_run)
    print_plan (context, after);
  else if (after != NULL && (failure == NULL || context->json == NULL))
    print_result (context, before, after);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
