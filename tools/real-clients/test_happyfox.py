"""hfox, a client that strangers wrote against the real HappyFox, against the HappyFox simulator.

Started by `run`. Each test has an account of its own and looks twice: at what hfox made of the answers, and at what the
simulator holds then.
"""

import json
import sys
import time

from hfox.core.errors import AuthError, NotFoundError, RateLimitError

from account import KEY, Account

FOXTRAIL = sys.argv[1]
TESTS = []


def on(contacts, *options):
    """A test on an account that has so many contacts and is simulated with these options."""
    def wrapped(test):
        TESTS.append((test, contacts, options))
        return test
    return wrapped


def custom(contact):
    """The values of the custom fields that have one, by name, as hfox reads them."""
    return {field["name"]: field["value"] for field in contact["custom_fields"] if field["value"] is not None}


def numbers(contact):
    return [(phone["type"], phone["number"]) for phone in contact["phones"]]


@on(3)
def credentials_are_checked_kept_and_forgotten(account):
    nobody = account.hfox("auth", "status", code=2, HFOX_API_KEY=None, HFOX_AUTH_CODE=None)
    assert nobody.json["authenticated"] is False and account.counted() == {}, nobody
    assert account.hfox("auth", "status").json["authenticated"] is True
    login = account.hfox("auth", "login", "--email", "DANA@help.example", HFOX_SUBDOMAIN="acme")
    assert login.json["default_staff_id"] == 1 and KEY not in login.text + login.warnings, login
    forgotten = {"HFOX_BASE_URL": None, "HFOX_API_KEY": None, "HFOX_AUTH_CODE": None}
    kept = account.hfox("auth", "status", **forgotten).json
    assert kept["authenticated"] is True and kept["base_url"] == account.url + "/api/1.1/json", kept
    assert account.counted() == {"GET staff": {"200": 3}}
    assert account.hfox("auth", "logout", **forgotten).json["removed"] is True
    account.hfox("auth", "status", code=2, **forgotten)
    assert len(account.contacts) == 3


@on(3)
def a_bad_key_is_told(account):
    before = account.contacts
    wrong = account.hfox("auth", "status", code=2, HFOX_AUTH_CODE="wrong").json
    assert wrong["authenticated"] is False and wrong["check_error"]["type"] == "auth", wrong
    login = account.hfox("auth", "login", code=2, HFOX_SUBDOMAIN="acme", HFOX_API_KEY="wrong").json
    assert login["type"] == "auth" and not (account.home / ".config" / "hfox" / "token.json").exists(), login
    with account.client() as client:
        assert len(client.get_all("users/")) == 3
        for state in ("revoked", "disabled"):
            account.control("PUT", "/key", {"state": state})
            try:
                client.request("POST", "users/", json={"name": "Nobody", "email": "nobody@acme.example"})
                raise AssertionError(f"a {state} key was accepted")
            except AuthError:
                pass
        account.control("PUT", "/key", {"state": "valid"})
        assert len(client.get_all("users/")) == 3
    assert account.contacts == before


@on(0, "--bad-key-status", 403)
def a_bad_key_is_told_with_403_too(account):
    assert account.hfox("system", "staff", code=2, HFOX_AUTH_CODE="wrong").json["type"] == "auth"
    assert account.counted() == {"GET staff": {"403": 1}}


@on(0)
def staff_are_read(account):
    (dana,) = account.hfox("system", "staff", "--email", "dana@").json
    assert dana["active"] is True and "manage_contacts" in dana["permissions"], dana
    assert account.hfox("system", "staff", "--email", "somebody@else.example").json == []


@on(0, "--required-field", "Department")
def custom_fields_are_read(account):
    fields = account.hfox("system", "contact-custom-fields").json
    held = account.control("GET", "/fields")
    assert [(field["id"], field["name"]) for field in fields] == [(field["id"], field["name"]) for field in held]
    assert [field["name"] for field in fields if field["required"]] == ["Department"]
    kinds = {field["name"]: field["type"] for field in fields}
    assert kinds["Department"] == "text" and kinds["Region"] == "choice" and kinds["Favourite colour"] == "colour-picker", kinds
    rows = account.hfox("--format", "csv", "system", "contact-custom-fields", "--name", "region").text.splitlines()
    assert len(rows) == 2 and '"EMEA=7, APAC=3, Americas=12"' in rows[1], rows


