import { Latchkey } from "@latchkey/sdk";
import { latchkeyExpress } from "@latchkey/sdk/express";
import express from "express";

const latchkey = new Latchkey({
  url: process.env.LATCHKEY_VERIFIER_URL ?? "http://localhost:3001",
  token: process.env.LATCHKEY_TOKEN ?? "",
  api: process.env.LATCHKEY_API,
});

const app = express();
app.use(latchkeyExpress(latchkey));
app.get("/badges", (request, response) => {
  const caller = request.latchkey?.code === "VALID" ? request.latchkey.name : "unverified";
  response.json({ caller });
});
app.listen(Number(process.env.PORT ?? 8080));
