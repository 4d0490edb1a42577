import { z } from "zod";
import { keepable } from "#core/keepable.ts";
import { SET_FAULTS } from "#core/restrictions/messages.ts";

/** Body sizes at most, bytes. A batch holds up to 100 questions. */
export const BODY_MOST = { single: 16 * 1024, batch: 1024 * 1024 };

/** As much as a body holds: how long a header or a path may be is for those to say who judge it. */
const text = z.string().max(BODY_MOST.single);

/** What is asked about, besides the key. */
export const questionFields = {
  api: z.string().min(1).max(100).optional(),
  operation: text.min(1).optional(),
  method: text.min(1).optional(),
  path: text.startsWith("/", SET_FAULTS["call-path"].message).optional(),
  clientIp: text.optional(),
  referrer: text.optional(),
  origin: text.optional(),
  androidPackage: text.optional(),
  androidCertSha1: text.optional(),
  iosBundleId: text.optional(),
  cost: z.int().min(0).max(1_000).default(1),
};

/** What a service may ask with (contract, section 3). A misspelt field is refused, never passed over. */
export const questionSchema = z.strictObject({ key: z.string().min(1).max(512), ...questionFields });
export type Question = z.output<typeof questionSchema>;

/** What is asked about one call. */
export interface Asking extends Omit<Question, "key"> {
  /** Null where a gateway found none. */
  key: string | null;
  /** Whether a refusal tells where the limits stand as well. */
  tellsLimits?: boolean;
}

export interface Fault {
  path: string;
  message: string;
}

const BATCH_MOST = 100;
const batch = z.strictObject({ checks: z.array(z.unknown()).min(1).max(BATCH_MOST) });

/** Reads one question; its faults when it is none. `at` is where it stands in the body. */
export function readQuestion(
  value: unknown,
  at: string[] = [],
): { question: Question } | { faults: Fault[] } {
  const parsed = questionSchema.safeParse(value);
  if (!parsed.success) return { faults: faultsOf(parsed.error, at) };
  const { method, path } = parsed.data;
  if ((method === undefined) === (path === undefined)) return { question: parsed.data };
  const missing = method === undefined ? "method" : "path";
  return { faults: [{ path: [...at, missing].join("."), message: SET_FAULTS["call-by"].message }] };
}

/** Reads up to 100 questions; the faults of all when one is none. */
export function readBatch(value: unknown): { questions: Question[] } | { faults: Fault[] } {
  const parsed = batch.safeParse(value);
  if (!parsed.success) return { faults: faultsOf(parsed.error, []) };
  const questions: Question[] = [];
  const faults: Fault[] = [];
  for (const [index, check] of parsed.data.checks.entries()) {
    const read = readQuestion(check, ["checks", String(index)]);
    if ("faults" in read) faults.push(...read.faults);
    else questions.push(read.question);
  }
  return faults.length > 0 ? { faults } : { questions };
}

function faultsOf(error: z.ZodError, at: string[]): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = [...at, ...issue.path.map(String)];
    if (issue.code !== "unrecognized_keys") return [{ path: path.join("."), message: issue.message }];
    // One fault a field, at that field. Its name comes from outside, and may be a secret in the wrong place.
    return issue.keys
      .slice(0, 20)
      .map((key) => ({ path: [...path, keepable(key, 64)].join("."), message: "There is no such field." }));
  });
}
