import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@redis/client";
import { freePort } from "./ports.ts";

const SLOTS = 16_384;
/** Redis considers a node lost after this long. */
const NODE_TIMEOUT_MS = 1_000;
const POLL_MS = 20;

/** One server of the cluster. */
export interface RedisNode {
  port: number;
  id: string;
  send<T>(...command: string[]): Promise<T>;
  kill(): Promise<void>;
  /** Restarts it on the same port. It still knows the cluster, but has no data. */
  start(): Promise<void>;
  /** Stops answering until `resume`, with connections open. */
  pause(): void;
  resume(): void;
}

/** A real Redis Cluster: masters with equal parts of the slots, and one replica of the first. */
export interface RedisTestCluster {
  url: string;
  masters: RedisNode[];
  replica: RedisNode;
  /** The master that has the slot of `key`, as `node` sees it. */
  ownerOf(key: string, node?: RedisNode): Promise<RedisNode>;
  /** Moves the slot of `key` with its keys, as `redis-cli --cluster reshard` does. `between` runs before the last step. */
  moveSlot(key: string, to: RedisNode, between?: () => Promise<void>): Promise<void>;
  /** Resolves when every slot is served and all running nodes agree on it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts three masters, and one replica so that one of them can fail over. */
export async function startRedisCluster(): Promise<RedisTestCluster> {
  const dir = await mkdtemp(join(tmpdir(), "latchkey-redis-cluster-"));
  const nodes = await Promise.all(Array.from({ length: 4 }, () => startNode(dir)));
  const [first, second, third, replica] = nodes;
  if (!first || !second || !third || !replica) throw new Error("four nodes are started");
  const masters = [first, second, third];
  for (const [at, { node }] of masters.entries()) {
    const from = Math.floor((at * SLOTS) / 3);
    const to = Math.floor(((at + 1) * SLOTS) / 3);
    const slots = Array.from({ length: to - from }, (_, offset) => String(from + offset));
    await node.send("CLUSTER", "ADDSLOTS", ...slots);
    await node.send("CLUSTER", "SET-CONFIG-EPOCH", String(at + 1));
  }
  for (const { node } of nodes.slice(1))
    await node.send("CLUSTER", "MEET", "127.0.0.1", String(first.node.port));
  const alive = () => nodes.filter((each) => each.isRunning()).map(({ node }) => node);
  const settled = () => until(async () => (await viewsOf(alive())).size === 1);
  await settled();
  await replica.node.send("CLUSTER", "REPLICATE", first.node.id);
  await until(async () =>
    /^role:slave[\s\S]*master_link_status:up/m.test(await replica.node.send("INFO", "replication")),
  );
  const pair = `:${first.node.port},${replica.node.port}`;
  await until(async () => {
    const views = [...(await viewsOf(alive()))];
    return views.length === 1 && views[0]?.includes(pair) === true;
  });

  const ownerOf = async (key: string, asked = second.node) => {
    const slot = Number(await asked.send("CLUSTER", "KEYSLOT", key));
    const ranges = await asked.send<[number, number, [string, number, string]][]>("CLUSTER", "SLOTS");
    const port = ranges.find(([from, to]) => slot >= from && slot <= to)?.[2][1];
    const owner = nodes.find(({ node }) => node.port === port)?.node;
    if (!owner) throw new Error(`no node has slot ${slot}`);
    return owner;
  };
  return {
    url: `redis+cluster://${[second, third, first].map(({ node }) => `127.0.0.1:${node.port}`).join(",")}`,
    masters: masters.map(({ node }) => node),
    replica: replica.node,
    ownerOf,
    async moveSlot(key, to, between = async () => {}) {
      const from = await ownerOf(key, to);
      const slot = String(await to.send("CLUSTER", "KEYSLOT", key));
      await to.send("CLUSTER", "SETSLOT", slot, "IMPORTING", from.id);
      await from.send("CLUSTER", "SETSLOT", slot, "MIGRATING", to.id);
      const names = await from.send<string[]>("CLUSTER", "GETKEYSINSLOT", slot, "1000");
      if (names.length > 0)
        await from.send("MIGRATE", "127.0.0.1", String(to.port), "", "0", "5000", "KEYS", ...names);
      await between();
      for (const node of [to, from]) await node.send("CLUSTER", "SETSLOT", slot, "NODE", to.id);
      await settled();
    },
    settled,
    async stop() {
      for (const { node } of nodes) await node.kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** How the nodes see the cluster: one entry if they agree and all slots are served. */
async function viewsOf(nodes: RedisNode[]): Promise<Set<string>> {
  const views = new Set<string>();
  for (const node of nodes) {
    const state = await node.send<string>("CLUSTER", "INFO");
    const ranges = await node.send<[number, number, ...[string, number, string][]][]>("CLUSTER", "SLOTS");
    const owners = ranges.map(([from, to, ...servers]) => `${from}-${to}:${servers.map(([, port]) => port)}`);
    const isOk = /^cluster_state:ok/m.test(state);
    views.add(isOk ? owners.sort().join() : "not ok");
    // Two entries, so that nobody takes it for an agreement.
    if (!isOk) views.add(`not ok at ${node.port}`);
  }
  return views;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error("the Redis cluster did not get there in 30 s");
    await sleep(POLL_MS);
  }
}

async function startNode(dir: string): Promise<{ node: RedisNode; isRunning: () => boolean }> {
  // The cluster bus listens on the port + 10,000.
  let port = await freePort();
  while (port + 10_000 > 32_000) port = await freePort();
  const home = await mkdtemp(join(dir, "node-"));
  let child: ChildProcess | null = null;
  let client: ReturnType<typeof createClient> | null = null;
  const send = async <T>(...command: string[]): Promise<T> => {
    if (client === null) {
      client = createClient({ socket: { port, host: "127.0.0.1", reconnectStrategy: false } });
      client.on("error", () => {});
      await client.connect().catch((error: unknown) => {
        client = null;
        throw error;
      });
    }
    return client.sendCommand<T>(command);
  };
  const start = async () => {
    const cluster = ["--cluster-enabled", "yes", "--cluster-node-timeout", String(NODE_TIMEOUT_MS)];
    const lenient = ["--cluster-require-full-coverage", "no", "--repl-diskless-sync-delay", "0"];
    const quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"];
    const args = ["--port", String(port), ...cluster, ...lenient, ...quiet];
    child = spawn("redis-server", args, { cwd: home, stdio: "ignore" });
    await once(child, "spawn");
    await until(() =>
      send("PING").then(
        () => true,
        () => false,
      ),
    );
  };
  const kill = async () => {
    client?.destroy();
    client = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    child = null;
  };
  await start();
  const id = String(await send("CLUSTER", "MYID"));
  return {
    node: {
      port,
      id,
      send,
      kill,
      start,
      pause: () => void child?.kill("SIGSTOP"),
      resume: () => void child?.kill("SIGCONT"),
    },
    isRunning: () => child !== null,
  };
}
