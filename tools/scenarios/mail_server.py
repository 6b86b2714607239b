"""A real SMTP server in a thread, whose answers a scenario chooses, and certificates for it."""

import asyncio
import email
import email.policy
import logging
import ssl
import subprocess
import threading
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

# Clients that hang up are what is tested here.
logging.getLogger("mail").setLevel(logging.CRITICAL)

USER = "desk"
PASSWORD = "pa$$ wörd/+7=%00"


class Certificates:
    """An authority of our own, and a certificate that it gave to localhost."""

    def __init__(self, directory):
        directory.mkdir()
        self.directory, self.authority = directory, directory / "ca.pem"
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Own authority",
                      "-keyout", "ca.key", "-out", "ca.pem")
        (directory / "ext").write_text("subjectAltName=DNS:localhost\n")
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "key", "-out", "csr")
        self._openssl("x509", "-req", "-in", "csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
                      "-extfile", "ext", "-out", "pem")

    def _openssl(self, *words):
        subprocess.run(["openssl", *words], cwd=self.directory, check=True, capture_output=True)

    def context(self):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.directory / "pem", self.directory / "key")
        return context


class MailServer:
    """`tls` is None, "starttls" or "tls". `replies` are by recipient, and `queued` ones for the next recipients that are
    new. A server that `holds` has taken a message, and says so only when it is `released`."""

    def __init__(self, certificates=None, tls=None, auth=None, exclude=()):
        self.envelopes, self.logins, self.replies, self.queued = [], [], {}, []
        self.sender_reply = self.data_reply = None
        self.received, self.released, self.holds = threading.Event(), threading.Event(), False
        options = {}
        if tls == "starttls":
            options = {"tls_context": certificates.context(), "require_starttls": True}
        if not auth:
            options["auth_exclude_mechanism"] = ["PLAIN", "LOGIN"]
        else:
            options |= {"authenticator": self._authenticate, "auth_required": True, "auth_exclude_mechanism": exclude}
            if tls != "starttls":
                options["auth_require_tls"] = False
        context = certificates.context() if tls == "tls" else None
        self.loop = asyncio.new_event_loop()
        listen = self.loop.create_server(
            lambda: self._session(options), "127.0.0.1", 0, ssl=context)
        self.server = self.loop.run_until_complete(listen)
        self.port = self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def _session(self, options):
        with warnings.catch_warnings():
            # A login without TLS is what some scenarios are about.
            warnings.simplefilter("ignore")
            return SMTP(self, hostname="localhost", loop=self.loop, **options)

    def stop(self):
        if self.loop.is_closed():
            return
        self.released.set()

        async def close():
            self.server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
        asyncio.run_coroutine_threadsafe(close(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    def _authenticate(self, server, session, envelope, mechanism, data):
        self.logins.append((mechanism, data.login.decode(), data.password.decode()))
        return AuthResult(success=self.logins[-1][1:] == (USER, PASSWORD), handled=False)

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.sender_reply:
            return self.sender_reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.queued and address not in self.replies:
            self.replies[address] = self.queued.pop(0)
        if address in self.replies:
            return self.replies[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        envelope.helo = session.host_name
        envelope.encrypted = session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None
        if not self.data_reply:
            self.envelopes.append(envelope)
        self.received.set()
        while self.holds and not self.released.is_set():
            await asyncio.sleep(0.02)
        return self.data_reply or "250 2.0.0 OK queued"

    def messages(self):
        return [email.message_from_bytes(envelope.content, policy=email.policy.default) for envelope in self.envelopes]

    def recipients(self):
        return sorted(address for envelope in self.envelopes for address in envelope.rcpt_tos)
