"""Microsoft's own libraries against the Entra simulator: if they cannot tell, our client will not either.

Started by `run`, which makes the certificate and passes the simulator's address.
"""

import asyncio
import base64
import json
import ssl
import sys
import threading
import time
import urllib.request
import uuid

import httpx
import jwt
import msal
import requests
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import CertificateCredential, ClientSecretCredential
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.groups.groups_request_builder import GroupsRequestBuilder
from msgraph.generated.groups.item.transitive_members.graph_user.graph_user_request_builder import GraphUserRequestBuilder
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.user import User
from msgraph.generated.users.delta.delta_request_builder import DeltaRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core import GraphClientFactory

from person import Person

BASE, CA, APP_CERTIFICATE, APP_KEY = sys.argv[1:5]
SCOPE = "https://graph.microsoft.com/.default"


def control(method, path, body=None, raw=None):
    data = raw if body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE + path, data=data, method=method)
    context = ssl.create_default_context(cafile=CA)
    with urllib.request.urlopen(request, context=context) as response:
        text = response.read()
    return json.loads(text) if text else None


TENANT = control("GET", "/simulator")
SECRET = "simulated-secret"


def msal_app(secret):
    return msal.ConfidentialClientApplication(
        TENANT["clientID"],
        client_credential=secret,
        authority=f"{BASE}/{TENANT['tenantID']}",
        instance_discovery=False,
        verify=CA,
    )


def credential(secret=SECRET):
    return ClientSecretCredential(
        TENANT["tenantID"],
        TENANT["clientID"],
        secret,
        authority=BASE,
        disable_instance_discovery=True,
        connection_verify=CA,
    )


def graph_client(is_cae=False):
    auth = AzureIdentityAuthenticationProvider(
        credential(), scopes=[SCOPE], allowed_hosts=["localhost"], is_cae_enabled=is_cae)
    http = GraphClientFactory.create_with_default_middleware(client=httpx.AsyncClient(verify=ssl.create_default_context(cafile=CA)))
    adapter = GraphRequestAdapter(auth, http)
    adapter.base_url = f"{BASE}/v1.0"
    return GraphServiceClient(request_adapter=adapter)


def list_request(**parameters):
    query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(**parameters)
    return UsersRequestBuilder.UsersRequestBuilderGetRequestConfiguration(query_parameters=query)


async def all_users(client, configuration=None):
    page = await client.users.get(request_configuration=configuration)
    pages, users = 1, list(page.value)
    while page.odata_next_link:
        page = await client.users.with_url(page.odata_next_link).get()
        pages, users = pages + 1, users + page.value
    return pages, users


async def delta_round(client, url=None, select=None):
    builder = client.users.delta
    query = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters(select=select)
    configuration = DeltaRequestBuilder.DeltaRequestBuilderGetRequestConfiguration(query_parameters=query)
    page = await (builder.with_url(url).get() if url else builder.get(request_configuration=configuration))
    users = list(page.value)
    while page.odata_next_link:
        page = await builder.with_url(page.odata_next_link).get()
        users += page.value
    return users, page.odata_delta_link


def public_app(tenant=None):
    return msal.PublicClientApplication(
        TENANT["clientID"], authority=f"{BASE}/{tenant or 'organizations'}", instance_discovery=False, verify=CA)


def read(path):
    with open(path) as file:
        return file.read()


def certificate():
    return x509.load_pem_x509_certificate(read(APP_CERTIFICATE).encode())


def users_of_token(token):
    response = requests.get(f"{BASE}/v1.0/users", headers={"Authorization": f"Bearer {token}"}, verify=CA)
    return response.status_code


def test_msal_gets_a_token():
    result = msal_app(SECRET).acquire_token_for_client(scopes=[SCOPE])
    assert result.get("access_token"), result
    assert result["token_type"] == "Bearer" and result["expires_in"] > 0


def test_msal_is_told_of_a_wrong_secret():
    result = msal_app("wrong").acquire_token_for_client(scopes=[SCOPE])
    assert result["error"] == "invalid_client" and result["error_codes"] == [7000215], result


def test_azure_identity_gets_a_token():
    assert credential().get_token(SCOPE).token


