# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

complete --command wdctl --no-files \
    --arguments '(wdctl --complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