@on(120)
def all_contacts_are_listed_in_pages(account):
    answer = account.hfox("--page-all", "contacts", "list", "--size", 50)
    pages = [json.loads(line) for line in answer.text.splitlines()]
    assert [page["page_info"]["count"] for page in pages] == [50, 50, 20]
    assert {page["page_info"]["last_index"] for page in pages} == {120}
    held = account.contacts
    read = {contact["id"]: contact for page in pages for contact in page["data"]}
    assert list(read) == list(held) and len(read) == 120
    for contact in read.values():
        one = held[contact["id"]]
        assert (contact["name"], contact["email"], custom(contact)) == (one["name"], one["email"], one["fields"]), contact
        assert contact["phones"] == one["phones"], contact
    assert account.counted() == {"GET users": {"200": 3}}
    with account.client(sleep=lambda _: None) as client:
        assert [row["id"] for row in client.get_all("users/")] == list(held)
        assert [row["id"] for row in client.get("users/")["data"]] == list(held)[:10]
        assert len(client.get("users/", params={"size": 100})["data"]) == 50
        assert client.get("users/", params={"size": 50, "page": 4})["data"] == []


@on(60)
def contacts_are_searched(account):
    held = account.contacts
    with account.client(sleep=lambda _: None) as client:
        def found(query):
            return [contact["id"] for contact in client.get_all("users/", params={"q": query})]

        at = [id for id, contact in held.items() if contact["email"] and contact["email"].endswith("@customer.example")]
        assert at and found("email:@CUSTOMER.example") == at
        one = held[3]
        namesakes = [id for id, contact in held.items() if contact["name"] == one["name"]]
        assert found(f"name:{one['name']}") == namesakes
        assert found(f"phone:{one['phones'][0]['number'].removeprefix('+')}") == [3]
        assert found(f"email:{one['email']} name:{one['name'].split()[0]}") == [3]
        since = time.strftime("%Y/%m/%d", time.gmtime())
        assert found(f"created_since:{since}") == []
        account.control("POST", "/contacts", {"name": "Ann New", "email": "ann.new@acme.example"})
        assert found(f"created_since:{since}") == found("email:ann.new@acme.example") == [61]
    nothing = account.hfox("contacts", "list", "--query", "email:nobody@nowhere.example").json
    assert nothing["data"] == [] and nothing["page_info"]["last_index"] == 0, nothing


@on(5)
def a_contact_is_read_by_id_and_by_address(account):
    account.control("POST", "/contacts", {"name": "Zoë O'Hara", "email": "Zoe.O'Hara+desk@acme.example",
                                          "fields": {"Region": "APAC", "Languages": ["German", "French"]},
                                          "phones": [{"type": "w", "number": "+44 20 1"}]})
    (held,) = account.held("Zoe.O'Hara+desk@acme.example")
    by_id = account.hfox("contacts", "get", held["id"]).json
    by_address = account.hfox("contacts", "get", "zoe.o'hara+desk@acme.example").json
    assert by_id == by_address and by_id["name"] == held["name"] == "Zoë O'Hara", (by_id, by_address)
    assert custom(by_id) == held["fields"] == {"Region": "APAC", "Languages": ["German", "French"]}, by_id
    chosen = {field["name"]: field["value_id"] for field in by_id["custom_fields"] if field["value_id"] is not None}
    assert chosen == {"Region": 3, "Languages": [22, 27]} and by_id["primary_phone"] == held["phones"][0], by_id


@on(5)
def who_is_not_there_is_not_found(account):
    before = account.contacts
    for who in ("99", "nobody@acme.example"):
        missing = account.hfox("contacts", "get", who, code=4).json
        assert missing["type"] == "not_found" and missing["detail"] == "Contact does not exist.", missing
    account.hfox("contacts", "update", 99, "--name", "Nobody", code=4)
    with account.client() as client:
        for path in ("contact_group/99/", "nothing/"):
            try:
                client.get(path)
                raise AssertionError(f"{path} was found")
            except NotFoundError:
                pass
    assert account.contacts == before


