/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a table shows of its list: rows or words instead of them, new ones, the bar below. */

#include "app/common/wd-table-private.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-error.h"

static void
update_body (WdTable *self)
{
  const GError *error = wd_paged_list_get_error (self->list);
  gboolean read = wd_paged_list_get_read_at (self->list) != WD_TIME_NONE;
  WdListSearch search;
  gboolean found_none = wd_paged_list_get_search (self->list, &search) && !search.is_over
                        && wd_paged_list_get_n_found (self->list) == 0;
  const char *child = "message";

  if (found_none && search.is_stopped)
    wd_table_message_show_nothing_yet (self->message);
  else if (found_none)
    child = "loading";
  else if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED))
    wd_table_message_show_refused (self->message, error);
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    child = "rows";
  else if (!read && self->spec->missing_title != NULL
           && g_error_matches (error, WD_ERROR, WD_ERROR_NOT_MIGRATED))
    wd_table_message_show_missing (self->message, self->spec);
  else if (!read && error != NULL)
    wd_table_message_show_error (self->message, error);
  else if (!read || wd_paged_list_is_loading (self->list))
    child = "loading";
  else if (wd_paged_list_is_filtered (self->list))
    wd_table_message_show_no_match (self->message);
  else
    wd_table_message_show_empty (self->message, self->spec,
                                 wd_paged_list_get_backend (self->list));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), child);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), g_strcmp0 (child, "loading") == 0);
}

static void
update_bar (WdTable *self)
{
  WdTime read_at = wd_paged_list_get_read_at (self->list);
  g_autofree char *age = wd_text_as_of (read_at);

  gtk_inscription_set_text (self->age, age);
}

static void
update_pill (WdTable *self)
{
  gboolean or_more;
  guint n_new = wd_paged_list_get_n_new (self->list, &or_more);

  if (n_new > 0)
    {
      g_autofree char *text = self->spec->format_new (n_new, or_more);

      adw_button_content_set_label (self->pill_content, text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->pill_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
    }
  gtk_widget_set_can_target (self->pill, n_new > 0);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->pill), n_new > 0);
}

/* Returns: (transfer full): how many rows are selected, and why not more */
static char *
describe_selection (WdTable *self, guint n_rows)
{
  g_autofree char *count = wd_text_count (n_rows);

  if (n_rows >= WD_TABLE_SELECTION_MAX)
    return g_strdup_printf (_("%s selected, the most at once"), count);
  if (wd_table_selection_is_growing (self->selection))
    /* TRANSLATORS: so many rows are selected already; the others are on their way */
    return g_strdup_printf (_("%s selected, more to come…"), count);
  return g_strdup_printf (_("%s selected"), count);
}

/**
 * wd_table_update_selection:
 * @self: a table
 *
 * The selection to the bar below.
 */
void
wd_table_update_selection (WdTable *self)
{
  guint n_rows = wd_table_selection_get_n_rows (self->selection);
  g_autofree char *text = n_rows > 0 ? describe_selection (self, n_rows) : NULL;

  if (text != NULL)
    gtk_label_set_text (self->selected, text);
  gtk_widget_set_visible (self->selection_box, n_rows > 0);
  gtk_widget_set_visible (self->all_box,
                          g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0
                            && (n_rows == 0 || n_rows >= WD_TABLE_SELECTION_MAX));
}

/**
 * wd_table_update:
 * @self: a table
 *
 * State to widgets.
 */
void
wd_table_update (WdTable *self)
{
  update_body (self);
  update_bar (self);
  update_pill (self);
  wd_table_total_update (self);
  wd_table_order_update (self);
  wd_table_place_update (self);
  wd_table_update_selection (self);
  wd_table_fade_set (self->fade, wd_paged_list_is_loading (self->list),
                     wd_paged_list_get_error (self->list) != NULL);
}
