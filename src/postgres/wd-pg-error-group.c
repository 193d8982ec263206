/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What error messages have in common. The database itself takes out what differs from one failure
 * to the next, so that grouping and finding a group's jobs can never disagree, and millions of
 * messages need not travel. */

#include "postgres/wd-pg-error-group.h"

#include <string.h>

#define ELLIPSIS "\xe2\x80\xa6" /* U+2026 */

/* Longer messages are cut there, before the word that is cut through, unless there is no other. */
#define LONGEST "400"

/* UUIDs, hexadecimal numbers, and words of 16 or more letters and digits: hashes, addresses, keys.
 * All digits is a number. */
#define WORDS                                                                                    \
  "\\m([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|0[xX][0-9a-fA-F]+"                     \
  "|(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[0-9A-Za-z]{16,})\\M"

/* Numbers, amounts, versions, times, addresses of hosts. Not those that name an error (“status code
 * 429”, “HTTP 502”, “error 1020”) or a standard (“TRC-20”). */
#define NUMBERS                                                                                  \
  "(?<!(code|status|http|error|errno)[ :=]|[a-z]-)\\m[0-9]+([.,:/T-][0-9]+)*(Z|ms|s)?\\M"

/**
 * wd_pg_error_group_expression:
 * @message: SQL of an error message, not null
 *
 * Returns: (transfer full): SQL of the group it belongs to: the message with “…” for what differs
 */
char *
wd_pg_error_group_expression (const char *message)
{
  return g_strdup_printf (
    "btrim(regexp_replace(regexp_replace(regexp_replace("
    "CASE WHEN length(%1$s) > " LONGEST
    " THEN regexp_replace(left(%1$s, " LONGEST "), '(\\S)\\s+\\S*$', '\\1') ELSE %1$s END,"
    " '" WORDS "', '" ELLIPSIS "', 'g'), '" NUMBERS "', '" ELLIPSIS "', 'gi'),"
    " '\\s+', ' ', 'g'))", message);
}

/**
 * wd_pg_error_group_pattern:
 * @group: a group
 *
 * A LIKE takes a fiftieth of the time of the expressions, and leaves few rows for those.
 *
 * Returns: (transfer full): a pattern that every message of the group is LIKE, and few others
 */
char *
wd_pg_error_group_pattern (const char *group)
{
  GString *pattern = g_string_new ("%");
  const char *p = group;

  while (*p != '\0')
    {
      gsize length = 1;

      if (g_str_has_prefix (p, ELLIPSIS))
        length = strlen (ELLIPSIS);
      if (length > 1 || *p == ' ')
        g_string_append_c (pattern, '%');
      else
        {
          if (strchr ("%_\\", *p) != NULL)
            g_string_append_c (pattern, '\\');
          g_string_append_c (pattern, *p);
        }
      p += length;
    }
  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}
