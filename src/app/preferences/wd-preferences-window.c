/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is chosen holds at once and is kept; there is nothing to apply. Only the name of a time
 * zone waits until it is one. */

#include "app/preferences/wd-preferences-window.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "app/wd-background.h"

/* Of the list of time zones. */
enum {
  ZONE_LOCAL,
  ZONE_UTC,
  ZONE_OTHER,
};

struct _WdPreferencesWindow {
  AdwWindow parent_instance;

  WdPreferences *preferences;   /* (owned) */
  gboolean updating;            /* widgets are being set, not used */

  AdwComboRow *colors;
  AdwComboRow *density;
  AdwPreferencesGroup *telling;
  AdwComboRow *zone;
  GtkEditable *zone_name;
  AdwComboRow *numbers;
  AdwComboRow *dates;
  GtkSpinButton *interval;
  AdwActionRow *watching_row;
  GtkSwitch *keep_watching;
  char *watching_note;          /* (owned): what that does, where it may */
  GtkSwitch *desktop_search;
};

G_DEFINE_FINAL_TYPE (WdPreferencesWindow, wd_preferences_window, ADW_TYPE_WINDOW)

static GSettings *
get_settings (WdPreferencesWindow *self)
{
  return wd_preferences_get_settings (self->preferences);
}

static void
update_zone_name (WdPreferencesWindow *self)
{
  const char *text = gtk_editable_get_text (self->zone_name);
  g_autoptr (GTimeZone) zone = *text != '\0' ? wd_preferences_find_zone (text) : NULL;
  gboolean wrong = zone == NULL && *text != '\0';

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->zone_name),
                                 wrong ? _("This computer knows no time zone of that name")
                                       : _("Name, such as Europe/Berlin"));
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->zone_name), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->zone_name), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->zone_name), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_widget_set_visible (GTK_WIDGET (self->zone_name),
                          adw_combo_row_get_selected (self->zone) == ZONE_OTHER);
}

/* The present moment, and an amount, as they are told now. */
static void
update_example (WdPreferencesWindow *self)
{
  g_autofree char *time = wd_text_time (wd_time_now ());
  g_autofree char *amount = wd_text_amount ("1234567.890123");
  g_autofree char *text = g_strdup_printf ("%s · %s", time, amount);

  adw_preferences_group_set_description (self->telling, text);
}

/* State to widgets. */
static void
update_window (WdPreferencesWindow *self)
{
  g_autofree char *zone = g_settings_get_string (get_settings (self), "time-zone");

  self->updating = TRUE;
  adw_combo_row_set_selected (self->colors, wd_preferences_get_colors (self->preferences));
  adw_combo_row_set_selected (self->density, wd_preferences_get_density (self->preferences));
  adw_combo_row_set_selected (self->numbers,
                              (guint) g_settings_get_enum (get_settings (self), "number-format"));
  adw_combo_row_set_selected (self->dates,
                              (guint) g_settings_get_enum (get_settings (self), "date-format"));
  /* While a name is typed, “another” stays chosen whatever holds. */
  if (*zone != '\0' && g_strcmp0 (zone, "UTC") != 0)
    adw_combo_row_set_selected (self->zone, ZONE_OTHER);
  else if (adw_combo_row_get_selected (self->zone) != ZONE_OTHER)
    adw_combo_row_set_selected (self->zone, *zone != '\0' ? ZONE_UTC : ZONE_LOCAL);
  self->updating = FALSE;
  update_zone_name (self);
  update_example (self);
}

/* Only what was changed is kept: the rest goes on following the design. */
static void
set_choice (GSettings *settings, const char *key, guint choice)
{
  if (g_settings_get_enum (settings, key) != (int) choice)
    g_settings_set_enum (settings, key, (int) choice);
}

static void
selected_cb (WdPreferencesWindow *self)
{
  guint colors, density, numbers, dates;

  if (self->preferences == NULL || self->updating)
    return;
  /* Read before the first is written: writing brings "changed", which sets all widgets. */
  colors = adw_combo_row_get_selected (self->colors);
  density = adw_combo_row_get_selected (self->density);
  numbers = adw_combo_row_get_selected (self->numbers);
  dates = adw_combo_row_get_selected (self->dates);
  set_choice (get_settings (self), "color-scheme", colors);
  set_choice (get_settings (self), "table-density", density);
  set_choice (get_settings (self), "number-format", numbers);
  set_choice (get_settings (self), "date-format", dates);
}

static void
zone_selected_cb (WdPreferencesWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->zone);

  if (self->preferences == NULL || self->updating)
    return;
  if (selected != ZONE_OTHER)
    g_settings_set_string (get_settings (self), "time-zone", selected == ZONE_UTC ? "UTC" : "");
  update_zone_name (self);
  if (selected == ZONE_OTHER)
    gtk_widget_grab_focus (GTK_WIDGET (self->zone_name));
}

