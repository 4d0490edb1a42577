// app/badges/route.ts of a Next.js application
import { Latchkey } from "@latchkey/sdk";
import { withLatchkey } from "@latchkey/sdk/next";

const latchkey = new Latchkey({
  url: process.env.LATCHKEY_VERIFIER_URL ?? "http://localhost:3001",
  token: process.env.LATCHKEY_TOKEN ?? "",
  api: process.env.LATCHKEY_API,
});

export const GET = withLatchkey(
  latchkey,
  (_request, verdict) => Response.json({ caller: verdict?.code === "VALID" ? verdict.name : "unverified" }),
  // The header that your proxy overwrites; without it, keys restricted to IP addresses are denied.
  { remoteAddress: (request) => request.headers.get("x-real-ip") },
);
