import type { Change } from "./history-checker.ts";
import type { Operators } from "./operators.ts";
import { type Choose, pause } from "./settings.ts";

export interface FaultKey {
  keyId: string;
  revoked: boolean;
  enabled: boolean;
  restricted: boolean;
  /** Newest last; all but that one have been rotated away. */
  secrets: { subject: string; secret: string }[];
}

export interface FaultProject {
  suspended: boolean;
  keys: FaultKey[];
}

/** Where nobody calls from. */
const ELSEWHERE = { ips: ["192.0.2.1"] };
const EVERY_MS = 120;
const SECRETS_MOST = 6;
/** How long a change is still tried for after the changer was told to stop. */
const ANSWERED_WITHIN_MS = 20_000;

/** Changes the project's keys one after the other, and notes when each change was asked for and answered. */
export class Mutator {
  readonly #project: FaultProject;
  readonly #changes: Change[];
  readonly #dice: Choose;
  operators: Operators;
  #stopped = false;
  #giveUpAt = Number.POSITIVE_INFINITY;
  #running: Promise<void> | null = null;

  constructor(project: FaultProject, changes: Change[], hands: Operators, dice: Choose) {
    this.#project = project;
    this.#changes = changes;
    this.#dice = dice;
    this.operators = hands;
  }

  start(): void {
    this.#stopped = false;
    this.#giveUpAt = Number.POSITIVE_INFINITY;
    this.#running = this.#run();
  }

  /** After this no change is under way, and how each came out is known. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#giveUpAt = performance.now() + ANSWERED_WITHIN_MS;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      await this.#changeSomething();
      await pause(EVERY_MS);
    }
  }

  async #changeSomething(): Promise<void> {
    const key = this.#dice(this.#project.keys);
    const actions = this.#actionsFor(key);
    await this.#dice(actions)();
  }

  #actionsFor(key: FaultKey): (() => Promise<void>)[] {
    const { suspended } = this.#project;
    if (suspended) return [() => this.#suspend(false)];
    if (key.revoked) return [() => this.#set(key, { revoked: false }, (hands) => hands.restore(key.keyId))];
    const restrictions = key.restricted ? {} : ELSEWHERE;
    const change = (to: Partial<FaultKey>, fields: object) => () =>
      this.#set(key, to, (hands) => hands.update(key.keyId, fields));
    return [
      () => this.revoke(key),
      change({ enabled: !key.enabled }, { enabled: !key.enabled }),
      change({ restricted: !key.restricted }, { restrictions }),
      () => this.#suspend(true),
      ...(key.secrets.length < SECRETS_MOST ? [() => this.#rotate(key)] : []),
    ];
  }

  revoke(key: FaultKey): Promise<void> {
    return this.#set(key, { revoked: true }, (hands) => hands.revoke(key.keyId));
  }

  async #set(
    key: FaultKey,
    to: Partial<FaultKey>,
    act: (hands: Operators) => Promise<unknown>,
  ): Promise<void> {
    await this.#note(() => subjectsAfter(this.#project, key, to), act);
    Object.assign(key, to);
  }

  async #suspend(suspended: boolean): Promise<void> {
    const after = { ...this.#project, suspended };
    await this.#note(
      () => after.keys.flatMap((key) => subjectsAfter(after, key, {})),
      (hands) => hands.suspend(suspended),
    );
    this.#project.suspended = suspended;
  }

  async #rotate(key: FaultKey): Promise<void> {
    const subject = `${key.keyId} ${key.secrets.length}`;
    // What a verifier has yet to learn of the key or its project holds for the new secret as well.
    const sibling = key.secrets.at(-1)?.subject;
    const before = this.#changes.filter((change) => change.subject === sibling);
    this.#changes.push(...before.map((change) => ({ ...change, subject })));
    await this.#note(
      () => subjectsAfter(this.#project, { ...key, secrets: [...key.secrets, { subject, secret: "" }] }, {}),
      async (hands) => key.secrets.push({ subject, secret: await hands.rotate(key.keyId) }),
    );
  }

  /** Tries until there is an answer: one that broke off may have been done, and doing it again is no harm. */
  async #note(after: () => { subject: string; code: string }[], act: (hands: Operators) => Promise<unknown>) {
    for (;;) {
      const askedAt = performance.now();
      const noted: Change[] = after().map((one) => ({ ...one, askedAt, answeredAt: null }));
      this.#changes.push(...noted);
      try {
        await act(this.operators);
        const answeredAt = performance.now();
        for (const change of noted) change.answeredAt = answeredAt;
        return;
      } catch (error) {
        if (!this.isPatient || performance.now() > this.#giveUpAt) throw error;
        await pause(EVERY_MS);
      }
    }
  }

  /** Whether a change may fail, because what takes it is what the test breaks. */
  isPatient = false;
}

/** What each of the key's secrets is answered with, in the order of the contract's section 3. */
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
