import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

interface Received {
  to: string[];
  from: string;
  data: string;
}

/** A mail server that records accepted messages and rejects `nobody@…`. */
export interface Smtp {
  url: string;
  received: Received[];
  /** Delays the response to the next messages until `release` is called. */
  hold(): { arrived: Promise<void>; release: () => void };
  close(): Promise<void>;
}

export async function startSmtp(): Promise<Smtp> {
  const received: Received[] = [];
  let held: { arrived: () => void; released: Promise<void> } | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const take = async () => {
        const data = await text(stream);
        held?.arrived();
        await held?.released;
        received.push({ from: mailFrom ? mailFrom.address : "", to: rcptTo.map((to) => to.address), data });
      };
      take().then(() => done(), done);
    },
    onRcptTo: (to, _, done) =>
      done(to.address.startsWith("nobody@") ? new Error("no such mailbox") : undefined),
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    received,
    hold() {
      const [arrival, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      held = { arrived: arrival.resolve, released: release.promise };
      return {
        arrived: arrival.promise,
        release: () => {
          held = null;
          release.resolve();
        },
      };
    },
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}
