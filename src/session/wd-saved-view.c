/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A filter of a list and its columns, under a name. It belongs to a page, not to a connection: the
 * same question is asked of every platform. It never changes; another one takes its place.
 *
 * Its filter is kept as the line that people type, with its times in UTC, so that it means the same
 * in every time zone. One of a later version, or one mistyped by hand, is no reason to lose it: it
 * stays as it is written, with what is wrong about it. */

#include "session/wd-saved-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

#define NAME_MAX_LENGTH 100

struct _WdSavedView {
  GObject parent_instance;

  char *name;               /* (owned) */
  char *page;               /* (owned) (nullable): %NULL for one that no page can show */
  char *filter;             /* (owned) */
  WdColumnLayout *columns;  /* (owned) */
  char *problem;            /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (WdSavedView, wd_saved_view, G_TYPE_OBJECT)

static void
wd_saved_view_finalize (GObject *object)
{
  WdSavedView *self = WD_SAVED_VIEW (object);

  g_free (self->name);
  g_free (self->page);
  g_free (self->filter);
  g_clear_pointer (&self->columns, wd_column_layout_free);
  g_free (self->problem);
  G_OBJECT_CLASS (wd_saved_view_parent_class)->finalize (object);
}

static void
wd_saved_view_class_init (WdSavedViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_saved_view_finalize;
}

static void
wd_saved_view_init (WdSavedView *self)
{
}

/**
 * wd_saved_view_new_broken:
 * @name: what it is called
 * @page: (nullable): the page it belongs to, where that is known
 * @filter: (nullable): its line, as it is written
 * @columns: (nullable): of the list, and its order; copied
 * @problem: (nullable): what is wrong with it, in a sentence; %NULL for nothing
 *
 * Returns: (transfer full): a view that is kept though it cannot be shown as it is
 */
WdSavedView *
wd_saved_view_new_broken (const char *name, const char *page, const char *filter,
                          WdColumnLayout *columns, const char *problem)
{
  WdSavedView *self = g_object_new (WD_TYPE_SAVED_VIEW, NULL);

  self->name = g_strdup (name);
  self->page = g_strdup (page);
  self->filter = g_strdup (filter != NULL ? filter : "");
  self->columns = columns != NULL ? wd_column_layout_copy (columns) : wd_column_layout_new (NULL);
  self->problem = g_strdup (problem);
  return self;
}

/**
 * wd_saved_view_new:
 * @name: what it is called
 * @page: `jobs` or `wallets`
 * @filter: its line, with times in UTC
 * @columns: (nullable): of the list, and its order; copied; %NULL as designed
 *
 * Returns: (transfer full): a view
 */
WdSavedView *
wd_saved_view_new (const char *name, const char *page, const char *filter, WdColumnLayout *columns)
{
  return wd_saved_view_new_broken (name, page, filter, columns, NULL);
}

/**
 * wd_saved_view_rename:
 * @self: a view
 * @name: another name
 *
 * Returns: (transfer full): the same view under @name
 */
WdSavedView *
wd_saved_view_rename (WdSavedView *self, const char *name)
{
  g_return_val_if_fail (WD_IS_SAVED_VIEW (self), NULL);

  return wd_saved_view_new_broken (name, self->page, self->filter, self->columns, self->problem);
}

/**
 * wd_saved_view_get_name:
 * @self: a view
 *
 * Returns: (transfer none): what it is called; no two have the same name
 */
const char *
wd_saved_view_get_name (WdSavedView *self)
{
  g_return_val_if_fail (WD_IS_SAVED_VIEW (self), NULL);

  return self->name;
}

/**
 * wd_saved_view_get_page:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the page it belongs to; %NULL for one that this version
 *   cannot show at all
 */
const char *
wd_saved_view_get_page (WdSavedView *self)
{
  g_return_val_if_fail (WD_IS_SAVED_VIEW (self), NULL);

  return self->page;
}

/**
 * wd_saved_view_get_filter:
 * @self: a view
 *
 * Returns: (transfer none): its filter, as it is written
 */
const char *
wd_saved_view_get_filter (WdSavedView *self)
{
  g_return_val_if_fail (WD_IS_SAVED_VIEW (self), NULL);

  return self->filter;
}

/**
 * wd_saved_view_get_columns:
 * @self: a view
 *
 * Returns: (transfer none): its columns and its order; never changes
 */
WdColumnLayout *
wd_saved_view_get_columns (WdSavedView *self)
{
  g_return_val_if_fail (WD_IS_SAVED_VIEW (self), NULL);

  return self->columns;
}

/**
 * wd_saved_view_get_problem:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): why it cannot be shown as it is, in a sentence
 */
const char *
wd_saved_view_get_problem (WdSavedView *self)
{
  g_return_val_if_fail (WD_IS_SAVED_VIEW (self), NULL);

  return self->problem;
}

/**
 * wd_saved_view_equal:
 * @a: a view
 * @b: another one
 *
 * Returns: whether both show the same, whatever they are called
 */
gboolean
wd_saved_view_equal (WdSavedView *a, WdSavedView *b)
{
  g_return_val_if_fail (WD_IS_SAVED_VIEW (a) && WD_IS_SAVED_VIEW (b), FALSE);

  return g_strcmp0 (a->page, b->page) == 0 && g_strcmp0 (a->filter, b->filter) == 0
         && wd_column_layout_equal (a->columns, b->columns);
}

/**
 * wd_saved_view_check_name:
 * @name: what somebody wants to call a view
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * It stands in a file as the name of a group.
 *
 * Returns: whether a view can be called that
 */
gboolean
wd_saved_view_check_name (const char *name, GError **error)
{
  const char *problem = NULL;

  if (name == NULL || *name == '\0' || !g_utf8_validate (name, -1, NULL)
      || g_utf8_strlen (name, -1) > NAME_MAX_LENGTH)
    problem = _("A view needs a name of at most 100 characters");
  else if (g_ascii_isspace (*name) || g_ascii_isspace (name[strlen (name) - 1]))
    problem = _("The name of a view cannot begin or end with a space");
  for (const char *p = name; problem == NULL && *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || *p == '[' || *p == ']')
      problem = _("The name of a view cannot hold brackets or control characters");
  if (problem != NULL)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, problem);
  return problem == NULL;
}

