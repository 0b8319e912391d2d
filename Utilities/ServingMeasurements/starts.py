"""Starts digits-server again and again, and says how long it takes until it is ready, and what memory it has then.

Usage: starts.py PROGRAM STARTS. The file is in the system's cache after the first start, which counts, too.
"""

import socket
import statistics
import subprocess
import sys
import time

REQUEST = b"GET /v2/health/ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

times, memories = [], []
for _ in range(int(sys.argv[2])):
    begin = time.monotonic()
    server = subprocess.Popen(
        [sys.argv[1], "--port", "0", "--log-level", "error"], stdout=subprocess.PIPE, text=True)
    port = int(server.stdout.readline().rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(REQUEST)
        answer = connection.recv(65536)
    times.append((time.monotonic() - begin) * 1000)
    if not answer.startswith(b"HTTP/1.1 200"):
        sys.exit(f"Start {len(times)}: it should be ready when it says that it answers, but said {answer!r}.")
    with open(f"/proc/{server.pid}/status") as status:
        memories.append(next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024)
    server.terminate()
    server.wait(60)
print(
    f"{len(times)} starts: ready after {statistics.median(times):.0f} ms, at most {max(times):.0f} ms; "
    f"memory {statistics.median(memories):.0f} MB, at most {max(memories):.0f} MB")
