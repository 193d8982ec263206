/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What narrows a list, whatever it looks like. It emits "changed" when people changed it, and only
 * then: a page that sets several asks for its rows once. */

#include "app/common/wd-filter.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-name.h"

typedef struct {
  gboolean in_force;
} WdFilterPrivate;

enum {
  PROP_0,
  PROP_IN_FORCE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WdFilter, wd_filter, GTK_TYPE_WIDGET)

static void
wd_filter_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_IN_FORCE)
    g_value_set_boolean (value, wd_filter_is_in_force (WD_FILTER (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wd_filter_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wd_filter_parent_class)->dispose (object);
}

static void
wd_filter_class_init (WdFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wd_filter_get_property;
  object_class->dispose = wd_filter_dispose;

  /**
   * WdFilter:in-force:
   *
   * Whether it keeps anything back.
   */
  properties[PROP_IN_FORCE] =
    g_param_spec_boolean ("in-force", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wd_filter_init (WdFilter *self)
{
}

/**
 * wd_filter_is_in_force:
 * @self: a filter
 *
 * Returns: whether it keeps anything back
 */
gboolean
wd_filter_is_in_force (WdFilter *self)
{
  WdFilterPrivate *priv = wd_filter_get_instance_private (self);

  g_return_val_if_fail (WD_IS_FILTER (self), FALSE);

  return priv->in_force;
}

/**
 * wd_filter_set_in_force:
 * @self: a filter
 * @in_force: whether it keeps anything back
 *
 * For subclasses.
 */
void
wd_filter_set_in_force (WdFilter *self, gboolean in_force)
{
  WdFilterPrivate *priv = wd_filter_get_instance_private (self);

  g_return_if_fail (WD_IS_FILTER (self));

  if (in_force == priv->in_force)
    return;
  priv->in_force = in_force;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IN_FORCE]);
}

/**
 * wd_filter_emit_changed:
 * @self: a filter that people changed
 *
 * For subclasses.
 */
void
wd_filter_emit_changed (WdFilter *self)
{
  g_return_if_fail (WD_IS_FILTER (self));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * wd_filter_label_button:
 * @button: of a filter that is a menu
 * @name: what it filters by
 * @label: what it lets through
 *
 * For subclasses: what the button says, and what it is called.
 */
void
wd_filter_label_button (GtkMenuButton *button, const char *name, const char *label)
{
  /* TRANSLATORS: accessible name of a filter, such as “Status: All statuses” */
  g_autofree char *full = g_strdup_printf (_("%s: %s"), name, label);

  gtk_menu_button_set_label (button, label);
  wd_name_set (GTK_WIDGET (button), full);
}
