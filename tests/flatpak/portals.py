# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The desktop as a sandboxed program sees it: its portals for files, looks, proxies and secrets.

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
_SETTINGS = """<interface name="org.freedesktop.portal.Settings">
  <method name="ReadAll">
    <arg type="as" direction="in"/><arg type="a{sa{sv}}" direction="out"/>
  </method>
  <method name="Read">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>
  </method>
  <property name="version" type="u" access="read"/>
</interface>"""
_APPEARANCE = "org.freedesktop.appearance"
_SECRETS = """<interface name="org.freedesktop.portal.Secret">
  <method name="RetrieveSecret">
    <arg type="h" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
  </method>
  <property name="version" type="u" access="read"/>
</interface>"""


class Portals(BusService):
    """Answers every choice with the file `chosen`; `secrets` counts who asked for their secret.

    The desktop is light until `darken` is called.
    """

    NAME = "org.freedesktop.portal.Desktop"
    PATH = "/org/freedesktop/portal/desktop"

    def __init__(self, has_secrets):
        # 1 asks for dark, 2 for light; a GTK that is not told of an accent takes black for it.
        self._settings = {"color-scheme": GLib.Variant("u", 2), "contrast": GLib.Variant("u", 0),
                          "accent-color": GLib.Variant("(ddd)", (0.208, 0.518, 0.894))}
        secrets = _SECRETS if has_secrets else ""
        self.INTERFACE = f"<node>{_FILES}{_PROXIES}{_SETTINGS}{secrets}</node>"
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
        if method == "ReadAll":
            invocation.return_value(
                GLib.Variant("(a{sa{sv}})", ({_APPEARANCE: self._settings},)))
            return
        if method == "Read":
            self._read_setting(*arguments.unpack(), invocation)
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

    def _read_setting(self, namespace, key, invocation):
        value = self._settings.get(key) if namespace == _APPEARANCE else None
        if value is None:
            invocation.return_dbus_error("org.freedesktop.portal.Error.NotFound", "unknown")
        else:
            # Once more a variant than need be, as the portal has it.
            invocation.return_value(GLib.Variant("(v)", (GLib.Variant("v", value),)))

    def darken(self, is_dark):
        """What somebody does who turns the dark style on or off."""
        self._settings["color-scheme"] = GLib.Variant("u", 1 if is_dark else 2)
        self.emit(self.PATH, "org.freedesktop.portal.Settings", "SettingChanged",
                  GLib.Variant("(ssv)", (_APPEARANCE, "color-scheme",
                                         self._settings["color-scheme"])))
