#!/usr/bin/env python3
"""The reference for a first sync: the same work in plain Python 3, standard library only.

    python_sync.py BASE_URL TENANT CLIENT_ID SECRET_FILE DATABASE [--select A,B,...] [--again]

Reads every user with users/delta and writes a user row and a contact row each, one transaction a page. --again reads everything
once more and compares each user with the stored one: a sync in which nothing changed.
"""

import argparse
import json
import os
import resource
import sqlite3
import sys
import time
import urllib.parse
import urllib.request

SELECT = "id,userPrincipalName,displayName,mail,businessPhones,mobilePhone,department,employeeId,accountEnabled"
SCHEMA = """
CREATE TABLE users(tenant TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (tenant, id)) STRICT;
CREATE TABLE contacts(id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, phones TEXT NOT NULL) STRICT;
"""


def fetch(request):
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def access_token(base, tenant, client, secret):
    form = {
        "grant_type": "client_credentials",
        "client_id": client,
        "client_secret": secret,
        "scope": "https://graph.microsoft.com/.default",
    }
    body = urllib.parse.urlencode(form).encode()
    return fetch(urllib.request.Request(f"{base}/{tenant}/oauth2/v2.0/token", data=body))["access_token"]


def pages(base, token, select):
    url = f"{base}/v1.0/users/delta?" + urllib.parse.urlencode({"$select": select}, safe="$,")
    while url:
        # The token goes to the server that it is for, and to no other.
        if not url.startswith(base + "/"):
            sys.exit(f"error: a link leads elsewhere: {url}")
        page = fetch(urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"}))
        yield page["value"]
        url = page.get("@odata.nextLink")


def phones(user):
    work = user.get("businessPhones") or []
    found = [{"type": "work", "number": number} for number in work[:1]]
    if user.get("mobilePhone"):
        found.append({"type": "mobile", "number": user["mobilePhone"]})
    return json.dumps(found, ensure_ascii=False)


def write(database, tenant, user, text):
    database.execute(
        "INSERT INTO users VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET json = excluded.json", (tenant, user["id"], text)
    )
    # Guests and half-made users may have no name to be reached by.
    if user.get("userPrincipalName"):
        database.execute(
            "INSERT INTO contacts(email, name, phones) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET name = excluded.name, phones = excluded.phones",
            (user["userPrincipalName"].lower(), user.get("displayName"), phones(user)),
        )


def run(arguments):
    with open(arguments.secret_file, encoding="utf-8") as file:
        secret = file.read().strip()
    if os.path.exists(arguments.database) != arguments.again:
        sys.exit(f"error: {arguments.database} {'does not exist' if arguments.again else 'exists'}")
    database = sqlite3.connect(arguments.database, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    if not arguments.again:
        database.executescript(SCHEMA)

    start = time.monotonic()
    base = arguments.base_url.rstrip("/")
    token = access_token(base, arguments.tenant, arguments.client_id, secret)
    users = changed = removed = 0
    for page in pages(base, token, arguments.select):
        database.execute("BEGIN IMMEDIATE")
        for user in page:
            if "@removed" in user:
                removed += 1
                database.execute("DELETE FROM users WHERE tenant = ? AND id = ?", (arguments.tenant, user["id"]))
                continue
            users += 1
            text = json.dumps(user, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            if arguments.again:
                key = (arguments.tenant, user["id"])
                stored = database.execute("SELECT json FROM users WHERE tenant = ? AND id = ?", key).fetchone()
                if stored and stored[0] == text:
                    continue
            changed += 1
            write(database, arguments.tenant, user, text)
        database.execute("COMMIT")
    seconds = time.monotonic() - start
    database.close()

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = {"seconds": round(seconds, 6), "users": users, "peakKiB": peak, "changed": changed, "removed": removed}
    print(json.dumps(result))


def main():
    parser = argparse.ArgumentParser(description="a first sync in plain Python")
    for name in ["base_url", "tenant", "client_id", "secret_file", "database"]:
        parser.add_argument(name)
    parser.add_argument("--select", default=SELECT, help="the properties to read, separated by commas")
    parser.add_argument("--again", action="store_true", help="read all once more and compare")
    run(parser.parse_args())


if __name__ == "__main__":
    main()
