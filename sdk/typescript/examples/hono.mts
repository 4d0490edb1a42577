import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Latchkey } from "@latchkey/sdk";
import { type LatchkeyVariables, latchkeyHono } from "@latchkey/sdk/hono";
import { Hono } from "hono";

const latchkey = new Latchkey({
  url: process.env.LATCHKEY_VERIFIER_URL ?? "http://localhost:3001",
  token: process.env.LATCHKEY_TOKEN ?? "",
  api: process.env.LATCHKEY_API,
});

const app = new Hono<{ Variables: LatchkeyVariables }>();
app.use(latchkeyHono(latchkey, { remoteAddress: (c) => getConnInfo(c).remote.address }));
app.get("/badges", (context) => {
  const verdict = context.get("latchkey");
  return context.json({ caller: verdict?.code === "VALID" ? verdict.name : "unverified" });
});
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 8080) });
