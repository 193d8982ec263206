#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Drives the installed Flatpak through its main path, by AT-SPI from outside the sandbox.

Started by tools/flatpak: drive.py APPLICATION x11|wayland FOLDER. Under Wayland, in a headless
Weston, nothing but AT-SPI can press a button, so nothing else is used under either. Passwords are
kept by the keyring under X11, and in the sandbox by the secret portal under Wayland.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(SOURCE, "tests"), os.path.join(SOURCE, "tests", "ui")]

from confined import SIZE, Confined, Weston, find_entry, press, trigger  # noqa: E402
from connection_case import CONNECTED, button, field  # noqa: E402
from fixtures.display import Display  # noqa: E402
from fixtures.postgres import PASSWORD, PASSWORD_IN_URL  # noqa: E402
from fixtures.processes import FixtureError  # noqa: E402
from fixtures.runner import exit_on_signals, adopt_orphans, end_descendants  # noqa: E402
from fixtures.wallet_platform import Platform  # noqa: E402
from keyring import Keyring  # noqa: E402
from portals import Portals  # noqa: E402
from sample_data import explore_sample, kill_sample, miss_servers  # noqa: E402

NAME = "Loopback"
# All that the program may do, as Flatpak says it; x11 is for those that do not know fallback-x11.
RIGHTS = """[Context]
shared=network;ipc;
sockets=x11;wayland;fallback-x11;
devices=dri;

[Session Bus Policy]
org.freedesktop.secrets=talk
"""


def connect(window, platform, portals):
    """Fills in the dialog and saves. The authority is chosen; then the file is taken away."""
    window.click("push button", button("Connect…"))

    def fill(name, text):
        find_entry(window, name).set_text(text)

    fill(re.compile("Name.*"), NAME)
    fill(field("PostgreSQL", "Address"), platform.postgres.url())
    hint = window.find("label", re.compile(".*flatpak override --user --filesystem=.*"))
    window.screenshot("socket")
    let_in(window, platform, hint.name)
    fill(field("PostgreSQL", "Address"),
         f"postgresql://platform:{PASSWORD_IN_URL}@localhost:{platform.postgres.port}/platform"
         "?sslmode=verify-full")
    fill(field("Redis", "Address"), platform.redis.tls_url())
    lend(window, platform, portals)
    press(window, "Save", "Connection", "connection")
    migrate(window)
    window.find("panel", CONNECTED)


def let_in(window, platform, hint):
    """Does what the dialog says of unix sockets: before, they are out of reach, and after not."""
    command = shlex.split(hint.rpartition(": ")[2])
    assert command[-1] == window.name(), command
    addresses = {"DATABASE_URL": platform.postgres.url(), "REDIS_URL": platform.redis.url()}
    code, said = window.run_beside("wdctl", "stats", "--json", **addresses)
    assert code != 0, said
    subprocess.run(command, check=True)
    try:
        code, said = window.run_beside("wdctl", "stats", "--json", **addresses)
    finally:
        subprocess.run(["flatpak", "override", "--user", "--reset", window.name()], check=True)
    assert code == 0, said
    print(f"  lets it reach unix sockets: {shlex.join(command)}")


def check_rights(window, is_wayland):
    """The program has those of the manifest; where there is Wayland it does not see X."""
    shown = subprocess.run(["flatpak", "info", "--user", "--show-permissions", window.name()],
                           check=True, stdout=subprocess.PIPE, text=True).stdout
    assert shown.strip() == RIGHTS.strip(), shown
    with tempfile.NamedTemporaryFile(dir=os.path.expanduser("~"), prefix="not-chosen-") as file:
        code, said = window.run_beside("cat", file.name)
        assert code != 0 and "No such file" in said, said
    code, said = window.run_beside("sh", "-c", "ls /tmp/.X11-unix/X* && test -n \"$DISPLAY\"")
    assert (code != 0) == is_wayland, said


def check_icons(window):
    """GNOME drops icons now and then: what we name and do not bring is to be in this one."""
    wanted, ours = set(), set()
    for folder, _folders, files in os.walk(os.path.join(SOURCE, "src")):
        for name in files:
            if name.endswith((".c", ".h", ".ui")):
                with open(os.path.join(folder, name), encoding="utf-8") as text:
                    wanted.update(re.findall(r'[">]([a-z]+(?:-[a-z]+)*-symbolic)["<]', text.read()))
    for _folder, _folders, files in os.walk(os.path.join(SOURCE, "data", "icons")):
        ours.update(name.removesuffix(".svg") for name in files)
    code, said = window.run_beside("sh", "-c", "cd /usr/share/icons/Adwaita/symbolic && ls *")
    assert code == 0, said
    missing = wanted - ours - {name.removesuffix(".svg") for name in said.split()}
    assert len(wanted) > 20 and not missing, f"no such icons: {missing}"


