import { createClient, createCluster } from "@redis/client";
import { redactUrl } from "#platform/redact.ts";
import { parseClusterUrl, type RedisClusterAddress } from "#platform/redis-url.ts";
import { reasonOf } from "../database.ts";
import { type CheckFinding, failed, passed, warned } from "./finding.ts";

type SocketOptions = { connectTimeout: number; socketTimeout: number; reconnectStrategy: false };

/** Redis must answer, and must never delete counters to save memory. In a cluster, every master and every slot. */
export async function checkRedis(url: string, timeoutMs: number): Promise<CheckFinding> {
  const where = redactUrl(url);
  const socket = { connectTimeout: timeoutMs, socketTimeout: timeoutMs, reconnectStrategy: false as const };
  const cluster = parseClusterUrl(url);
  try {
    return cluster === null
      ? await checkServer(url, where, socket)
      : await checkCluster(cluster, where, socket);
  } catch (error) {
    return failed("redis", `${where} is not usable: ${reasonOf(error)}`);
  }
}

async function checkServer(url: string, where: string, socket: SocketOptions): Promise<CheckFinding> {
  const client = createClient({ url, socket });
  // The rejected call reports it.
  client.on("error", () => {});
  try {
    await client.connect();
    if (/^redis_mode:cluster/m.test(await client.info("server")))
      return failed("redis", `${where} is a node of a cluster: write REDIS_URL as redis+cluster://…`);
    return evictionFinding(await client.info("memory"), where) ?? passed("redis", `${where}, ${NO_EVICTION}`);
  } finally {
    client.destroy();
  }
}

async function checkCluster(
  { nodes, username, password, tls }: RedisClusterAddress,
  where: string,
  socket: SocketOptions,
): Promise<CheckFinding> {
  const account = { ...(username ? { username } : {}), ...(password ? { password } : {}) };
  const cluster = createCluster({
    rootNodes: nodes.map((node) => ({ socket: node })),
    defaults: { ...account, socket: { ...socket, ...(tls ? { tls } : {}) } },
    minimizeConnections: true,
    useReplicas: true,
  });
  let reason: unknown = null;
  cluster.on("error", (error: unknown) => {
    reason = error;
  });
  cluster.on("node-error", () => {});
  try {
    await cluster.connect().catch((error: unknown) => {
      throw reason ?? error;
    });
    const findings: (CheckFinding | null)[] = [];
    for (const master of cluster.masters) {
      const at = `${where}, node ${master.address}`;
      const client = await cluster.nodeClient(master).catch((error: unknown) => {
        throw new Error(`node ${master.address}: ${reasonOf(error)}`);
      });
      const state = /^cluster_state:(\w+)/m.exec(String(await client.sendCommand(["CLUSTER", "INFO"])))?.[1];
      findings.push(
        state === "ok" ? null : failed("redis", `${at}: the state of the cluster is ${state ?? "unknown"}`),
        evictionFinding(await client.info("memory"), at),
      );
    }
    const count = `masters: ${cluster.masters.length}, replicas: ${cluster.replicas.length}`;
    const bad = findings.filter((finding) => finding !== null);
    return (
      bad.find(({ status }) => status === "failed") ??
      bad[0] ??
      passed("redis", `${where}, ${count}, ${NO_EVICTION}`)
    );
  } finally {
    if (cluster.isOpen) cluster.destroy();
  }
}

const NO_EVICTION = "maxmemory-policy noeviction";

/** Null if nothing is evicted. */
function evictionFinding(info: string, where: string): CheckFinding | null {
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  const max = Number(/^maxmemory:(\d+)/m.exec(info)?.[1] ?? 0);
  if (policy === undefined) return warned("redis", `${where} does not say its maxmemory-policy`);
  if (policy === "noeviction") return null;
  const advice = `maxmemory-policy is ${policy}: counters are lost when memory is full; set noeviction`;
  return max > 0 ? failed("redis", `${where}: ${advice}`) : warned("redis", `${where}: ${advice}`);
}
