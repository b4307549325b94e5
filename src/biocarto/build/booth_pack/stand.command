#!/bin/sh
# Lance le stand sous macOS. Starts the stand on macOS.
cd "$(dirname "$0")" || exit 1
for python in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$python" >/dev/null 2>&1; then
        "$python" stand.py "$@" && exit 0
        printf '\n[Entrée / Enter] '
        [ -t 0 ] && read -r _
        exit 1
    fi
done
echo "Python manque sur cette machine. Rien n'a été modifié. Installez python3, ou ouvrez edition/index.html dans un navigateur."
echo "This machine has no Python. Nothing was changed. Install python3, or open edition/index.html in a browser."
[ -t 0 ] && read -r _
exit 1
