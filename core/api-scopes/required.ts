import { compare } from "../compare.ts";

/**
 * The scopes that a call needs: all scopes of at least one alternative. No alternative at all can't be met by a key
 * that is limited to scopes.
 */
export type RequiredScopes = readonly (readonly string[])[];

/** An operation and what it needs; null if it needs no scope. */
export interface OperationScopes {
  name: string;
  requiredScopes: RequiredScopes | null;
}

/** The scopes of an API, compiled for checks. */
export interface ApiScopes {
  /** Names of the declared scopes, sorted. */
  readonly declared: readonly string[];
  /** What each listed operation needs. Null if no operation needs a scope. */
  readonly byOperation: ReadonlyMap<string, RequiredScopes | null> | null;
}

/** Longest name of a scope, characters. */
export const MAX_SCOPE_LENGTH = 200;
/** Maximum number of scopes that an API declares: a verdict lists those that a key has. */
export const MAX_API_SCOPES = 200;
/** Maximum number of alternatives of an operation. */
export const MAX_ALTERNATIVES = 20;
/** The longest requirement of an operation as JSON, characters: a document may repeat one for every operation. */
export const MAX_REQUIRED_LENGTH = 2_000;
/** Maximum number of scopes that a check may ask for. */
export const MAX_ASKED_SCOPES = 50;

/** Whether a text is a scope-token of RFC 6749, section 3.3: printable ASCII without space, `"` and `\`. */
export function isScopeName(text: string): boolean {
  return text.length <= MAX_SCOPE_LENGTH && /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(text);
}

/**
 * The shortest equal form: every alternative sorted, none that another one makes superfluous. Null if nothing is
 * needed, because one alternative is empty.
 */
export function normalizeRequired(alternatives: RequiredScopes): string[][] | null {
  const sorted = alternatives
    .map((all) => [...new Set(all)].sort())
    .sort((a, b) => a.length - b.length || compare(a.join(" "), b.join(" ")));
  if (sorted[0]?.length === 0) return null;
  const kept: string[][] = [];
  for (const all of sorted) {
    const isSuperfluous = kept.some((less) => less.every((scope) => all.includes(scope)));
    if (!isSuperfluous) kept.push(all);
  }
  return kept;
}

/** Compiles the scopes of an API; null if it declares none and needs none. */
export function compileScopes(
  declared: readonly string[],
  operations: readonly OperationScopes[],
): ApiScopes | null {
  const needsScopes = operations.some(({ requiredScopes }) => requiredScopes !== null);
  if (declared.length === 0 && !needsScopes) return null;
  // Most operations of a document share the same requirement.
  const shared = new Map<string, RequiredScopes>();
  const sharedOf = (required: RequiredScopes): RequiredScopes => {
    const text = JSON.stringify(required);
    const known = shared.get(text) ?? required;
    shared.set(text, known);
    return known;
  };
  return {
    declared: [...declared].sort(),
    byOperation: needsScopes
      ? new Map(
          operations.map(({ name, requiredScopes }) => [name, requiredScopes && sharedOf(requiredScopes)]),
        )
      : null,
  };
}

/** No alternative: what an unknown operation needs is unknown, so a key that is limited to scopes may not call it. */
const UNKNOWN: RequiredScopes = [];

/**
 * What a call needs; null for no scope. `requested` are the scopes that the service asks for in addition; with them, an
 * operation that the API doesn't list needs nothing else. Not if it was to be found by method and path: clients choose
 * the path, so a path that matches no operation may still reach any.
 */
export function requiredScopesOf(
  scopes: ApiScopes | null,
  operation: string | null,
  requested: readonly string[],
  byPath = false,
): RequiredScopes | null {
  const byOperation = scopes?.byOperation ?? null;
  const listed = byOperation === null ? null : operation === null ? undefined : byOperation.get(operation);
  const isUnknown = listed === undefined && (requested.length === 0 || (operation === null && byPath));
  if (isUnknown) return UNKNOWN;
  if (requested.length === 0) return listed ?? null;
  if (listed === undefined || listed === null) return [requested];
  return listed.map((all) => [...all, ...requested.filter((scope) => !all.includes(scope))]);
}

/** Whether these scopes meet one of the alternatives. */
export function meetsRequired(required: RequiredScopes, held: ReadonlySet<string>): boolean {
  return required.some((all) => all.every((scope) => held.has(scope)));
}

/** The alternative with the fewest scopes that are missing; empty if there is no alternative. */
export function nearestAlternative(required: RequiredScopes, held: ReadonlySet<string>): readonly string[] {
  let nearest: readonly string[] = [];
  let fewest = Number.POSITIVE_INFINITY;
  for (const all of required) {
    const missing = all.reduce((count, scope) => count + (held.has(scope) ? 0 : 1), 0);
    if (missing < fewest) [nearest, fewest] = [all, missing];
  }
  return nearest;
}
