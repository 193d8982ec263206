# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The desktop that a confined program asks whether it may go on: org.freedesktop.portal.Desktop."""

from bus_service import BusService
from gi.repository import GLib


class Portal(BusService):
    """Says to each program what ALLOWED is; `asked` are the reasons it was given."""

    NAME = "org.freedesktop.portal.Desktop"
    PATH = "/org/freedesktop/portal/desktop"
    INTERFACE = """
<node><interface name="org.freedesktop.portal.Background">
  <method name="RequestBackground">
    <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
  </method>
</interface></node>
"""

    def __init__(self, allowed):
        self.allowed = allowed
        self.asked = []
        super().__init__()

    def answer(self, sender, _method, values):
        options = values[1]
        self.asked.append(options["reason"])
        path = f"{self.PATH}/request/{sender[1:].replace('.', '_')}/{options['handle_token']}"
        self.emit(path, "org.freedesktop.portal.Request", "Response",
                  GLib.Variant("(ua{sv})", (0, {"background": GLib.Variant("b", self.allowed)})))
        return GLib.Variant("(o)", (path,))
