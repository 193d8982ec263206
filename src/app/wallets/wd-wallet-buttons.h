/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void       wd_wallet_buttons_add_show_jobs (GtkBox *box, const char *address);
GtkWidget *wd_wallet_buttons_new_triggers (const char *address);

G_END_DECLS
