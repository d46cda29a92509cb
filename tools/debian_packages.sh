#!/usr/bin/env bash
# Installs the Debian packages the tests use, where that is allowed without asking; elsewhere it does nothing.
set -euo pipefail

has() { command -v "$1" >/dev/null; }

packages=()
has chromium || has chromium-browser || has google-chrome || has google-chrome-stable || packages+=(chromium fonts-liberation)
has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
[[ ${#packages[@]} -gt 0 ]] && has apt-get || exit 0

apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
if [[ $EUID -ne 0 ]]; then
  has sudo && sudo --non-interactive true 2>/dev/null || exit 0
  apt=(sudo --non-interactive "${apt[@]}")
fi

echo "Installing for the tests: ${packages[*]}"
"${apt[@]}" update >/dev/null 2>&1 || true
for package in "${packages[@]}"; do
  said=$("${apt[@]}" install --yes --no-install-recommends "$package" 2>&1) ||
    printf 'Could not install %s: %s\n' "$package" "$(tail -n 1 <<<"$said")"
done
