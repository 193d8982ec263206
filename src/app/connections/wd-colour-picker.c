/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of colours of which one is chosen, or none. */

#include "app/connections/wd-colour-picker.h"

#include <glib/gi18n-lib.h>

#include "model/wd-profile.h"

#define N_COLOURS 7

struct _WdColourPicker {
  GtkWidget parent_instance;

  char *colour;                     /* (owned) (nullable): also one that is not offered */
  gboolean updating;

  GtkToggleButton *none;
  GtkToggleButton *swatches[N_COLOURS];
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdColourPicker, wd_colour_picker, GTK_TYPE_WIDGET)

static const char *
get_label (guint i)
{
  static const char *const labels[N_COLOURS] = {
    N_("Blue"), N_("Green"), N_("Yellow"), N_("Orange"), N_("Red"), N_("Purple"), N_("Brown"),
  };

  return g_dgettext (GETTEXT_PACKAGE, labels[i]);
}

static void
update (WdColourPicker *self)
{
  gboolean found = FALSE;

  self->updating = TRUE;
  for (guint i = 0; i < N_COLOURS; i++)
    {
      gboolean is_it = g_strcmp0 (self->colour, wd_profile_colours ()[i]) == 0;

      gtk_toggle_button_set_active (self->swatches[i], is_it);
      found = found || is_it;
    }
  gtk_toggle_button_set_active (self->none, !found);
  self->updating = FALSE;
}

static void
toggled_cb (WdColourPicker *self, GtkToggleButton *button)
{
  const char *colour = NULL;

  if (self->updating || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < N_COLOURS; i++)
    if (self->swatches[i] == button)
      colour = wd_profile_colours ()[i];
  g_free (self->colour);
  self->colour = g_strdup (colour);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkToggleButton *
add_swatch (WdColourPicker *self, const char *label, const char *style)
{
  GtkToggleButton *button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  GtkWidget *icon = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_button_set_child (GTK_BUTTON (button), icon);
  gtk_widget_add_css_class (GTK_WIDGET (button), "swatch");
  gtk_widget_add_css_class (GTK_WIDGET (button), style);
  gtk_widget_set_valign (GTK_WIDGET (button), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  if (self->none != NULL)
    gtk_toggle_button_set_group (button, self->none);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (button), GTK_WIDGET (self));
  return button;
}

static void
wd_colour_picker_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wd_colour_picker_parent_class)->dispose (object);
}

static void
wd_colour_picker_finalize (GObject *object)
{
  g_free (WD_COLOUR_PICKER (object)->colour);
  G_OBJECT_CLASS (wd_colour_picker_parent_class)->finalize (object);
}

static void
wd_colour_picker_class_init (WdColourPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_colour_picker_dispose;
  object_class->finalize = wd_colour_picker_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_COLOUR_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_colour_picker_init (WdColourPicker *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Colour"),
                                  -1);
  self->none = add_swatch (self, _("No colour"), "colour-none");
  for (guint i = 0; i < N_COLOURS; i++)
    {
      g_autofree char *style = g_strconcat ("colour-", wd_profile_colours ()[i], NULL);

      self->swatches[i] = add_swatch (self, get_label (i), style);
    }
  update (self);
}

/**
 * wd_colour_picker_set_colour:
 * @self: a picker
 * @colour: (nullable): one of wd_profile_colours(); %NULL is none
 *
 * Does not emit "changed": that says what people did.
 */
void
wd_colour_picker_set_colour (WdColourPicker *self, const char *colour)
{
  char *copy = g_strdup (colour);

  g_return_if_fail (WD_IS_COLOUR_PICKER (self));

  g_free (self->colour);
  self->colour = copy;
  update (self);
}

/**
 * wd_colour_picker_get_colour:
 * @self: a picker
 *
 * Returns: (transfer none) (nullable): the word of the colour chosen, as a profile holds it; %NULL
 *   for none
 */
const char *
wd_colour_picker_get_colour (WdColourPicker *self)
{
  g_return_val_if_fail (WD_IS_COLOUR_PICKER (self), NULL);

  return self->colour;
}
