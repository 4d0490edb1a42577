import type { Answer, Counts } from "./history-checker.ts";
import { FAULT_SECONDS, pause } from "./settings.ts";

/** A verifier that gets checks. */
export interface Target {
  name: string;
  url: string;
}
/** A secret to check. */
export interface Subject {
  subject: string;
  keyId: string;
  secret: string;
}

interface LoadOptions {
  serviceToken: string;
  targets: () => Target[];
  subjects: () => Subject[];
  /** Checked as often as all of `subjects` together. */
  limited: Subject[];
  /** Checked by separate loops, which do not wait for the other subjects. */
  steady: Subject;
  answers: Answer[];
}

const LOOPS = 6;
/**
 * Leaves processor time to the servers, and slows down retries on a stopped verifier. Short faults leave some for the
 * other tests that run at the same time.
 */
const PAUSE_MS = FAULT_SECONDS > 1 ? 4 : 10;

/** Checks every secret at every verifier, several at a time, until it is stopped. */
export class Load {
  readonly answered: Counts = new Map();
  /** Checks that were sent and got no response. */
  lost = 0;
  readonly #options: LoadOptions;
  #stopped = false;
  #loops: Promise<unknown> | null = null;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopped = false;
    this.#loops = Promise.all(Array.from({ length: LOOPS }, (_, at) => this.#loop(at)));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loops;
  }

  /** Each loop uses one verifier, so that a slow verifier does not delay the checks of others. */
  async #loop(at: number): Promise<void> {
    for (let sent = 0; !this.#stopped; sent++) {
      const { targets, subjects, limited, steady } = this.#options;
      const isLimited = limited.length > 0 && sent % 2 === 1;
      const [all, candidates] = [targets(), isLimited ? limited : subjects()];
      const turn = limited.length > 0 ? Math.floor(sent / 2) : sent;
      const target = all[at % all.length];
      const isSteady = Math.floor(at / all.length) % 2 === 1;
      const subject = isSteady ? steady : candidates[turn % candidates.length];
      if (target && subject) await this.check(target, subject);
      await pause(PAUSE_MS);
    }
  }

  /** Sends one check. Resolves with its code, or null when there was no verdict. */
  async check({ name, url }: Target, { subject, keyId, secret }: Subject): Promise<string | null> {
    const startedAt = performance.now();
    const response = await this.#send(url, secret).catch((error: unknown) => {
      // The connection was refused, so the server has not read the request.
      if (!isConnectionRefused(error)) this.lost++;
      return null;
    });
    if (response === null) return null;
    const { status, contentType, text } = response;
    const code: string | null = status === 200 ? JSON.parse(text).code : null;
    const endedAt = performance.now();
    const answer = { verifier: name, subject, startedAt, endedAt, status, contentType, code };
    this.#options.answers.push(answer);
    if (code !== null) {
      const name = `${keyId} ${code}`;
      this.answered.set(name, (this.answered.get(name) ?? 0) + 1);
    }
    return code;
  }

  async #send(url: string, key: string) {
    const response = await fetch(`${url}/api/v1/keys/verify`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${this.#options.serviceToken}`,
        "Content-Type": "application/json",
      },
      body: JSON.stringify({ key, api: "badges", clientIp: "198.51.100.9" }),
    });
    const contentType = response.headers.get("content-type") ?? "";
    return { status: response.status, contentType, text: await response.text() };
  }
}

function isConnectionRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}
