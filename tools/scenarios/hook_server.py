"""A receiver of webhooks in a thread, as the specifications have one: it verifies, parses, and takes each message once."""

import http.server
import threading

import cloudevents.http
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError


class HookServer:
    """`status` is what it answers."""

    def __init__(self):
        self.status, self.secret, self.posts, self.events = 204, None, 0, {}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(handler):
                body = handler.rfile.read(int(handler.headers["Content-Length"]))
                handler.send_response(self.take(dict(handler.headers), body))
                handler.end_headers()

            def log_message(handler, *arguments):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, headers, body):
        self.posts += 1
        if self.status != 204:
            return self.status
        try:
            Webhook(self.secret).verify(body, headers)
        except WebhookVerificationError:
            return 400
        event = cloudevents.http.from_http(headers, body)
        assert event["id"] == headers["webhook-id"]
        self.events[event["id"]] = event
        return self.status

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def told(self):
        """`raised tenantNotRead`, in order; each id once."""
        return [f"{event['type'].split('.')[-1]} {event.data['kind']}" for event in self.events.values()
                if event["type"] != "foxtrail.notice.test"]
