/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the keeper's command line begins with. */
#define WD_SAMPLE_KEEPER_OPTION "--keep-sample-servers"

/* What it writes to its owner: words, one a line; after “failed” a program and its status, and then
 * what that program said, until the end. */
#define WD_SAMPLE_SAYS_FOLDER  "folder "
#define WD_SAMPLE_SAYS_CLUSTER "cluster"
#define WD_SAMPLE_SAYS_STARTED "started"
#define WD_SAMPLE_SAYS_FAILED  "failed "

gboolean wd_sample_keeper_is_asked (int argc, char **argv);
int      wd_sample_keeper_run (int argc, char **argv);

G_END_DECLS
