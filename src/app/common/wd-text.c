/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-format.h"

/**
 * wd_text_count:
 * @count: a number of things; negative where unknown
 *
 * Returns: (transfer full): with its thousands parted, or “—”
 */
char *
wd_text_count (gint64 count)
{
  g_autofree char *digits = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length;

  if (count < 0)
    return g_strdup ("—");
  digits = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  length = strlen (digits);
  /* A whole space: in small and in light letters the thin one of amounts cannot be seen. */
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, "\u00a0");
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wd_text_clock:
 * @time: a time
 *
 * Returns: (transfer full): its time of day here, such as “14:02:11”
 */
char *
wd_text_clock (WdTime time)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (!wd_time_is_finite (time))
    return g_strdup ("—");
  utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  local = g_date_time_to_local (utc);
  return g_date_time_format (local, "%H:%M:%S");
}

/**
 * wd_text_block:
 * @text: text of several lines from a database, not trusted
 *
 * Returns: (transfer full): the same lines, each made visible by wd_format_visible()
 */
char *
wd_text_block (const char *text)
{
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = NULL;

      g_strchomp (lines[i]);
      columns = g_strsplit (lines[i], "\t", -1);
      for (guint j = 0; columns[j] != NULL; j++)
        {
          char *visible = wd_format_visible (columns[j], G_MAXINT / 4);

          g_free (columns[j]);
          columns[j] = visible;
        }
      g_free (lines[i]);
      lines[i] = g_strjoinv ("\t", columns);
    }
  return g_strjoinv ("\n", lines);
}

/* Returns: (transfer full) (nullable): the value of @key in a conninfo string */
static char *
find_conninfo (const char *conninfo, const char *key)
{
  g_auto (GStrv) words = g_strsplit (conninfo, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], key) && words[i][strlen (key)] == '=')
      return g_strdup (words[i] + strlen (key) + 1);
  return NULL;
}

static char *
find_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_HAS_PASSWORD,
                                      NULL);
  g_autoptr (GHashTable) params = NULL;

  if (uri == NULL)
    return find_conninfo (url, "host");
  if (g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0')
    return g_strdup (g_uri_get_host (uri));
  if (g_uri_get_query (uri) == NULL)
    return NULL;
  params = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  return params != NULL ? g_strdup (g_hash_table_lookup (params, "host")) : NULL;
}

/**
 * wd_text_host:
 * @profile: a connection
 *
 * Returns: (transfer full): the machine its database runs on, never anything secret
 */
char *
wd_text_host (const WdProfile *profile)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (profile != NULL, NULL);

  if (profile->database_url != NULL)
    host = find_host (profile->database_url);
  if (host == NULL || *host == '\0' || *host == '/')
    return g_strdup (_("this computer"));
  return wd_format_visible (host, 128);
}