/**
 * wd_saved_view_find_language:
 * @page: (nullable): name of a page
 *
 * Returns: (transfer none) (nullable): how its filters are written; %NULL where there can be no
 *   views of it
 */
const WdFilterLanguage *
wd_saved_view_find_language (const char *page)
{
  if (g_strcmp0 (page, "jobs") == 0)
    return wd_filter_language_jobs ();
  return g_strcmp0 (page, "wallets") == 0 ? wd_filter_language_wallets () : NULL;
}

/**
 * wd_saved_view_read_filter:
 * @self: a view that has a page
 * @now: the present, which "so long ago" is counted from
 * @error: %WD_ERROR_INVALID_ARGUMENT, with what is wrong
 *
 * Returns: (transfer full) (nullable): the filter, of the kind of its page
 */
gpointer
wd_saved_view_read_filter (WdSavedView *self, WdTime now, GError **error)
{
  const WdFilterLanguage *language;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  WdTextSpan span;

  g_return_val_if_fail (WD_IS_SAVED_VIEW (self), NULL);

  language = wd_saved_view_find_language (self->page);
  g_return_val_if_fail (language != NULL, NULL);

  return language->read (self->filter, utc, now, &span, error);
}

/**
 * wd_saved_view_write_filter:
 * @page: `jobs` or `wallets`
 * @filter: of that page
 *
 * Returns: (transfer full): the line that a view keeps of it
 */
char *
wd_saved_view_write_filter (const char *page, gconstpointer filter)
{
  const WdFilterLanguage *language = wd_saved_view_find_language (page);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_return_val_if_fail (language != NULL, NULL);

  return language->write (filter, utc);
}
