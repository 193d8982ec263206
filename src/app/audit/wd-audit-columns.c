/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/audit/wd-audit-columns.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-longest.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-audit-action.h"
#include "model/wd-audit-entry.h"
#include "session/wd-audit-text.h"

static char *
get_when (gconstpointer record, WdTime now)
{
  return wd_format_age (((const WdAuditEntry *) record)->at, now);
}

static char *
get_whole_when (gconstpointer record)
{
  return wd_text_time (((const WdAuditEntry *) record)->at);
}

static char *
get_who (gconstpointer record, WdTime now)
{
  g_autofree char *who = wd_audit_text_who (record);

  return wd_format_visible (who, 128);
}

static char *
get_whole_who (gconstpointer record)
{
  const WdAuditEntry *entry = record;
  g_autofree char *who = wd_audit_text_who (entry);
  /* TRANSLATORS: user and machine, then the role of the database */
  g_autofree char *text = g_strdup_printf (_("%s as role %s"), who, entry->db_role);

  return wd_format_visible (text, 512);
}

static char *
get_action (gconstpointer record, WdTime now)
{
  return wd_format_visible (wd_audit_action_label (((const WdAuditEntry *) record)->action), 64);
}

static const char *
get_action_tone (gconstpointer record)
{
  return wd_audit_action_is_failure (((const WdAuditEntry *) record)->action) ? WD_TONE_CAUTION
                                                                              : NULL;
}

/* Addresses and rows' ids are told apart by their ends; names are read. */
static char *
get_target (gconstpointer record, WdTime now)
{
  const WdAuditEntry *entry = record;
  g_autofree char *wallet = wd_audit_text_wallet (entry);
  g_autofree char *target = wd_audit_text_target (entry);

  if (wallet != NULL || g_strcmp0 (entry->target_type, "job") == 0)
    return wd_format_address (target);
  return wd_format_visible (target, 128);
}

static char *
get_whole_target (gconstpointer record)
{
  g_autofree char *target = wd_audit_text_target (record);

  return wd_format_visible (target, 512);
}

static char *
get_change (gconstpointer record, WdTime now)
{
  g_autofree char *change = wd_audit_text_change (record);

  return wd_format_visible (change, 256);
}

static char *
get_whole_change (gconstpointer record)
{
  g_autofree char *change = wd_audit_text_change (record);

  return *change != '\0' ? wd_format_visible (change, 1024) : NULL;
}

static char *
get_client (gconstpointer record, WdTime now)
{
  const char *client = ((const WdAuditEntry *) record)->client;

  return client != NULL ? wd_format_visible (client, 64) : g_strdup ("—");
}

static char *
get_whole_client (gconstpointer record)
{
  const char *client = ((const WdAuditEntry *) record)->client;

  return client != NULL ? wd_format_visible (client, 512) : NULL;
}

static const WdColumnSpec columns[] = {
  { .id = "when", .title = N_("When"), .kind = WD_CELL_NUMBER, .min_chars = 8, .chars = 9,
    .get_chars = wd_longest_age, .ticks = TRUE, .sort = WD_SORT_CREATED, .get_text = get_when,
    .get_tooltip = get_whole_when },
  { .id = "who", .title = N_("Who"), .min_chars = 8, .chars = 14, .sort = WD_SORT_NONE,
    .get_text = get_who, .get_tooltip = get_whole_who },
  { .id = "action", .title = N_("Action"), .kind = WD_CELL_BADGE, .min_chars = 12, .chars = 13,
    .sort = WD_SORT_NONE, .get_text = get_action, .get_tone = get_action_tone },
  { .id = "target", .title = N_("Target"), .kind = WD_CELL_IDENTITY, .min_chars = 12, .chars = 20,
    .sort = WD_SORT_NONE, .get_text = get_target, .get_tooltip = get_whole_target },
  { .id = "change", .title = N_("Change"), .min_chars = 12, .chars = 26, .expand = TRUE,
    .sort = WD_SORT_NONE, .get_text = get_change, .get_tooltip = get_whole_change },
  { .id = "program", .title = N_("Program"), .min_chars = 8, .chars = 13, .least_width = 840,
    .dim = TRUE, .sort = WD_SORT_NONE, .get_text = get_client, .get_tooltip = get_whole_client },
};

static char *
format_total (gint64 total, gboolean is_exact)
{
  g_autofree char *count = wd_text_count (total);
  gulong number = (gulong) MIN (total, G_MAXINT);

  if (is_exact)
    return g_strdup_printf (ngettext ("%s entry", "%s entries", number), count);
  return g_strdup_printf (ngettext ("About %s entry", "About %s entries", number), count);
}

static char *
format_new (guint n_new, gboolean or_more)
{
  if (or_more)
    return g_strdup_printf (_("%u or more new entries"), n_new);
  return g_strdup_printf (ngettext ("%u new entry", "%u new entries", n_new), n_new);
}

/**
 * wd_audit_table_spec:
 *
 * Returns: (transfer none): what the table of the audit trail looks like
 */
const WdTableSpec *
wd_audit_table_spec (void)
{
  static const WdTableSpec spec = {
    .name = N_("Audit"),
    .columns = columns,
    .n_columns = G_N_ELEMENTS (columns),
    .format_total = format_total,
    .format_new = format_new,
    .empty_title = N_("Nothing Done Yet"),
    .empty_description = N_("Whatever is triggered, retried, discarded or set from here is listed "
                            "on this page, with who did it."),
    .empty_icon = "wd-audit-symbolic",
    .missing_title = N_("No Audit Trail Yet"),
    .missing_description = N_("Nothing can be written to this database before the migrations have "
                              "made the tables it needs. From then on everything done is listed "
                              "here."),
    .sort = WD_SORT_CREATED,
    .settings_key = "audit-columns",
  };

  return &spec;
}