def migrate(window):
    """The statements are there, but nobody wrote down that they were made."""
    window.click("push button", "Show Migrations…")
    press(window, "Apply…", "Migrations", "migrations")
    press(window, "Apply", re.compile("Apply .* Migrations.*"), "apply")
    window.wait_gone("push button", "Show Migrations…")
    window.screenshot("applied")
    window.click("push button", button("Close"), within=("dialog", "Migrations"))
    window.wait_gone("dialog", "Migrations")


def lend(window, platform, portals):
    portals.chosen = os.path.expanduser(f"~/.var/app/{window.name()}/cache/lent/authority.pem")
    os.makedirs(os.path.dirname(portals.chosen), exist_ok=True)
    shutil.copyfile(platform.authority.certificate, portals.chosen)
    window.click("push button", "Choose a file of certificates")
    entry = find_entry(window, re.compile("Own certificate authority.*"))
    window.wait(lambda: "/worker-dashboard/certificates/authority-" in entry.text(), "the copy")
    print(f"  the authority is now {entry.text()}")
    os.unlink(portals.chosen)


def check_passwords(window, keyring, portals, is_portal):
    """Each is where the desktop wants it, and nowhere else."""
    kept = [keyring.password(NAME, store) for store in ("postgres", "redis")]
    files = os.path.expanduser(f"~/.var/app/{window.name()}/data/keyrings")
    assert kept == ([None, None] if is_portal else [PASSWORD, PASSWORD]), "wrong in the keyring"
    assert (portals.secrets > 0) == is_portal, f"{portals.secrets} asked the secret portal"
    assert os.path.isdir(files) == is_portal, f"{files} is there or not"


def look(window, portals, is_dark):
    """The desktop becomes dark or light, and the window with it."""
    def brightness():
        shown = subprocess.run(["convert", window.picture("dark" if is_dark else "light"),
                                "-colorspace", "Gray", "-format", "%[fx:mean]", "info:"],
                               check=True, stdout=subprocess.PIPE, text=True)
        return float(shown.stdout)

    portals.darken(is_dark)
    window.wait(lambda: (brightness() < 0.4) == is_dark, "dark" if is_dark else "light")


def drive(name, folder, environment):
    is_wayland = bool(environment)
    with Portals(is_wayland), Confined(name, folder, environment, by_desktop=True) as window:
        explore_sample(window)
        kill_sample(window, is_wayland)
    with Portals(is_wayland), Confined(name, folder, environment,
                                       WORKER_DASHBOARD_SERVERS="/nonexistent") as window:
        miss_servers(window)
    with Keyring() as keyring, Portals(is_wayland) as portals, \
            Platform(wallets=60, jobs=300, tls=True) as platform, \
            Confined(name, folder, environment) as window:
        window.screenshot("welcome")
        check_rights(window, is_wayland)
        check_icons(window)
        connect(window, platform, portals)
        check_passwords(window, keyring, portals, is_wayland)
        window.find("label", "Overview")
        window.find(None, "Updates: Live")
        window.screenshot("overview")
        # The rest is dark under Wayland, and light under X11.
        look(window, portals, True)
        look(window, portals, is_wayland)
        window.click("push button", re.compile(".*[Ff]ailed.*"))
        window.find("label", re.compile(r"[\d\s]+ jobs?"))
        window.screenshot("jobs")
        platform.producer.kill()
        trigger(window, platform.postgres.connect(), f"{{}}?connection={NAME}")


def main():
    name, kind, folder = sys.argv[1:]
    exit_on_signals()
    adopt_orphans()
    os.makedirs(folder, exist_ok=True)
    began = time.monotonic()
    try:
        # Like all desktops it has an X server, which under Wayland the sandbox must not see.
        with Display(SIZE) as display:
            os.environ.update(display.environment())
            os.environ.pop("NO_AT_BRIDGE", None)
            if kind == "wayland":
                with Weston(display.household) as weston:
                    drive(name, folder, weston.environment())
            else:
                drive(name, folder, {})
    except (AssertionError, FixtureError) as error:
        print(f"{os.path.basename(folder)}: {error}", file=sys.stderr)
        return 1
    finally:
        end_descendants()
    print(f"{os.path.basename(folder)}: driven in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
