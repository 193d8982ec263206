/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How many rows there are: what is known at once, an estimate that says so, or, for whoever wants
 * to know, counted. */

#include "app/common/wd-table-private.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "app/preferences/wd-preferences.h"
#include "session/wd-search-text.h"

/* As many as there is room for in the narrowest window. */
#define MOST_CHARS 15

static gboolean
is_searching (const WdListSearch *search)
{
  return search->is_running && !search->is_over;
}

static void
count_cb (WdTable *self)
{
  WdListSearch search;
  gint64 n_counted;

  if (wd_paged_list_get_search (self->list, &search) && is_searching (&search))
    wd_paged_list_stop_search (self->list);
  else if (search.is_stopped)
    wd_paged_list_go_on_searching (self->list);
  else if (wd_paged_list_is_counting (self->list, &n_counted))
    wd_paged_list_stop_counting (self->list);
  else
    wd_paged_list_count (self->list);
}

/* Returns: (transfer full): how many rows there are, as far as that is known */
static char *
describe_total (WdTable *self, gint64 total, gboolean is_exact)
{
  WdListSearch search;
  guint n_found = wd_paged_list_get_n_found (self->list);
  g_autofree char *number = NULL;

  if (total >= 0)
    return self->spec->format_total (total, is_exact);
  if (!wd_paged_list_get_search (self->list, &search) && !wd_paged_list_is_forward (self->list))
    return g_strdup ("");
  number = wd_text_count (n_found);
  /* TRANSLATORS: rows that a search found; there may be more */
  return g_strdup_printf (ngettext ("%s found so far", "%s found so far", n_found), number);
}

/* Returns: (transfer full): what the list is busy with, or "" */
static char *
describe_work (WdTable *self, gint64 total)
{
  WdListSearch search;
  gint64 n_counted;
  guint n_known;

  if (wd_paged_list_is_counting (self->list, &n_counted))
    {
      g_autofree char *number = wd_text_count (n_counted);

      /* TRANSLATORS: stands behind an estimate; rows counted so far */
      return g_strdup_printf (_(" · counting, %s so far"), number);
    }
  if (wd_paged_list_get_search (self->list, &search) && !search.is_over)
    {
      g_autofree char *time = search.searched_to != WD_TIME_NONE
                                ? wd_text_minute (search.searched_to) : NULL;
      g_autofree char *part =
        wd_search_text (time, search.n_searched, search.n_to_search,
                        wd_preferences_get_number_format (wd_preferences_get ()));

      /* TRANSLATORS: stands behind a number of rows; which part of the list was searched */
      return g_strdup_printf (_(" · %s"), part);
    }
  if (total > 0 && wd_paged_list_is_seeking (self->list, &n_known))
    /* TRANSLATORS: stands behind a total, while the rows at this place are looked for */
    return g_strdup_printf (_(" · finding the place, %d %%"),
                            (int) MIN (99, n_known * G_GINT64_CONSTANT (100) / total));
  return g_strdup ("");
}

/**
 * wd_table_total_install:
 * @widget_class: of #WdTable, with its template
 */
void
wd_table_total_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WdTable, total);
  gtk_widget_class_bind_template_child (widget_class, WdTable, count_button);
  gtk_widget_class_bind_template_callback (widget_class, count_cb);
}

/**
 * wd_table_total_update:
 * @self: a table
 *
 * State to widgets.
 */
void
wd_table_total_update (WdTable *self)
{
  gboolean is_exact;
  WdListSearch search;
  gboolean is_search = wd_paged_list_get_search (self->list, &search);
  gint64 total = wd_paged_list_get_total (self->list, &is_exact), n_counted;
  gboolean counting = wd_paged_list_is_counting (self->list, &n_counted);
  g_autofree char *number = describe_total (self, total, is_exact);
  g_autofree char *work = describe_work (self, total);
  g_autofree char *text = g_strconcat (number, work, NULL);
  const char *label = counting ? _("Stop Counting") : _("Count Exactly");

  if (is_search && is_searching (&search))
    label = _("Stop Searching");
  else if (is_search && search.is_stopped)
    label = _("Search On");
  gtk_label_set_text (self->total, text);
  /* What else stands there gives way to how many there are. */
  gtk_label_set_width_chars (self->total, total >= 0 && is_exact
                                            ? (int) MIN (g_utf8_strlen (number, -1), MOST_CHARS)
                                            : -1);
  gtk_button_set_label (GTK_BUTTON (self->count_button), label);
  gtk_widget_set_visible (self->count_button,
                          counting || (is_search ? !search.is_over : total >= 0 && !is_exact));
}
