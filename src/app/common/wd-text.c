/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/preferences/wd-preferences.h"
#include "base/wd-format.h"

/**
 * wd_text_count_format:
 *
 * Returns: (transfer none): how people prefer the numbers of things, until the next call
 */
const WdNumberFormat *
wd_text_count_format (void)
{
  static WdNumberFormat format;

  format = *wd_preferences_get_number_format (wd_preferences_get ());
  /* A whole space: in small and in light letters the thin one of amounts cannot be seen. */
  if (g_strcmp0 (format.separator, "\u202f") == 0)
    format.separator = "\u00a0";
  return &format;
}

/**
 * wd_text_count:
 * @count: a number of things; negative where unknown
 *
 * Returns: (transfer full): as people prefer numbers, or “—”
 */
char *
wd_text_count (gint64 count)
{
  return count >= 0 ? wd_format_count (count, wd_text_count_format ()) : g_strdup ("—");
}

/**
 * wd_text_amount:
 * @decimal: an amount as the database gave it
 *
 * Returns: (transfer full): every digit of it, as people prefer numbers
 */
char *
wd_text_amount (const char *decimal)
{
  return wd_format_number (decimal, wd_preferences_get_number_format (wd_preferences_get ()));
}

/**
 * wd_text_time:
 * @time: a time
 *
 * Returns: (transfer full): the whole time to the millisecond, in the time zone people prefer
 */
char *
wd_text_time (WdTime time)
{
  WdPreferences *preferences = wd_preferences_get ();

  return wd_format_time (time, wd_preferences_get_zone (preferences),
                         wd_preferences_get_day_format (preferences));
}

/**
 * wd_text_clock:
 * @time: a time
 *
 * Returns: (transfer full): its time of day in the time zone people prefer, such as “14:02:11”
 */
char *
wd_text_clock (WdTime time)
{
  return wd_format_clock (time, wd_preferences_get_zone (wd_preferences_get ()));
}

/**
 * wd_text_as_of:
 * @time: when what is on screen was read, or %WD_TIME_NONE
 *
 * Returns: (transfer full): a text that says so, such as “as of 14:02:11”; empty without a time
 */
char *
wd_text_as_of (WdTime time)
{
  g_autofree char *clock = wd_text_clock (time);

  /* TRANSLATORS: when the data on screen was read, such as “as of 14:02:11” */
  return time != WD_TIME_NONE ? g_strdup_printf (_("as of %s"), clock) : g_strdup ("");
}

/**
 * wd_text_minute:
 * @time: a time
 *
 * Returns: (transfer full): its day and minute in the time zone people prefer
 */
char *
wd_text_minute (WdTime time)
{
  return wd_text_minute_in (time, wd_preferences_get_zone (wd_preferences_get ()));
}

/**
 * wd_text_minute_in:
 * @time: a time
 * @zone: where
 *
 * Returns: (transfer full): its day, as people prefer days, and minute there
 */
char *
wd_text_minute_in (WdTime time, GTimeZone *zone)
{
  return wd_format_minute (time, zone, wd_preferences_get_day_format (wd_preferences_get ()));
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
 * Returns: (transfer full): the machine its database or its remote dashboard runs on, never
 *   anything secret
 */
char *
wd_text_host (const WdProfile *profile)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (profile != NULL, NULL);

  if (profile->sample != NULL)
    return g_strdup (_("private servers"));
  if (profile->database_url != NULL || profile->api_url != NULL)
    host = find_host (profile->api_url != NULL ? profile->api_url : profile->database_url);
  if (host == NULL || *host == '\0' || *host == '/')
    return g_strdup (_("this computer"));
  return wd_format_visible (host, 128);
}
