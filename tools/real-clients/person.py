"""A person at a browser: reads a page's form and presses one of its buttons. Redirects are looked at, not followed."""

import html.parser
import ssl
import urllib.error
import urllib.parse
import urllib.request


class _Form(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.action, self.hidden, self.buttons = None, {}, []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self.action = values["action"]
        elif tag == "input" and values.get("type") == "hidden":
            self.hidden[values["name"]] = values["value"]
        elif tag == "button" and "name" in values:
            self.buttons.append((values["name"], values["value"]))


class _Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Person:
    def __init__(self, base, ca):
        self.base = base
        context = ssl.create_default_context(cafile=ca)
        self.opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), _Still)

    def open(self, url, values=None):
        """The page's form, or the parameters of the redirect."""
        data = urllib.parse.urlencode(values).encode() if values is not None else None
        try:
            with self.opener.open(urllib.parse.urljoin(self.base, url), data) as response:
                self.form = _Form()
                self.form.feed(response.read().decode())
                return self.form
        except urllib.error.HTTPError as answer:
            if answer.code != 302:
                raise AssertionError(f"{answer.code}: {answer.read().decode()}")
            return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer.headers["Location"]).query))

    def press(self, **button):
        """Sends the form with a button's name and value; a button must be there to be pressed."""
        for name in set(button) - {"code", "username", "consent"}:
            assert (name, button[name]) in self.form.buttons, (button, self.form.buttons)
        return self.open(self.form.action, {**self.form.hidden, **button})
