-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

--@include one.lua
--@include two.lua
--@include one.lua
return two ()
