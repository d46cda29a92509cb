#!/usr/bin/env bash
# Installs the Debian packages the tests use, where that is allowed without asking; elsewhere it does nothing.
set -euo pipefail

has() {
  for name; do command -v "$name" >/dev/null && return; done
  return 1
}

packages=()
has chromium-headless-shell || packages+=(chromium-headless-shell fonts-liberation)
has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
has dovecot || [[ -x /usr/sbin/dovecot ]] || packages+=(dovecot-imapd)
has postfix || [[ -x /usr/sbin/postfix ]] || packages+=(postfix)
has nginx || [[ -x /usr/sbin/nginx ]] || packages+=(nginx)
has w3m || packages+=(w3m)
has java || packages+=(default-jre-headless)
has soffice || packages+=(libreoffice-calc-nogui)
[[ ${#packages[@]} -gt 0 ]] && has apt-get || exit 0

root=(env)
if [[ $EUID -ne 0 ]]; then
  has sudo && sudo --non-interactive true 2>/dev/null || exit 0
  root=(sudo --non-interactive)
fi
# Tests start their own; where it may, the machine starts no web server at the runlevel of one person.
apt=("${root[@]}" env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
# Tests start their own; the machine is to get no mail server that answers.
"${root[@]}" debconf-set-selections <<<'postfix postfix/main_mailer_type select No configuration' || true

install() {
  said=$("${apt[@]}" install --yes --no-install-recommends "$1" 2>&1) ||
    printf 'Could not install %s: %s\n' "$1" "$(tail -n 1 <<<"$said")"
}

echo "Installing for the tests: ${packages[*]}"
"${apt[@]}" update >/dev/null 2>&1 || true
for package in "${packages[@]}"; do install "$package"; done
# Where the small one is not to be had, any will do.
has chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable || install chromium
