"""References of the register: `12/2019` of an action, `M3/2019` of a matter, `C1/2019` of a commitment."""

from reportpack import patterns as re


def reference_order(reference: str) -> tuple[int, int, int]:
    """Where `12/2019` or `M3/2019` stands among its kind."""
    match = re.fullmatch(r"[A-Za-z]*\s*(\d+)\s*/\s*(\d{2,4})", reference)
    return (0, int(match[2]), int(match[1])) if match else (1, 0, 0)
