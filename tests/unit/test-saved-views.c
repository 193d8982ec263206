/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "views-case.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/wd-error.h"
#include "model/wd-filter-text.h"
#include "session/wd-saved-view-edit.h"

static void
save_three (ViewsCase *fixture)
{
  const char *const names[] = { "one", "two", "three" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WdSavedView) view = wd_saved_view_new (names[i], "jobs", "status:failed", NULL);
      g_autoptr (GError) error = NULL;

      views_case_save (fixture, view, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
test_round_trip (ViewsCase *fixture, gconstpointer user_data)
{
  g_autoptr (WdColumnLayout) columns = wd_column_layout_new (NULL);
  g_autoptr (WdSavedView) view = NULL;
  g_autoptr (WdSavedView) plain = wd_saved_view_new ("Plain; = #", "wallets", "", NULL);
  g_autoptr (GError) error = NULL;
  WdSavedView *read;
  struct stat facts;

  wd_column_layout_set_wish (columns, "trigger", WD_COLUMN_HIDDEN);
  wd_column_layout_set_wish (columns, "job-id", WD_COLUMN_HIDDEN);
  wd_column_layout_set_wish (columns, "of;later=versions", WD_COLUMN_SHOWN);
  wd_column_layout_set_width (columns, "error", 320);
  wd_column_layout_set_sort (columns, "created", FALSE);
  view = wd_saved_view_new ("Größte Sorgen", "jobs", "status:failed error:\"a ; b\\\" = [c]\"",
                            columns);

  g_assert_true (views_case_load (fixture, &error));
  assert_names (fixture, "");
  g_assert_true (views_case_save (fixture, view, NULL, &error));
  g_assert_true (views_case_save (fixture, plain, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (fixture->path, &facts), ==, 0);
  g_assert_cmpint (facts.st_mode & 0777, ==, 0600);

  g_clear_object (&fixture->views);
  fixture->views = wd_saved_views_new (fixture->path);
  g_assert_true (views_case_load (fixture, &error));
  assert_names (fixture, "Größte Sorgen, Plain; = #");
  read = wd_saved_views_find (fixture->views, "Größte Sorgen", NULL);
  g_assert_true (wd_saved_view_equal (read, view));
  g_assert_false (wd_saved_view_equal (read, plain));
  read = wd_saved_views_find (fixture->views, "Plain; = #", NULL);
  g_assert_true (wd_saved_view_equal (read, plain));
}

/* What a view asks for is the same in every time zone, and “so long ago” goes on moving. */
static void
test_filters (void)
{
  const WdTime now = 1795651200 * (WdTime) G_USEC_PER_SEC;
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 3600 + 1800);
  WdTextSpan span;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdJobFilter) typed = wd_job_filter_from_text (
    "status:failed created:2026-11-23..2026-11-24 completed:>-24h", zone, now, &span, &error);
  g_autofree char *line = wd_saved_view_write_filter ("jobs", typed);
  g_autoptr (WdSavedView) view = wd_saved_view_new ("x", "jobs", line, NULL);
  g_autoptr (WdJobFilter) read = wd_saved_view_read_filter (view, now, &error);
  g_autoptr (WdJobFilter) later = NULL;

  g_assert_no_error (error);
  g_assert_true (wd_job_filter_equal (typed, read));
  g_assert_cmpint (read->from, ==, typed->from);
  g_assert_cmpint (read->completed_from_ago, ==, 24 * 3600 * (gint64) G_USEC_PER_SEC);
  later = wd_saved_view_read_filter (view, now + G_USEC_PER_SEC, &error);
  g_assert_cmpint (later->completed_from - read->completed_from, ==, G_USEC_PER_SEC);
  g_assert_cmpint (later->from, ==, read->from);
}

static void
test_order (ViewsCase *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  save_three (fixture);
  assert_names (fixture, "one, two, three");
  g_assert_true (views_case_move (fixture, "three", 0, &error));
  assert_names (fixture, "three, one, two");
  g_assert_true (views_case_move (fixture, "three", 1, &error));
  assert_names (fixture, "one, three, two");
  g_assert_true (views_case_move (fixture, "one", 99, &error));
  assert_names (fixture, "three, two, one");
  g_assert_false (views_case_move (fixture, "four", 0, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
  assert_names (fixture, "three, two, one");
}

static void
test_names (ViewsCase *fixture, gconstpointer user_data)
{
  static const struct {
    const char *name;
    gboolean good;
  } rows[] = {
    { "Failed", TRUE }, { "ä", TRUE }, { "", FALSE }, { " x", FALSE }, { "x ", FALSE },
    { "[x", FALSE }, { "x]", FALSE }, { "x\ny", FALSE }, { "\xff", FALSE },
  };
  g_autoptr (WdSavedView) two = wd_saved_view_new ("two", "wallets", "needs:gas", NULL);
  g_autoptr (WdSavedView) deux = wd_saved_view_rename (two, "deux");
  g_autofree char *longest = g_strnfill (100, 'x');
  g_autofree char *too_long = g_strnfill (101, 'x');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (wd_saved_view_check_name (rows[i].name, NULL), ==, rows[i].good);
  g_assert_true (wd_saved_view_check_name (longest, NULL));
  g_assert_false (wd_saved_view_check_name (too_long, NULL));

  save_three (fixture);
  g_assert_false (views_case_save (fixture, two, NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_DUPLICATE);
  g_clear_error (&error);
  g_assert_false (views_case_save (fixture, two, "one", &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_DUPLICATE);
  g_clear_error (&error);
  g_assert_false (views_case_save (fixture, deux, "four", &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (views_case_save (fixture, deux, "two", &error));
  assert_names (fixture, "one, deux, three");
  g_assert_true (wd_saved_view_equal (wd_saved_views_find (fixture->views, "deux", NULL), two));
}

static void
test_remove_and_restore (ViewsCase *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) removed = NULL;

  save_three (fixture);
  removed = views_case_remove_view (fixture, "two", &error);
  g_assert_no_error (error);
  assert_names (fixture, "one, three");
  g_assert_null (views_case_remove_view (fixture, "two", &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (views_case_restore (fixture, removed, 1, &error));
  assert_names (fixture, "one, two, three");
  g_assert_false (views_case_restore (fixture, removed, 0, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_DUPLICATE);
}

#define BROKEN                                           \
  "# mine\n"                                             \
  "[good]\n"                                             \
  "page=jobs\n"                                          \
  "filter=status:failed\n"                               \
  "of-later=1\n"                                         \
  "\n"                                                   \
  "[later]\n"                                            \
  "page=jobs\n"                                          \
  "filter=mood:grim status:failed\n"                     \
  "\n"                                                   \
  "[nowhere]\n"                                          \
  "page=moon\n"                                          \
  "\n"                                                   \
  "[empty]\n"                                            \
  "\n"                                                   \
  "[wide]\n"                                             \
  "page=wallets\n"                                       \
  "filter=\n"                                            \
  "widths=a:12x;b:;:40;c:100;d:999999999999;e:-3\n"      \
  "sort=balance\n"                                       \
  "descending=perhaps\n"

static void
test_broken_groups (ViewsCase *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdSavedView) more = wd_saved_view_new ("more", "jobs", "", NULL);
  g_autoptr (WdSavedView) lunar = NULL;
  g_autofree char *text = NULL;
  WdSavedView *view;

  views_case_write_text (fixture->path, BROKEN);
  g_assert_true (views_case_load (fixture, &error));
  assert_names (fixture, "good, later!, nowhere!, empty!, wide");
  view = wd_saved_views_find (fixture->views, "later", NULL);
  g_assert_cmpstr (wd_saved_view_get_page (view), ==, "jobs");
  g_assert_cmpstr (wd_saved_view_get_filter (view), ==, "mood:grim status:failed");
  g_assert_nonnull (strstr (wd_saved_view_get_problem (view), "mood"));
  view = wd_saved_views_find (fixture->views, "nowhere", NULL);
  g_assert_null (wd_saved_view_get_page (view));
  g_assert_nonnull (strstr (wd_saved_view_get_problem (view), "moon"));
  lunar = wd_saved_view_rename (view, "lunar");
  view = wd_saved_views_find (fixture->views, "wide", NULL);
  g_assert_cmpint (wd_column_layout_get_width (wd_saved_view_get_columns (view), "c"), ==, 100);
  g_assert_cmpint (wd_column_layout_get_width (wd_saved_view_get_columns (view), "d"), ==, -1);

  /* Whatever is done beside them, they stay as they are written. */
  g_assert_true (views_case_save (fixture, more, NULL, &error));
  g_assert_true (views_case_save (fixture, lunar, "nowhere", &error));
  g_assert_true (views_case_move (fixture, "more", 0, &error));
  assert_names (fixture, "more, good, later!, lunar!, empty!, wide");
  text = views_case_read_text (fixture->path);
  g_assert_nonnull (strstr (text, "# mine"));
  g_assert_nonnull (strstr (text, "of-later=1"));
  g_assert_nonnull (strstr (text, "filter=mood:grim status:failed"));
  g_assert_nonnull (strstr (text, "[lunar]\npage=moon"));
}

static void
test_unreadable (ViewsCase *fixture, gconstpointer user_data)
{
  g_autoptr (WdSavedView) view = wd_saved_view_new ("x", "jobs", "", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  save_three (fixture);
  views_case_write_text (fixture->path, "no key file\n");
  g_assert_false (views_case_save (fixture, view, NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_FAILED);
  assert_names (fixture, "one, two, three");
  text = views_case_read_text (fixture->path);
  g_assert_cmpstr (text, ==, "no key file\n");
}

/* What somebody looks for is nobody else's business. */
static void
assert_private (ViewsCase *fixture)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (fixture->other, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_transfer (ViewsCase *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) one = NULL;
  g_autoptr (GKeyFile) all = NULL;
  g_autoptr (GKeyFile) removed = NULL;
  g_autoptr (GPtrArray) views = NULL;
  g_autoptr (WdSavedView) changed = wd_saved_view_new ("wide", "jobs", "status:active", NULL);
  g_autofree char *text = NULL;
  const char *const names[] = { "later", "wide", NULL };

  views_case_write_text (fixture->path, BROKEN);
  g_assert_true (views_case_load (fixture, &error));
  g_assert_true (views_case_export_to (fixture, "good", &error));
  assert_private (fixture);
  g_assert_cmpint (g_chmod (fixture->other, 0644), ==, 0);
  one = views_case_read_other (fixture, &error);
  views = wd_saved_view_edit_list (one);
  g_assert_cmpuint (views->len, ==, 1);
  g_assert_false (views_case_export_to (fixture, "gone", &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (views_case_export_to (fixture, NULL, &error));
  assert_private (fixture);
  all = views_case_read_other (fixture, &error);
  g_assert_no_error (error);
  removed = views_case_remove_view (fixture, "later", &error);
  g_assert_true (views_case_save (fixture, changed, "wide", &error));
  g_assert_true (views_case_import (fixture, all, names, &error));
  assert_names (fixture, "good, nowhere!, empty!, wide, later!");
  g_assert_cmpstr (wd_saved_view_get_page (wd_saved_views_find (fixture->views, "wide", NULL)), ==,
                   "wallets");
  text = views_case_read_text (fixture->path);
  g_assert_nonnull (strstr (text, "of-later=1"));
}

static void
test_other_files (ViewsCase *fixture, gconstpointer user_data)
{
  static const char *const texts[] = {
    "", "# only a comment\n", "page=jobs\n", "[x\npage=jobs\n", "\xff\xfe[x]\n", "{\"a\": 1}\n",
  };
  g_autofree char *huge = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (views_case_read_other (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_clear_error (&error);
      views_case_write_text (fixture->other, texts[i]);
      g_assert_null (views_case_read_other (fixture, &error));
      g_assert_nonnull (error);
    }
  g_clear_error (&error);
  huge = g_strnfill (1024 * 1024 + 1, '#');
  views_case_write_text (fixture->other, huge);
  g_assert_null (views_case_read_other (fixture, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, ViewsCase, NULL, views_case_set_up, func, views_case_tear_down)
  ADD ("/saved-views/round-trip", test_round_trip);
  ADD ("/saved-views/order", test_order);
  ADD ("/saved-views/names", test_names);
  ADD ("/saved-views/remove-and-restore", test_remove_and_restore);
  ADD ("/saved-views/broken-groups", test_broken_groups);
  ADD ("/saved-views/unreadable", test_unreadable);
  ADD ("/saved-views/transfer", test_transfer);
  ADD ("/saved-views/other-files", test_other_files);
#undef ADD
  g_test_add_func ("/saved-views/filters", test_filters);

  return g_test_run ();
}
