import type { Answer, Counts } from "./history-checker.ts";
import { pause } from "./settings.ts";

/** Who is asked, and what about. */
export interface Target {
  name: string;
  url: string;
}
export interface Subject {
  subject: string;
  keyId: string;
  secret: string;
}

interface LoadOptions {
  serviceToken: string;
  targets: () => Target[];
  subjects: () => Subject[];
  /** Asked about as often as all of `subjects` together. */
  limited: Subject[];
  /** What is asked about whatever becomes of the others, whose answers may have to be waited for. */
  steady: Subject;
  answers: Answer[];
}

const LOOPS = 6;
/** Breath for everybody else on the machine, and for a verifier that isn't there. */
const BETWEEN_MS = 4;

/** Asks without end, several at once, every verifier about every secret. */
export class Load {
  readonly answered: Counts = new Map();
  /** Checks that were sent and broke off. */
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

  /** A loop stays with one verifier: where that one lets it wait, others are asked all the same. */
  async #loop(at: number): Promise<void> {
    for (let asked = 0; !this.#stopped; asked++) {
      const { targets, subjects, limited, steady } = this.#options;
      const isLimited = limited.length > 0 && asked % 2 === 1;
      const [all, several] = [targets(), isLimited ? limited : subjects()];
      const turn = limited.length > 0 ? Math.floor(asked / 2) : asked;
      const target = all[at % all.length];
      const isSteady = Math.floor(at / all.length) % 2 === 1;
      const subject = isSteady ? steady : several[turn % several.length];
      if (target && subject) await this.ask(target, subject);
      await pause(BETWEEN_MS);
    }
  }

  /** One check; resolves with its code, or null where there was no verdict. */
  async ask({ name, url }: Target, { subject, keyId, secret }: Subject): Promise<string | null> {
    const startedAt = performance.now();
    const asked = await this.#send(url, secret).catch((error: unknown) => {
      // Who refuses the connection has not read anything.
      if (!isRefused(error)) this.lost++;
      return null;
    });
    if (asked === null) return null;
    const { status, contentType, text } = asked;
    const code: string | null = status === 200 ? JSON.parse(text).code : null;
    const endedAt = performance.now();
    const seen = { verifier: name, subject, startedAt, endedAt, status, contentType, code };
    this.#options.answers.push(seen);
    if (code !== null) {
      const what = `${keyId} ${code}`;
      this.answered.set(what, (this.answered.get(what) ?? 0) + 1);
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

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}
