#!/usr/bin/env python3
"""A provider that serves the open interface (docs/open-interface/openapi.json) with Python's standard library only.

The cloud behind it is simulated in memory: servers take a moment to come up, stop and grow, and their use follows a
daily curve. Your own cloud stands where the class Cloud stands here.

    python3 provider.py --port 18091 --key secret
"""
import argparse
import hashlib
import hmac
import ipaddress
import json
import math
import re
import threading
import time
import uuid
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = "/open/v1"
PAGE = 1000
SLOT = 300
MOST_BYTES = 1 << 20
LARGEST_VOLUME = 32768
FLAVOURS = {f"p{v}-{v * r}": {"vcpus": v, "memoryGiB": v * r} for v in (1, 2, 4, 8, 16, 32) for r in (1, 2, 4, 8)}
IMAGES = {"kylin-v10-x86": ("银河麒麟 V10 x86_64", "x86_64"), "openeuler-22.03": ("openEuler 22.03 LTS", "x86_64")}
TYPES = ("ssd", "hdd")
TOTAL = {"vcpus": 2000, "memoryGiB": 8000, "storageGiB": 200000}
SERVICES = ("servers power resizing volumes attachment snapshots networks addresses binding offerings inventory "
            "changes usage capacity").split()
STATUS = {"notFound": 404, "conflict": 409, "quotaExceeded": 409, "noCapacity": 409, "invalidRequest": 422,
          "unauthenticated": 401, "throttled": 429, "unavailable": 503, "unsupported": 501}


class Failure(Exception):
    def __init__(self, code, detail):
        super().__init__(detail)
        self.code, self.detail = code, detail


def instant(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def seconds_of(text):
    try:
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text)).timestamp()
    except (TypeError, ValueError):
        raise Failure("invalidRequest", "an instant is missing or not ISO 8601") from None


def member(body, name, kind):
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Failure("invalidRequest", f"'{name}' is missing or of a wrong type")
    return value


