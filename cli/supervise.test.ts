import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "#test/ports.ts";

/** Shorter than in production. */
const QUICK = { intervalMs: 100, timeoutMs: 1_000, failures: 3, startupMs: 30_000 };
const SUPERVISE = new URL("./supervise.ts", import.meta.url).href;

/** A server that answers with its pid, `/slow` after a delay, and finishes requests in flight after SIGTERM. */
const SERVICE = `
import { createServer } from "node:http";
let hanging = false;
const server = createServer((req, res) => {
  res.setHeader("Connection", "close");
  const answer = () => res.end(String(process.pid));
  if (req.url === "/slow") setTimeout(answer, 300); else if (req.url !== "/livez" || !hanging) answer();
  if (req.url === "/hang") hanging = true;
}).listen(Number(process.env.SERVICE_PORT ?? process.argv[2]));
process.on("SIGTERM", () => { console.log("ending"); server.close(() => process.exit(0)); server.closeIdleConnections(); });
`;

let dir: string;
let runner: ChildProcess;
let output = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-supervise-"));
  output = "";
});
afterEach(async () => {
  if (runner.exitCode === null && runner.signalCode === null) {
    runner.kill("SIGTERM");
    await once(runner, "close");
  }
  rmSync(dir, { recursive: true });
});

async function startTwo(services: Record<string, string>, setUp = ""): Promise<number[]> {
  const ports = await Promise.all(Object.keys(services).map(() => freePort()));
  const specs = Object.entries(services).map(([name, source], i) => {
    const file = join(dir, `${name}.mjs`);
    writeFileSync(join(dir, `${name}-main.mjs`), source);
    writeFileSync(file, `process.env.SERVICE_PORT = "${ports[i]}"; await import("./${name}-main.mjs");`);
    const url = `http://127.0.0.1:${ports[i]}`;
    return { name, file, readyUrl: `${url}/`, liveUrl: `${url}/livez` };
  });
  const file = join(dir, "runner.mjs");
  writeFileSync(
    file,
    `import { supervise } from ${JSON.stringify(SUPERVISE)};
     const specs = ${JSON.stringify(specs)};
     ${setUp}
     try { await supervise(specs, async () => console.log("all ready"), ${JSON.stringify(QUICK)}); console.log("all ended"); }
     catch (error) { console.error("FAILED " + error.message); process.exitCode = 1; }`,
  );
  runner = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [runner.stdout, runner.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  return ports;
}

const pidAt = async (port: number | undefined) =>
  Number(await (await fetch(`http://127.0.0.1:${port}/`)).text());
const shown = (text: string) => expect.poll(() => output, { timeout: 20_000 }).toContain(text);
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test.each([
  ["portal", 0],
  ["verifier", 1],
])("when the %s is killed it is restarted, and the other process is not affected", async (name, index) => {
  const ports = await startTwo({ portal: SERVICE, verifier: SERVICE });
  await shown("all ready");
  const [fallen, other] = [ports[index], ports[1 - index]];
  const [fallenPid, otherPid] = [await pidAt(fallen), await pidAt(other)];
  process.kill(fallenPid, "SIGKILL");
  await shown(`${name.padEnd(8)} | was killed by SIGKILL; restarting it`);
  expect(await pidAt(other)).toBe(otherPid);
  await expect.poll(() => pidAt(fallen).catch(() => fallenPid), { timeout: 10_000 }).not.toBe(fallenPid);
  expect(await pidAt(other)).toBe(otherPid);
});

test("a process that runs but does not answer is restarted, and the other process is not affected", async () => {
  const [hung, other] = await startTwo({ portal: SERVICE, verifier: SERVICE });
  await shown("all ready");
  const [hungPid, otherPid] = [await pidAt(hung), await pidAt(other)];
  await fetch(`http://127.0.0.1:${hung}/hang`);
  await shown("portal   | runs but did not answer");
  await expect.poll(() => pidAt(hung).catch(() => hungPid), { timeout: 20_000 }).not.toBe(hungPid);
  expect(await pidAt(other)).toBe(otherPid);
  expect(isAlive(hungPid)).toBe(false);
}, 30_000);

test("an unresponsive process that ignores SIGTERM is killed and restarted", async () => {
  const [stopped] = await startTwo({ portal: SERVICE, verifier: SERVICE });
  await shown("all ready");
  const pid = await pidAt(stopped);
  process.kill(pid, "SIGSTOP");
  await shown("portal   | was killed by SIGKILL; restarting it");
  await expect.poll(() => pidAt(stopped).catch(() => pid), { timeout: 20_000 }).not.toBe(pid);
}, 40_000);

test("Ctrl-C, even if received twice, finishes requests in flight, stops both processes and exits with 0", async () => {
  const ports = await startTwo({ portal: SERVICE, verifier: SERVICE });
  await shown("all ready");
  const pids = await Promise.all(ports.map(pidAt));
  const inFlight = fetch(`http://127.0.0.1:${ports[0]}/slow`);
  await expect.poll(() => fetch(`http://127.0.0.1:${ports[0]}/`).then((r) => r.ok)).toBe(true);
  runner.kill("SIGINT");
  runner.kill("SIGINT");
  expect(await (await inFlight).text()).toBe(String(pids[0]));
  const [code] = await once(runner, "close");
  expect(code).toBe(0);
  expect(output).toContain("all ended");
  expect(output.match(/ending/g)).toHaveLength(2);
  expect(pids.filter(isAlive)).toEqual([]);
});

test("if one process cannot start, the start fails with one line", async () => {
  await startTwo({ portal: SERVICE, verifier: "process.exit(3);" });
  const [code] = await once(runner, "close");
  expect(code).toBe(1);
  expect(output).toContain("FAILED the verifier could not start: it exited with code 3");
  expect(output).not.toContain("all ready");
});

test("when the supervisor is killed, both processes stop and free their ports", async () => {
  const ports = await startTwo({ portal: SERVICE, verifier: SERVICE });
  await shown("all ready");
  const pids = await Promise.all(ports.map(pidAt));
  runner.kill("SIGKILL");
  await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
});

const PREPARE_FIRST = `specs[0].prepare = () => new Promise((resolve) => process.once("SIGUSR2", resolve));`;

test("a process starts, and is restarted, while another one is still being prepared", async () => {
  const [slow, quick] = await startTwo({ slow: SERVICE, quick: SERVICE }, PREPARE_FIRST);
  const answering = (port: number | undefined) => pidAt(port).catch(() => 0);
  await expect.poll(() => answering(quick), { timeout: 20_000 }).toBeGreaterThan(0);
  const first = await pidAt(quick);
  await fetch(`http://127.0.0.1:${quick}/hang`);
  await expect.poll(() => answering(quick), { timeout: 20_000 }).toSatisfy((pid) => pid > 0 && pid !== first);
  expect(await answering(slow)).toBe(0);
  expect(output).not.toContain("all ready");
  runner.kill("SIGUSR2");
  await shown("all ready");
});

test("a stop during the preparation ends the others and never starts the prepared one", async () => {
  const [slow, quick] = await startTwo({ slow: SERVICE, quick: SERVICE }, PREPARE_FIRST);
  await expect.poll(() => pidAt(quick).catch(() => 0), { timeout: 20_000 }).toBeGreaterThan(0);
  runner.kill("SIGTERM");
  await shown("all ended");
  for (const port of [slow, quick]) expect(await pidAt(port).catch(() => 0)).toBe(0);
});

test("an optional process that can't be prepared leaves the others running", async () => {
  const [, port] = await startTwo(
    { portal: SERVICE, verifier: SERVICE },
    `Object.assign(specs[0], { isOptional: true, prepare: async () => { throw new Error("no build") } });`,
  );
  await shown("portal   | latchkey: no build; the other processes run on without it");
  await expect.poll(() => pidAt(port).catch(() => 0), { timeout: 20_000 }).toBeGreaterThan(0);
  runner.kill("SIGTERM");
  const [code] = await once(runner, "close");
  expect(code).toBe(1);
  expect(output).not.toContain("all ready");
});

test("a process that can't start ends the preparation of the others", async () => {
  await startTwo(
    { portal: SERVICE, verifier: "process.exit(3)" },
    `specs[0].isOptional = true;
     specs[0].prepare = (signal) => new Promise((_, reject) => {
       const working = setInterval(() => {}, 1_000);
       signal.addEventListener("abort", () => { clearInterval(working); reject(signal.reason); });
     });`,
  );
  await once(runner, "close");
  expect(output).toContain("FAILED the verifier could not start: it exited with code 3");
});

test("a child gets no variable that its settings exclude", async () => {
  process.env.ONLY_FOR_OTHERS = "x";
  const source = `console.log("sees " + process.env.ONLY_FOR_OTHERS);${SERVICE}`;
  await startTwo({ portal: SERVICE, verifier: source }, "specs[1].env = { ONLY_FOR_OTHERS: undefined };");
  delete process.env.ONLY_FOR_OTHERS;
  await shown("verifier | sees undefined");
});