def test_msal_signs_in_with_a_device_code():
    app = public_app()
    flow = app.initiate_device_flow(["User.Read.All", "GroupMember.Read.All"])
    assert flow["expires_in"] == 900 and flow["user_code"] in flow["message"], flow
    pending = app.acquire_token_by_device_flow(flow, exit_condition=lambda _: True)
    assert pending["error"] == "authorization_pending", pending
    control("PUT", "/simulator/faults", [{"kind": "slowDown", "at": [1]}])
    slow = app.acquire_token_by_device_flow(flow, exit_condition=lambda _: True)
    assert slow["error"] == "slow_down", slow
    control("PUT", "/simulator/faults", [])

    def type_the_code():
        time.sleep(1.5)
        person = Person(BASE, CA)
        person.open(flow["verification_uri"])
        person.press(code=flow["user_code"])
        person.press(user=person.form.buttons[0][1])

    thread = threading.Thread(target=type_the_code)
    thread.start()
    result = app.acquire_token_by_device_flow(flow)
    thread.join()
    assert result.get("access_token"), result
    assert result["id_token_claims"]["tid"] == TENANT["tenantID"]
    assert users_of_token(result["access_token"]) == 200


def test_msal_is_told_that_a_device_was_declined():
    app = public_app()
    flow = app.initiate_device_flow(["User.Read.All"])
    person = Person(BASE, CA)
    person.open(flow["verification_uri"])
    person.press(code=flow["user_code"])
    person.press(decline="1")
    assert app.acquire_token_by_device_flow(flow)["error"] == "authorization_declined"


def test_msal_signs_in_with_a_browser_and_refreshes():
    app = public_app(TENANT["domains"][0])
    flow = app.initiate_auth_code_flow(["User.Read.All"], redirect_uri="http://localhost:8400")
    person = Person(BASE, CA)
    user = person.open(flow["auth_uri"]).buttons[0][1]
    result = app.acquire_token_by_auth_code_flow(flow, person.press(user=user))
    assert result.get("id_token_claims", {}).get("oid") == user, result
    (account,) = app.get_accounts()
    assert account["local_account_id"] == user
    old = result["refresh_token"]
    fresh = app.acquire_token_silent(["User.Read.All"], account, force_refresh=True)
    assert fresh and fresh["access_token"] != result["access_token"], fresh
    (kept,) = app.token_cache.search(app.token_cache.CredentialType.REFRESH_TOKEN)
    assert kept["secret"] != old
    control("POST", "/simulator/revoke-sessions")
    ended = app.acquire_token_silent_with_error(["User.Read.All"], account, force_refresh=True)
    assert ended["error"] == "invalid_grant" and ended["error_codes"] == [50173], ended


def test_msal_verifies_nonce_and_state():
    for fault in ({"kind": "wrongState"}, {"kind": "badIDToken", "what": "nonce"}):
        app = public_app()
        flow = app.initiate_auth_code_flow(["User.Read.All"], redirect_uri="http://localhost:8400")
        person = Person(BASE, CA)
        user = person.open(flow["auth_uri"]).buttons[0][1]
        control("PUT", "/simulator/faults", [fault])
        try:
            result = app.acquire_token_by_auth_code_flow(flow, person.press(user=user))
        except (ValueError, RuntimeError) as refusal:
            result = {"error": str(refusal)}
        control("PUT", "/simulator/faults", [])
        assert "error" in result, result


def test_an_id_token_verifies_against_the_published_keys():
    app = public_app()
    flow = app.initiate_auth_code_flow(["User.Read.All"], redirect_uri="http://localhost:8400")
    person = Person(BASE, CA)
    user = person.open(flow["auth_uri"]).buttons[0][1]
    token = app.acquire_token_by_auth_code_flow(flow, person.press(user=user))["id_token"]
    metadata = requests.get(f"{BASE}/organizations/v2.0/.well-known/openid-configuration", verify=CA).json()
    (key,) = requests.get(metadata["jwks_uri"], verify=CA).json()["keys"]
    assert key["kid"] == jwt.get_unverified_header(token)["kid"]
    claims = jwt.decode(token, jwt.PyJWK(key).key, algorithms=["RS256"], audience=TENANT["clientID"])
    assert claims["iss"] == metadata["issuer"].replace("{tenantid}", claims["tid"])


def test_msal_is_sent_back_when_a_person_declines():
    app = public_app()
    flow = app.initiate_auth_code_flow(["User.Read.All"], redirect_uri="http://localhost:8400")
    person = Person(BASE, CA)
    person.open(flow["auth_uri"])
    result = app.acquire_token_by_auth_code_flow(flow, person.press(decline="1"))
    assert result["error"] == "access_denied" and "AADSTS65004" in result["error_description"], result


