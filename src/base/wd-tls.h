/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

const char   *wd_tls_describe_problems (GTlsCertificateFlags problems);
GTlsDatabase *wd_tls_load_authorities (const char *ca_file, GError **error);

G_END_DECLS
