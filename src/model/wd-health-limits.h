/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the names of settings of the site begin with that are limits. */
#define WD_HEALTH_SETTING "health."

/**
 * WdHealthLimits:
 * @run_factor: how many times the 99th percentile of its type a job may run
 * @least_samples: finished jobs without which a type has no percentile to go by
 * @least_run: seconds that any job may run
 * @idle: seconds without an end of a job though jobs wait and workers are connected
 * @failures: failures in a row with one error group that make a wallet one in trouble
 * @flag: seconds that a flag may be set without a job
 * @sync: seconds since a wallet was last synced
 * @deposit: seconds since a deposit was detected without a consolidation
 *
 * From where on something is wrong: a fact of the site, the same for everybody who looks.
 */
typedef struct {
  gint64 run_factor;
  gint64 least_samples;
  gint64 least_run;
  gint64 idle;
  gint64 failures;
  gint64 flag;
  gint64 sync;
  gint64 deposit;
} WdHealthLimits;

/**
 * WdHealthLimit:
 * @name: of the setting, behind %WD_HEALTH_SETTING
 * @offset: of the member of #WdHealthLimits
 * @usual: its value where the site says nothing
 * @most: the greatest value; the least is 1
 * @label: what it is, to be translated; see wd_health_limit_label()
 */
typedef struct {
  const char *name;
  gsize offset;
  gint64 usual;
  gint64 most;
  const char *label;
} WdHealthLimit;

const WdHealthLimit *wd_health_limits_get_all (gsize *n_limits);
void                 wd_health_limits_init (WdHealthLimits *self);
gint64               wd_health_limits_get (const WdHealthLimits *self, const WdHealthLimit *limit);
const char          *wd_health_limit_label (const WdHealthLimit *limit);
gboolean             wd_health_limits_set (WdHealthLimits *self, const char *name,
                                           const char *value, GError **error);

G_END_DECLS
