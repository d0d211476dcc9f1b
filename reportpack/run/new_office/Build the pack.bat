@echo off
rem Double-click to build the briefing pack of the next meeting.
cd /d "%~dp0"
reportpack pack %*
pause
