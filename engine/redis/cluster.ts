import { setTimeout as sleep } from "node:timers/promises";
import { createCluster } from "@redis/client";
import type { RedisClusterAddress } from "#platform/redis-url.ts";
import { slotOf } from "./cluster-slot.ts";
import { CLIENT_OPTIONS, RECONNECT_DELAY_MS, type RedisConnection } from "./connection.ts";

/** While a slot moves, a command that needs several of its keys is rejected until all are on one node. */
const TRY_AGAIN_MS = 20;
const TRY_AGAIN_TIMEOUT_MS = 400;
/** How long after a node is lost the others are asked for its successor. */
const REDISCOVERY_DELAY_MS = 500;

/**
 * A connection to each master of a Redis Cluster. Commands go to the node that has the slot of their first key, and
 * follow it when it moves. A command for a node that is not connected fails at once.
 */
export class ClusterConnection implements RedisConnection {
  readonly #cluster;
  #isClosed = false;

  constructor({ nodes, username, password, tls }: RedisClusterAddress, maxPending: number) {
    this.#cluster = createCluster({
      rootNodes: nodes.map((socket) => ({ socket })),
      defaults: {
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
        ...CLIENT_OPTIONS,
        commandsQueueMaxLength: maxPending,
        ...(tls ? { socket: { ...CLIENT_OPTIONS.socket, tls } } : {}),
      },
      // Otherwise connecting would wait for a node that is down.
      minimizeConnections: true,
      topologyRefreshOnReconnectionAttemptStrategy: REDISCOVERY_DELAY_MS,
    });
    // The sender of a command gets the error.
    this.#cluster.on("error", () => {});
    void this.#connect();
  }

  isReady(key: string): boolean {
    return this.#readyClient(key) !== null;
  }

  /** Is sent before this returns if the node is connected, so that commands for a key keep their order. */
  send<T>(key: string, command: string[]): Promise<T> {
    const client = this.#readyClient(key);
    if (client === null) return Promise.reject(new Error("a node of the Redis cluster is not connected"));
    return client.sendCommand<T>(command).catch((error: unknown) => this.#follow<T>(error, key, command));
  }

  /** Asks the cluster which node has which slot, and connects to those that are missing. */
  async refresh(): Promise<void> {
    if (!this.#cluster.isReady) return;
    await this.#cluster._slots.rediscover();
    this.#connectMasters();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#cluster.isOpen) this.#cluster.destroy();
  }

  #readyClient(key: string) {
    if (!this.#cluster.isReady) return null;
    const client = this.#cluster.slots[slotOf(key)]?.master.client;
    if (client?.isReady) return client;
    if (client === undefined) this.#connectMasters();
    return null;
  }

  async #connect(): Promise<void> {
    while (!this.#isClosed) {
      try {
        await this.#cluster.connect();
        // Closed while it connected.
        if (this.#isClosed) this.#cluster.destroy();
        else this.#connectMasters();
        return;
      } catch {
        await sleep(RECONNECT_DELAY_MS, undefined, { ref: false });
      }
    }
  }

  #connectMasters(): void {
    for (const master of this.#cluster.masters) {
      if (master.client === undefined) this.#cluster.nodeClient(master).catch(() => {});
    }
  }

  async #follow<T>(error: unknown, key: string, command: string[]): Promise<T> {
    const message = error instanceof Error ? error.message : "";
    if (/^(MOVED|ASK|TRYAGAIN) /.test(message)) return this.#sendAnywhere(key, command);
    throw error;
  }

  /** Lets the client find the node, also a new one. */
  async #sendAnywhere<T>(key: string, command: string[]): Promise<T> {
    const deadline = performance.now() + TRY_AGAIN_TIMEOUT_MS;
    for (;;) {
      try {
        return await this.#cluster.sendCommand<T>(key, false, command);
      } catch (error) {
        const mayRetry = error instanceof Error && error.message.startsWith("TRYAGAIN");
        if (!mayRetry || performance.now() > deadline) throw error;
        await sleep(TRY_AGAIN_MS);
      }
    }
  }
}
