"""Servers of a test: real sockets on this machine, in a thread, closed at its end."""

import contextlib
import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Answers(BaseHTTPRequestHandler):
    """Hands each request to `server.answer(method, path, query, body, headers)`."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self._answer(b"")

    def do_POST(self):
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _answer(self, body):
        url = urlsplit(self.path)
        self.server.asked.append((self.command, self.path))
        status, headers, content = self.server.answer(
            url.path, flat(url.query), flat(body.decode()), self.headers
        )
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(content)

    def log_message(self, *_words):
        pass


def flat(query):
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextlib.contextmanager
def web_server(made):
    """`made.answer` answers; `made.url` and `made.asked` are set."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    server.asked = made.asked = []
    server.answer = made.answer
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sent_on(url):
    """Where a browser that asks this address is sent to."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        answer.read()
        return answer.getheader("Location", "")
    finally:
        connection.close()


def path_of(url):
    """The address without its host: what the browser asks of us."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"
