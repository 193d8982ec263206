/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The fields of a filter that take one value, a comparison or a range. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-decimal.h"
#include "model/wd-data-test.h"
#include "model/wd-filter-reader-private.h"
#include "model/wd-filter-time.h"

/* More characters than any amount has. */
#define MAX_DIGITS 100
#define MAX_COUNT  1000000

/* Two ends of a range, each NULL where it is open, and where the range stands. */
typedef struct {
  char *lower;          /* (owned) (nullable) */
  char *upper;          /* (owned) (nullable) */
  gboolean above;       /* the lower end is out */
  gboolean below;       /* the upper end is out */
  const WdFilterTerm *term;
  WdTextSpan where;
} Range;

static void
clear_range (Range *range)
{
  g_free (range->lower);
  g_free (range->upper);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Range, clear_range)

/* "5", "5..7", "5..", "..7" and what the operators make of a single value. */
static gboolean
read_range (const WdFilterReader *self, const WdFilterTerm *term, Range *range)
{
  const WdFilterValue *value;
  const char *dots;

  /* A comma parts values; who writes numbers with one is to be told so. */
  if (term->values->len > 1)
    return WD_FAIL (self, term->span, _("%s: takes one value, and a number has a point: 0.5"),
                    term->name);
  value = wd_filter_single (self, term);
  if (value == NULL || !wd_filter_not_negated (self, term))
    return FALSE;
  range->term = term;
  range->where = value->span;
  dots = value->quoted ? NULL : strstr (value->text, "..");
  if (term->op == WD_FILTER_OP_CONTAINS || (dots != NULL && term->op != WD_FILTER_OP_IS))
    return WD_FAIL (self, term->span,
                    _("%s: takes a value, one after >, >=, < or <=, or two with .. between them"),
                    term->name);
  if (dots != NULL)
    {
      range->lower = dots > value->text ? g_strndup (value->text, dots - value->text) : NULL;
      range->upper = dots[2] != '\0' ? g_strdup (dots + 2) : NULL;
      return range->lower != NULL || range->upper != NULL
             || WD_FAIL (self, value->span, _("A range needs a value before or after .."));
    }
  if (term->op != WD_FILTER_OP_BELOW && term->op != WD_FILTER_OP_AT_MOST)
    range->lower = g_strdup (value->text);
  if (term->op != WD_FILTER_OP_ABOVE && term->op != WD_FILTER_OP_AT_LEAST)
    range->upper = g_strdup (value->text);
  range->above = term->op == WD_FILTER_OP_ABOVE;
  range->below = term->op == WD_FILTER_OP_BELOW;
  return TRUE;
}

static gboolean
fail_order (const WdFilterReader *self, const Range *range)
{
  return WD_FAIL (self, range->term->span, _("%s: begins after it ends, which nothing does"),
               range->term->name);
}

static gboolean
read_time (const WdFilterReader *self, const Range *range, const char *text, WdFilterTime *time)
{
  return wd_filter_time_read (text, self->zone, self->now, time)
         || WD_FAIL (self, range->where,
                     _("“%s” is not a time: write a day (2026-11-23), a minute (2026-11-23T14:00), "
                       "a full time with its zone (2026-11-23T14:00:00Z), or how long ago (-24h, "
                       "-7d)"), text);
}

gboolean
wd_filter_read_times (const WdFilterReader *self, const WdFilterField *field,
                      const WdFilterTerm *term)
{
  WdTime *from = WD_AT (self, WdTime, field, 0), *to = WD_AT (self, WdTime, field, 1);
  g_auto (Range) range = { 0 };
  WdFilterTime time;

  if (!read_range (self, term, &range))
    return FALSE;
  if ((range.lower != NULL && *from != WD_TIME_NONE)
      || (range.upper != NULL && *to != WD_TIME_NONE))
    return wd_filter_fail_twice (self, term);
  if (range.lower != NULL)
    {
      if (!read_time (self, &range, range.lower, &time))
        return FALSE;
      if (time.ago != 0 && range.upper != NULL && g_str_equal (range.lower, range.upper))
        return WD_FAIL (self, term->span, _("Say on which side of it: %s:>%s is since then, %s:<%s "
                                         "before"), term->name, range.lower, term->name,
                     range.lower);
      if (range.above && !wd_time_is_finite (time.last))
        return WD_FAIL (self, term->span, _("Nothing is beyond infinity"));
      *WD_AT (self, gint64, field, 2) = time.ago;
      *from = range.above && time.ago == 0 ? time.last + 1 : time.first;
    }
  if (range.upper != NULL)
    {
      if (!read_time (self, &range, range.upper, &time))
        return FALSE;
      if (range.below && !wd_time_is_finite (time.first))
        return WD_FAIL (self, term->span, _("Nothing is beyond infinity"));
      *WD_AT (self, gint64, field, 3) = time.ago;
      *to = range.below && time.ago == 0 ? time.first - 1 : time.last;
    }
  return *from == WD_TIME_NONE || *to == WD_TIME_NONE || *from <= *to || fail_order (self, &range);
}

