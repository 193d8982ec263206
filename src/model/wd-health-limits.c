/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-health-limits.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define YEAR   (365 * 24 * HOUR)
#define LIMIT(member) G_STRUCT_OFFSET (WdHealthLimits, member)

static const WdHealthLimit limits[] = {
  { "run-factor", LIMIT (run_factor), 3, 1000,
    N_("A job is stuck when it runs this many times longer than 99 of 100 do") },
  { "least-samples", LIMIT (least_samples), 100, 1000000,
    N_("Job types with fewer finished jobs than this are not judged by it") },
  { "least-run-seconds", LIMIT (least_run), MINUTE, YEAR,
    N_("A job that has run shorter than this is never stuck") },
  { "idle-seconds", LIMIT (idle), 10 * MINUTE, YEAR,
    N_("A queue is stuck when jobs wait and none has ended for this long") },
  { "failures", LIMIT (failures), 3, 20,
    N_("A wallet is in trouble after this many failures in a row with one error") },
  { "flag-seconds", LIMIT (flag), HOUR, YEAR,
    N_("A wallet is in trouble when a flag is set for this long without a job") },
  { "sync-seconds", LIMIT (sync), 24 * HOUR, YEAR,
    N_("A wallet is in trouble when it was not synced for this long") },
  { "deposit-seconds", LIMIT (deposit), 6 * HOUR, YEAR,
    N_("A wallet is in trouble when a deposit has no consolidation for this long") },
};

/**
 * wd_health_limits_get_all:
 * @n_limits: (out): how many
 *
 * Returns: (transfer none) (array length=n_limits): every limit there is
 */
const WdHealthLimit *
wd_health_limits_get_all (gsize *n_limits)
{
  *n_limits = G_N_ELEMENTS (limits);
  return limits;
}

static gint64 *
get_member (WdHealthLimits *self, const WdHealthLimit *limit)
{
  return G_STRUCT_MEMBER_P (self, limit->offset);
}

/**
 * wd_health_limits_init:
 * @self: (out caller-allocates): set to what holds where the site says nothing
 */
void
wd_health_limits_init (WdHealthLimits *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    *get_member (self, &limits[i]) = limits[i].usual;
}

/**
 * wd_health_limits_get:
 * @self: limits
 * @limit: one of them
 *
 * Returns: its value
 */
gint64
wd_health_limits_get (const WdHealthLimits *self, const WdHealthLimit *limit)
{
  return G_STRUCT_MEMBER (gint64, self, limit->offset);
}

/**
 * wd_health_limit_label:
 * @limit: a limit
 *
 * Returns: (transfer none): what it is, translated
 */
const char *
wd_health_limit_label (const WdHealthLimit *limit)
{
  return g_dgettext (GETTEXT_PACKAGE, limit->label);
}

/**
 * wd_health_limits_set:
 * @self: limits
 * @name: of one
 * @value: a whole number
 * @error: %WD_ERROR_INVALID_ARGUMENT, with what is allowed
 *
 * Returns: whether @self has it now; unchanged if not
 */
gboolean
wd_health_limits_set (WdHealthLimits *self, const char *name, const char *value, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      guint64 number;

      if (g_strcmp0 (name, limits[i].name) != 0)
        continue;
      if (!g_ascii_string_to_unsigned (value, 10, 1, (guint64) limits[i].most, &number, NULL))
        {
          g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("%s is a whole number from 1 to %ld, not “%s”"), name,
                       (glong) limits[i].most, value);
          return FALSE;
        }
      *get_member (self, &limits[i]) = (gint64) number;
      return TRUE;
    }
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("There is no limit “%s”"), name);
  return FALSE;
}
