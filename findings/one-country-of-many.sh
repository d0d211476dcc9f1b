#!/usr/bin/env bash
# Guess: holidays looks its countries up in a registry that imports one when it is asked for, so a program that asks for the bank holidays
# of one country pays for one country.
# So it is: the registry imports `holidays.countries.<country>`, and Python imports the package `holidays.countries` before any module in it.
# That package's own first lines import every country. Asking for one day of one country loads some 250 modules; the registry saves nothing
# but the time until the first question.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check holidays==0.109
"$work/env/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import holidays


def countries() -> int:
    return sum(name.startswith("holidays.countries.") for name in sys.modules)


before = countries()
name = holidays.country_holidays("GB", subdiv="ENG", years=2019).get("2019-04-19")
after = countries()
print("holidays", version("holidays"))
print("countries imported by `import holidays`:        ", before)
print("countries imported after one country was asked:", after, f"({name})")
assert before == 0, "the registry imports countries at once"
assert after > 100, "one country is one module now"
PY