static gboolean
read_count (const WdFilterReader *self, const Range *range, const char *text, int step, int *count)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, MAX_COUNT, &number, NULL))
    return WD_FAIL (self, range->where, _("“%s” is not a number from 0 to %d"), text,
                    MAX_COUNT);
  *count = (int) number + step;
  return *count >= 0 || WD_FAIL (self, range->term->span, _("Nothing is less than 0"));
}

gboolean
wd_filter_read_counts (const WdFilterReader *self, const WdFilterField *field,
                       const WdFilterTerm *term)
{
  int *from = WD_AT (self, int, field, 0), *to = WD_AT (self, int, field, 1);
  g_auto (Range) range = { 0 };

  if (!read_range (self, term, &range))
    return FALSE;
  if ((range.lower != NULL && *from >= 0) || (range.upper != NULL && *to >= 0))
    return wd_filter_fail_twice (self, term);
  if (range.lower != NULL && !read_count (self, &range, range.lower, range.above, from))
    return FALSE;
  if (range.upper != NULL && !read_count (self, &range, range.upper, -range.below, to))
    return FALSE;
  return *to < 0 || *from <= *to || fail_order (self, &range);
}

static gboolean
check_amount (const WdFilterReader *self, const Range *range, const char *text)
{
  return text == NULL || (strlen (text) <= MAX_DIGITS && wd_decimal_is_valid (text))
         || WD_FAIL (self, range->where, _("“%s” is not an amount such as 0.5"), text);
}

gboolean
wd_filter_read_amounts (const WdFilterReader *self, const WdFilterField *field,
                        const WdFilterTerm *term)
{
  char **least = WD_AT (self, char *, field, 0), **most = WD_AT (self, char *, field, 1);
  gboolean *above = WD_AT (self, gboolean, field, 2), *below = WD_AT (self, gboolean, field, 3);
  g_auto (Range) range = { 0 };

  if (!read_range (self, term, &range) || !check_amount (self, &range, range.lower)
      || !check_amount (self, &range, range.upper))
    return FALSE;
  if ((range.lower != NULL && *least != NULL) || (range.upper != NULL && *most != NULL))
    return wd_filter_fail_twice (self, term);
  if (range.lower != NULL)
    {
      *least = g_steal_pointer (&range.lower);
      *above = range.above;
    }
  if (range.upper != NULL)
    {
      *most = g_steal_pointer (&range.upper);
      *below = range.below;
    }
  return *least == NULL || *most == NULL
         || wd_decimal_compare (*least, *most) <= (*above || *below ? -1 : 0)
         || fail_order (self, &range);
}

static void
add_test (const WdFilterReader *self, const WdFilterField *field, const WdFilterTerm *term,
          WdFilterOp op, const char *value)
{
  GPtrArray **tests = WD_AT (self, GPtrArray *, field, 0);

  if (*tests == NULL)
    *tests = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_data_test_free);
  g_ptr_array_add (*tests, wd_data_test_new (term->path, op, value));
}

static gboolean
check_path (const WdFilterReader *self, const WdFilterTerm *term)
{
  if (term->path == NULL)
    return WD_FAIL (self, term->name_span,
                 _("data: needs the name of a value, such as data.amount:>5"));
  for (char **key = term->path; *key != NULL; key++)
    if (**key == '\0')
      return WD_FAIL (self, term->name_span, _("A name is missing after the dot"));
  return TRUE;
}

gboolean
wd_filter_read_data (const WdFilterReader *self, const WdFilterField *field,
                     const WdFilterTerm *term)
{
  const WdFilterValue *value = wd_filter_single (self, term);
  g_auto (Range) range = { 0 };

  if (value == NULL || !check_path (self, term) || !wd_filter_not_negated (self, term))
    return FALSE;
  if (term->op == WD_FILTER_OP_CONTAINS
      || (term->op == WD_FILTER_OP_IS && (value->quoted || strstr (value->text, "..") == NULL)))
    {
      add_test (self, field, term, term->op, value->text);
      return TRUE;
    }
  if (!read_range (self, term, &range) || !check_amount (self, &range, range.lower)
      || !check_amount (self, &range, range.upper))
    return FALSE;
  if (range.lower != NULL)
    add_test (self, field, term, range.above ? WD_FILTER_OP_ABOVE : WD_FILTER_OP_AT_LEAST,
              range.lower);
  if (range.upper != NULL)
    add_test (self, field, term, range.below ? WD_FILTER_OP_BELOW : WD_FILTER_OP_AT_MOST,
              range.upper);
  return TRUE;
}
