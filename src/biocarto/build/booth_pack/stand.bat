@echo off
rem Lance le stand sous Windows. Starts the stand on Windows.
chcp 65001 >nul
pushd "%~dp0"
py -3 --version >nul 2>nul
if not errorlevel 1 (
    py -3 stand.py %*
    goto end
)
python --version >nul 2>nul
if not errorlevel 1 (
    python stand.py %*
    goto end
)
echo Python manque sur cette machine. Rien n'a été modifié. Installez Python, ou ouvrez edition\index.html dans un navigateur.
echo This machine has no Python. Nothing was changed. Install Python, or open edition\index.html in a browser.
pause
exit /b 1
:end
if errorlevel 1 pause
popd
