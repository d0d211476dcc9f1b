@echo off
rem Double-click to see everything that should be put right.
cd /d "%~dp0"
$windows_program check
pause
