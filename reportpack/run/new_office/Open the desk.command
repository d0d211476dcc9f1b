#!/bin/sh
# Double-click to open the desk: a page in your browser, for everything that this program does. Close this window to close it.
cd "$$(dirname "$$0")" && reportpack serve
