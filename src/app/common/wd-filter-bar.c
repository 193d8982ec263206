/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A search and filters side by side; where they do not fit, the filters stand below each other
 * behind one button, which says how many of them hold. Whether they fit depends on the words in
 * them and on the size of the text, so it is measured, not a number of pixels. */

#include "app/common/wd-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-name.h"

/* So much of the search is to be seen beside the filters. */
#define SEARCH_CHARS 26

struct _WdFilterBar {
  GtkWidget parent_instance;

  GPtrArray *filters;    /* (owned) (element-type WdFilter): in order; the boxes own them */
  gboolean folded;
  guint fold_source;

  GtkWidget *row;
  GtkBox *unfolded;
  GtkMenuButton *button;
  GtkPopover *popover;
  GtkBox *folded_box;
};

static void wd_filter_bar_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdFilterBar, wd_filter_bar, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      wd_filter_bar_buildable_init))

static GtkBuildableIface *parent_buildable;

static void
update_button (WdFilterBar *self)
{
  guint n_in_force = 0;
  g_autofree char *label = NULL;

  for (guint i = 0; i < self->filters->len; i++)
    n_in_force += gtk_widget_get_visible (self->filters->pdata[i])
                  && wd_filter_is_in_force (self->filters->pdata[i]);
  label = n_in_force > 0 ? g_strdup_printf (_("Filters (%u)"), n_in_force)
                         : g_strdup (_("Filters"));
  gtk_menu_button_set_label (self->button, label);
  wd_name_set (GTK_WIDGET (self->button), label);
}

static int
get_natural_width (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* Returns: how much room the search and all filters side by side need */
static int
get_needed_width (WdFilterBar *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int spacing = gtk_box_get_spacing (self->unfolded);
  int needed = PANGO_PIXELS (SEARCH_CHARS
                             * pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);
  for (guint i = 0; i < self->filters->len; i++)
    if (gtk_widget_get_visible (self->filters->pdata[i]))
      needed += spacing + get_natural_width (self->filters->pdata[i]);
  return needed;
}

/* State to widgets. */
static void
update_fold (WdFilterBar *self)
{
  GtkBox *box = self->folded ? self->folded_box : self->unfolded;

  gtk_popover_popdown (self->popover);
  for (guint i = 0; i < self->filters->len; i++)
    {
      GtkWidget *filter = self->filters->pdata[i];

      if (gtk_widget_get_parent (filter) == GTK_WIDGET (box))
        continue;
      g_object_ref (filter);
      gtk_box_remove (GTK_BOX (gtk_widget_get_parent (filter)), filter);
      gtk_box_append (box, filter);
      g_object_unref (filter);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->unfolded), !self->folded);
  gtk_widget_set_visible (GTK_WIDGET (self->button), self->folded);
  update_button (self);
}

static gboolean
fold_cb (gpointer data)
{
  WdFilterBar *self = data;
  gboolean folded = gtk_widget_get_width (GTK_WIDGET (self)) < get_needed_width (self);

  self->fold_source = 0;
  if (folded != self->folded)
    {
      self->folded = folded;
      update_fold (self);
    }
  return G_SOURCE_REMOVE;
}

/* Amid an allocation widgets cannot change places. */
static void
wd_filter_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WdFilterBar *self = WD_FILTER_BAR (widget);

  gtk_widget_allocate (self->row, width, height, baseline, NULL);
  if ((width < get_needed_width (self)) != self->folded && self->fold_source == 0)
    self->fold_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fold_cb, self, NULL);
}

/* It can be as narrow as the search and the one button. */
static void
wd_filter_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  WdFilterBar *self = WD_FILTER_BAR (widget);

  gtk_widget_measure (self->row, orientation, -1, minimum, natural, minimum_baseline,
                      natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = MAX (*natural, get_needed_width (self));
      if (!self->folded)
        *minimum = MIN (*minimum, get_natural_width (gtk_widget_get_first_child (self->row)));
    }
}

static void
wd_filter_bar_dispose (GObject *object)
{
  WdFilterBar *self = WD_FILTER_BAR (object);

  g_clear_handle_id (&self->fold_source, g_source_remove);
  g_clear_pointer (&self->row, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_filter_bar_parent_class)->dispose (object);
}

static void
wd_filter_bar_finalize (GObject *object)
{
  g_ptr_array_unref (WD_FILTER_BAR (object)->filters);
  G_OBJECT_CLASS (wd_filter_bar_parent_class)->finalize (object);
}

static void
wd_filter_bar_class_init (WdFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_filter_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_filter_bar_finalize;
  widget_class->size_allocate = wd_filter_bar_size_allocate;
  widget_class->measure = wd_filter_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WdFilterBar, row);
  gtk_widget_class_bind_template_child (widget_class, WdFilterBar, unfolded);
  gtk_widget_class_bind_template_child (widget_class, WdFilterBar, button);
  gtk_widget_class_bind_template_child (widget_class, WdFilterBar, popover);
  gtk_widget_class_bind_template_child (widget_class, WdFilterBar, folded_box);
}

static void
wd_filter_bar_init (WdFilterBar *self)
{
  self->filters = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  update_button (self);
}

/* The search, in a page's template, goes before the filters. */
static void
wd_filter_bar_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child,
                         const char *type)
{
  WdFilterBar *self = WD_FILTER_BAR (buildable);

  if (GTK_IS_WIDGET (child) && self->row != NULL)
    gtk_box_prepend (GTK_BOX (self->row), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
wd_filter_bar_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = wd_filter_bar_add_child;
}

/**
 * wd_filter_bar_add:
 * @self: a bar
 * @filter: (transfer floating): to stand last
 */
void
wd_filter_bar_add (WdFilterBar *self, WdFilter *filter)
{
  g_return_if_fail (WD_IS_FILTER_BAR (self));
  g_return_if_fail (WD_IS_FILTER (filter));

  g_ptr_array_add (self->filters, filter);
  gtk_box_append (self->folded ? self->folded_box : self->unfolded, GTK_WIDGET (filter));
  g_signal_connect_object (filter, "notify::in-force", G_CALLBACK (update_button), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "notify::visible", G_CALLBACK (update_button), self,
                           G_CONNECT_SWAPPED);
}
