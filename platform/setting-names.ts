/** Variables with our prefix that are not settings of a deployment: for development, and for clients in the examples. */
const OTHER_VARIABLES = [
  "LATCHKEY_API",
  "LATCHKEY_DEV",
  "LATCHKEY_DIALECT",
  "LATCHKEY_DIST_DIR",
  "LATCHKEY_MANAGEMENT_TOKEN",
  "LATCHKEY_SOURCE",
  "LATCHKEY_TOKEN",
  "LATCHKEY_VERIFY_URL",
  "LATCHKEY_VERSION",
  "LATCHKEY_WEBHOOK_SECRET",
  "LATCHKEY_WORKER_PORT",
];
/** Kubernetes adds these to every container for a Service whose name starts with `latchkey`. */
const SERVICE_LINK = /_SERVICE_(HOST|PORT(_\w+)?)$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/;
const SERVICE_LINK_VALUE = /^(tcp|udp|sctp):\/\//;
/** A name that differs in more than this share of its characters is not suggested. */
const MAX_DIFFERENCE = 0.4;

/**
 * One line for each variable that starts with `LATCHKEY_` and is not in `known`, with the nearest known name. Empty
 * variables count as unset.
 */
export function unknownNames(env: Record<string, string | undefined>, known: readonly string[]): string[] {
  const accepted = new Set([...known, ...OTHER_VARIABLES]);
  return Object.entries(env)
    .filter(([name, value]) => value && name.startsWith("LATCHKEY_") && !accepted.has(name))
    .filter(([name, value]) => !SERVICE_LINK.test(name) && !SERVICE_LINK_VALUE.test(value ?? ""))
    .map(([name]) => {
      const provider = unknownProvider(name, known);
      if (provider !== null) return `${name}: LATCHKEY_OIDC_PROVIDERS does not name ${provider}`;
      const nearest = nearestName(name, known);
      return `${name}: is not a setting${nearest === null ? "" : `; did you mean ${nearest}?`}`;
    });
}

/** The provider that the name would configure, in lower case; null if the name is not of that form. */
function unknownProvider(name: string, known: readonly string[]): string | null {
  const [, provider = "", field = ""] = /^LATCHKEY_OIDC_([A-Z0-9]+)_(\w+)$/.exec(name) ?? [];
  return known.includes(`LATCHKEY_OIDC_${field}`) ? provider.toLowerCase() : null;
}

/** The most similar known name, also one without our prefix; null if none is similar. */
function nearestName(name: string, known: readonly string[]): string | null {
  const spellings = [name, name.replace(/^LATCHKEY_/, "")];
  const [nearest] = known
    .map((candidate) => ({
      candidate,
      distance: Math.min(...spellings.map((spelling) => editDistance(spelling, candidate))),
    }))
    .sort((a, b) => a.distance - b.distance);
  if (nearest === undefined) return null;
  // The common prefix says nothing about similarity.
  const length = nearest.candidate.replace(/^LATCHKEY_/, "").length;
  return nearest.distance <= length * MAX_DIFFERENCE ? nearest.candidate : null;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
