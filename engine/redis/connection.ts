const CONNECT_TIMEOUT_MS = 1_000;
const PING_INTERVAL_MS = 500;
const SOCKET_TIMEOUT_MS = 2_000;
export const RECONNECT_DELAY_MS = 250;

/** Of every connection to Redis: it fails fast and reconnects without being asked. */
export const CLIENT_OPTIONS = {
  disableOfflineQueue: true,
  // A connection that does not even answer a ping is replaced.
  pingInterval: PING_INTERVAL_MS,
  socket: {
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    reconnectStrategy: RECONNECT_DELAY_MS,
  },
};

/** A connection to Redis or Valkey: to one server, or to the nodes of a cluster. */
export interface RedisConnection {
  /** Whether the server that has `key` is connected. */
  isReady(key: string): boolean;
  /** Sends a command to the server that has `key`. Rejects at once if it is not connected. */
  send<T>(key: string, command: string[]): Promise<T>;
  close(): void;
}
