"""Reads the `d` of an SVG path into absolute moves, lines and cubic curves. ValueError says what is wrong with it."""

from math import acos, ceil, copysign, cos, hypot, pi, radians, sin, sqrt, tan

from reportpack import patterns as re

Segment = tuple[str, tuple[float, ...]]
"""`("M", (x, y))`, `("L", (x, y))`, `("C", (x1, y1, x2, y2, x, y))` or `("Z", ())`."""

_TOKEN = re.compile(r"[\s,]*(?:([A-Za-z])|([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?))")
_FLAG = re.compile(r"[\s,]*([01])")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def read_path(d: str) -> list[Segment]:
    """Every segment, absolute; arcs and quadratic curves become cubic curves."""
    pen = _Pen()
    for letter, numbers in _commands(d):
        pen.draw(letter, numbers)
    return pen.segments


def _commands(d: str) -> list[tuple[str, list[float]]]:
    commands: list[tuple[str, list[float]]] = []
    place, letter, waiting = 0, "", False
    d = d.strip()
    while place < len(d):
        match = _TOKEN.match(d, place)
        if match is None:
            raise ValueError(f"“{d[place : place + 12]}” is neither a command nor a number")
        if match[1] and waiting:
            raise ValueError(f"{letter} has no numbers")
        if match[1]:
            letter, place = match[1], match.end()
            if letter.upper() not in _TAKES:
                raise ValueError(f"{letter} is not a command")
            waiting = letter not in "Zz"
            if not waiting:
                commands.append((letter, []))
            continue
        if not letter or letter in "Zz":
            raise ValueError("a number stands where a command should")
        numbers, place = _numbers(d, place, letter)
        waiting = False
        commands.append((letter, numbers))
        letter = {"M": "L", "m": "l"}.get(letter, letter)
    if waiting:
        raise ValueError(f"{letter} has no numbers")
    if commands and commands[0][0] not in "Mm":
        raise ValueError("it does not begin with M")
    return commands


def _numbers(d: str, place: int, letter: str) -> tuple[list[float], int]:
    numbers: list[float] = []
    wanted = _TAKES[letter.upper()]
    for index in range(wanted):
        flag = letter in "Aa" and index in (3, 4)
        match = (_FLAG if flag else _TOKEN).match(d, place)
        value = None if match is None else match[1 if flag else 2]
        if match is None or value is None:
            raise ValueError(f"{letter} takes {wanted} numbers")
        numbers.append(float(value))
        place = match.end()
    return numbers, place


class _Pen:
    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.x = self.y = self.start_x = self.start_y = 0.0
        self.control: tuple[str, float, float] = ("", 0.0, 0.0)

    def draw(self, letter: str, numbers: list[float]) -> None:
        command = letter.upper()
        if letter.islower():
            ends = numbers[5:] if command == "A" else numbers
            turned = command == "V"
            ends = [value + (self.y if index % 2 != turned else self.x) for index, value in enumerate(ends)]
            numbers = [*numbers[:5], *ends] if command == "A" else ends
        if command == "Z":
            self.segments.append(("Z", ()))
            self.x, self.y = self.start_x, self.start_y
        elif command == "M":
            self._go("M", tuple(numbers))
            self.start_x, self.start_y = self.x, self.y
        elif command in "LHV":
            x = numbers[0] if command in "LH" else self.x
            self._go("L", (x, self.y if command == "H" else numbers[-1]))
        elif command == "A":
            for curve in arc_curves(self.x, self.y, *numbers):
                self._go("C", curve)
        else:
            self._curve(command, numbers)
            return
        self.control = ("", 0.0, 0.0)

    def _go(self, kind: str, numbers: tuple[float, ...]) -> None:
        self.segments.append((kind, numbers))
        self.x, self.y = numbers[-2], numbers[-1]

    def _curve(self, command: str, numbers: list[float]) -> None:
        cubic = command in "CS"
        if command in "ST":
            kind, x, y = self.control
            mirrored = kind == ("C" if cubic else "Q")
            numbers = [2 * self.x - x if mirrored else self.x, 2 * self.y - y if mirrored else self.y, *numbers]
        if cubic:
            self.control = ("C", numbers[2], numbers[3])
            self._go("C", tuple(numbers))
            return
        qx, qy, x, y = numbers
        self.control = ("Q", qx, qy)
        third = 2 / 3
        first = (self.x + third * (qx - self.x), self.y + third * (qy - self.y))
        self._go("C", (*first, x + third * (qx - x), y + third * (qy - y), x, y))


def arc_curves(
    x0: float, y0: float, rx: float, ry: float, turn: float, large: float, sweep: float, x: float, y: float
) -> list[tuple[float, ...]]:
    """Cubic curves for an elliptical arc (SVG 1.1, appendix F.6)."""
    rx, ry = abs(rx), abs(ry)
    if hypot(x - x0, y - y0) < 1e-9:
        return []
    if not rx or not ry:
        return [(x0, y0, x, y, x, y)]
    phi = radians(turn % 360)
    c, s = cos(phi), sin(phi)
    dx, dy = (x0 - x) / 2, (y0 - y) / 2
    ax, ay = c * dx + s * dy, c * dy - s * dx
    grow = hypot(ax / rx, ay / ry)
    if grow > 1:
        rx, ry = rx * grow, ry * grow
    left = (rx * ry) ** 2 - (rx * ay) ** 2 - (ry * ax) ** 2
    factor = sqrt(max(left, 0.0) / ((rx * ay) ** 2 + (ry * ax) ** 2))
    factor = -factor if bool(large) == bool(sweep) else factor
    bx, by = factor * rx * ay / ry, -factor * ry * ax / rx
    centre_x, centre_y = c * bx - s * by + (x0 + x) / 2, s * bx + c * by + (y0 + y) / 2
    begin = _angle(1, 0, (ax - bx) / rx, (ay - by) / ry)
    angle = _angle((ax - bx) / rx, (ay - by) / ry, (-ax - bx) / rx, (-ay - by) / ry)
    if sweep and angle < 0:
        angle += 2 * pi
    elif not sweep and angle > 0:
        angle -= 2 * pi
    count = max(ceil(abs(angle) / (pi / 2) - 1e-9), 1)
    step = angle / count
    k = 4 / 3 * tan(step / 4)

    def place(u: float, v: float) -> tuple[float, float]:
        u, v = rx * u, ry * v
        return c * u - s * v + centre_x, s * u + c * v + centre_y

    curves: list[tuple[float, ...]] = []
    for index in range(count):  # pieces of at most a quarter turn
        a, b = begin + index * step, begin + (index + 1) * step
        first = place(cos(a) - k * sin(a), sin(a) + k * cos(a))
        curves.append((*first, *place(cos(b) + k * sin(b), sin(b) - k * cos(b)), *place(cos(b), sin(b))))
    return curves


def _angle(ux: float, uy: float, vx: float, vy: float) -> float:
    length = hypot(ux, uy) * hypot(vx, vy)
    ratio = (ux * vx + uy * vy) / length if length else 1.0
    return copysign(acos(max(-1.0, min(1.0, ratio))), ux * vy - uy * vx)
