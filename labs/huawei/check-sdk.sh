#!/usr/bin/env bash
# Huawei's official SDK for Node.js, unchanged, against the simulator: starts it on a free port of 127.0.0.1, runs
# sdk/check.js, stops it. Ends with a summary as dotnet test prints it; exits non-zero on any difference.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

work=$(mktemp -d)
simulator=
finish() {
  local status=$?
  trap - EXIT
  if [ -n "$simulator" ]; then
    kill "$simulator" 2>/dev/null || true
    wait "$simulator" 2>/dev/null || true
  fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

# The lock file pins every package by its hash, whatever registry the machine uses.
if ! cmp -s sdk/package-lock.json sdk/node_modules/.checked; then
  npm ci --prefix sdk --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null
  cp sdk/package-lock.json sdk/node_modules/.checked
fi

dotnet build CloudManager.Labs.Huawei.csproj -v q </dev/null >"$work/build.log" || { cat "$work/build.log" >&2; exit 1; }
dotnet bin/Debug/net10.0/CloudManager.Labs.Huawei.dll --urls http://127.0.0.1:0 \
  </dev/null >"$work/simulator.log" 2>&1 &
simulator=$!

url=
for _ in $(seq 100); do
  url=$(sed -n 's/^A Huawei Cloud answers on \(.*\)\/$/\1/p' "$work/simulator.log")
  [ -z "$url" ] || break
  kill -0 "$simulator" 2>/dev/null || { cat "$work/simulator.log" >&2; exit 1; }
  sleep 0.1
done
[ -n "$url" ] || { echo "the simulator did not start within 10 s" >&2; exit 1; }

NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 timeout 120 node sdk/check.js "$url"