class Cloud:
    """Everything there is, under one lock. Rows are dictionaries as the interface shows them, plus what begins with _."""

    def __init__(self, settle, steady=None):
        self.steady = steady
        self.settle, self.lock, self.gone, self.count = settle, threading.RLock(), {}, 0
        self.kinds = {kind: {} for kind in ("servers", "volumes", "snapshots", "networks", "addresses")}

    def get(self, kind, id):
        row = self.kinds[kind].get(id)
        if row is None:
            raise Failure("notFound", f"there is none of that identifier among the {kind}")
        if row.get("_until", 0) <= time.time() and "_next" in row:
            row.update(row.pop("_next"))
        return row

    def find(self, kind, key):
        return [self.get(kind, id) for id, row in self.kinds[kind].items() if row["key"] == key]

    def all(self, kind):
        return [self.get(kind, id) for id in sorted(self.kinds[kind])]

    def create(self, kind, key, body):
        """One key makes one thing: what it made before is the answer."""
        for made in self.find(kind, key):
            return made
        row = getattr(self, "new_" + kind)(body)
        self.count += 1
        row.update(id=str(uuid.uuid4()), key=key)
        self.kinds[kind][row["id"]] = row
        return row

    def new_servers(self, body):
        flavour, image = member(body, "flavour", str), member(body, "image", str)
        disk = member(body, "systemDiskGiB", int)
        if flavour not in FLAVOURS or image not in IMAGES or disk < 1:
            raise Failure("invalidRequest", "flavour, image or systemDiskGiB is unknown")
        network, inside = body.get("network"), ipaddress.ip_network("10.0.0.0/16")
        if network is not None:
            if network not in self.kinds["networks"]:
                raise Failure("invalidRequest", "there is no such network")
            inside = ipaddress.ip_network(self.kinds["networks"][network]["cidr"])
        self.room(FLAVOURS[flavour]["vcpus"], FLAVOURS[flavour]["memoryGiB"], disk)
        address = str(inside[2 + self.count % max(1, inside.num_addresses - 3)])
        return {"name": member(body, "name", str), "state": "pending", "flavour": flavour, "size": FLAVOURS[flavour],
                "createdAt": instant(time.time()), "addresses": [address], "_network": network, "_disk": disk,
                "_changed": time.time(), "_until": time.time() + self.settle, "_next": {"state": "active"}}

    def new_volumes(self, body):
        size = member(body, "sizeGiB", int)
        if member(body, "type", str) not in TYPES or not 1 <= size <= LARGEST_VOLUME:
            raise Failure("invalidRequest", "the volume type is unknown or the size out of range")
        self.room(0, 0, size)
        return {"name": member(body, "name", str), "state": "active", "sizeGiB": size, "type": body["type"]}

    def new_snapshots(self, body):
        volume = self.get("volumes", member(body, "volume", str))
        return {"name": member(body, "name", str), "state": "active", "volume": volume["id"],
                "sizeGiB": volume["sizeGiB"]}

    def new_networks(self, body):
        try:
            cidr = str(ipaddress.IPv4Network(member(body, "cidr", str)))
        except ValueError:
            raise Failure("invalidRequest", "the range is no IPv4 range") from None
        return {"name": member(body, "name", str), "state": "active", "cidr": cidr}

    def new_addresses(self, body):
        mbps = member(body, "bandwidthMbps", int)
        if mbps < 1:
            raise Failure("invalidRequest", "the bandwidth is at least 1 Mbps")
        free = ipaddress.ip_network("198.51.100.0/24")
        return {"address": str(free[1 + self.count % 253]), "state": "active", "bandwidthMbps": mbps}

    def taken(self):
        servers, volumes = self.kinds["servers"].values(), self.kinds["volumes"].values()
        return (sum(row["size"]["vcpus"] for row in servers), sum(row["size"]["memoryGiB"] for row in servers),
                sum(row["_disk"] for row in servers) + sum(row["sizeGiB"] for row in volumes))

    def room(self, *more):
        for name, used, wanted in zip(TOTAL, self.taken(), more):
            if used + wanted > TOTAL[name]:
                raise Failure("noCapacity", f"{wanted} {name} asked for, {TOTAL[name] - used} left")

    def delete(self, kind, id):
        if id not in self.kinds[kind]:
            return
        if kind == "volumes" and self.kinds[kind][id].get("attachedTo"):
            raise Failure("conflict", "the volume is attached")
        if kind == "volumes" and any(row["volume"] == id for row in self.kinds["snapshots"].values()):
            raise Failure("conflict", "the volume has snapshots")
        if kind == "networks" and any(row["_network"] == id for row in self.kinds["servers"].values()):
            raise Failure("conflict", "servers use the network")
        if kind == "servers":
            self.gone[id] = time.time()
            for held in (*self.kinds["volumes"].values(), *self.kinds["addresses"].values()):
                for link in ("attachedTo", "boundTo"):
                    if held.get(link) == id:
                        del held[link]
        del self.kinds[kind][id]

    def act(self, kind, id, action, body):
        row = self.get(kind, id)
        known = {"servers": ("start", "stop", "reboot", "resize", "confirm_resize", "revert_resize"),
                 "volumes": ("extend", "attach", "detach"), "addresses": ("bandwidth", "bind", "unbind")}
        if action not in known.get(kind, ()):
            raise Failure("unsupported", "there is no such action")
        return getattr(self, "do_" + action)(row, body)

    def work(self, row, **result):
        """The state settles later: the caller polls."""
        row.update(state="pending", _changed=time.time(), _until=time.time() + self.settle, _next=result)

    def do_start(self, row, _):
        if row["state"] != "active":
            self.work(row, state="active")

    def do_stop(self, row, _):
        if row["state"] != "stopped":
            self.work(row, state="stopped")

    def do_reboot(self, row, _):
        self.work(row, state="active")

    def do_resize(self, row, body):
        flavour = member(body, "flavour", str)
        if flavour not in FLAVOURS:
            raise Failure("invalidRequest", "the flavour is unknown")
        wanted = row.get("_next", row).get("flavour", row["flavour"])
        if wanted == flavour:
            return
        if row["state"] == "pending":
            raise Failure("conflict", "the server is being worked on")
        old, new = row["size"], FLAVOURS[flavour]
        self.room(new["vcpus"] - old["vcpus"], new["memoryGiB"] - old["memoryGiB"], 0)
        self.work(row, state=row["state"], flavour=flavour, size=new)

    def do_confirm_resize(self, row, _):
        """This cloud asks for no confirmation."""

    def do_revert_resize(self, row, _):
        """This cloud asks for no confirmation."""

    def do_extend(self, row, body):
        size = member(body, "sizeGiB", int)
        if not row["sizeGiB"] <= size <= LARGEST_VOLUME:
            raise Failure("invalidRequest", "a volume never shrinks, nor grows above the largest")
        self.room(0, 0, size - row["sizeGiB"])
        row["sizeGiB"] = size

    def hold(self, row, body, link):
        server = self.get("servers", member(body, "server", str))["id"]
        if row.get(link) not in (None, server):
            raise Failure("conflict", "another server has it")
        row[link] = server

    def do_attach(self, row, body):
        self.hold(row, body, "attachedTo")

    def do_bind(self, row, body):
        self.hold(row, body, "boundTo")

    def do_detach(self, row, _):
        row.pop("attachedTo", None)

    def do_unbind(self, row, _):
        row.pop("boundTo", None)

    def do_bandwidth(self, row, body):
        if member(body, "bandwidthMbps", int) < 1:
            raise Failure("invalidRequest", "the bandwidth is at least 1 Mbps")
        row["bandwidthMbps"] = body["bandwidthMbps"]

    def changes(self, since):
        there = [{"id": row["id"], "server": row} for row in self.all("servers") if row["_changed"] >= since]
        return sorted(there + [{"id": id} for id, at in self.gone.items() if at >= since], key=lambda it: it["id"])

    def usage(self, body):
        """One series a server: consecutive slots from the first that it has lived through whole."""
        first, end = seconds_of(body.get("from")), seconds_of(body.get("until"))
        if end - first > 86400:
            raise Failure("invalidRequest", "the range is at most one day")
        series = []
        for id in member(body, "servers", list):
            row = self.kinds["servers"].get(id)
            if row is None:
                continue
            lived = (seconds_of(row["createdAt"]), time.time() - SLOT) if self.steady is None else (first, end)
            begin = math.ceil(max(first, lived[0]) / SLOT) * SLOT
            slots = range(begin, math.ceil(min(end, lived[1]) / SLOT) * SLOT, SLOT)
            busy = int(hashlib.sha256(id.encode()).hexdigest()[:4], 16) % 60 if self.steady is None else self.steady - 20
            wave = 15 if self.steady is None else 0
            curve = [busy + 20 + wave * math.sin(slot / 86400 * 2 * math.pi) for slot in slots]
            if curve:
                series.append({"server": id, "from": instant(slots[0]), "cpuPercent": [round(it, 1) for it in curve],
                               "memoryPercent": [min(95, busy + 30)] * len(curve), "diskPercent": [None] * len(curve),
                               "networkInBytes": [round(it * 1e5) for it in curve]})
        return series

    def capacity(self):
        used = dict(zip(TOTAL, self.taken()))
        return {name + part: (TOTAL if part == "Total" else used)[name] for name in TOTAL for part in ("Total", "Used")}


