#!/usr/bin/env bash
# Installs the Debian libraries and fonts that Rossio needs and that are missing, and checks Swift.
# Says nothing when all is there. Safe to run again at any time.
set -euo pipefail

libraries=(
  libsqlite3-dev libmicrohttpd-dev libpango1.0-dev libcairo2-dev libsdl2-dev libsodium-dev
  libqrencode-dev libcurl4-openssl-dev pkg-config tzdata
)
fonts=(fonts-noto-core fonts-noto-cjk)
swift_wanted="6.2"

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

command -v dpkg-query >/dev/null || die "This script knows Debian only. On another system install" \
  "the counterparts of: ${libraries[*]} ${fonts[*]}"

missing=()
for package in "${libraries[@]}" "${fonts[@]}"; do
  is_installed "$package" || missing+=("$package")
done

if [ "${#missing[@]}" -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "Missing: ${missing[*]}." \
      "Ask an administrator to run: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing ${missing[*]}"
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  if ! { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    die "apt-get could not install ${missing[*]} (its last words stand above)." \
      "Install them by hand and run this again."
  fi
fi

[ "${#missing[@]}" -gt 0 ] || say "all libraries and fonts are there"

command -v swift >/dev/null || die "Swift is missing. Install Swift $swift_wanted or later from" \
  "swift.org and put it on the PATH."
swift_found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
oldest=$(printf '%s\n%s\n' "$swift_wanted" "$swift_found" | sort -V | head -n 1)
[ "$oldest" = "$swift_wanted" ] || die "Swift ${swift_found:-of an unknown version} is too old:" \
  "Rossio needs $swift_wanted or later."
