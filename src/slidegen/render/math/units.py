r"""Parses units as siunitx does: `\kilo\metre\per\second`, or `km/s`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.render.math.groups import group_end

PREFIXES = MappingProxyType(
    dict(
        zip(
            "quecto ronto yocto zepto atto femto pico nano micro milli centi deci deca deka hecto kilo mega giga tera "
            "peta exa zetta yotta ronna quetta kibi mebi gibi tebi".split(),
            "q r y z a f p n µ m c d da da h k M G T P E Z Y R Q Ki Mi Gi Ti".split(),
            strict=True,
        )
    )
)
NAMED = MappingProxyType(
    dict(
        pair.split("=")
        for pair in (
            "ampere=A becquerel=Bq candela=cd coulomb=C farad=F gray=Gy gram=g henry=H hertz=Hz joule=J kelvin=K "
            "kilogram=kg katal=kat lumen=lm lux=lx meter=m metre=m mole=mol newton=N ohm=Ω pascal=Pa radian=rad "
            "second=s siemens=S sievert=Sv steradian=sr tesla=T volt=V watt=W weber=Wb celsius=°C degreeCelsius=°C "
            "degree=° arcminute=′ arcsecond=″ percent=% liter=L litre=L minute=min hour=h day=d year=a week=wk "
            "tonne=t hectare=ha are=a bar=bar mmHg=mmHg atm=atm cal=cal electronvolt=eV dalton=Da atomicmassunit=u "
            "astronomicalunit=au bel=B decibel=dB neper=Np byte=B bit=bit angstrom=Å barn=b knot=kn nauticalmile=M "
            "parsec=pc lightyear=ly molar=M gauss=G poise=P torr=Torr inch=in foot=ft pound=lb rpm=rpm baud=Bd "
            "pixel=px permille=‰ "
            # siunitx's abbreviations
            "fg=fg pg=pg ng=ng ug=µg mg=mg g=g kg=kg pm=pm nm=nm um=µm mm=mm cm=cm dm=dm m=m km=km as=as fs=fs "
            "ps=ps ns=ns us=µs ms=ms s=s fmol=fmol pmol=pmol nmol=nmol umol=µmol mmol=mmol mol=mol kmol=kmol pA=pA "
            "nA=nA uA=µA mA=mA A=A kA=kA ul=µL ml=mL l=L hl=hL uL=µL mL=mL L=L hL=hL mHz=mHz Hz=Hz kHz=kHz MHz=MHz "
            "GHz=GHz THz=THz mN=mN N=N kN=kN MN=MN Pa=Pa kPa=kPa MPa=MPa GPa=GPa mohm=mΩ kohm=kΩ Mohm=MΩ pV=pV nV=nV "
            "uV=µV mV=mV V=V kV=kV W=W nW=nW uW=µW mW=mW kW=kW MW=MW GW=GW J=J uJ=µJ mJ=mJ kJ=kJ eV=eV meV=meV "
            "keV=keV MeV=MeV GeV=GeV TeV=TeV kWh=kWh F=F fF=fF pF=pF nF=nF uF=µF mF=mF H=H fH=fH pH=pH nH=nH "
            "mH=mH uH=µH C=C nC=nC mC=mC uC=µC K=K dB=dB kB=kB MB=MB GB=GB TB=TB KiB=KiB MiB=MiB GiB=GiB T=T mT=mT "
            "uT=µT"
        ).split()
    )
)
"""Units by the names of their commands."""
CONSTANTS = MappingProxyType(
    {"clight": "c", "planckbar": r"\hbar", "electronmass": "m_{\\mathrm{e}}", "elementarycharge": "e"}
)
POWERS = MappingProxyType({"squared": "2", "cubed": "3"})
"""After a unit."""
POWERS_BEFORE = MappingProxyType({"square": "2", "cubic": "3"})
WITH_ARGUMENT = frozenset("tothe raiseto of highlight cancel text mathrm textrm si unit".split())
PIECE = lazy_compile(
    r"\\(?P<command>[A-Za-z]+|[\s\S])|(?P<word>[^\W\d_]+|[°Å%′″‰]|°C)|(?P<mark>[\^_])|(?P<rest>[\s\S])"
)


class UnknownUnitError(Exception):
    """A command in a unit is unknown; the message names it."""


class _Unit(Struct):
    """One unit of a product."""

    symbol: str
    power: str = ""
    inverse: bool = False


def unit(text: str, options: Mapping[str, str], own: Mapping[str, str]) -> str:
    """LaTeX for a unit, in words or letters; `own` are units that the deck declares.

    Raises UnknownUnitError.
    """
    if "\\" not in text:
        return _literal(text)
    units = _units(text, own)
    separator = options.get("inter-unit-product", r"\,").strip("{} ") or r"\,"
    mode = options.get("per-mode", "power").strip("{} ")
    above = [item for item in units if not item.inverse]
    below = [item for item in units if item.inverse]
    if below and mode in ("symbol", "fraction", "repeated-symbol", "symbol-or-fraction", "single-symbol"):
        top = _product(above, separator) or "1"
        for item in below:
            item.inverse = False
        bottom = _product(below, separator)
        if mode.startswith("frac"):
            return rf"\frac{{{top}}}{{{bottom}}}"
        if len(below) > 1 and mode == "repeated-symbol":
            return "/".join([top, *(_product([item], separator) for item in below)])
        return f"{top}/({bottom})" if len(below) > 1 else f"{top}/{bottom}"
    return _product(units, separator)


def _product(units: list[_Unit], separator: str) -> str:
    return separator.join(_shown(item) for item in units)


def _shown(item: _Unit) -> str:
    power = f"{'-' * item.inverse}{item.power or '1'}".replace("--", "")
    return item.symbol + (f"^{{{power}}}" if power != "1" else "")


def _units(text: str, own: Mapping[str, str]) -> list[_Unit]:
    """The units of a product, in order."""
    reader = _UnitReader(own)
    reader.read(text)
    return reader.units


class _UnitReader(Struct):
    """Reads a product of units, one command after the other."""

    own: Mapping[str, str]
    units: list[_Unit] = field(default_factory=list)
    prefix: str = ""
    """For the next unit, like the next two."""
    before: str = ""
    """A power that is written before its unit."""
    per: bool = False
    """Whether the next unit is below the bar."""
    sticky: bool = False
    """Whether all others are, too."""

    def read(self, text: str) -> None:
        """Read the commands and letters of a text; raises UnknownUnitError."""
        at = 0
        while (piece := PIECE.match(text, at)) is not None:
            at = piece.end()
            command = piece["command"]
            if piece["word"] is not None or self._is_unit(command):
                self._add(command, piece["word"])
            elif command in PREFIXES:
                self.prefix += PREFIXES[command]
            elif command in ("per", "slash") or piece["rest"] == "/":
                self.per, self.sticky = True, self.sticky or piece["rest"] == "/"
            elif command in POWERS_BEFORE:
                self.before = POWERS_BEFORE[command]
            elif command in POWERS and self.units:
                self.units[-1].power = POWERS[command]
            elif command in WITH_ARGUMENT:
                inner, at = _argument(text, at)
                self._apply(command, inner)
            elif piece["mark"] is not None and self.units:
                inner, at = _argument(text, at)
                self._apply("of" if piece["mark"] == "_" else "tothe", inner)
            elif command is not None and command.isalpha() and command not in ("cdot", "times"):
                raise UnknownUnitError(f"\\{command}")

    def _is_unit(self, command: str) -> bool:
        return command in NAMED or command in self.own or command in CONSTANTS or command == "%"

    def _add(self, command: str, word: str | None) -> None:
        """Add a unit by its command, or by its letters."""
        own = self.own
        if command in own and "\\" in own[command]:
            symbol = unit(own[command], {}, {key: value for key, value in own.items() if key != command})
            symbol = f"{self.prefix}{symbol}"
        elif command in CONSTANTS:
            symbol = word or CONSTANTS[command]
        else:
            symbol = word or (r"\%" if command == "%" else own.get(command) or NAMED[command])
            symbol = rf"\mathrm{{{self.prefix}{symbol}}}".replace("%", r"\%").replace(r"\\%", r"\%")
        self.units.append(_Unit(symbol, self.before, self.per or self.sticky))
        self.prefix, self.before, self.per = "", "", False

    def _apply(self, command: str, inner: str) -> None:
        """Apply a command with an argument to the unit before it, or after it."""
        if command == "raiseto":
            self.before = inner
        elif command == "tothe" and self.units:
            self.units[-1].power = inner
        elif command == "of" and self.units:
            self.units[-1].symbol += rf"_{{\mathrm{{{inner}}}}}"
        elif command not in ("highlight", "cancel"):
            self.units += _units(inner, self.own)


def _literal(text: str) -> str:
    """A unit in letters, as written: `kg.m/s^2`."""
    pieces: list[str] = []
    at = 0
    text = text.strip()
    while (piece := PIECE.match(text, at)) is not None:
        at = piece.end()
        if piece["mark"] is not None:
            inner, at = _argument(text, at)
            pieces.append(
                f"{piece['mark']}{{{inner}}}" if piece["mark"] == "^" else rf"_{{\mathrm{{{inner}}}}}"
            )
        elif piece["word"] is not None:
            pieces.append(rf"\mathrm{{{piece[0]}}}".replace("%", r"\%"))
        else:
            pieces.append(r"\," if piece[0] in ".~ " else piece[0])
    return "".join(pieces)


def _argument(text: str, at: int) -> tuple[str, int]:
    """The content of braces, or the number or character at an offset, and the offset after it."""
    while at < len(text) and text[at].isspace():
        at += 1
    if text[at : at + 1] == "{":
        end = group_end(text, at)
        return text[at + 1 : end - 1], end
    match = re.compile(r"-?\d+|[\s\S]").match(text, at)
    return (match[0], match.end()) if match is not None else ("", at)
