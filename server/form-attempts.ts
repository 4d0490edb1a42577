import { requireRights, rightsOf } from "#domain/access/project-access.ts";
import type { Ctx, Verb } from "#domain/context.ts";
import { requireUser } from "#domain/context.ts";
import { DomainError, invalid } from "#domain/errors.ts";
import {
  findFormResponse,
  isReplayed,
  ResponseLost,
  runFormOnce,
  StillRunning,
  type StoredResponse,
} from "./idempotency.ts";

/** How long a repeated submission waits for the first one, and how often it checks. */
const WAIT_MS = 10_000;
const LOOK_MS = 200;

/** A form of the portal, and the idempotency key of this attempt. */
export interface Attempt {
  form: string;
  key: string;
}

/** A result, and whether it is that of an earlier attempt with the same key. */
export interface AttemptResult<Value> {
  value: Value;
  replayed: boolean;
}

/** Waits this many ms; replaced in tests. */
type Pause = (ms: number) => Promise<void>;
const sleep: Pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs a verb at most once per attempt: a repeated submission returns the first result. Throws `conflict`, with what
 * was created, if that result can't be shown anymore.
 */
export async function attemptOnce<Input, Value>(
  { ctx, input }: Verb<Input>,
  attempt: Attempt,
  verb: (call: Verb<Input>) => Promise<Value>,
  pause: Pause = sleep,
): Promise<AttemptResult<Value>> {
  return waitForFirst(pause, () =>
    runFormOnce(ctx.db, attemptOf(ctx, attempt), ctx.now(), async (db, created) => {
      const rights = await rightsOf(ctx.db.read, ctx, projectIn(input));
      const value = await verb({ ctx: { ...ctx, db, created }, input });
      return { status: 200, headers: {}, body: JSON.stringify({ value }), rights };
    }),
  ).then((answer) => attempted<Value>(ctx, answer));
}

/** The result of an attempt whose response was lost; null if nothing was done. Throws like `attemptOnce`. */
export async function findAttemptResult(
  ctx: Ctx,
  attempt: Attempt,
  pause: Pause = sleep,
): Promise<{ value: unknown } | null> {
  const answer = await waitForFirst(pause, () =>
    findFormResponse(ctx.db, attemptOf(ctx, attempt), ctx.now()),
  );
  return answer && { value: (await attempted(ctx, answer)).value };
}

function attemptOf(ctx: Ctx, { form, key }: Attempt) {
  if (!/^[\w-]{22,64}$/.test(key)) throw invalid("", "This form is out of date. Reload the page.");
  return { userId: requireUser(ctx).userId, form, key };
}

async function attempted<Value>(ctx: Ctx, answer: StoredResponse): Promise<AttemptResult<Value>> {
  const replayed = isReplayed(answer);
  if (replayed) await requireRights(ctx.db.read, ctx, answer.rights);
  const { value }: { value: Value } = JSON.parse(answer.body);
  return { value, replayed };
}

/** The project that a form is about. */
function projectIn(input: unknown): string | null {
  const { projectId } = (input ?? {}) as { projectId?: unknown };
  return typeof projectId === "string" ? projectId : null;
}

/** Waits for the first submission while it runs, and turns lost results into errors for people. */
async function waitForFirst<Result>(pause: Pause, work: () => Promise<Result>): Promise<Result> {
  for (let waited = 0; ; waited += LOOK_MS) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ResponseLost) throw lost(error);
      if (!(error instanceof StillRunning)) throw error;
      if (waited >= WAIT_MS) {
        throw new DomainError(
          "conflict",
          "The first attempt is still running. Nothing is done twice, so you can try again.",
        );
      }
      await pause(LOOK_MS);
    }
  }
}

function lost({ credential }: ResponseLost): DomainError {
  if (credential === null) {
    return new DomainError("conflict", "An earlier attempt was carried out, but its response was lost.");
  }
  const { name, hint } = credential;
  return new DomainError(
    "conflict",
    `An earlier attempt was carried out for ${name}${hint && ` (${hint})`}, but its response was lost and can't be shown again.`,
    { created: credential },
  );
}
