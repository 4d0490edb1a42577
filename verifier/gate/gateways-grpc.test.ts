import { once } from "node:events";
import {
  type ClientHttp2Session,
  connect,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
} from "node:http2";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGatewayFixture, type GatewayFixture } from "#test/gateway-fixture.ts";
import { type GatewayProcess, RUN_GATEWAYS, startGateway } from "#test/gateway-process.ts";
import { makeKey } from "#test/people.ts";

/** The changes for gRPC in docs/integrate/gateways/README.md, without TLS on both sides. */
const FOR_GRPC: Record<string, (config: string) => string> = {
  nginx: (config) => {
    const [before = "", location = "", behind = ""] = config.split(
      /(?<=location \/ \{)|(?=location = \/_latchkey)/,
    );
    const grpc = location
      .replace(/proxy_set_header (Upgrade|Connection) .*\n/g, "")
      .replace("proxy_http_version 1.1;", "")
      .replaceAll("proxy_set_header", "grpc_set_header")
      .replace("proxy_pass http://service$service_uri", "grpc_pass grpc://service");
    return before.replace(/listen (127.*);/, "listen $1 http2;") + grpc + behind;
  },
  caddy: (config) => config.replace(/reverse_proxy (?=127)/, "reverse_proxy h2c://"),
  haproxy: (config) => config.replace(/bind .*/, "$& proto h2").replace(/server service .*/, "$& proto h2"),
  traefik: (config) => config.replace("- url: http://", "- url: h2c://"),
  envoy: (config) =>
    config.replace(
      "- name: service\n",
      `- name: service
      typed_extension_protocol_options:
        envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
          "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
          explicit_http_config: { http2_protocol_options: {} }
`,
    ),
};

let fixture: GatewayFixture;
let service: Http2Server;
let arrived: IncomingHttpHeaders[] = [];
let secret: string;
let keyId: string;

beforeAll(async () => {
  fixture = await createGatewayFixture();
  const created = await makeKey(fixture.ctx, fixture.projectId);
  ({ secret } = created);
  keyId = created.key.id;
  service = createServer();
  service.on("stream", (stream, headers) => {
    arrived.push(headers);
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.pipe(stream);
  });
  service.listen(0, "127.0.0.1");
  await once(service, "listening");
});
afterAll(async () => {
  service.close();
  await fixture.stop();
});

describe.each(RUN_GATEWAYS)(
  "gRPC through %s, with the changes that docs/integrate/gateways names",
  (name) => {
    let gateway: GatewayProcess;
    let session: ClientHttp2Session;

    beforeAll(async () => {
      const servicePort = (service.address() as AddressInfo).port;
      const { verifierPort, token } = fixture;
      gateway = await startGateway(name, { verifierPort, servicePort, token, change: FOR_GRPC[name] });
      session = connect(`http://127.0.0.1:${gateway.port}`);
    });
    afterAll(async () => {
      session.close();
      await gateway.end();
    });

    async function call(metadata: Record<string, string>) {
      arrived = [];
      const path = {
        ":method": "POST",
        ":path": "/badges.Badges/Get",
        "content-type": "application/grpc",
        te: "trailers",
      };
      const stream = session.request({ ...path, ...metadata });
      let trailers: IncomingHttpHeaders = {};
      stream.on("trailers", (sent) => {
        trailers = sent;
      });
      const [response] = (await Promise.all([once(stream, "response"), stream.end("hello")]))[0];
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      return {
        status: response[":status"],
        grpcStatus: response["grpc-status"],
        trailers,
        body: Buffer.concat(chunks).toString(),
      };
    }

    test("a call with a key arrives with its facts and trailers but without the key; a call without a key is 401", async () => {
      const forged = { "x-latchkey-key-id": "key_forged", "x-latchkey-environment": "test" };
      const answer = await call({ "x-api-key": secret, ...forged });
      expect(answer).toMatchObject({ status: 200, body: "hello", trailers: { "grpc-status": "0" } });
      expect(arrived[0]).toMatchObject({ "x-latchkey-key-id": keyId, "x-latchkey-environment": "live" });
      expect(JSON.stringify(arrived)).not.toContain(secret);
      expect((await call({ authorization: `Bearer ${secret}` })).status).toBe(200);
      expect(JSON.stringify(arrived)).not.toContain(secret);
      // Envoy answers with gRPC trailers and no body: 16 is UNAUTHENTICATED.
      const denied = await call(forged);
      expect(denied).toMatchObject(name === "envoy" ? { status: 200, grpcStatus: "16" } : { status: 401 });
      expect(arrived).toEqual([]);
    });
  },
);
