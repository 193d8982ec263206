/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A remote dashboard: its address and its token. All state is in the draft. */

#include "app/connections/wd-remote-group.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-name.h"

struct _WdRemoteGroup {
  AdwPreferencesGroup parent_instance;

  WdProfileDraft *draft;       /* not owned: the dialog's */
  gboolean updating;           /* the widgets are being set, not typed into */

  GtkEditable *url;
  GtkEditable *token;
  AdwPreferencesRow *hint;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdRemoteGroup, wd_remote_group, ADW_TYPE_PREFERENCES_GROUP)

static void
set_text (GtkEditable *editable, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (editable), text) != 0)
    gtk_editable_set_text (editable, text);
}

static void
take (WdRemoteGroup *self, char **text, GtkEditable *editable)
{
  wd_profile_draft_set_text (text, gtk_editable_get_text (editable));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
url_cb (WdRemoteGroup *self)
{
  if (!self->updating && self->draft != NULL)
    take (self, &self->draft->api_url, self->url);
}

static void
token_cb (WdRemoteGroup *self)
{
  if (!self->updating && self->draft != NULL)
    take (self, &self->draft->api_token, self->token);
}

static void
wd_remote_group_class_init (WdRemoteGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* The draft was changed by a person. */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_REMOTE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/connections/wd-remote-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WdRemoteGroup, url);
  gtk_widget_class_bind_template_child (widget_class, WdRemoteGroup, token);
  gtk_widget_class_bind_template_child (widget_class, WdRemoteGroup, hint);
  gtk_widget_class_bind_template_callback (widget_class, url_cb);
  gtk_widget_class_bind_template_callback (widget_class, token_cb);
}

/* Other servers have an address too: each row says whose it is. */
static void
name_row (GtkEditable *row, const char *name)
{
  wd_name_set (GTK_WIDGET (row), name);
}

static void
wd_remote_group_init (WdRemoteGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->token), _("Token"));
  name_row (self->url, _("Remote dashboard: Address"));
  name_row (self->token, _("Remote dashboard: Token"));
}

/**
 * wd_remote_group_update:
 * @self: a group with a draft
 *
 * Shows what the draft says now.
 */
void
wd_remote_group_update (WdRemoteGroup *self)
{
  self->updating = TRUE;
  set_text (self->url, self->draft->api_url);
  set_text (self->token, self->draft->api_token);
  self->updating = FALSE;
}

/**
 * wd_remote_group_set_draft:
 * @self: a group
 * @draft: (nullable): what is written; must outlive @self or be replaced
 */
void
wd_remote_group_set_draft (WdRemoteGroup *self, WdProfileDraft *draft)
{
  g_return_if_fail (WD_IS_REMOTE_GROUP (self));

  self->draft = draft;
  if (draft != NULL)
    wd_remote_group_update (self);
}

/**
 * wd_remote_group_set_keyring:
 * @self: a group with a draft
 * @is_reading: the keyring has not answered yet
 * @problem: (nullable): why the token in it is not known
 */
void
wd_remote_group_set_keyring (WdRemoteGroup *self, gboolean is_reading, const char *problem)
{
  g_return_if_fail (WD_IS_REMOTE_GROUP (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->token), !is_reading);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->token),
                                 is_reading ? _("Token (reading the keyring…)") : _("Token"));
  adw_preferences_row_set_title (self->hint, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), problem != NULL);
}
