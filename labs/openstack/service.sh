#!/bin/bash
# Stops or starts one of the lab's services: service.sh stop|start|list [NAME]. What up.sh started it starts again alike.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
case "${1:-}" in
  list) for f in "$RUN"/*.cmd; do n=$(basename "$f" .cmd); echo "$n $(alive "$n" && echo up || echo down)"; done ;;
  stop)
    alive "$2" || exit 0
    pid=$(cat "$RUN/$2.pid")
    kill -TERM -- "-$pid"
    for ((i=0; i<25; i++)); do kill -0 -- "-$pid" 2>/dev/null || break; sleep 0.2; done
    kill -KILL -- "-$pid" 2>/dev/null || true
    rm -f "$RUN/$2.pid" ;;
  start)
    alive "$2" && exit 0
    eval "start_svc $2 $(cat "$RUN/$2.cmd")" ;;
  *) echo "usage: service.sh stop|start|list [NAME]" >&2; exit 2 ;;
esac