@on(0, "--required-field", "Department")
def a_contact_is_created(account):
    made = account.hfox(
        "contacts", "create", "--name", "Jörg Ünal", "--email", "joerg@acme.example", "--phone", "+49 30 1", "--phone-type", "mo",
        "--disable-login", "--cf", "4=Sales", "--cf", "5=7", "--cf", "21=[31,27]", "--cf", "13=12.5", "--cf", "17=2001-02-03").json
    values = {"Department": "Sales", "Region": "EMEA", "Languages": ["English", "French"], "Employee number": 12.5,
              "Birthday": "2001-02-03"}
    (held,) = account.held("joerg@acme.example")
    assert custom(made) == held["fields"] == values, made
    assert made["id"] == held["id"] and made["name"] == held["name"] == "Jörg Ünal", made
    assert numbers(made) == numbers(held) == [("mo", "+49 30 1")] and held["isLoginEnabled"] is False, held
    phone_only = account.hfox("contacts", "create", "--name", "Nobody's", "--phone", "7", "--cf", "4=Sales").json
    assert phone_only["email"] is None and numbers(account.contacts[phone_only["id"]]) == [("o", "7")], phone_only


@on(0, "--required-field", "Department")
def a_contact_that_is_not_good_is_refused(account):
    refusal = account.hfox("contacts", "create", "--name", "Ann", "--email", "ann@acme.example", "--cf", "5=99", code=1).json
    assert refusal["type"] == "api" and refusal["status_code"] == 400, refusal
    assert refusal["detail"] == [
        {"field": "c-cf-4", "errors": ["This field is required"]},
        {"field": "c-cf-5", "errors": ["Select a valid choice. That choice is not one of the available choices."]},
    ], refusal
    assert account.contacts == {}


@on(0)
def an_address_that_there_is_gets_no_second_contact(account):
    ann = ("contacts", "create", "--name", "Ann", "--email", "ann@acme.example")
    first = account.hfox(*ann, "--phone", "+49 30 1", "--phone-type", "w", "--cf", "4=Sales", "--cf", "9=B-7").json
    again = account.hfox(*ann, "--phone", "+49 30 1", "--phone-type", "w", "--cf", "4=Support").json
    (held,) = account.held("ann@acme.example")
    assert first["id"] == again["id"] == held["id"]
    # What was not sent is gone, and a number without its id was added once more.
    assert custom(again) == held["fields"] == {"Department": "Support"}, again
    assert numbers(again) == numbers(held) == [("w", "+49 30 1")] * 2, again


@on(2, "--required-field", "Department")
def of_many_contacts_the_good_ones_are_written(account):
    known = account.contacts[1]
    (phone,) = known["phones"]
    many = [
        {"name": "Ann", "email": "ann@acme.example", "c-cf-4": "Sales", "is_login_enabled": "FALSE"},
        {"name": "Bob", "email": "bob@acme.example"},
        {"email": known["email"], "c-cf-4": "Support", "phones": [{"id": phone["id"], "type": "h", "number": "5"}]},
        {"name": "", "email": "not an address", "c-cf-4": "Sales"},
    ]
    file = account.home / "many.json"
    file.write_text(json.dumps(many))
    answer = account.hfox("contacts", "create-bulk", "--file", file, code=1)
    ann, bob, changed, bad = answer.json
    assert "2 of 4 entries failed" in answer.warnings, answer
    assert [result["success"] for result in answer.json] == [True, False, True, False], answer
    assert bob["email"] == "bob@acme.example" and bob["error"] == [
        {"field": "c-cf-4", "errors": ["This field is required"]}], bob
    assert [error["field"] for error in bad["error"]] == ["name", "email"], bad
    held = account.contacts
    assert len(held) == 3 and held[ann["id"]]["name"] == "Ann" and held[ann["id"]]["isLoginEnabled"] is False, held
    assert changed["id"] == known["id"] and held[1]["name"] == known["name"], held
    assert held[1]["fields"] == {"Department": "Support"} != known["fields"], held
    assert held[1]["phones"] == [{"id": phone["id"], "type": "h", "number": "5"}], held
    assert account.counted() == {"POST users": {"200": 1}}


