# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The desktop as a sandboxed program sees it: its portals for files, proxies and secrets.

A stand-in: there is no dialog and no document portal. A file that is "chosen" is one that stands
where the sandbox can read it.
"""

import os

from bus_service import BusService
from gi.repository import GLib

_FILES = """<interface name="org.freedesktop.portal.FileChooser">
  <method name="OpenFile">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
    <arg type="o" direction="out"/>
  </method>
  <property name="version" type="u" access="read"/>
</interface>"""
_PROXIES = """<interface name="org.freedesktop.portal.ProxyResolver">
  <method name="Lookup">
    <arg type="s" direction="in"/><arg type="as" direction="out"/>
  </method>
  <property name="version" type="u" access="read"/>
</interface>"""
_SECRETS = """<interface name="org.freedesktop.portal.Secret">
  <method name="RetrieveSecret">
    <arg type="h" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
  </method>
  <property name="version" type="u" access="read"/>
</interface>"""


class Portals(BusService):
    """Answers every choice with the file `chosen`; `secrets` counts who asked for their secret."""

    NAME = "org.freedesktop.portal.Desktop"
    PATH = "/org/freedesktop/portal/desktop"

    def __init__(self, has_secrets):
        self.INTERFACE = f"<node>{_FILES}{_PROXIES}{_SECRETS if has_secrets else ''}</node>"
        self.chosen = None
        self.secrets = 0
        self._secret = os.urandom(64)
        super().__init__()

    def property(self, _interface, _name):
        return GLib.Variant("u", 1)

    def called(self, sender, method, arguments, invocation):
        if method == "Lookup":
            invocation.return_value(GLib.Variant("(as)", (["direct://"],)))
            return
        options = arguments.unpack()[-1]
        path = f"{self.PATH}/request/{sender[1:].replace('.', '_')}/{options['handle_token']}"
        results = {}
        if method == "OpenFile":
            results["uris"] = GLib.Variant("as", [GLib.filename_to_uri(self.chosen)])
        else:
            self.secrets += 1
            message = invocation.get_message()
            with os.fdopen(message.get_unix_fd_list().get(arguments.unpack()[0]), "wb") as pipe:
                pipe.write(self._secret)
        invocation.return_value(GLib.Variant("(o)", (path,)))
        self.emit(path, "org.freedesktop.portal.Request", "Response",
                  GLib.Variant("(ua{sv})", (0, results)), sender)
