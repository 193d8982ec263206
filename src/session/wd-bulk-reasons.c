/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-bulk-reasons.h"

#include "model/wd-result.h"

/* What stands in brackets, ids, and numbers with what parts them. */
#define DETAILS                                                                            \
  "\\s*\\([^()]*\\)|\\b[0-9a-f]{8}-[0-9a-f-]{27}\\b|[0-9]+([.,:\\- TZ]*[0-9]+)*"

/* Returns: (transfer full): the same for all messages that differ in details only */
static char *
leave_details_out (const char *message)
{
  g_autoptr (GRegex) details = g_regex_new (DETAILS, 0, 0, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GMatchInfo) match = NULL;
  const char *from = message;
  int start, end;

  for (g_regex_match (details, message, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_match_info_fetch_pos (match, 0, &start, &end);
      g_string_append_len (text, from, message + start - from);
      if (message[end - 1] != ')')
        g_string_append (text, "…");
      from = message + end;
    }
  g_string_append (text, from);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
compare_reasons (gconstpointer a, gconstpointer b)
{
  const WdBulkReason *first = *(const WdBulkReason *const *) a;
  const WdBulkReason *second = *(const WdBulkReason *const *) b;

  if (first->n != second->n)
    return first->n > second->n ? -1 : 1;
  return g_strcmp0 (first->text, second->text);
}

/**
 * wd_bulk_reason_free:
 * @self: (transfer full): a reason
 */
void
wd_bulk_reason_free (WdBulkReason *self)
{
  g_free (self->text);
  g_free (self->example);
  g_free (self);
}

/**
 * wd_bulk_reasons_group:
 * @refusals: (nullable) (element-type WdRefusal): which were refused, and why
 *
 * Returns: (transfer full) (element-type WdBulkReason): for which reasons, the most frequent first
 */
GPtrArray *
wd_bulk_reasons_group (const GPtrArray *refusals)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_reason_free);

  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const WdRefusal *refusal = refusals->pdata[i];
      g_autofree char *key = leave_details_out (refusal->error->message);
      WdBulkReason *reason = g_hash_table_lookup (by_key, key);

      if (reason == NULL)
        {
          reason = g_new0 (WdBulkReason, 1);
          reason->text = g_strdup (refusal->error->message);
          reason->example = g_strdup (refusal->subject);
          g_ptr_array_add (reasons, reason);
          g_hash_table_insert (by_key, g_steal_pointer (&key), reason);
        }
      else if (g_strcmp0 (reason->text, refusal->error->message) != 0)
        {
          g_free (reason->text);
          reason->text = g_strdup (key);
        }
      reason->n++;
    }
  g_ptr_array_sort (reasons, compare_reasons);
  return reasons;
}
