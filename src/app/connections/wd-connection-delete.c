/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The question before a saved connection is deleted. */

#include "app/connections/wd-connection-delete.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/wd-format.h"

/**
 * wd_connection_delete_new:
 * @parent: the window it stands before
 * @name: of the connection
 *
 * Returns: (transfer none): an #AdwMessageDialog, not shown yet; it owns itself. Its response is
 *   %WD_CONNECTION_DELETE_YES only when the connection is to be deleted
 */
GtkWidget *
wd_connection_delete_new (GtkWindow *parent, const char *name)
{
  g_autofree char *visible = wd_format_visible (name, 128);
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), visible);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading,
                                              _("Its passwords are removed from the keyring too. "
                                                "Nothing is changed on the servers."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    WD_CONNECTION_DELETE_YES, _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              WD_CONNECTION_DELETE_YES,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}
