/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a production connection asks before many jobs or wallets: their number, to be typed. */

#include "app/bulk/wd-bulk-question.h"

#include <glib/gi18n-lib.h>

#include "app/bulk/wd-bulk-text.h"
#include "app/common/wd-confirm.h"
#include "base/wd-format.h"

/**
 * wd_bulk_question_is_needed:
 * @profile: a connection
 * @run: what is to be done
 * @n: to how many jobs or wallets
 *
 * Returns: whether it asks before so many, or a remote dashboard does
 */
gboolean
wd_bulk_question_is_needed (const WdProfile *profile, const WdBulkRun *run, gint64 n)
{
  return run->must_confirm || (profile->production && n > WD_CONFIRM_FREELY);
}

/**
 * wd_bulk_question_ask:
 * @parent: whose question it is
 * @profile: the connection
 * @request: what is done
 * @n: to how many
 * @cancellable: (nullable): takes the question back, as a no
 * @callback: called with the answer of wd_confirm_finish()
 * @data: for @callback
 */
void
wd_bulk_question_ask (GtkWindow *parent, const WdProfile *profile, const WdBulkRequest *request,
                      gint64 n, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autofree char *heading = wd_bulk_text_question (request, n);
  g_autofree char *action = wd_bulk_text_go (request, n);
  g_autofree char *name = wd_format_visible (profile->name, 64);
  g_autofree char *body = g_strdup_printf (profile->production
                                             ? _("“%s” is a production connection.")
                                             : _("The remote dashboard “%s” is in production."),
                                           name);
  g_autofree char *typed = wd_confirm_number ((guint) n);

  wd_confirm_async (parent, &(WdConfirmSpec) { heading, body, action, FALSE, typed }, cancellable,
                    callback, data);
}
