"""Ends digits-server by SIGTERM again and again while clients ask as fast as they can, and counts requests that were not answered.

Usage: stops.py PROGRAM STOPS. Ends with 1 if a request that was sent before a signal was lost, or an exit code is not 0.
"""

import signal
import socket
import subprocess
import sys
import threading
import time

PIXELS = bytes(4 * 784)
REQUEST = (
    b"POST /v2/models/tiny/infer HTTP/1.1\r\nHost: a\r\nInference-Header-Content-Length: 0\r\n"
    b"Content-Length: %d\r\n\r\n" % len(PIXELS) + PIXELS)
CLIENTS = 8


def ask(connection):
    """Whether the server wants to go on with the connection."""
    connection.sendall(REQUEST)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += receive(connection)
    head, body = answer.lower().split(b"\r\n\r\n", 1)
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
    while len(body) < length:
        body += receive(connection)
    return b"connection: close" not in head


def receive(connection):
    part = connection.recv(65536)
    if not part:
        raise EOFError
    return part


def client(port, ended, answered, lost):
    connection = None
    while not ended.is_set():
        sent = time.monotonic()
        try:
            if connection is None:
                connection = socket.create_connection(("127.0.0.1", port), 5)
            sent = time.monotonic()
            keeps = ask(connection)
            answered.append(sent)
            if not keeps:
                connection.close()
                connection = None
        except (OSError, EOFError):
            # Who finds nobody listening has sent nothing.
            if connection is not None:
                lost.append(sent)
                connection.close()
            return


answered, before, after, codes = 0, 0, 0, set()
for _ in range(int(sys.argv[2])):
    server = subprocess.Popen(
        [sys.argv[1], "--port", "0", "--log-level", "error"], stdout=subprocess.PIPE, text=True)
    port = int(server.stdout.readline().rsplit(":", 1)[1])
    ended, served, lost = threading.Event(), [], []
    threads = [threading.Thread(target=client, args=(port, ended, served, lost)) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(0.25)
    stopped = time.monotonic()
    server.send_signal(signal.SIGTERM)
    codes.add(server.wait(60))
    ended.set()
    for thread in threads:
        thread.join()
    answered += len(served)
    before += sum(sent < stopped for sent in lost)
    after += sum(sent >= stopped for sent in lost)
print(f"answered {answered}, lost of those sent before the signal {before}, after it {after}, exit codes {codes}")
sys.exit(before > 0 or codes != {0})
