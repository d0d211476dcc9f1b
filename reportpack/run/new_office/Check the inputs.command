#!/bin/sh
# Double-click to see everything that should be put right.
cd "$$(dirname "$$0")" && reportpack check
