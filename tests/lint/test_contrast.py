#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is written in our colours can be read (AA: 4.5 to 1), what is drawn in them seen (3 to 1).

Takes our style sheets, the colours of charts from their source, and the installed library's own
sheets, light and dark, with and without high contrast, and computes.
"""

import collections
import ctypes
import os
import re
import unittest

import css_color
from gi.repository import Gio

APP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "app")
LIBRARY = "/org/gnome/Adwaita/styles/"
TEXT, DRAWN = 4.5, 3
BACKGROUNDS = ("window_bg_color", "view_bg_color", "card_bg_color", "dialog_bg_color",
               "popover_bg_color", "headerbar_bg_color")
# How much of the text's colour lies over what rows are on, as libadwaita 1.2 has it: of tables and
# the sidebar, where pressed is but a moment and can be read all the same; and of lists elsewhere.
ROWS = {"hovered": 0.07, "selected": 0.1, "selected and hovered": 0.13, "pressed": 0.16,
        "selected and pressed": 0.19}
STATES = {"window_bg_color": ROWS, "view_bg_color": ROWS,
          **dict.fromkeys(("card_bg_color", "dialog_bg_color", "popover_bg_color"),
                          {"hovered": 0.07, "selected": 0.1})}
# Behind text of ours, and what of it is in tones.
TINTED = (".trouble", ".trouble.wrong", "bulkrow.caution", ".remedy", ".progress-row",
          "jobline.running", "listview.timeline > row:hover jobline")
TONED = ("jobline.running", "listview.timeline > row:hover jobline")
# Nothing is to be known by it alone: lines between parts, what stands for rows not read yet, and
# colours of connections, which have names.
DECORATION = (".colour-dot", ".dialog-bar", ".unloaded", "popover.filter-choices > contents")
TONES = ("ok", "caution", "wrong", "busy")
DEFINITION = re.compile(r"@define-color (\w+) ([^;]+);")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
# What is asked by a part of its name.
ASKED = re.compile(r"\.(?:badge|check-icon|step-dot)\.\w+|\.(?:connection|swatch)\.colour-\w+")
COLORED = re.compile(r"(?:^|[;\s])(?:color|opacity|background-color|background-image|outline|"
                     r"border(?:-\w+)*): (?!transparent|currentColor;|none;|[\d.]+(?:px)?;)"
                     r"|(?:^|[;\s])opacity: ")
VARIABLE = re.compile(r"var\((--[\w-]+)\)")
# Those that people may choose, since libadwaita 1.6.
ACCENT = re.compile(r"--accent-([a-z]+): (#\w+);")


def read(*path):
    with open(os.path.join(APP, *path), encoding="utf-8") as file:
        return file.read()


def library(name):
    return Gio.resources_lookup_data(LIBRARY + name, 0).get_data().decode()


def blend(over, under):
    """OVER, red to alpha, in front of UNDER, as the screen shows it."""
    alpha = over[3]
    return (*(css_color.cut(a) * alpha + b * (1 - alpha) for a, b in zip(over[:3], under[:3])), 1.0)


def luminance(color):
    red, green, blue = (css_color.to_linear(css_color.cut(part)) for part in color[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class Look:
    """Light or dark, with high contrast or without, with the ACCENT that people chose, or ours."""

    def __init__(self, name, high, accent):
        self.name = ", ".join([name, *(["high contrast"] if high else []), *accent[:1]])
        # The accent, and what is white on it, a newer library does not say in a sheet.
        names = {"currentColor": "@window_fg_color", "accent_fg_color": "white"}
        if accent:
            names["accent_bg_color"] = accent[1]
        self._bodies = collections.defaultdict(list)
        for sheet in (library("base-hc.css" if high else "base.css"),
                      library(f"defaults-{name}.css"), read("style.css"),
                      read("style-accent-own.css" if accent else "style-accent.css"),
                      *([read("style-hc.css")] if high else [])):
            names.update(DEFINITION.findall(sheet))
            for selectors, body in RULE.findall(re.sub(r"/\*.*?\*/|@define[^;]*;", "", sheet,
                                                       flags=re.DOTALL)):
                for selector in selectors.split(","):
                    self._bodies[selector.strip()].append(body)
        if accent:
            names["--accent-bg-color"] = self.rule(":root", "--accent-bg-color")
        self.color = css_color.Colors(names).read

    def rule(self, selector, member):
        """What the last rule for exactly SELECTOR, among others perhaps, says of MEMBER."""
        for body in reversed(self._bodies[selector]):
            found = re.search(rf"(?:^|[;\s]){member}: ([^;]+);", body)
            if found:
                own = dict(re.findall(r"(--[\w-]+): ([^;]+);", body))
                return VARIABLE.sub(lambda name: own.get(name[1], name[0]), found[1])
        raise AssertionError((selector, member))

    def backgrounds(self):
        window = self.color("window_bg_color")
        return {name: blend(self.color(name), window) for name in BACKGROUNDS}

    def text(self, background, opacity=1.0):
        """The colour of plain text at OPACITY."""
        color = self.color("window_fg_color")
        return blend((*color[:3], color[3] * opacity), background)


class Contrast(unittest.TestCase):
    """Every pair of colours that meet."""

    @classmethod
    def setUpClass(cls):
        # What the library brings registers itself when it is loaded.
        ctypes.CDLL("libadwaita-1.so.0")
        accents = ACCENT.findall(library("base.css")) or [()]
        cls.looks = [Look(name, high, accent) for name in ("light", "dark")
                     for high in (False, True) for accent in accents]

    def see(self, look, what, one, other, least):
        ratio = contrast(one, other)
        with self.subTest(look=look.name, what=what):
            self.assertGreaterEqual(round(ratio, 2), least)

    def everywhere(self):
        for look in self.looks:
            for name, background in look.backgrounds().items():
                yield look, f"on {name}", background

    def test_plain(self):
        for look, where, background in self.everywhere():
            self.see(look, where, look.text(background), background, TEXT)

    def test_dim(self):
        """Captions; also in what is old, and on the yellow and the red of troubles."""
        for look, where, background in self.everywhere():
            # The library's own captions are the second since 1.7.
            for selector in (".dim-label", ".dimmed", "row label.subtitle"):
                dim = float(look.rule(selector, "opacity"))
                self.see(look, f"{selector} {where}", look.text(background, dim), background, TEXT)
            old = float(look.rule("box.old", "opacity"))
            inner = float(look.rule("box.old .dim-label", "opacity"))
            self.see(look, f"old {where}", look.text(background, old * inner), background, TEXT)
            for selector in ("columnview.data-table > header > button > box",
                             "popover.menu accelerator"):
                color = look.color(look.rule(selector, "color"))
                self.see(look, f"{selector} {where}", blend(color, background), background, TEXT)
            heading = float(look.rule(".sidebar-heading", "opacity"))
            self.see(look, f"heading {where}", look.text(background, heading), background, TEXT)
        for look in self.looks:
            dim = float(look.rule(".dim-label", "opacity"))
            for selector in TINTED:
                color = look.color(look.rule(selector, "background-color"))
                background = blend(color, look.color("window_bg_color"))
                self.see(look, selector, look.text(background, dim), background, TEXT)
                self.see(look, selector, look.text(background), background, TEXT)
                if selector in TONED:
                    self.see_tones(look, f"on {selector}", background)

    def rows(self):
        """Yields what a row can have behind it besides what its list has."""
        for look in self.looks:
            for name, states in STATES.items():
                under = look.backgrounds()[name]
                for state, share in states.items():
                    yield look, f"{state} on {name}", look.text(under, share)

    def test_rows(self):
        """Whatever stands in a row, also in one that is pointed at, selected, or pressed."""
        for look, where, background in self.rows():
            self.see(look, where, look.text(background), background, TEXT)
            for selector in (".dim-label", "row label.subtitle"):
                dim = float(look.rule(selector, "opacity"))
                self.see(look, f"{selector} {where}", look.text(background, dim), background, TEXT)
            plain = look.text(background, 0.1)
            self.see(look, f".badge {where}", look.text(plain), plain, TEXT)
            self.see_tones(look, where, background)

    def see_tones(self, look, where, background, least=TEXT):
        for tone in TONES:
            rule = f".badge.{tone}"
            color = look.color(look.rule(rule, "color"))
            badge = blend(look.color(look.rule(rule, "background-color")), background)
            self.see(look, f"{rule} {where}", blend(color, badge), badge, least)
            self.see(look, f"{tone} {where}", blend(color, background), background, least)

    def test_high(self):
        """High contrast has tones of its own: AAA, where no row is selected."""
        for look, where, background in self.everywhere():
            if "high contrast" in look.name and where in ("on view_bg_color", "on card_bg_color"):
                self.see_tones(look, where, background, 7)

    def test_drawn(self):
        """Dots, edges, and where the keyboard is."""
        for look, where, background in self.everywhere():
            for selector, member in (
                    (".step-dot", "background-color"), (".step-dot.ok", "background-color"),
                    (".step-dot.busy", "background-color"), (".step-dot.wrong", "background-color"),
                    (".connection .dot", "color"), (".connection.ok .dot", "color"),
                    (".connection.caution .dot", "color"), (".connection.wrong .dot", "color"),
                    ("jobline.running", "border-left-color"), ("chart:focus-visible", "outline"),
                    ("listview.timeline > row:focus-visible jobline", "outline")):
                color = look.color(look.rule(selector, member).removeprefix("2px solid "))
                self.see(look, f"{selector} {where}", blend(color, background), background, DRAWN)

    def test_tones(self):
        """Words of a tone, by themselves and on the colour of their badge."""
        for look, where, background in self.everywhere():
            self.see_tones(look, where, background)
            for selector in (".figure.caution", ".figure.wrong", "label.warning", "label.error",
                             ".outcome.ok > label", ".outcome.wrong > label", ".error-line",
                             ".outcome.caution > box > label", ".error-block textview"):
                color = look.color(look.rule(selector, "color"))
                self.see(look, f"{selector} {where}", blend(color, background), background, TEXT)
            outcome = look.color(look.rule(".outcome.caution image", "color"))
            faint = (*outcome[:3], outcome[3] * float(look.rule(".outcome image", "opacity")))
            self.see(look, f"icon of an outcome {where}", blend(faint, background), background,
                     DRAWN)
            none = look.color(look.rule("button.swatch.colour-none:checked", "color"))
            self.see(look, f"mark on none {where}", blend(none, background), background, DRAWN)
            for tone in TONES[:3]:
                color = look.color(look.rule(f".check-icon.{tone}", "color"))
                self.see(look, f"icon {tone} {where}", blend(color, background), background, DRAWN)

    def test_connections(self):
        """What is said of a connection on its colour, and the mark on the colour that is chosen."""
        names = re.findall(r"\.connection\.colour-(\w+) \{", read("style.css"))
        self.assertEqual(len(names), 7)
        for look in self.looks:
            window = look.color("window_bg_color")
            dim = float(look.rule(".dim-label", "opacity"))
            for name in names:
                color = look.color(look.rule(f".connection.colour-{name}", "background-color"))
                background = blend(color, window)
                self.see(look, f"on {name}", look.text(background), background, TEXT)
                self.see(look, f"dim on {name}", look.text(background, dim), background, TEXT)
                swatch = look.color(look.rule(f".swatch.colour-{name}", "background-color"))
                mark = look.color(look.rule("button.swatch:checked", "color"))
                self.see(look, f"mark on {name}", mark, swatch, DRAWN)

    def test_shapes(self):
        """How a connection and its updates are is not said by a colour alone."""
        for name, states in (("wd-connection-header.c", 4), ("wd-live-button.c", 3)):
            icons = re.findall(r'"([\w-]+-symbolic)"', read(name))
            self.assertEqual(len(set(icons)), states, name)

    def test_complete(self):
        """Each colour and each opacity of our sheets is looked at here, or is DECORATION."""
        with open(__file__, encoding="utf-8") as file:
            here = file.read()
        for sheet in ("style.css", "style-hc.css"):
            text = re.sub(r"/\*.*?\*/|@define[^;]*;", "", read(sheet), flags=re.DOTALL)
            for selectors, body in RULE.findall(text):
                if not COLORED.search(body):
                    continue
                # One of a rule is enough: the others say the same.
                self.assertTrue(any(selector.strip() in here or ASKED.fullmatch(selector.strip())
                                    for selector in selectors.split(",")), (sheet, selectors))

    def test_cells(self):
        """Badges in tables draw themselves, in the same colours."""
        cells = re.findall(r'\{ WD_TONE_(\w+), "(\w+)", "(\w+)", ([\d.]+)f \}',
                           read("common", "wd-badge-cell.c"))
        self.assertEqual([tone.lower() for tone, *_colors in cells], list(TONES))
        for look in self.looks:
            for tone, color, background, alpha in cells:
                rule = f".badge.{tone.lower()}"
                self.assertEqual(look.color(color), look.color(look.rule(rule, "color")))
                self.assertEqual(look.color(f"alpha(@{background}, {alpha})"),
                                 look.color(look.rule(rule, "background-color")))

    def test_accent(self):
        """Buttons that stand out, and the answers of a question, as the library colours them."""
        for look, where, background in self.everywhere():
            for selector in ("button.suggested-action", "button.destructive-action"):
                text = look.rule(selector, "color")
                button = look.rule(selector, "background-color").replace("currentColor", text)
                button = blend(look.color(button), background)
                self.see(look, f"{selector} {where}", blend(look.color(text), button), button, TEXT)
        for look in self.looks:
            dialog = look.backgrounds()["dialog_bg_color"]
            for name in ("accent_color", "destructive_color"):
                self.see(look, name, blend(look.color(name), dialog), dialog, TEXT)

    def test_charts(self):
        colors = re.findall(r'\{ "(#\w+)", "(#\w+)" \}', read("charts", "wd-chart-plot.c"))
        self.assertEqual(len(colors), 5)
        for look, where, background in self.everywhere():
            for pair in colors:
                color = look.color(pair["dark" in look.name])
                self.see(look, f"{color} {where}", color, background, DRAWN)


if __name__ == "__main__":
    unittest.main()
