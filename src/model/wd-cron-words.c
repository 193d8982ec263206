/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Patterns of cron that say something simple, in words. A pattern that is not understood wholly has
 * none: half of it would be worse. */

#include "model/wd-cron-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-format.h"

enum {
  SECOND,
  MINUTE,
  HOUR,
  DAY,
  MONTH,
  WEEKDAY,
  N_FIELDS
};

static const int highest[N_FIELDS] = { 59, 59, 23, 31, 12, 7 };

/* What one field says. */
typedef enum {
  ANY,      /* * */
  STEP,     /* a star, a slash and a number */
  ONE,      /* a number */
  OTHER,
} Kind;

typedef struct {
  Kind kind;
  int number;
} Field;

static const char *const weekdays[] = {
  N_("Sunday"), N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
  N_("Saturday"),
};

static gboolean
read_number (const char *text, int most, int *number)
{
  gsize length = strspn (text, "0123456789");

  if (length == 0 || length > 2 || text[length] != '\0')
    return FALSE;
  *number = (int) g_ascii_strtoll (text, NULL, 10);
  return *number <= most;
}

/* Sun, Monday, … in any case. */
static gboolean
read_weekday (const char *text, int *number)
{
  static const char *const names[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (text, names[i]) == 0)
      {
        *number = (int) i;
        return TRUE;
      }
  return FALSE;
}

static Field
read_field (const char *text, int place)
{
  Field field = { OTHER, 0 };

  if (strcmp (text, "*") == 0 || (strcmp (text, "?") == 0 && place >= DAY))
    field.kind = ANY;
  else if (g_str_has_prefix (text, "*/")
           && read_number (text + 2, highest[place], &field.number) && field.number > 0)
    field.kind = field.number == 1 ? ANY : STEP;
  else if (read_number (text, highest[place], &field.number)
           || (place == WEEKDAY && read_weekday (text, &field.number)))
    field.kind = ONE;
  return field;
}

/* Five fields, or six with the second first. */
static gboolean
read_fields (const char *pattern, Field *fields)
{
  g_autofree char *copy = g_strstrip (g_strdup (pattern));
  g_auto (GStrv) words = g_regex_split_simple ("\\s+", copy, 0, 0);
  guint n = g_strv_length (words);

  if (n != N_FIELDS && n != N_FIELDS - 1)
    return FALSE;
  fields[SECOND] = (Field) { ONE, 0 };
  for (guint i = 0; i < n; i++)
    {
      guint place = i + N_FIELDS - n;

      fields[place] = read_field (words[i], (int) place);
      if (fields[place].kind == OTHER)
        return FALSE;
    }
  return TRUE;
}

static gboolean
all_from (const Field *fields, guint first, Kind kind)
{
  for (guint i = first; i < N_FIELDS; i++)
    if (fields[i].kind != kind)
      return FALSE;
  return TRUE;
}

static char *
every_so_many (int n, const char *one, const char *many)
{
  g_autofree char *number = g_strdup_printf ("%d", n);

  return n == 1 ? g_strdup (one) : wd_cron_words_fill (many, number);
}

/* Steps that do not divide the whole leave a shorter one at its end. */
static gboolean
is_even (const Field *field, int whole)
{
  return field->kind == STEP && whole % field->number == 0;
}

static char *
words_of_step (const Field *fields)
{
  if (!all_from (fields, HOUR, ANY)
      && !(is_even (&fields[HOUR], 24) && all_from (fields, DAY, ANY)))
    return NULL;
  if (fields[HOUR].kind == STEP)
    return fields[SECOND].kind == ONE && fields[SECOND].number == 0 && fields[MINUTE].kind == ONE
               && fields[MINUTE].number == 0
             ? every_so_many (fields[HOUR].number, _("every hour"), _("every %s hours")) : NULL;
  if (fields[MINUTE].kind == ANY && fields[SECOND].kind == ANY)
    return g_strdup (_("every second"));
  if (fields[MINUTE].kind == ANY && is_even (&fields[SECOND], 60))
    return every_so_many (fields[SECOND].number, _("every second"), _("every %s seconds"));
  if (fields[SECOND].kind != ONE || fields[SECOND].number != 0)
    return NULL;
  if (fields[MINUTE].kind == ANY)
    return g_strdup (_("every minute"));
  if (is_even (&fields[MINUTE], 60))
    return every_so_many (fields[MINUTE].number, _("every minute"), _("every %s minutes"));
  return NULL;
}

static char *
words_of_time (const Field *fields)
{
  g_autofree char *time = NULL;
  g_autofree char *day = NULL;

  if (fields[SECOND].kind != ONE || fields[SECOND].number != 0 || fields[MINUTE].kind != ONE
      || fields[MONTH].kind != ANY)
    return NULL;
  if (fields[HOUR].kind == ANY && all_from (fields, DAY, ANY))
    {
      if (fields[MINUTE].number == 0)
        return g_strdup (_("every hour"));
      time = g_strdup_printf ("%02d", fields[MINUTE].number);
      /* TRANSLATORS: %s is a minute, such as 05 */
      return wd_cron_words_fill (_("every hour at minute %s"), time);
    }
  if (fields[HOUR].kind != ONE)
    return NULL;
  time = g_strdup_printf ("%02d:%02d", fields[HOUR].number, fields[MINUTE].number);
  if (fields[DAY].kind == ANY && fields[WEEKDAY].kind == ANY)
    return wd_cron_words_fill (_("every day at %s"), time);
  if (fields[DAY].kind == ANY && fields[WEEKDAY].kind == ONE)
    /* TRANSLATORS: a day of the week and a time of day, such as “every Monday at 08:00” */
    return g_strdup_printf (_("every %s at %s"), _(weekdays[fields[WEEKDAY].number % 7]), time);
  if (fields[DAY].kind == ONE && fields[DAY].number > 0 && fields[WEEKDAY].kind == ANY)
    {
      day = g_strdup_printf ("%d", fields[DAY].number);
      /* TRANSLATORS: such as “on day 1 of every month at 08:00” */
      return g_strdup_printf (_("on day %s of every month at %s"), day, time);
    }
  return NULL;
}

/**
 * wd_cron_words:
 * @pattern: of cron, with five fields, or six with the second first
 *
 * Returns: (transfer full) (nullable): what it says, translated; %NULL for one that is not simple
 */
char *
wd_cron_words (const char *pattern)
{
  Field fields[N_FIELDS];
  char *words;

  g_return_val_if_fail (pattern != NULL, NULL);

  if (!read_fields (pattern, fields))
    return NULL;
  words = words_of_step (fields);
  return words != NULL ? words : words_of_time (fields);
}

/**
 * wd_cron_words_fill:
 * @format: a translated text with one `%s`
 * @text: goes there
 *
 * Returns: (transfer full): both
 */
char *
wd_cron_words_fill (const char *format, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  return g_strjoinv (text, parts);
}
