import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import type { UserActor } from "#domain/context.ts";
import { withinAdminIpAddresses } from "./allowed-ip-addresses.ts";
import { portalServer } from "./http.ts";

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = undefined;
});

/** Starts a portal that answers every request that passes with `reached`, and returns a function that calls it. */
async function portal(portalAllowedIps: string[], trustedProxies: string[] = ["127.0.0.1"]) {
  server = portalServer({
    settings: { url: "https://keys.example.com", trustedProxies, portalAllowedIps },
    publicHost: "keys.example.com",
    stopping: () => false,
    handle: async (_, res) => void res.end("reached"),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  // Not by fetch, which changes paths before it sends them.
  const answer = async (path: string, forwardedFor: string, method = "GET", headers = "") => {
    const socket = connect(port, "127.0.0.1");
    socket.end(
      `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: ${forwardedFor}\r\n${headers}\r\n`,
    );
    return text(socket);
  };
  const call = async (...request: Parameters<typeof answer>) =>
    Number(/^HTTP\/1\.1 (\d+)/.exec(await answer(...request))?.[1]);
  return Object.assign(call, { answer });
}

const INSIDE = "203.0.113.7";
const OUTSIDE = "198.51.100.7";

describe("LATCHKEY_PORTAL_ALLOWED_IPS", () => {
  test.each([
    ["/", "GET"],
    ["/sign-in", "GET"],
    ["/admin/users", "GET"],
    ["/found-a-key", "POST"],
    ["/api/auth/callback/credentials", "POST"],
    ["/api/documents", "POST"],
    ["/_next/static/chunks/main.js", "GET"],
    // Other spellings of a page, below the path of the API.
    ["/api/v1/../../account", "GET"],
    ["/api/v1/%2e%2e/%2e%2e/account", "GET"],
    ["/api/v1/..%2f..%2faccount", "GET"],
    ["/api/v1//..//account", "GET"],
    ["/api/v1/..\\..\\account", "GET"],
    // Pages that only a resolved path would take for the API: a server action can be sent to any page.
    ["/account/../api/v1/projects", "POST"],
    ["/account/%2e%2e/api/v1/projects", "POST"],
    ["/./api/v1/../../api/v1/projects", "POST"],
    ["/api/v1x", "GET"],
    // Not found, but the page that says so answers server actions.
    ["/.well-known/none", "POST"],
    ["/.well-known/jwks.json/none", "POST"],
    ["/api/auth/backchannel-logout/oidc/none", "POST"],
    ["/API/v1/projects", "GET"],
    ["/scim/v2/../../account", "GET"],
    ["/scim/v1/Users", "GET"],
    ["/api/auth/backchannel-logout/../callback/oidc", "GET"],
  ])("%s is for allowed IP addresses only", async (path, method) => {
    const call = await portal(["203.0.113.0/24"]);
    expect(await call(path, OUTSIDE, method, "Content-Length: 0\r\n")).toBe(403);
    // Malformed paths may be rejected for another reason.
    if (!/\.\.|x$|^\/API/.test(path)) {
      expect(await call(path, INSIDE, method, "Content-Length: 0\r\n")).toBe(200);
    }
  });

  const programs = [
    "/scim/v2/Users",
    "/api/auth/backchannel-logout/oidc",
    "/oauth/token",
    "/.well-known/jwks.json",
    "/.well-known/oauth-authorization-server",
  ];
  test.each(["/api/v1/projects", "/api/v1/keys/verify", "/api/openapi.json", "/livez", ...programs])(
    "%s answers from everywhere",
    async (path) => {
      const call = await portal(["203.0.113.0/24"]);
      expect(await call(path, OUTSIDE)).toBe(200);
    },
  );

  test("IPv6 networks and addresses written as mapped IPv4 are matched", async () => {
    const call = await portal(["2001:db8::/32", "203.0.113.0/24"]);
    expect(await call("/", "2001:db8::7")).toBe(200);
    expect(await call("/", "2001:db9::7")).toBe(403);
    expect(await call("/", "::ffff:203.0.113.7")).toBe(200);
  });

  test("an address that a client claims without a trusted proxy does not count", async () => {
    const call = await portal(["203.0.113.0/24"], []);
    expect(await call("/", INSIDE)).toBe(403);
  });

  test("an address that the proxy does not know is not an allowed one", async () => {
    const call = await portal(["203.0.113.0/24"]);
    expect(await call("/", "unknown")).toBe(403);
  });

  test("a browser gets a page that says what to do, and a program a problem", async () => {
    const { answer } = await portal(["203.0.113.0/24"]);
    const page = await answer("/sign-in", OUTSIDE, "GET", "Accept: text/html,*/*\r\n");
    expect(page).toMatch(/^HTTP\/1\.1 403 [\s\S]*content-type: text\/html; charset=utf-8\r\n/i);
    expect(page).toContain("<h1>Not available from your network</h1>");
    expect(page).toContain(`from the IP address ${OUTSIDE}.`);
    expect(page).toMatch(/content-security-policy: default-src 'none'/i);
    for (const [path, headers] of [
      ["/api/documents", "Accept: text/html\r\n"],
      ["/projects", "Accept: text/html\r\nRSC: 1\r\n"],
      ["/sign-in", ""],
    ] as const) {
      const problem = await answer(path, OUTSIDE, "GET", headers);
      expect(problem).toMatch(/^HTTP\/1\.1 403 [\s\S]*content-type: application\/problem\+json\r\n/i);
      expect(problem).toContain(`"detail":"This portal can't be used from the IP address ${OUTSIDE}."`);
    }
    expect(await answer("/", "<script>", "GET", "Accept: text/html\r\n")).not.toContain("<script>");
  });

  test("without the setting, everyone may come", async () => {
    expect(await (await portal([]))("/", OUTSIDE)).toBe(200);
  });
});

describe("LATCHKEY_ADMIN_ALLOWED_IPS", () => {
  const admin = (ipAddress: string | null): UserActor => ({
    kind: "user",
    userId: "usr_1",
    name: "Ada",
    siteRole: "admin",
    via: "session",
    ipAddress,
  });
  const role = (ipAddress: string | null, adminAllowedIps = ["203.0.113.0/24"]) =>
    withinAdminIpAddresses(admin(ipAddress), { adminAllowedIps }).siteRole;

  test("an administrator outside has the role of a developer, and so has one with an unknown address", () => {
    expect(role(INSIDE)).toBe("admin");
    expect(role(OUTSIDE)).toBe("developer");
    expect(role(null)).toBe("developer");
    expect(role(OUTSIDE, [])).toBe("admin");
  });

  test("nobody gets more rights by it", () => {
    const developer: UserActor = { ...admin(INSIDE), siteRole: "developer" };
    expect(withinAdminIpAddresses(developer, { adminAllowedIps: ["0.0.0.0/0"] })).toEqual(developer);
  });
});
