/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What nearly every file of the window reads first, read once: with -Db_pch=true alone, since what
 * a file forgets to include is not found then. No guard: it is no header of ours. */

#include <adwaita.h>
