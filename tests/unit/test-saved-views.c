/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/wd-error.h"
#include "model/wd-filter-text.h"
#include "session/wd-saved-view-edit.h"
#include "session/wd-saved-view-transfer.h"
#include "session/wd-saved-views.h"

typedef struct {
  char *folder;              /* (owned) */
  char *path;                /* (owned) */
  char *other;               /* (owned): a file to give away */
  WdSavedViews *views;       /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("wd-views-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "views.conf", NULL);
  fixture->other = g_build_filename (fixture->folder, "given.views", NULL);
  fixture->views = wd_saved_views_new (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_object_unref (fixture->views);
  g_remove (fixture->path);
  g_remove (fixture->other);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->other);
  g_free (fixture->folder);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
load (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_saved_views_load_async (fixture->views, done_cb, &result);
  return wd_saved_views_change_finish (fixture->views, wait_for (&result), error);
}

static gboolean
save (Fixture *fixture, WdSavedView *view, const char *replaces, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_saved_views_save_async (fixture->views, view, replaces, done_cb, &result);
  return wd_saved_views_change_finish (fixture->views, wait_for (&result), error);
}

static gboolean
move (Fixture *fixture, const char *name, guint position, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_saved_views_move_async (fixture->views, name, position, done_cb, &result);
  return wd_saved_views_change_finish (fixture->views, wait_for (&result), error);
}

static GKeyFile *
remove_view (Fixture *fixture, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_saved_views_remove_async (fixture->views, name, done_cb, &result);
  return wd_saved_views_remove_finish (fixture->views, wait_for (&result), error);
}

static gboolean
restore (Fixture *fixture, GKeyFile *removed, guint position, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_saved_views_restore_async (fixture->views, removed, position, done_cb, &result);
  return wd_saved_views_change_finish (fixture->views, wait_for (&result), error);
}

static gboolean
export_to (Fixture *fixture, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (fixture->other);

  wd_saved_view_export_async (fixture->views, name, file, done_cb, &result);
  return wd_saved_view_export_finish (fixture->views, wait_for (&result), error);
}

static GKeyFile *
read_other (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (fixture->other);

  wd_saved_view_read_async (fixture->views, file, done_cb, &result);
  return wd_saved_view_read_finish (fixture->views, wait_for (&result), error);
}

static void
write_text (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The names in order, with a "!" after those that cannot be shown as they are. */
static char *
list_names (GListModel *views)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (views); i++)
    {
      g_autoptr (WdSavedView) view = g_list_model_get_item (views, i);

      g_string_append_printf (names, "%s%s%s", i > 0 ? ", " : "", wd_saved_view_get_name (view),
                              wd_saved_view_get_problem (view) != NULL ? "!" : "");
    }
  return g_string_free (names, FALSE);
}

#define assert_names(fixture, expected)                                  \
  G_STMT_START                                                           \
    {                                                                    \
      g_autofree char *names_ = list_names (G_LIST_MODEL ((fixture)->views)); \
                                                                         \
      g_assert_cmpstr (names_, ==, expected);                            \
    }                                                                    \
  G_STMT_END

static void
save_three (Fixture *fixture)
{
  const char *const names[] = { "one", "two", "three" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WdSavedView) view = wd_saved_view_new (names[i], "jobs", "status:failed", NULL);
      g_autoptr (GError) error = NULL;

      save (fixture, view, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
test_round_trip (Fixture *fixture, gconstpointer user_data)
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

  g_assert_true (load (fixture, &error));
  assert_names (fixture, "");
  g_assert_true (save (fixture, view, NULL, &error));
  g_assert_true (save (fixture, plain, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (fixture->path, &facts), ==, 0);
  g_assert_cmpint (facts.st_mode & 0777, ==, 0600);

  g_clear_object (&fixture->views);
  fixture->views = wd_saved_views_new (fixture->path);
  g_assert_true (load (fixture, &error));
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
test_order (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  save_three (fixture);
  assert_names (fixture, "one, two, three");
  g_assert_true (move (fixture, "three", 0, &error));
  assert_names (fixture, "three, one, two");
  g_assert_true (move (fixture, "three", 1, &error));
  assert_names (fixture, "one, three, two");
  g_assert_true (move (fixture, "one", 99, &error));
  assert_names (fixture, "three, two, one");
  g_assert_false (move (fixture, "four", 0, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
  assert_names (fixture, "three, two, one");
}

static void
test_names (Fixture *fixture, gconstpointer user_data)
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
  g_assert_false (save (fixture, two, NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_DUPLICATE);
  g_clear_error (&error);
  g_assert_false (save (fixture, two, "one", &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_DUPLICATE);
  g_clear_error (&error);
  g_assert_false (save (fixture, deux, "four", &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (save (fixture, deux, "two", &error));
  assert_names (fixture, "one, deux, three");
  g_assert_true (wd_saved_view_equal (wd_saved_views_find (fixture->views, "deux", NULL), two));
}

static void
test_remove_and_restore (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) removed = NULL;

  save_three (fixture);
  removed = remove_view (fixture, "two", &error);
  g_assert_no_error (error);
  assert_names (fixture, "one, three");
  g_assert_null (remove_view (fixture, "two", &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (restore (fixture, removed, 1, &error));
  assert_names (fixture, "one, two, three");
  g_assert_false (restore (fixture, removed, 0, &error));
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
test_broken_groups (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdSavedView) more = wd_saved_view_new ("more", "jobs", "", NULL);
  g_autoptr (WdSavedView) lunar = NULL;
  g_autofree char *text = NULL;
  WdSavedView *view;

  write_text (fixture->path, BROKEN);
  g_assert_true (load (fixture, &error));
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
  g_assert_true (save (fixture, more, NULL, &error));
  g_assert_true (save (fixture, lunar, "nowhere", &error));
  g_assert_true (move (fixture, "more", 0, &error));
  assert_names (fixture, "more, good, later!, lunar!, empty!, wide");
  text = read_text (fixture->path);
  g_assert_nonnull (strstr (text, "# mine"));
  g_assert_nonnull (strstr (text, "of-later=1"));
  g_assert_nonnull (strstr (text, "filter=mood:grim status:failed"));
  g_assert_nonnull (strstr (text, "[lunar]\npage=moon"));
}

static void
test_unreadable (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (WdSavedView) view = wd_saved_view_new ("x", "jobs", "", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  save_three (fixture);
  write_text (fixture->path, "no key file\n");
  g_assert_false (save (fixture, view, NULL, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_FAILED);
  assert_names (fixture, "one, two, three");
  text = read_text (fixture->path);
  g_assert_cmpstr (text, ==, "no key file\n");
}

static void
test_transfer (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) one = NULL;
  g_autoptr (GKeyFile) all = NULL;
  g_autoptr (GKeyFile) removed = NULL;
  g_autoptr (GPtrArray) views = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdSavedView) changed = wd_saved_view_new ("wide", "jobs", "status:active", NULL);
  g_autofree char *text = NULL;
  const char *const names[] = { "later", "wide", NULL };

  write_text (fixture->path, BROKEN);
  g_assert_true (load (fixture, &error));
  g_assert_true (export_to (fixture, "good", &error));
  one = read_other (fixture, &error);
  views = wd_saved_view_edit_list (one);
  g_assert_cmpuint (views->len, ==, 1);
  g_assert_false (export_to (fixture, "gone", &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (export_to (fixture, NULL, &error));
  all = read_other (fixture, &error);
  g_assert_no_error (error);
  removed = remove_view (fixture, "later", &error);
  g_assert_true (save (fixture, changed, "wide", &error));
  wd_saved_views_import_async (fixture->views, all, names, done_cb, &result);
  g_assert_true (wd_saved_views_change_finish (fixture->views, wait_for (&result), &error));
  assert_names (fixture, "good, nowhere!, empty!, wide, later!");
  g_assert_cmpstr (wd_saved_view_get_page (wd_saved_views_find (fixture->views, "wide", NULL)), ==,
                   "wallets");
  text = read_text (fixture->path);
  g_assert_nonnull (strstr (text, "of-later=1"));
}

static void
test_other_files (Fixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = {
    "", "# only a comment\n", "page=jobs\n", "[x\npage=jobs\n", "\xff\xfe[x]\n", "{\"a\": 1}\n",
  };
  g_autofree char *huge = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (read_other (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_clear_error (&error);
      write_text (fixture->other, texts[i]);
      g_assert_null (read_other (fixture, &error));
      g_assert_nonnull (error);
    }
  g_clear_error (&error);
  huge = g_strnfill (1024 * 1024 + 1, '#');
  write_text (fixture->other, huge);
  g_assert_null (read_other (fixture, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
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
