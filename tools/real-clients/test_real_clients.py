"""Microsoft's own libraries against the Entra simulator: if they cannot tell, our client will not either.

Started by `run`, which makes the certificate and passes the simulator's address.
"""

import asyncio
import json
import ssl
import sys
import urllib.request

import httpx
import msal
from azure.identity import ClientSecretCredential
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.user import User
from msgraph.generated.users.delta.delta_request_builder import DeltaRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core import GraphClientFactory

BASE, CA = sys.argv[1], sys.argv[2]
SCOPE = "https://graph.microsoft.com/.default"


def control(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
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


def graph_client():
    auth = AzureIdentityAuthenticationProvider(credential(), scopes=[SCOPE], allowed_hosts=["localhost"])
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


def test_msal_gets_a_token():
    result = msal_app(SECRET).acquire_token_for_client(scopes=[SCOPE])
    assert result.get("access_token"), result
    assert result["token_type"] == "Bearer" and result["expires_in"] > 0


def test_msal_is_told_of_a_wrong_secret():
    result = msal_app("wrong").acquire_token_for_client(scopes=[SCOPE])
    assert result["error"] == "invalid_client" and result["error_codes"] == [7000215], result


def test_azure_identity_gets_a_token():
    assert credential().get_token(SCOPE).token


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
