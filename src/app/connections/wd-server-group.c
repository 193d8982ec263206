/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One server of a connection: its address as a text and in parts, which follow each other, and its
 * password. All state is in the draft. */

#include "app/connections/wd-server-group.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-name.h"
#include "session/wd-address-hints.h"
#include "session/wd-sandbox.h"

struct _WdServerGroup {
  AdwPreferencesGroup parent_instance;

  WdProfileDraft *draft;       /* not owned: the dialog's */
  WdSecretKind kind;
  gboolean updating;           /* the widgets are being set, not typed into */
  gboolean moved;              /* a password was found in the address and moved */
  char *keyring_problem;       /* (owned) (nullable) */

  GtkWidget *use_row;
  GtkSwitch *use;
  GtkEditable *url;
  AdwExpanderRow *parts;
  GtkEditable *host;
  GtkEditable *port;
  GtkEditable *database;
  GtkEditable *user;
  AdwComboRow *tls;
  GtkEditable *password;
  AdwActionRow *hint;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdServerGroup, wd_server_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *
get_tls (WdServerGroup *self, guint selected)
{
  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return "";
  return self->kind == WD_SECRET_REDIS ? "on" : wd_address_tls_modes ()[selected - 1];
}

static guint
find_tls (WdServerGroup *self, const char *word)
{
  const char *const *modes = wd_address_tls_modes ();

  if (self->kind == WD_SECRET_REDIS)
    return *word != '\0';
  for (guint i = 0; modes[i] != NULL; i++)
    if (g_strcmp0 (modes[i], word) == 0)
      return i + 1;
  return 0;
}

static void
set_text (GtkEditable *editable, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (editable), text) == 0)
    return;
  gtk_editable_set_text (editable, text);
  gtk_editable_set_position (editable, -1);
}

/* Words about what is in the fields; the first that applies. */
static char *
dup_first_hint (WdServerGroup *self)
{
  const WdServerDraft *server = &self->draft->servers[self->kind];
  char *hint;

  if (self->keyring_problem != NULL)
    return g_strdup (self->keyring_problem);
  if (self->moved)
    return g_strdup (_("The password was moved out of the address into its own field."));
  hint = wd_sandbox_dup_socket_hint (server->address, self->kind == WD_SECRET_POSTGRES);
  if (hint == NULL && self->kind == WD_SECRET_POSTGRES)
    hint = wd_address_dup_hint (server->address, server->password);
  return hint;
}

/* And below, whatever else applies, how others could read along. */
static char *
dup_hint (WdServerGroup *self)
{
  g_autofree char *first = dup_first_hint (self);
  g_autofree char *tls
      = wd_address_dup_tls_hint (self->draft->servers[self->kind].address,
                                 self->kind == WD_SECRET_REDIS, *self->draft->ca_file != '\0');

  if (first != NULL && tls != NULL)
    return g_strdup_printf ("%s\n%s", first, tls);
  return first != NULL ? g_steal_pointer (&first) : g_steal_pointer (&tls);
}

static void
update_hint (WdServerGroup *self)
{
  g_autofree char *hint = dup_hint (self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->hint), hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint),
                          hint != NULL && (self->kind == WD_SECRET_POSTGRES
                                           || self->draft->has_redis));
}

/**
 * wd_server_group_update:
 * @self: a group with a draft
 *
 * Shows what the draft says now.
 */
void
wd_server_group_update (WdServerGroup *self)
{
  const WdServerDraft *server = &self->draft->servers[self->kind];
  const WdAddress *address = server->address;
  gboolean is_redis = self->kind == WD_SECRET_REDIS;
  gboolean used = !is_redis || self->draft->has_redis;

  self->updating = TRUE;
  gtk_switch_set_active (self->use, used);
  set_text (self->url, server->url);
  set_text (self->host, wd_address_get (address, WD_ADDRESS_HOST));
  set_text (self->port, wd_address_get (address, WD_ADDRESS_PORT));
  set_text (self->database, wd_address_get (address, WD_ADDRESS_DATABASE));
  set_text (self->user, wd_address_get (address, WD_ADDRESS_USER));
  set_text (self->password, server->password);
  adw_combo_row_set_selected (self->tls, find_tls (self, wd_address_get (address, WD_ADDRESS_TLS)));
  self->updating = FALSE;
  gtk_widget_set_visible (self->use_row, is_redis);
  gtk_widget_set_visible (GTK_WIDGET (self->url), used);
  gtk_widget_set_visible (GTK_WIDGET (self->parts), used);
  gtk_widget_set_visible (GTK_WIDGET (self->password), used);
  update_hint (self);
}