def test_consent_is_missing_given_and_used():
    control("PUT", "/simulator/consent", {"permissions": []})
    bare = msal_app(SECRET).acquire_token_for_client(scopes=[SCOPE])
    assert users_of_token(bare["access_token"]) == 403
    query = f"client_id={TENANT['clientID']}&redirect_uri=http://localhost:8400/&state=s&scope={SCOPE}"
    person = Person(BASE, CA)
    person.open(f"/organizations/v2.0/adminconsent?{query}")
    declined = person.press(decline="1")
    assert declined["admin_consent"] == "True" and "AADSTS65004" in declined["error_description"], declined
    granted = person.press(tenant=TENANT["tenantID"])
    assert granted == {"admin_consent": "True", "tenant": TENANT["tenantID"], "scope": SCOPE, "state": "s"}, granted
    fresh = msal_app(SECRET).acquire_token_for_client(scopes=[SCOPE])
    assert users_of_token(fresh["access_token"]) == 200


def test_msal_signs_with_a_certificate():
    thumbprint = certificate().fingerprint(hashes.SHA1()).hex()
    for credential in (
        {"private_key": read(APP_KEY), "public_certificate": read(APP_CERTIFICATE)},
        {"private_key": read(APP_KEY), "thumbprint": thumbprint},
    ):
        result = msal_app(credential).acquire_token_for_client(scopes=[SCOPE])
        assert users_of_token(result.get("access_token")) == 200, result


def test_azure_identity_signs_with_a_certificate():
    credential = CertificateCredential(
        TENANT["tenantID"], TENANT["clientID"], certificate_data=(read(APP_KEY) + read(APP_CERTIFICATE)).encode(),
        authority=BASE, disable_instance_discovery=True, connection_verify=CA)
    assert users_of_token(credential.get_token(SCOPE).token) == 200


def assertion(**changes):
    now = int(time.time())
    url = f"{BASE}/{TENANT['tenantID']}/oauth2/v2.0/token"
    claims = {"aud": url, "iss": TENANT["clientID"], "sub": TENANT["clientID"], "jti": str(uuid.uuid4()),
              "nbf": now, "iat": now, "exp": now + 300, **changes}
    digest = base64.urlsafe_b64encode(certificate().fingerprint(hashes.SHA256())).decode()
    token = jwt.encode(claims, read(APP_KEY), algorithm="PS256", headers={"x5t#S256": digest})
    form = {"grant_type": "client_credentials", "client_id": TENANT["clientID"], "scope": SCOPE,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "client_assertion": token}
    return requests.post(url, form, verify=CA).json()


def test_an_assertion_is_checked():
    assert "access_token" in assertion()
    assert assertion(iss="another")["error_codes"] == [700021]
    assert assertion(aud="https://elsewhere.example/")["error_codes"] == [50013]
    assert assertion(exp=int(time.time()) - 900)["error_codes"] == [700024]
    control("DELETE", "/simulator/certificates")
    assert assertion()["error_codes"] == [700027]
    control("POST", "/simulator/certificates", raw=read(APP_CERTIFICATE).encode())
    assert "access_token" in assertion()


def test_azure_identity_is_told_what_is_wrong():
    control("PUT", "/simulator/faults", [{"kind": "aadsts", "code": 700016}])
    try:
        credential().get_token(SCOPE)
        raise AssertionError("a token was given out")
    except ClientAuthenticationError as refusal:
        assert "AADSTS700016" in str(refusal), refusal
    control("PUT", "/simulator/faults", [])


async def test_the_organization_is_read():
    page = await graph_client().organization.get()
    assert page.value[0].id == TENANT["tenantID"]
    assert [d.name for d in page.value[0].verified_domains if d.is_default] == [TENANT["domains"][0]]


