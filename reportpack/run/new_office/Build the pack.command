#!/bin/sh
# Double-click to build the briefing pack of the next meeting.
cd "$$(dirname "$$0")" && reportpack pack
