# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whoever shows notifications on the session's bus: org.freedesktop.Notifications."""

import itertools

from bus_service import BusService
from gi.repository import GLib


class Notifications(BusService):
    """Shows nothing, and remembers what it was to show.

    `shown` has what is there now: number to title, text, actions and urgency.
    """

    NAME = "org.freedesktop.Notifications"
    PATH = "/org/freedesktop/Notifications"
    INTERFACE = """
<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>
"""

    def __init__(self):
        self.shown = {}
        self.history = []
        self._numbers = itertools.count(1)
        super().__init__()

    def answer(self, _sender, method, values):
        if method == "Notify":
            number = values[1] or next(self._numbers)
            said = {"title": values[3], "text": values[4],
                    "actions": dict(zip(values[5][::2], values[5][1::2])),
                    "urgency": values[6].get("urgency")}
            self.shown[number] = said
            self.history.append(said)
            return GLib.Variant("(u)", (number,))
        if method == "GetCapabilities":
            return GLib.Variant("(as)", (["body", "actions"],))
        if method == "GetServerInformation":
            return GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))
        self.shown.pop(values[0], None)
        return None

    def find(self, title):
        """Returns the number of the one of that title, or None."""
        return next((number for number, said in list(self.shown.items())
                     if said["title"] == title), None)

    def act(self, number, action="default"):
        """What a click on it, or on one of its buttons, does."""
        key = next(key for key, label in self.shown[number]["actions"].items()
                   if action in (key, label))
        self.emit(self.PATH, self.NAME, "ActionInvoked", GLib.Variant("(us)", (number, key)))
