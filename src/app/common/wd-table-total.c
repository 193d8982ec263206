/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How many rows there are: what is known at once, an estimate that says so, or, for whoever wants
 * to know, counted. */

#include "app/common/wd-table-private.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"

static void
count_cb (WdTable *self)
{
  gint64 n_counted;

  if (wd_paged_list_is_counting (self->list, &n_counted))
    wd_paged_list_stop_counting (self->list);
  else
    wd_paged_list_count (self->list);
}

/* Returns: (transfer full): what the list is busy with, or "" */
static char *
describe_work (WdTable *self, gint64 total)
{
  gint64 n_counted;
  guint n_known;

  if (wd_paged_list_is_counting (self->list, &n_counted))
    {
      g_autofree char *number = wd_text_count (n_counted);

      /* TRANSLATORS: stands behind an estimate; rows counted so far */
      return g_strdup_printf (_(" · counting, %s so far"), number);
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
  gint64 total = wd_paged_list_get_total (self->list, &is_exact), n_counted;
  gboolean counting = wd_paged_list_is_counting (self->list, &n_counted);
  g_autofree char *number = total >= 0 ? self->spec->format_total (total, is_exact) : NULL;
  g_autofree char *work = describe_work (self, total);
  g_autofree char *text = g_strconcat (number != NULL ? number : "", work, NULL);

  gtk_label_set_text (self->total, text);
  gtk_button_set_label (GTK_BUTTON (self->count_button),
                        counting ? _("Stop Counting") : _("Count Exactly"));
  gtk_widget_set_visible (self->count_button, counting || (total >= 0 && !is_exact));
}