static void
changed (WdServerGroup *self)
{
  wd_server_group_update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
use_cb (WdServerGroup *self)
{
  if (self->updating || self->draft == NULL)
    return;
  self->draft->has_redis = gtk_switch_get_active (self->use);
  changed (self);
}

static gboolean
url_idle_cb (gpointer data)
{
  WdServerGroup *self = WD_SERVER_GROUP (data);

  if (self->draft != NULL)
    wd_server_group_update (self);
  return G_SOURCE_REMOVE;
}

/* The text itself is changed again only later: GTK is still in the middle of the change. */
static void
url_cb (WdServerGroup *self)
{
  WdServerDraft *server;

  if (self->updating || self->draft == NULL)
    return;
  server = &self->draft->servers[self->kind];
  if (g_strcmp0 (server->url, gtk_editable_get_text (self->url)) == 0)
    return;
  self->moved = wd_profile_draft_set_url (self->draft, self->kind,
                                          gtk_editable_get_text (self->url));
  g_idle_add_full (G_PRIORITY_HIGH, url_idle_cb, g_object_ref (self), g_object_unref);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
field_cb (WdServerGroup *self, GtkEditable *editable)
{
  const struct {
    GtkEditable *editable;
    WdAddressField field;
  } fields[] = {
    { self->host, WD_ADDRESS_HOST }, { self->port, WD_ADDRESS_PORT },
    { self->database, WD_ADDRESS_DATABASE }, { self->user, WD_ADDRESS_USER },
  };

  if (self->updating || self->draft == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].editable == editable)
      wd_profile_draft_set_field (self->draft, self->kind, fields[i].field,
                                  gtk_editable_get_text (editable));
  self->moved = FALSE;
  changed (self);
}

static void
tls_cb (WdServerGroup *self)
{
  if (self->updating || self->draft == NULL)
    return;
  wd_profile_draft_set_field (self->draft, self->kind, WD_ADDRESS_TLS,
                              get_tls (self, adw_combo_row_get_selected (self->tls)));
  changed (self);
}

static void
password_cb (WdServerGroup *self)
{
  if (self->updating || self->draft == NULL)
    return;
  wd_profile_draft_set_text (&self->draft->servers[self->kind].password,
                             gtk_editable_get_text (self->password));
  self->moved = FALSE;
  changed (self);
}

static void
wd_server_group_finalize (GObject *object)
{
  g_free (WD_SERVER_GROUP (object)->keyring_problem);
  G_OBJECT_CLASS (wd_server_group_parent_class)->finalize (object);
}

static void
wd_server_group_class_init (WdServerGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_server_group_finalize;

  /* The draft was changed by a person. */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_SERVER_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/connections/wd-server-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WdServerGroup, use_row);
  gtk_widget_class_bind_template_child (widget_class, WdServerGroup, use);
  gtk_widget_class_bind_template_child (widget_class, WdServerGroup, url);
  gtk_widget_class_bind_template_child (widget_class, WdServerGroup, parts);
  gtk_widget_class_bind_template_child (widget_class, WdServerGroup, host);
  gtk_widget_class_bind_template_child (widget_class, WdServerGroup, port);
  gtk_widget_class_bind_template_child (widget_class, WdServerGroup, database);
  gtk_widget_class_bind_template_child (widget_class, WdServerGroup, user);
  gtk_widget_class_bind_template_child (widget_class, WdServerGroup, tls);
  gtk_widget_class_bind_template_child (widget_class, WdServerGroup, password);
  gtk_widget_class_bind_template_child (widget_class, WdServerGroup, hint);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, url_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_cb);
  gtk_widget_class_bind_template_callback (widget_class, tls_cb);
  gtk_widget_class_bind_template_callback (widget_class, password_cb);
}

static void
wd_server_group_init (WdServerGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Both servers have a port: each row says whose. */
static void
name_rows (WdServerGroup *self)
{
  GtkEditable *rows[] = {
    self->url, self->host, self->port, self->database, self->user, self->password,
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name =
        /* TRANSLATORS: accessible name of a field, such as “Redis: Port” */
        g_strdup_printf (_("%s: %s"), self->kind == WD_SECRET_REDIS ? "Redis" : "PostgreSQL",
                         adw_preferences_row_get_title (ADW_PREFERENCES_ROW (rows[i])));

      wd_name_set (GTK_WIDGET (rows[i]), name);
    }
}

static GtkStringList *
make_tls_model (WdSecretKind kind)
{
  const char *const postgres[] = {
    _("Default (encrypted where possible)"), _("Verify certificate and host"),
    _("Verify certificate"), _("Encrypt, do not verify"), _("Encrypt where possible"),
    _("Encrypt only when demanded"), _("Never"), NULL
  };
  const char *const redis[] = { _("None"), _("TLS, verified"), NULL };

  return gtk_string_list_new (kind == WD_SECRET_REDIS ? redis : postgres);
}

/**
 * wd_server_group_set_draft:
 * @self: a group
 * @draft: (nullable): what is written; must outlive @self or be replaced
 * @kind: which of its servers
 */
void
wd_server_group_set_draft (WdServerGroup *self, WdProfileDraft *draft, WdSecretKind kind)
{
  gboolean is_redis = kind == WD_SECRET_REDIS;
  g_autoptr (GtkStringList) model = make_tls_model (kind);

  g_return_if_fail (WD_IS_SERVER_GROUP (self));

  self->draft = NULL;
  if (draft == NULL)
    return;
  self->kind = kind;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self),
                                   is_redis ? _("Redis and BullMQ") : "PostgreSQL");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->url),
                                 is_redis ? _("Address, such as rediss://host:6379/0")
                                          : _("Address, such as postgresql://user@host/database"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password), _("Password"));
  adw_combo_row_set_model (self->tls, G_LIST_MODEL (model));
  name_rows (self);
  self->draft = draft;
  adw_expander_row_set_expanded (self->parts, FALSE);
  wd_server_group_update (self);
}

/**
 * wd_server_group_set_keyring:
 * @self: a group with a draft
 * @is_reading: the keyring has not answered yet
 * @problem: (nullable): why the password in it is not known
 */
void
wd_server_group_set_keyring (WdServerGroup *self, gboolean is_reading, const char *problem)
{
  char *copy = g_strdup (problem);

  g_return_if_fail (WD_IS_SERVER_GROUP (self));

  g_free (self->keyring_problem);
  self->keyring_problem = copy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->password), !is_reading);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password),
                                 is_reading ? _("Password (reading the keyring…)") : _("Password"));
  update_hint (self);
}
