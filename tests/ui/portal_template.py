# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The desktop's portals as python-dbusmock plays them: a template of it, see portal.py.

A stand-in: there is no dialog, no document portal, and nothing is shown. Each call is noted, and
answered as the properties of TEST say: whether a program is `allowed` to go on without a window,
which file is `chosen`, whether the desktop `stays` as it is when asked to, until “Close”.
"""

import os

import dbus
from dbusmock import get_object
from gi.repository import GLib

BUS_NAME = "org.freedesktop.portal.Desktop"
MAIN_OBJ = "/org/freedesktop/portal/desktop"
MAIN_IFACE = "org.freedesktop.portal.Notification"
SYSTEM_BUS = False

PORTAL = "org.freedesktop.portal."
REQUEST = PORTAL + "Request"
APPEARANCE = "org.freedesktop.appearance"
# What the tests say to it.
TEST = "org.workerdashboard.Test"
VERSIONS = {"Background": 2, "FileChooser": 3, "Inhibit": 3, "Notification": 1, "OpenURI": 3,
            "ProxyResolver": 1, "Secret": 1, "Settings": 1}


def load(mock, parameters):
    """WITHOUT names portals that this desktop has not."""
    without = parameters.get("without", [])
    for name, version in VERSIONS.items():
        if name not in without:
            mock.AddProperty(PORTAL + name, "version", dbus.UInt32(version))
    for name in without:
        mock.methods.pop(PORTAL + name, None)
    mock.AddProperties(TEST, dbus.Dictionary({"allowed": True, "chosen": "", "stays": True},
                                             signature="sv"))
    mock.secret = os.urandom(64)
    mock.handles = 0
    # 1 asks for dark, 2 for light; a GTK that is not told of an accent takes black for it.
    mock.settings = {"color-scheme": dbus.UInt32(2), "contrast": dbus.UInt32(0),
                     "accent-color": dbus.Struct((0.208, 0.518, 0.894), signature="ddd")}
    if "Notification" not in without:
        mock.AddMethods(MAIN_IFACE, [("AddNotification", "sa{sv}", "", ""),
                                     ("RemoveNotification", "s", "", "")])


def _answer(mock, sender, options, results, code=0):
    """Returns the handle of a request that is answered once the caller knows of it."""
    token = options.get("handle_token", "t")
    path = f"{MAIN_OBJ}/request/{sender[1:].replace('.', '_')}/{token}"

    def answer():
        mock.EmitSignalDetailed(REQUEST, "Response", "ua{sv}",
                                [dbus.UInt32(code), dbus.Dictionary(results, signature="sv")],
                                {"path": path, "destination": sender})

    GLib.idle_add(answer)
    return dbus.ObjectPath(path)


def _note_instead(mock, name, *values):
    """The call itself has a descriptor, which cannot be told of when it is closed."""
    mock.call_log[-1] = (0, name, list(values))


@dbus.service.method(PORTAL + "Background", in_signature="sa{sv}", out_signature="o",
                     sender_keyword="sender")
def RequestBackground(self, _window, options, sender=None):
    allowed = dbus.Boolean(self.props[TEST]["allowed"])
    return _answer(self, sender, options, {"background": allowed, "autostart": dbus.Boolean(False)})


@dbus.service.method(PORTAL + "Background", in_signature="a{sv}", out_signature="")
def SetStatus(_self, _options):
    pass


def _close(request):
    get_object(MAIN_OBJ).call_log.append((0, "Close", [request.path]))


@dbus.service.method(PORTAL + "Inhibit", in_signature="sua{sv}", out_signature="o")
def Inhibit(self, _window, flags, options):
    if not self.props[TEST]["stays"]:
        raise dbus.exceptions.DBusException("refused", name=PORTAL + "Error.NotAllowed")
    self.handles += 1
    path = f"{MAIN_OBJ}/request/inhibit/{self.handles}"
    self.call_log.append((0, "Granted", [path, flags, options["reason"]]))
    self.AddObject(path, REQUEST, {}, [("Close", "", "", _close)])
    return dbus.ObjectPath(path)


@dbus.service.method(PORTAL + "Inhibit", in_signature="sa{sv}", out_signature="o",
                     sender_keyword="sender")
def CreateMonitor(self, _window, options, sender=None):
    """Newer versions of GTK ask when the session ends, which it does not here."""
    session = f"{MAIN_OBJ}/session/{options['session_handle_token']}"
    return _answer(self, sender, options, {"session_handle": session})


def _choose(self, options, sender):
    uris = dbus.Array([GLib.filename_to_uri(str(self.props[TEST]["chosen"]))], signature="s")
    return _answer(self, sender, options, {"uris": uris})


@dbus.service.method(PORTAL + "FileChooser", in_signature="ssa{sv}", out_signature="o",
                     sender_keyword="sender")
def OpenFile(self, _window, _title, options, sender=None):
    return _choose(self, options, sender)


@dbus.service.method(PORTAL + "FileChooser", in_signature="ssa{sv}", out_signature="o",
                     sender_keyword="sender")
def SaveFile(self, _window, _title, options, sender=None):
    return _choose(self, options, sender)


@dbus.service.method(PORTAL + "OpenURI", in_signature="sha{sv}", out_signature="o",
                     sender_keyword="sender")
def OpenDirectory(self, _window, fd, options, sender=None):
    number = fd.take()
    _note_instead(self, "Shown", os.readlink(f"/proc/self/fd/{number}"))
    os.close(number)
    return _answer(self, sender, options, {})


@dbus.service.method(PORTAL + "ProxyResolver", in_signature="s", out_signature="as")
def Lookup(_self, _uri):
    return ["direct://"]


@dbus.service.method(PORTAL + "Secret", in_signature="ha{sv}", out_signature="o",
                     sender_keyword="sender")
def RetrieveSecret(self, fd, options, sender=None):
    _note_instead(self, "Secret")
    with os.fdopen(fd.take(), "wb") as pipe:
        pipe.write(self.secret)
    return _answer(self, sender, options, {})


@dbus.service.method(PORTAL + "Settings", in_signature="as", out_signature="a{sa{sv}}")
def ReadAll(self, _namespaces):
    return {APPEARANCE: dbus.Dictionary(self.settings, signature="sv")}


@dbus.service.method(PORTAL + "Settings", in_signature="ss", out_signature="v")
def Read(self, namespace, key):
    if namespace != APPEARANCE or key not in self.settings:
        raise dbus.exceptions.DBusException("unknown", name=PORTAL + "Error.NotFound")
    # Once more a variant than need be, as the portal has it.
    value = self.settings[key]
    return type(value)(value, variant_level=2)


@dbus.service.method(TEST, in_signature="su", out_signature="")
def SetAppearance(self, key, value):
    """What somebody does who turns the dark style or high contrast on or off."""
    self.settings[key] = dbus.UInt32(value)
    self.EmitSignal(PORTAL + "Settings", "SettingChanged", "ssv",
                    [APPEARANCE, key, dbus.UInt32(value, variant_level=1)])
