import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { type JourneyClock, makeJourneyClock } from "./clock/clock.ts";
import { type Deployment, startDeployment } from "./deployment.ts";
import { test as base, databaseOf } from "./fixtures.ts";

/** Services outside the deployment: a mail server, GitHub's public keys and a webhook endpoint. */
interface Outside {
  mails: { to: string[]; text: string }[];
  githubKey: KeyObject;
  hooks: { url: string; received: { headers: Record<string, string>; body: string }[]; answers: number[] };
}

/** Journeys with another deployment, which reaches a mail server, GitHub's keys and a webhook endpoint. */
export const test = base.extend<
  object,
  { deployment: Deployment & { clock: JourneyClock; outside: Outside } }
>({
  deployment: [
    async ({ dialect }, use) => {
      const clock = makeJourneyClock();
      const mails: Outside["mails"] = [];
      const smtp = await listenForMail(mails);
      const pair = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
      const pem = pair.publicKey.export({ type: "spki", format: "pem" });
      const github = await serve((_, response) => {
        response.end(JSON.stringify({ public_keys: [{ key_identifier: "g1", key: pem, is_current: true }] }));
      });
      const received: Outside["hooks"]["received"] = [];
      const answers: number[] = [];
      const endpoint = await serve(async (request, response) => {
        received.push({ headers: request.headers as Record<string, string>, body: await text(request) });
        response.writeHead(answers.shift() ?? 204).end();
      });
      const deployment = await startDeployment({
        demo: true,
        databaseUrl: await databaseOf(dialect, { demo: true }),
        env: {
          ...clock.env,
          SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
          MAIL_FROM: "keys@example.com",
          LATCHKEY_GITHUB_KEYS_URL: github.url,
          LATCHKEY_WEBHOOKS_TO_PRIVATE: "allow",
          // Requests of the journey say which IP address they come from.
          LATCHKEY_TRUSTED_PROXIES: "127.0.0.1,::1",
        },
      });
      const hooks = { url: `${endpoint.url}/hooks`, received, answers };
      await use({ ...deployment, clock, outside: { mails, githubKey: pair.privateKey, hooks } });
      await deployment.stop();
      for (const server of [github.server, endpoint.server]) server.close();
      await smtp.close();
      clock.remove();
    },
    { scope: "worker", timeout: 360_000 },
  ],
});

async function serve(answer: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function listenForMail(mails: Outside["mails"]) {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      text(stream).then((raw) => {
        const said = raw.replaceAll("=\r\n", "").replaceAll("=3D", "=");
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: said });
        done();
      }, done);
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  return {
    port: (listening.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}
