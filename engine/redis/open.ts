import { createClient } from "@redis/client";
import { parseClusterUrl } from "#platform/redis-url.ts";
import { ClusterConnection } from "./cluster.ts";
import { CLIENT_OPTIONS, type RedisConnection } from "./connection.ts";

/** Connects to what a valid `REDIS_URL` names, and reconnects until it is closed. `maxPending`: commands, by server. */
export function openRedis(url: string, maxPending: number): RedisConnection {
  const cluster = parseClusterUrl(url);
  return cluster === null
    ? new SingleConnection(url, maxPending)
    : new ClusterConnection(cluster, maxPending);
}

class SingleConnection implements RedisConnection {
  readonly #client;

  constructor(url: string, maxPending: number) {
    this.#client = createClient({ url, ...CLIENT_OPTIONS, commandsQueueMaxLength: maxPending });
    // The sender of a command gets the error.
    this.#client.on("error", () => {});
    this.#client.connect().catch(() => {});
  }

  isReady(): boolean {
    return this.#client.isReady;
  }

  send<T>(_: string, command: string[]): Promise<T> {
    return this.#client.sendCommand<T>(command);
  }

  close(): void {
    this.#client.destroy();
  }
}
