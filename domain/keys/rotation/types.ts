/** A rotation whose overlap still runs: both secrets side by side, and who still sends the old one. */
export interface Rotation {
  /** When the current secret was created. */
  rotatedAt: string;
  /** Until when the overlap can be prolonged. */
  longestUntil: string;
  older: SecretTraffic & { lapsesAt: string };
  current: SecretTraffic;
  /** Who sent the old secret since the rotation, whole days of UTC. */
  senders: Sender[];
  operations: OldCall[];
}

/** What passed with one secret. */
export interface SecretTraffic {
  id: string;
  hint: string;
  lastUsedAt: string | null;
  lastHour: number;
  /** Checks that passed, minute by minute: the last hour, oldest first. */
  minutes: number[];
  /** From the minute after the rotation on; from the hour after it, once that is two days ago. */
  total: number;
}

/** Where checks with the old secret came from, as far as the asking services said. */
export interface Sender {
  kind: "address" | "origin" | "app";
  /**
   * An address, a network where several of it were seen, an origin or an app; `*` for those that were too many to
   * be kept apart, empty for none given.
   */
  value: string;
  /** How many addresses, origins or apps it stands for; of `*` nobody knows, and it says 1. */
  values: number;
  count: number;
  lastSeenAt: string;
}

export interface OldCall {
  api: string;
  /** Empty where none was named. */
  operation: string;
  count: number;
  /** Start of the minute in which it was last called; of the hour, once the rotation is two days ago. */
  lastSeenAt: string;
}
