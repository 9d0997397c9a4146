@echo off
rem Runs drafter from a source tree on Windows; the first time it makes its own environment in .venv.
setlocal
set "root=%~dp0.."
set "folder=%root%\.venv"
set "python=%folder%\Scripts\python.exe"
rem Neither a program nor a module is taken from the current folder: someone else may have sent it.
set "NoDefaultCurrentDirectoryInExePath=1"
set "PYTHONPATH="

set "wanted=%TEMP%\drafter-%RANDOM%%RANDOM%.txt"
type "%root%\pyproject.toml" "%root%\scripts\requirements-build.txt" "%root%\scripts\requirements.txt" >"%wanted%" 2>nul
if not exist "%python%" goto make
fc /b "%wanted%" "%folder%\.stamp-cmd" >nul 2>nul && goto run

:make
set "base="
for %%p in ("py -3" "python") do if not defined base (
    %%~p -I -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "base=%%~p"
)
if not defined base (
    echo drafter needs Python 3.11 or later, and none was found. Install it from python.org. 1>&2
    goto failed
)
echo Setting up %folder% ^(once; this needs a network^) ... 1>&2
if exist "%folder%" rmdir /s /q "%folder%"
%base% -P -m venv "%folder%" 1>&2 || goto failed
set "pip="%python%" -P -m pip install -qq --disable-pip-version-check"
%pip% --require-hashes -r "%root%\scripts\requirements-build.txt" 1>&2 || goto failed
%pip% --no-build-isolation --require-hashes -r "%root%\scripts\requirements.txt" 1>&2 || goto failed
%pip% --no-build-isolation --no-deps --editable "%root%" 1>&2 || goto failed
copy /b /y "%wanted%" "%folder%\.stamp-cmd" >nul

:run
del "%wanted%" 2>nul
"%python%" -P -m drafter %*
exit /b %ERRORLEVEL%

:failed
del "%wanted%" 2>nul
echo The environment could not be made. 1>&2
exit /b 1