static void
zone_name_cb (WdPreferencesWindow *self)
{
  const char *text = gtk_editable_get_text (self->zone_name);
  g_autoptr (GTimeZone) zone = NULL;

  if (self->preferences == NULL || self->updating)
    return;
  zone = *text != '\0' ? wd_preferences_find_zone (text) : NULL;
  if (zone != NULL)
    g_settings_set_string (get_settings (self), "time-zone", text);
  update_zone_name (self);
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdPreferencesWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean allowed;

  /* Where nobody answers, nobody has said no. The window may be closed by now. */
  if (!wd_background_ask_finish (result, &allowed, &error) || self->preferences == NULL)
    return;
  adw_action_row_set_subtitle (self->watching_row,
                               allowed ? self->watching_note
                                       : _("The desktop does not let it: its settings for "
                                           "applications say so"));
  if (!allowed)
    gtk_switch_set_active (self->keep_watching, FALSE);
}

/* Also as the window opens, since the desktop may have changed its mind. */
static void
keep_watching_cb (WdPreferencesWindow *self)
{
  if (self->preferences != NULL && gtk_switch_get_active (self->keep_watching))
    wd_background_ask_async (g_application_get_default (), allowed_cb, g_object_ref (self));
}

static gboolean
close_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
wd_preferences_window_dispose (GObject *object)
{
  WdPreferencesWindow *self = WD_PREFERENCES_WINDOW (object);

  g_clear_object (&self->preferences);
  g_clear_pointer (&self->watching_note, g_free);
  G_OBJECT_CLASS (wd_preferences_window_parent_class)->dispose (object);
}

static void
wd_preferences_window_class_init (WdPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_preferences_window_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class,
    "/org/workerdashboard/WorkerDashboard/preferences/wd-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WdPreferencesWindow, colors);
  gtk_widget_class_bind_template_child (widget_class, WdPreferencesWindow, density);
  gtk_widget_class_bind_template_child (widget_class, WdPreferencesWindow, telling);
  gtk_widget_class_bind_template_child (widget_class, WdPreferencesWindow, zone);
  gtk_widget_class_bind_template_child (widget_class, WdPreferencesWindow, zone_name);
  gtk_widget_class_bind_template_child (widget_class, WdPreferencesWindow, numbers);
  gtk_widget_class_bind_template_child (widget_class, WdPreferencesWindow, dates);
  gtk_widget_class_bind_template_child (widget_class, WdPreferencesWindow, interval);
  gtk_widget_class_bind_template_child (widget_class, WdPreferencesWindow, watching_row);
  gtk_widget_class_bind_template_child (widget_class, WdPreferencesWindow, keep_watching);
  gtk_widget_class_bind_template_child (widget_class, WdPreferencesWindow, desktop_search);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, zone_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, zone_name_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_watching_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_cb, NULL);
}

static void
wd_preferences_window_init (WdPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->watching_note = g_strdup (adw_action_row_get_subtitle (self->watching_row));
}

/* Each choice is an example of itself, but for that of the language: the example above has it. */
static void
add_day_formats (WdPreferencesWindow *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GTimeZone *zone = wd_preferences_get_zone (wd_preferences_get ());

  for (WdDates dates = WD_DATES_LOCALE; dates <= WD_DATES_ISO; dates++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now (zone);
      g_autofree char *example = g_date_time_format (now, wd_preferences_find_day_format (dates));

      /* TRANSLATORS: how days or numbers are written */
      gtk_string_list_append (list, dates == WD_DATES_LOCALE ? _("By Language") : example);
    }
  adw_combo_row_set_model (self->dates, G_LIST_MODEL (list));
}

static void
add_number_formats (WdPreferencesWindow *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (WdNumbers numbers = WD_NUMBERS_LOCALE; numbers <= WD_NUMBERS_NONE; numbers++)
    {
      g_autofree char *example =
        wd_format_number ("1234567.89", wd_preferences_find_number_format (numbers));

      gtk_string_list_append (list, numbers == WD_NUMBERS_LOCALE ? _("By Language") : example);
    }
  adw_combo_row_set_model (self->numbers, G_LIST_MODEL (list));
}

/**
 * wd_preferences_window_new:
 * @preferences: what to show and change; must have settings
 * @parent: the window they are for
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
wd_preferences_window_new (WdPreferences *preferences, GtkWindow *parent)
{
  WdPreferencesWindow *self;

  g_return_val_if_fail (WD_IS_PREFERENCES (preferences), NULL);
  g_return_val_if_fail (wd_preferences_get_settings (preferences) != NULL, NULL);

  self = g_object_new (WD_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);
  add_day_formats (self);
  add_number_formats (self);
  self->updating = TRUE;
  self->preferences = g_object_ref (preferences);
  if (g_settings_get_user_value (get_settings (self), "time-zone") != NULL)
    {
      g_autofree char *zone = g_settings_get_string (get_settings (self), "time-zone");

      if (*zone != '\0' && g_strcmp0 (zone, "UTC") != 0)
        gtk_editable_set_text (self->zone_name, zone);
    }
  g_settings_bind (get_settings (self), "refresh-interval", self->interval, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (get_settings (self), "keep-watching", self->keep_watching, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (get_settings (self), "desktop-search", self->desktop_search, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (preferences, "changed", G_CALLBACK (update_window), self,
                           G_CONNECT_SWAPPED);
  update_window (self);
  return GTK_WINDOW (self);
}