async def test_all_users_are_listed_in_pages_of_100():
    pages, users = await all_users(graph_client())
    assert pages == -(-TENANT["users"] // 100), pages
    assert len({user.id for user in users}) == len(users) == TENANT["users"]


async def test_all_users_are_listed_in_one_large_page():
    pages, users = await all_users(graph_client(), list_request(top=999, select=["id", "displayName", "mail"]))
    assert pages == -(-TENANT["users"] // 999) and len(users) == TENANT["users"]
    assert all(user.display_name for user in users)


EVENTUAL = {"ConsistencyLevel": "eventual"}


def with_headers(builder, **parameters):
    """A request configuration of that builder for an advanced query."""
    name = builder.__name__
    query = getattr(builder, name + "GetQueryParameters")(**parameters)
    configuration = getattr(builder, name + "GetRequestConfiguration")(query_parameters=query)
    configuration.headers.add("ConsistencyLevel", "eventual")
    return configuration


async def test_groups_are_listed_and_searched():
    client = graph_client()
    page = await client.groups.get()
    assert len(page.value) == TENANT["groups"]
    (unified,) = [group for group in page.value if group.display_name == "Support"]
    assert unified.group_types == ["Unified"] and unified.mail_enabled
    found = await client.groups.get(
        request_configuration=with_headers(GroupsRequestBuilder, search='"displayName:sales"', top=2))
    names = [group.display_name for group in found.value]
    more = await client.groups.with_url(found.odata_next_link).get(
        request_configuration=with_headers(GroupsRequestBuilder))
    assert names + [group.display_name for group in more.value] == ["Sales", "Sales EMEA", "Sales APAC"]


async def members(client, group, **parameters):
    builder = client.groups.by_group_id(group).transitive_members.graph_user
    configuration = with_headers(GraphUserRequestBuilder, **parameters)
    page = await builder.get(request_configuration=configuration)
    count, users = page.odata_count, list(page.value)
    while page.odata_next_link:
        page = await builder.with_url(page.odata_next_link).get(request_configuration=with_headers(GraphUserRequestBuilder))
        users += page.value
    return count, users


async def test_members_are_read_through_nested_groups():
    client = graph_client()
    groups = {group.display_name: group.id for group in (await client.groups.get()).value}
    count, users = await members(client, groups["Sales"], count=True, top=30, select=["id", "displayName"])
    assert count == len(users) == len({user.id for user in users}) == 100, (count, len(users))
    mixed = await client.groups.by_group_id(groups["Alumni"]).transitive_members.get()
    kinds = sorted(member.odata_type for member in mixed.value)
    assert kinds.count("#microsoft.graph.device") == 1 and kinds.count("#microsoft.graph.user") == len(kinds) - 1


async def test_the_cast_is_refused_without_count_and_without_header():
    client = graph_client()
    group = (await client.groups.get()).value[0].id
    builder = client.groups.by_group_id(group).transitive_members.graph_user
    for configuration in (None, with_headers(GraphUserRequestBuilder)):
        try:
            await builder.get(request_configuration=configuration)
            raise AssertionError("the cast was answered")
        except ODataError as refusal:
            assert refusal.error.code == "Request_UnsupportedQuery"


async def test_a_claims_challenge_is_answered_by_the_sdk():
    client = graph_client(is_cae=True)
    await client.organization.get()
    control("PUT", "/simulator/faults", [{"kind": "claimsChallenge", "at": [1]}])
    page = await client.organization.get()
    assert page.value[0].id == TENANT["tenantID"]
    control("PUT", "/simulator/faults", [])


async def test_a_patch_is_all_that_the_next_delta_round_has():
    client = graph_client()
    first, link = await delta_round(client, select=["displayName", "department"])
    assert len({user.id for user in first}) == TENANT["users"]
    nothing, link = await delta_round(client, link)
    assert nothing == []
    await client.users.by_user_id(first[7].id).patch(User(department="Moved by the SDK"))
    changed, link = await delta_round(client, link)
    assert [(user.id, user.department) for user in changed] == [(first[7].id, "Moved by the SDK")]


async def test_a_deleted_user_is_removed_and_a_restored_one_returns():
    client = graph_client()
    first, link = await delta_round(client, select=["displayName"])
    await client.users.by_user_id(first[3].id).delete()
    gone, link = await delta_round(client, link)
    assert [(user.id, user.additional_data["@removed"]) for user in gone] == [(first[3].id, {"reason": "changed"})]
    await client.directory.deleted_items.by_directory_object_id(first[3].id).restore.post()
    back, link = await delta_round(client, link)
    assert [(user.id, user.display_name) for user in back] == [(first[3].id, first[3].display_name)]


async def test_a_throttled_request_is_retried():
    client = graph_client()
    control("PUT", "/simulator/faults", [{"kind": "throttle", "at": [1], "retryAfter": "1"}])
    pages, users = await all_users(client, list_request(top=999))
    assert len(users) == TENANT["users"]
    assert control("GET", "/simulator/requests")["GET /v1.0/users"]["429"] == 1
    control("PUT", "/simulator/faults", [])


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    for name, test in tests:
        result = test()
        if asyncio.iscoroutine(result):
            asyncio.run(result)
        print("ok", name.removeprefix("test_").replace("_", " "))
    print(len(tests), "tests passed")


main()
