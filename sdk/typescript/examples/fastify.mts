import { Latchkey } from "@latchkey/sdk";
import { latchkeyFastify } from "@latchkey/sdk/fastify";
import fastify from "fastify";

const latchkey = new Latchkey({
  url: process.env.LATCHKEY_VERIFIER_URL ?? "http://localhost:3001",
  token: process.env.LATCHKEY_TOKEN ?? "",
  api: process.env.LATCHKEY_API,
});

const app = fastify();
await app.register(latchkeyFastify, { verifier: latchkey });
app.get("/badges", async (request) => ({
  caller: request.latchkey?.code === "VALID" ? request.latchkey.name : "unverified",
}));
await app.listen({ port: Number(process.env.PORT ?? 8080) });
