"""A HappyFox that lies: what it says is never taken for more than it can prove, and every sync comes to an end."""

import http.server
import json
import threading
import urllib.parse

from support import HELP_DESK_SETTINGS, HappyFox, HelpDeskScenario


class Liar:
    """A server with the shape of an account, whose answers a scenario chooses."""

    def __init__(self):
        self.contacts, self.asked = {}, []
        liar = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.reply(liar.read(self.path.split("/json/")[1]))

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self.reply(liar.write(body, self.headers["Authorization"]))

            def reply(self, answer):
                status, body = answer
                liar.asked.append(self.command)
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def read(self, path):
        if path.startswith("staff"):
            return 200, [{"id": 1, "name": "Ann"}]
        if path.startswith("user_custom_fields"):
            return 200, [{"id": 4, "name": "Department", "type": "text", "required": False, "choices": None}]
        if path.startswith("users/?size"):
            return 200, self.page()
        name = urllib.parse.unquote(path.split("/")[1]).lower()
        found = [row for row in self.contacts.values() if name in (str(row["id"]), row["email"].lower())]
        return (200, found[0]) if found else (404, {"error": "not found"})

    def page(self):
        rows = list(self.contacts.values())
        return {"page_info": {"last_index": len(rows)}, "data": rows}

    def write(self, rows, authorization):
        return 200, [{"email": row["email"], "success": True, "id": self.add(row)} for row in rows]

    def add(self, row):
        number = len(self.contacts) + 1
        phones = [{"id": number, "type": phone["type"], "number": phone["number"]} for phone in row["phones"]]
        self.contacts[number] = {"id": number, "name": row["name"], "email": row["email"], "phones": phones,
                                 "custom_fields": [{"id": 4, "name": "Department", "type": "text", "value_id": None,
                                                    "value": row.get("c-cf-4")}]}
        return number


class ALyingHappyFox(HelpDeskScenario):
    def meet(self, liar, users=20):
        self.addCleanup(liar.stop)
        self.simulate(users, clean=True)
        self.install_with(liar)
        return liar

    def test_with_a_list_that_goes_in_circles_is_read_to_an_end(self):
        class Circle(Liar):
            def page(self):
                rows = [{"id": 900 + n, "name": "C", "email": f"c{n}@acme.example", "phones": []} for n in range(5)]
                return {"page_info": {"last_index": 1_000_000}, "data": rows}
        liar = self.meet(Circle())
        self.apply(HELP_DESK_SETTINGS, codes=(0,))
        self.assertEqual(len(liar.contacts), 20)
        self.assertLess(len(liar.asked), 60)
        self.expect_clean()

    def test_that_answers_with_somebody_elses_number_links_nobody_to_it(self):
        class Mistaken(Liar):
            def write(self, rows, authorization):
                for row in rows:
                    self.add(row)
                return 200, [{"email": row["email"], "success": True, "id": 1} for row in rows]
        liar = Mistaken()
        liar.add({"name": "Somebody", "email": "somebody@acme.example", "phones": []})
        self.meet(liar)
        self.apply(HELP_DESK_SETTINGS, codes=(0,))
        contacts = {row["email"].lower(): row["id"] for row in self.contacts()}
        self.assertEqual(contacts, {row["email"].lower(): row["id"] for row in liar.contacts.values()})
        self.assertEqual((len(contacts), contacts["somebody@acme.example"]), (21, 1))
        self.expect_clean()

    def test_that_repeats_the_key_in_what_it_refuses_gets_it_nowhere(self):
        class Echo(Liar):
            def write(self, rows, authorization):
                words = f"{HappyFox.KEY} {authorization}"
                return 200, [{"email": row["email"], "success": False, "error": words} for row in rows]
        self.meet(Echo())
        self.apply(HELP_DESK_SETTINGS, codes=(2,))
        self.assertIn("HappyFox: [...]", self.report()[0]["Result"])
        self.foxtrail("explain", self.report()[0]["Email"])

    def test_that_breaks_at_every_write_is_left_alone_soon(self):
        class Broken(Liar):
            def write(self, rows, authorization):
                return 500, {"error": "no"}
        liar = self.meet(Broken(), users=60)
        self.apply(HELP_DESK_SETTINGS, codes=(69,))
        self.assertLessEqual(liar.asked.count("POST"), 7)
        self.assertIn("500", self.log()["reason"])
        self.expect_clean()

    def test_that_says_why_it_gives_no_list_is_quoted(self):
        class Closed(Liar):
            def page(self):
                return {"error": "You are not allowed to see contacts"}
        self.meet(Closed())
        self.apply(HELP_DESK_SETTINGS, codes=(69,))
        self.assertIn("You are not allowed to see contacts", self.log()["reason"])

    def test_cannot_be_left_while_a_sync_writes_to_it(self):
        self.simulate(60, clean=True)
        desk = self.account()
        self.install_with(desk)
        desk.forget()
        desk.misbehave({"kind": "slow", "scope": "write", "seconds": 5, "when": "before"})
        process = self.start("settings", "apply", self.file("settings.yaml", HELP_DESK_SETTINGS))
        while "contactWriteRequested" not in self.types():
            self.assertIsNone(process.poll())
        self.foxtrail("help-desk", "use", "embedded", "--relink", codes=(75,))
        self.assertEqual(process.wait(60), 0)
        self.expect_clean()