@on(1)
def a_number_is_changed_by_its_id(account):
    (phone,) = account.contacts[1]["phones"]
    update = ("contacts", "update", 1, "--phone-type", "mo")
    changed = account.hfox(*update, "--phone", "+49 30 2", "--phone-id", phone["id"]).json
    assert changed["phones"] == account.contacts[1]["phones"] == [{**phone, "type": "mo", "number": "+49 30 2"}], changed
    added = account.hfox(*update, "--phone", "+49 30 3", "--phone-primary").json
    held = account.contacts[1]
    assert numbers(added) == numbers(held) == [("mo", "+49 30 2"), ("mo", "+49 30 3")], added
    assert added["primary_phone"]["id"] == held["primaryPhone"] != phone["id"], added
    strange = account.hfox(*update, "--phone", "1", "--phone-id", 999, code=1).json
    assert strange["detail"][0]["field"] == "phones" and account.contacts[1] == held, strange


@on(1)
def an_edit_leaves_other_custom_fields(account):
    before = account.contacts[1]["fields"]
    assert set(before) == {"Badge", "Region", "Languages"}, before
    edited = account.hfox("contacts", "update", 1, "--cf", "4=Sales", "--name", "Ann", "--enable-login").json
    held = account.contacts[1]
    assert custom(edited) == held["fields"] == {**before, "Department": "Sales"}, edited
    assert edited["name"] == held["name"] == "Ann" and held["isLoginEnabled"] is True
    cleared = account.hfox("contacts", "update", 1, "--cf-json", '{"4": "", "21": []}').json
    assert custom(cleared) == account.contacts[1]["fields"] == {name: before[name] for name in ("Badge", "Region")}, cleared


@on(1, "--reset-on-edit")
def an_edit_resets_other_custom_fields(account):
    edited = account.hfox("contacts", "update", 1, "--cf", "4=Sales").json
    assert custom(edited) == account.contacts[1]["fields"] == {"Department": "Sales"}, edited


@on(3)
def an_address_is_changed_unless_another_has_it(account):
    before = account.contacts
    taken = account.hfox("contacts", "update", 1, "--email", before[3]["email"], code=1).json
    assert taken["detail"] == [{"field": "email", "errors": ["Contact with this email already exists."]}], taken
    assert account.contacts == before
    moved = account.hfox("contacts", "update", 1, "--email", "moved@acme.example").json
    assert moved["id"] == 1 and moved["email"] == account.contacts[1]["email"] == "moved@acme.example"
    off = account.hfox("contacts", "update", "moved@acme.example", "--disable-login").json
    assert off["id"] == 1 and account.contacts[1]["isLoginEnabled"] is False
    account.hfox("contacts", "get", before[1]["email"], code=4)


@on(0, "--reads", 2, "--writes", 1, "--penalty", 1, "--retry-after")
def a_limit_is_waited_for(account):
    waits = []
    with account.client(on_retry=lambda *told: waits.append(told)) as client:
        for _ in range(3):
            assert client.get("users/")["data"] == []
        assert waits == [("HTTP 429", 1.0, 1, 5)], waits
        for name in ("Ann", "Bob"):
            client.request("POST", "users/", json={"name": name, "email": f"{name}@acme.example".lower()})
        assert waits == [("HTTP 429", 1.0, 1, 5)] * 2, waits
    assert [contact["name"] for contact in account.contacts.values()] == ["Ann", "Bob"]
    assert account.counted() == {"GET users": {"200": 3, "429": 1}, "POST users": {"200": 2, "429": 1}}


@on(0, "--writes", 1, "--penalty", 600, "--retry-after")
def a_limit_stops_everything(account):
    create = ("--max-retries", 0, "contacts", "create", "--email")
    account.hfox(*create, "ann@acme.example", "--name", "Ann")
    refused = account.hfox(*create, "bob@acme.example", "--name", "Bob", code=1).json
    assert refused["type"] == "rate_limited" and refused["retry_after"] == 600, refused
    reading = account.hfox("--max-retries", 0, "contacts", "list", code=1).json
    assert reading["type"] == "rate_limited" and 590 < reading["retry_after"] <= 600, reading
    assert [contact["name"] for contact in account.contacts.values()] == ["Ann"]
    assert account.control("GET", "")["throttledRequests"] == 1


