import type { Change } from "./history-checker.ts";
import type { Operators } from "./operators.ts";
import { type Choose, pause } from "./settings.ts";

export interface FaultKey {
  keyId: string;
  revoked: boolean;
  enabled: boolean;
  restricted: boolean;
  /** Newest last. All others have ended by rotation. */
  secrets: { subject: string; secret: string }[];
}

export interface FaultProject {
  suspended: boolean;
  keys: FaultKey[];
}

/** A restriction that no check satisfies. */
const UNUSED_ADDRESS = { ips: ["192.0.2.1"] };
const INTERVAL_MS = 120;
const MAX_SECRETS = 6;
/** How long a failed change is retried after `stop`. */
const RETRY_TIMEOUT_MS = 20_000;

/** Changes the project's keys one after the other, and records when each change was requested and acknowledged. */
export class Mutator {
  readonly #project: FaultProject;
  readonly #changes: Change[];
  readonly #choose: Choose;
  operators: Operators;
  #stopped = false;
  #giveUpAt = Number.POSITIVE_INFINITY;
  #running: Promise<void> | null = null;

  constructor(project: FaultProject, changes: Change[], operators: Operators, choose: Choose) {
    this.#project = project;
    this.#changes = changes;
    this.#choose = choose;
    this.operators = operators;
  }

  start(): void {
    this.#stopped = false;
    this.#giveUpAt = Number.POSITIVE_INFINITY;
    this.#running = this.#run();
  }

  /** Resolves when no change is in progress and the outcome of each is known. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#giveUpAt = performance.now() + RETRY_TIMEOUT_MS;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      await this.#changeSomething();
      await pause(INTERVAL_MS);
    }
  }

  async #changeSomething(): Promise<void> {
    const key = this.#choose(this.#project.keys);
    const actions = this.#actionsFor(key);
    await this.#choose(actions)();
  }

  #actionsFor(key: FaultKey): (() => Promise<void>)[] {
    const { suspended } = this.#project;
    if (suspended) return [() => this.#suspend(false)];
    if (key.revoked)
      return [() => this.#set(key, { revoked: false }, (operators) => operators.restore(key.keyId))];
    const restrictions = key.restricted ? {} : UNUSED_ADDRESS;
    const change = (to: Partial<FaultKey>, fields: object) => () =>
      this.#set(key, to, (operators) => operators.update(key.keyId, fields));
    return [
      () => this.revoke(key),
      change({ enabled: !key.enabled }, { enabled: !key.enabled }),
      change({ restricted: !key.restricted }, { restrictions }),
      () => this.#suspend(true),
      ...(key.secrets.length < MAX_SECRETS ? [() => this.#rotate(key)] : []),
    ];
  }

  revoke(key: FaultKey): Promise<void> {
    return this.#set(key, { revoked: true }, (operators) => operators.revoke(key.keyId));
  }

  async #set(
    key: FaultKey,
    to: Partial<FaultKey>,
    act: (operators: Operators) => Promise<unknown>,
  ): Promise<void> {
    await this.#record(() => subjectsAfter(this.#project, key, to), act);
    Object.assign(key, to);
  }

  async #suspend(suspended: boolean): Promise<void> {
    const after = { ...this.#project, suspended };
    await this.#record(
      () => after.keys.flatMap((key) => subjectsAfter(after, key, {})),
      (operators) => operators.suspend(suspended),
    );
    this.#project.suspended = suspended;
  }

  async #rotate(key: FaultKey): Promise<void> {
    const subject = `${key.keyId} ${key.secrets.length}`;
    // Changes of the key or its project that a verifier does not know yet apply to the new secret as well.
    const sibling = key.secrets.at(-1)?.subject;
    const before = this.#changes.filter((change) => change.subject === sibling);
    this.#changes.push(...before.map((change) => ({ ...change, subject })));
    await this.#record(
      () => subjectsAfter(this.#project, { ...key, secrets: [...key.secrets, { subject, secret: "" }] }, {}),
      async (operators) => key.secrets.push({ subject, secret: await operators.rotate(key.keyId) }),
    );
  }

  /** Retries until the change is acknowledged. A failed attempt may have been applied; every change is idempotent. */
  async #record(
    after: () => { subject: string; code: string }[],
    act: (operators: Operators) => Promise<unknown>,
  ) {
    for (;;) {
      const requestedAt = performance.now();
      const changes: Change[] = after().map((one) => ({ ...one, requestedAt, acknowledgedAt: null }));
      this.#changes.push(...changes);
      try {
        await act(this.operators);
        const acknowledgedAt = performance.now();
        for (const change of changes) change.acknowledgedAt = acknowledgedAt;
        return;
      } catch (error) {
        if (!this.retriesFailures || performance.now() > this.#giveUpAt) throw error;
        await pause(INTERVAL_MS);
      }
    }
  }

  /** Whether failed changes are retried, because the test stops what they are sent to. */
  retriesFailures = false;
}

/** The code for each of the key's secrets, in the documented order. */
function subjectsAfter(project: FaultProject, before: FaultKey, to: Partial<FaultKey>) {
  const key = { ...before, ...to };
  return key.secrets.map(({ subject }, at) => ({ subject, code: codeOf(project, key, at) }));
}

function codeOf(project: FaultProject, key: FaultKey, secretAt: number): string {
  if (key.revoked) return "KEY_REVOKED";
  if (!key.enabled) return "KEY_DISABLED";
  if (secretAt < key.secrets.length - 1) return "KEY_ROTATED";
  if (project.suspended) return "PROJECT_SUSPENDED";
  return key.restricted ? "IP_NOT_ALLOWED" : "VALID";
}
