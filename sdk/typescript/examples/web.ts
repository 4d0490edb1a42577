// For Deno, Bun and Workers: a module that exports `fetch`.
import { Latchkey } from "@latchkey/sdk";
import { protect } from "@latchkey/sdk/web";

declare const process: { env: Record<string, string | undefined> };

const latchkey = new Latchkey({
  url: process.env.LATCHKEY_VERIFIER_URL ?? "http://localhost:3001",
  token: process.env.LATCHKEY_TOKEN ?? "",
  api: process.env.LATCHKEY_API,
});

export default {
  fetch: protect(latchkey, (_request, verdict) =>
    Response.json({ caller: verdict?.code === "VALID" ? verdict.name : "unverified" }),
  ),
};
