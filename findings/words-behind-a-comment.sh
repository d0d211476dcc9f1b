#!/usr/bin/env bash
# Guess: a walk over a page with lxml that takes the text of each element where it begins, and the text behind it where it ends,
# sees every word of the page.
# So it is: words behind a comment belong to the comment (its "tail"), and a walk over start and end tells of no comments. The words that
# stand between a comment and the next tag are in the tree, are serialised, and are never met. With remove_comments the same walk meets them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check lxml==6.1.3
"$work/env/bin/python" - <<'PY'
from lxml import etree

PAGE = "<html><body><p>The note is <!-- checked -->not complete.</p></body></html>"


def walked(**options: bool) -> str:
    root = etree.fromstring(PAGE, etree.HTMLParser(**options))
    words = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        words.append((element.text if event == "start" else element.tail) or "")
    return "".join(words)


def shown() -> str:
    return "".join(etree.fromstring(PAGE, etree.HTMLParser()).xpath("//text()"))


print("lxml", etree.__version__)
print("text of the page:     ", shown())
print("walked:               ", walked())
print("walked, no comments:  ", walked(remove_comments=True))
assert shown() == "The note is not complete."
assert walked() == "The note is "
assert walked(remove_comments=True) == "The note is not complete."
PY
