/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-sidebar-row.h"

#include "app/common/wd-badge.h"
#include "app/common/wd-text.h"

struct _WdSidebarRow {
  GtkListBoxRow parent_instance;

  char *page;           /* (owned) (nullable): without one it leads to a view */
  WdSavedView *view;    /* (owned) (nullable) */
  GtkWidget *menu;      /* (nullable): a popover of its own */

  GtkImage *icon;
  GtkLabel *title;
  GtkWidget *count;
};

G_DEFINE_FINAL_TYPE (WdSidebarRow, wd_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
wd_sidebar_row_dispose (GObject *object)
{
  WdSidebarRow *self = WD_SIDEBAR_ROW (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (wd_sidebar_row_parent_class)->dispose (object);
}

static void
wd_sidebar_row_finalize (GObject *object)
{
  g_free (WD_SIDEBAR_ROW (object)->page);
  G_OBJECT_CLASS (wd_sidebar_row_parent_class)->finalize (object);
}

static void
wd_sidebar_row_class_init (WdSidebarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_sidebar_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_sidebar_row_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WdSidebarRow, title);
  gtk_widget_class_bind_template_child (widget_class, WdSidebarRow, count);
}

static void
wd_sidebar_row_init (WdSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static WdSidebarRow *
make_row (const char *title, const char *icon_name)
{
  WdSidebarRow *self = g_object_new (WD_TYPE_SIDEBAR_ROW, NULL);

  gtk_label_set_text (self->title, title);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return self;
}

/**
 * wd_sidebar_row_new:
 * @page: the page it leads to
 * @title: its name, also for assistive technology, whatever the count says
 * @icon_name: its icon
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
wd_sidebar_row_new (const char *page, const char *title, const char *icon_name)
{
  WdSidebarRow *self = make_row (title, icon_name);

  self->page = g_strdup (page);
  return GTK_WIDGET (self);
}

/**
 * wd_sidebar_row_new_view:
 * @view: the view it leads to
 * @name: what that is called, as it may be shown
 * @icon_name: its icon
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
wd_sidebar_row_new_view (WdSavedView *view, const char *name, const char *icon_name)
{
  WdSidebarRow *self = make_row (name, icon_name);

  self->view = g_object_ref (view);
  return GTK_WIDGET (self);
}

/**
 * wd_sidebar_row_get_view:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the view that it leads to
 */
WdSavedView *
wd_sidebar_row_get_view (WdSidebarRow *self)
{
  g_return_val_if_fail (WD_IS_SIDEBAR_ROW (self), NULL);

  return self->view;
}

/**
 * wd_sidebar_row_get_page:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the name of the page that it leads to
 */
const char *
wd_sidebar_row_get_page (WdSidebarRow *self)
{
  g_return_val_if_fail (WD_IS_SIDEBAR_ROW (self), NULL);

  return self->page;
}

/**
 * wd_sidebar_row_get_title:
 * @self: a row
 *
 * Returns: (transfer none): what the page is called
 */
const char *
wd_sidebar_row_get_title (WdSidebarRow *self)
{
  g_return_val_if_fail (WD_IS_SIDEBAR_ROW (self), NULL);

  return gtk_label_get_text (self->title);
}

/**
 * wd_sidebar_row_get_icon_name:
 * @self: a row
 *
 * Returns: (transfer none): its icon, interned
 */
const char *
wd_sidebar_row_get_icon_name (WdSidebarRow *self)
{
  g_return_val_if_fail (WD_IS_SIDEBAR_ROW (self), NULL);

  return g_intern_string (gtk_image_get_icon_name (self->icon));
}

/**
 * wd_sidebar_row_set_count:
 * @self: a row
 * @count: what needs attention there; nothing is shown for 0 and below
 * @wrong: it is an error
 * @meaning: what is counted, for the tooltip
 */
void
wd_sidebar_row_set_count (WdSidebarRow *self, gint64 count, gboolean wrong, const char *meaning)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WD_IS_SIDEBAR_ROW (self));

  text = wd_text_count (count);
  wd_sidebar_row_set_note (self, count > 0 ? text : NULL, wrong ? WD_TONE_WRONG : NULL, meaning);
}

/**
 * wd_sidebar_row_set_note:
 * @self: a row
 * @note: (nullable): a word or a number at its end
 * @tone: (nullable): of @note
 * @meaning: (nullable): what @note says, in a sentence
 */
void
wd_sidebar_row_set_note (WdSidebarRow *self, const char *note, const char *tone,
                         const char *meaning)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WD_IS_SIDEBAR_ROW (self));

  gtk_label_set_text (GTK_LABEL (self->count), note != NULL ? note : "");
  wd_tone_set (self->count, tone);
  gtk_widget_set_visible (self->count, note != NULL);
  if (note == NULL)
    meaning = NULL;
  if (self->view != NULL)
    /* Views are called what people like, which may be too long for the room there is. */
    text = meaning != NULL ? g_strdup_printf ("%s\n%s", gtk_label_get_text (self->title), meaning)
                           : g_strdup (gtk_label_get_text (self->title));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text != NULL ? text : meaning);
}

/**
 * wd_sidebar_row_popup:
 * @self: a row
 * @menu: what can be done with it
 * @at: (nullable): in @self, where to point to
 *
 * Shows a context menu.
 */
void
wd_sidebar_row_popup (WdSidebarRow *self, GMenuModel *menu, const GdkRectangle *at)
{
  g_return_if_fail (WD_IS_SIDEBAR_ROW (self));

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  if (at != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