class Door(BaseHTTPRequestHandler):
    """HTTP: key, bodies, pages, problems."""

    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    cloud = key = None

    def log_message(self, format, *args):
        """Silent: the request id stands in the answer."""

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def do_DELETE(self):
        self.answer()

    def answer(self):
        self.request_id = uuid.uuid4().hex
        try:
            body = self.body()
            given = self.headers.get("Authorization", "")
            if not hmac.compare_digest(given.encode(), f"Bearer {self.key}".encode()):
                raise Failure("unauthenticated", "the key is missing or wrong")
            with self.cloud.lock:
                self.send(*self.route(body))
        except Failure as failure:
            status = STATUS[failure.code]
            self.send(status, {"status": status, "code": failure.code, "detail": failure.detail,
                               "requestId": self.request_id}, "application/problem+json")

    def body(self):
        length = self.headers.get("Content-Length") or "0"
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True
            raise Failure("invalidRequest", "the body is too large")
        raw = self.rfile.read(int(length))
        try:
            return json.loads(raw) if raw else {}
        except ValueError:
            raise Failure("invalidRequest", "the body is no JSON") from None

    def route(self, body):
        url, cloud = urlsplit(self.path), self.cloud
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        parts = [unquote(part) for part in url.path.removeprefix(ROOT).split("/")[1:]]
        match (self.command, *parts):
            case ("GET",):
                return 200, describe()
            case ("GET", "images"):
                images = [{"id": id, "name": name, "architecture": arch} for id, (name, arch) in IMAGES.items()]
                return self.page(images, "id", query)
            case ("GET", "flavours"):
                return self.page([{"flavour": it, "size": size} for it, size in FLAVOURS.items()], "flavour", query)
            case ("GET", "volume-types"):
                return self.page([{"type": it} for it in TYPES], "type", query)
            case ("GET", "server-changes"):
                return self.page(cloud.changes(seconds_of(query.get("since"))), "id", query)
            case ("GET", "capacity"):
                return 200, cloud.capacity()
            case ("POST", "usage", "query"):
                return 200, {"items": cloud.usage(body)}
            case ("GET", kind) if kind in cloud.kinds:
                if "key" in query:
                    return 200, {"items": cloud.find(kind, query["key"])}
                return self.page(cloud.all(kind), "id", query)
            case ("POST", kind) if kind in cloud.kinds:
                key = self.headers.get("Operation-Key", "")
                if not re.fullmatch("[A-Za-z0-9-]{1,60}", key):
                    raise Failure("invalidRequest", "Operation-Key has 1 to 60 letters, digits and hyphens")
                return 201, cloud.create(kind, key, body)
            case ("GET", kind, id) if kind in cloud.kinds:
                return 200, cloud.get(kind, id)
            case ("DELETE", kind, id) if kind in cloud.kinds:
                return 204, cloud.delete(kind, id)
            case ("POST", kind, id, action) if kind in cloud.kinds:
                return 202, cloud.act(kind, id, action.replace("-", "_"), body) or {}
        raise Failure("unsupported", "there is no such call")

    def page(self, rows, name, query):
        """In the order of the identifiers, each page after the last of the one before."""
        limit = query.get("limit", str(PAGE))
        if not limit.isdigit() or int(limit) < 1:
            raise Failure("invalidRequest", "limit is a number from 1")
        rows = sorted((row for row in rows if row[name] > query.get("cursor", "")), key=lambda row: row[name])
        most = min(int(limit), PAGE)
        return 200, {"items": rows[:most], **({"next": rows[most - 1][name]} if len(rows) > most else {})}

    def send(self, status, body, kind="application/json"):
        text = b"" if body is None else json.dumps(shown(body), ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("X-Request-Id", self.request_id)
        self.send_header("Content-Type", kind)
        if status != 204:
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def describe():
    services = {name: {"offered": True} for name in SERVICES}
    services["console"] = {"offered": False, "reason": "模拟云没有图形控制台 / the simulated cloud has no screens"}
    return {"interface": "cloudmanager-open-interface", "version": "1.0",
            "cloud": {"name": "Sample in Python", "version": "1"}, "services": services,
            "limits": {"largestVolumeGiB": LARGEST_VOLUME, "pageSize": PAGE, "serversPerUsageQuery": 500}}


def shown(value):
    """Without what the interface does not show: names that begin with _, and members that have no value."""
    if isinstance(value, dict):
        return {name: shown(it) for name, it in value.items() if it is not None and not name.startswith("_")}
    return [shown(it) for it in value] if isinstance(value, list) else value


def main():
    options = argparse.ArgumentParser(description="A sample provider of the open interface.")
    options.add_argument("--port", type=int, default=18091, help="0 takes a free one")
    options.add_argument("--key", default="secret")
    options.add_argument("--settle", type=float, default=1, help="seconds that servers take to change their state")
    options.add_argument("--steady", type=int, help="percent of CPU that servers use in any slot, on anybody's clock")
    given = options.parse_args()
    Door.cloud, Door.key = Cloud(given.settle, given.steady), given.key
    server = ThreadingHTTPServer(("127.0.0.1", given.port), Door)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
