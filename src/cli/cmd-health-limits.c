/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From where on something is wrong: shown, and set for everybody. */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wire/wd-wire-health.h"

static WdHealthLimits *
load (WdCliContext *context, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_backend_load_health_limits_async (context->backend, context->cancellable, wd_answer_cb,
                                       &result);
  return wd_backend_load_health_limits_finish (context->backend, wd_answer_wait (&result), error);
}

static gboolean
set (WdCliContext *context, const WdHealthLimits *before, const WdHealthLimits *after,
     GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_backend_set_health_limits_async (context->backend, before, after, context->cancellable,
                                      wd_answer_cb, &result);
  return wd_backend_set_health_limits_finish (context->backend, wd_answer_wait (&result), error);
}

/* @words: (array zero-terminated=1): NAME=VALUE each */
static gboolean
read_values (const char *const *words, WdHealthLimits *limits, GError **error)
{
  gsize n_limits;
  const WdHealthLimit *all = wd_health_limits_get_all (&n_limits);

  for (; words != NULL && *words != NULL; words++)
    {
      g_auto (GStrv) parts = g_strsplit (*words, "=", 2);
      g_autofree char *value = g_strdup (g_strv_length (parts) == 2 ? parts[1] : "");

      for (gsize i = 0; strcmp (value, "usual") == 0 && i < n_limits; i++)
        if (strcmp (all[i].name, parts[0]) == 0)
          {
            g_free (value);
            value = g_strdup_printf ("%" G_GINT64_FORMAT, all[i].usual);
          }
      if (!wd_health_limits_set (limits, parts[0] != NULL ? parts[0] : "", value, error))
        return FALSE;
    }
  return TRUE;
}

static void
print_limits (WdCliContext *context, const WdHealthLimits *limits)
{
  WdCliTable *table = wd_cli_table_new ();
  gsize n_limits;
  const WdHealthLimit *all = wd_health_limits_get_all (&n_limits);

  wd_cli_table_add_column (table, _("LIMIT"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("VALUE"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("USUAL"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("MEANS"), WD_CLI_LEFT);
  for (gsize i = 0; i < n_limits; i++)
    {
      wd_cli_table_add (table, all[i].name);
      wd_cli_table_add_number (table, wd_health_limits_get (limits, &all[i]));
      wd_cli_table_add_number (table, all[i].usual);
      wd_cli_table_add (table, wd_health_limit_label (&all[i]));
    }
  wd_cli_print_table (context, table);
}

/**
 * wd_cmd_health_limits:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_health_limits (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *const *words = wd_cli_arguments_get_all (arguments, "set");
  g_autofree WdHealthLimits *limits = load (context, error);
  WdHealthLimits after;

  if (limits == NULL)
    return FALSE;
  after = *limits;
  if (!read_values (words, &after, error)
      || (words != NULL && *words != NULL && !set (context, limits, &after, error)))
    return FALSE;
  if (context->json != NULL)
    wd_wire_health_limits_member (context->json, &after);
  else
    print_limits (context, &after);
  return TRUE;
}
