@echo off
rem Double-click to open the desk: a page in your browser, for everything that this program does. Close this window to close it.
cd /d "%~dp0"
reportpack serve
pause
