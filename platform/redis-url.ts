/** The nodes of a Redis Cluster that are asked for the others, and how to sign in to all of them. */
export interface RedisClusterAddress {
  nodes: { host: string; port: number }[];
  username: string | undefined;
  password: string | undefined;
  tls: boolean;
}

const DEFAULT_PORT = 6379;
const CLUSTER_URL = /^redis(s?)\+cluster:\/\/(?:([^:@/?#]*)(?::(.*))?@)?([^@/?#]+)\/?$/;
const NODE = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i;

/** What `REDIS_URL` may be, for an error message. */
export const REDIS_URL_RULE =
  "must be redis://…, rediss://…, or for a cluster redis+cluster://node:6379,node:6379 (with TLS rediss+cluster://…)";

/** Whether `url` is a valid `REDIS_URL`. */
export function isRedisUrl(url: string): boolean {
  return isClusterUrl(url) ? parseClusterUrl(url) !== null : /^rediss?:\/\/.+/.test(url);
}

/** Whether `url` names a Redis Cluster. */
export function isClusterUrl(url: string): boolean {
  return /^rediss?\+cluster:/.test(url);
}

/** Null if the URL is invalid. */
export function parseClusterUrl(url: string): RedisClusterAddress | null {
  const [, secure, username, password, hosts = ""] = CLUSTER_URL.exec(url) ?? [];
  const nodes = hosts.split(",").map(parseNode);
  if (nodes.some((node) => node === null)) return null;
  try {
    return {
      nodes: nodes.filter((node) => node !== null),
      username: username ? decodeURIComponent(username) : undefined,
      password: password ? decodeURIComponent(password) : undefined,
      tls: secure === "s",
    };
  } catch {
    // A % that begins no character.
    return null;
  }
}

function parseNode(text: string): { host: string; port: number } | null {
  const match = NODE.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3] ?? DEFAULT_PORT);
  return host === undefined || port < 1 || port > 65_535 ? null : { host, port };
}
