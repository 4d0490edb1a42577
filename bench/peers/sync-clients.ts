import { setTimeout as sleep } from "node:timers/promises";
import { LocalVerifier } from "../../sdk/typescript/src/local/local-verifier.ts";

/*
 * Services that follow a verifier. Arguments: the verifier's URL, the service token, how many. Prints a line once all
 * follow it. At each line on standard input, all connections break and are opened again.
 */
const [url = "", token = "", count = "1"] = process.argv.slice(2);
let broken = new AbortController();

const services = await Promise.all(
  Array.from({ length: Number(count) }, () =>
    LocalVerifier.start({
      urls: [url],
      token,
      maxBytes: 1_048_576,
      waitMs: 5_000,
      onError: () => {},
      fetch(input, init) {
        const signals = [broken.signal, ...(init?.signal ? [init.signal] : [])];
        return fetch(input, { ...init, signal: AbortSignal.any(signals) });
      },
    }),
  ),
);

async function whenAllFollow(): Promise<void> {
  while (!services.every(({ isReady }) => isReady)) await sleep(20);
  console.log("all follow");
}

process.stdin.setEncoding("utf8").on("data", () => {
  const last = broken;
  broken = new AbortController();
  last.abort();
});
await whenAllFollow();
