@echo off
rem Double-click to see everything that should be put right.
cd /d "%~dp0"
reportpack check %*
pause
