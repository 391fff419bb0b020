#!/usr/bin/env bash
# System packages that the tests need: a browser, its Chinese font, PostgreSQL. Installs what is missing on Debian.
set -euo pipefail
has() { command -v "$1" >/dev/null; }
browser=(chromium-headless-shell)
missing=()
has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome || missing+=("${browser[@]}")
# Not -q: it would end fc-list in the middle, which counts as a failure here.
fc-list 2>/dev/null | grep -i 'cjk' >/dev/null || missing+=(fonts-noto-cjk fontconfig)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || has initdb || missing+=(postgresql)

can_install() { has apt-get && [ "$(id -u)" -eq 0 ]; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
update() { apt-get update -qq -o Acquire::Retries=0 -o Acquire::http::Timeout=10; }

if [ ${#missing[@]} -gt 0 ]; then
  if ! can_install; then
    echo "Please install: ${missing[*]} (the tests that need them will say so)" >&2
    exit 0
  fi
  echo "Installing ${missing[*]}"
  update && install "${missing[@]}"
elif ! has chromium-headless-shell && can_install; then
  # The browser that is there will do. Its shell opens a page in a third of the time, and there are hundreds of pages.
  echo "Installing ${browser[*]}, which is quicker"
  install "${browser[@]}" 2>/dev/null || { update && install "${browser[@]}"; } 2>/dev/null ||
    echo "It is not to be had: going on with the browser that is there"
fi