@on(0, "--reads", 1, "--penalty", 600, "--throttle-body", "wait")
def a_wait_is_found_in_the_body(account):
    account.hfox("contacts", "list")
    assert account.hfox("--max-retries", 0, "contacts", "list", code=1).json["retry_after"] == 600


@on(0, "--reads", 1, "--penalty", 600)
def without_a_wait_retries_end_before_the_penalty(account):
    slept = []
    with account.client(sleep=slept.append) as client:
        client.get("users/")
        try:
            client.get("users/")
            raise AssertionError("the limit was not kept")
        except RateLimitError as refusal:
            assert refusal.retry_after is None and refusal.detail == "Rate limit exceeded.", refusal
    assert len(slept) == 5 and sum(slept) < 60, slept
    assert account.counted() == {"GET users": {"200": 1, "429": 6}}


@on(0)
def a_write_without_an_answer_may_have_been_done(account):
    create = ("contacts", "create", "--name", "Ann", "--email")
    for number, (fault, code, done) in enumerate([
        ({"kind": "drop"}, 5, True), ({"kind": "unheard"}, 5, False),
        ({"kind": "unavailable", "when": "after"}, 1, True), ({"kind": "unavailable"}, 1, False),
    ]):
        account.control("PUT", "/faults", [{**fault, "scope": "write", "at": [1]}])
        lost = account.hfox(*create, f"ann{number}@acme.example", code=code).json
        assert lost["outcome_unknown"] is True, lost
        assert len(account.held(f"ann{number}@acme.example")) == done, fault
    account.control("PUT", "/faults", [{"kind": "drop", "scope": "read", "at": [1]}])
    with account.client(sleep=lambda _: None) as client:
        assert [contact["id"] for contact in client.get_all("users/")] == list(account.contacts)


@on(4)
def groups_gain_and_lose_members(account):
    (partners,) = account.hfox("contacts", "groups", "list").json
    assert partners["name"] == "Partners" and partners["tagged_domains"] == "partner.example", partners
    groups = ("contacts", "groups")
    vip = account.hfox(*groups, "create", "--name", "VIP", "--domains", "vip.example, gold.example").json
    assert vip["tagged_domains"] == "vip.example,gold.example" and vip["contacts"] == [], vip
    twice = account.hfox(*groups, "create", "--name", "VIP", code=1).json
    assert twice["detail"][0]["field"] == "name", twice
    made = account.hfox("contacts", "create", "--name", "Goldie", "--email", "goldie@gold.example").json
    assert [group["name"] for group in made["contact_groups"]] == ["VIP"] and account.contacts[5]["groups"] == [vip["id"]]

    added = account.hfox(*groups, "add-contacts", vip["id"], "--contact-ids", "1,2,99", "--access-tickets", code=1)
    assert [result["success"] for result in added.json] == [True, True, False] and "1 of 3" in added.warnings, added
    assert added.json[2]["errors"][0]["field"] == "contact", added
    members = account.hfox(*groups, "get", vip["id"]).json["contacts"]
    held = account.contacts
    assert [member["id"] for member in members] == [id for id, one in held.items() if vip["id"] in one["groups"]] == [1, 2, 5]
    assert [one["ticketAccess"] for one in held.values()] == [[vip["id"]], [vip["id"]], [], [], []], held
    (seen,) = account.hfox("contacts", "get", 2).json["contact_groups"]
    assert seen["id"] == vip["id"] and seen["access_all_tickets_in_group"] is True, seen

    # Who is no member is a failure, and hfox takes it for none.
    removed = account.hfox(*groups, "remove-contacts", vip["id"], "--contact-ids", "1,3").json
    assert [result["success"] for result in removed] == [True, False], removed
    account.hfox(*groups, "remove-contacts", vip["id"], "--contact-ids", "99", code=1)
    held = account.contacts
    assert [id for id, one in held.items() if vip["id"] in one["groups"]] == [2, 5] and held[1]["ticketAccess"] == [], held
    changed = account.hfox(*groups, "update", vip["id"], "--description", "Gold", "--domains", "").json
    assert changed["description"] == "Gold" and changed["tagged_domains"] == "", changed


def main():
    for test, contacts, options in TESTS:
        with Account(FOXTRAIL, contacts, *options) as account:
            test(account)
        print("ok", test.__name__.replace("_", " "))
    print(len(TESTS), "tests passed")


main()
