import { and, desc, eq, gte, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import { oneOfSelected } from "#db/portable-sql.ts";
import { casesOf, contains, isAscii, startsWith } from "../../like.ts";
import { keyContains } from "./contains.ts";

/** Up to this many keys are compared one by one, which is fast enough and finds texts of any length. */
const MAX_KEYS_COMPARED = 20_000;
/** The index has groups of three characters. */
const MIN_INDEXED_LENGTH = 3;
/** With more matches, reading all of them takes longer than comparing the newest keys until a page is full. */
const MAX_MATCHES_READ = 30_000;
/** A text that so many keys or secrets don't have eight times is not common. */
const NEWEST = 5_000;
/** The row of `job_cursors` that says that the texts of all keys are in the index. */
export const SEARCH_INDEX_JOB = "index search texts";

/** For tests: lower limits than those above. */
export interface SearchLimits {
  maxCompared?: number;
  maxMatches?: number;
}

/** Whether the index has to be used, because there are many visible keys, and can be, because it is complete. */
export async function usesSearchIndex(
  scope: Scope,
  visible?: SQL,
  { maxCompared = MAX_KEYS_COMPARED }: SearchLimits = {},
): Promise<boolean> {
  const [beyond] = await scope.q
    .select({ one: sql`1` })
    .from(scope.t.keys)
    .where(visible)
    .limit(1)
    .offset(maxCompared);
  return beyond !== undefined && (await isSearchIndexComplete(scope));
}

/** False after an upgrade from a version without the index, until the texts of older keys are in it. */
export async function isSearchIndexComplete({ q, t: { jobCursors } }: Scope): Promise<boolean> {
  const [done] = await q
    .select({ at: jobCursors.at })
    .from(jobCursors)
    .where(eq(jobCursors.job, SEARCH_INDEX_JOB));
  return done !== undefined;
}

/**
 * Matches keys of the whole site that contain the text, as `keyContains` does. With many keys it uses the index; a text
 * of one or two characters then matches only the start of a name.
 */
export async function whereKeyContains(
  scope: Scope,
  text: string,
  limits?: SearchLimits,
): Promise<SQL | undefined> {
  if (!(await usesSearchIndex(scope, undefined, limits))) return keyContains(scope, text);
  const isRare = await hasFew(matchesOf(scope, text), limits);
  const { keys } = scope.t;
  if (!isIndexed(text)) {
    const starts = or(startsWith(keys.name, text), eq(keys.id, text));
    return isRare ? and(isMatch(scope, text), starts) : starts;
  }
  return isRare
    ? and(isMatch(scope, text), withinOneText(scope, text))
    : keyContains(scope, text, { lookUp: true });
}

/** Whether so few rows match that all of them can be read for a page of a list. */
export async function hasFew(
  matches: { offset(n: number): { limit(n: number): PromiseLike<unknown[]> } },
  { maxMatches = MAX_MATCHES_READ }: SearchLimits = {},
): Promise<boolean> {
  return (await matches.offset(maxMatches).limit(1)).length === 0;
}

function isMatch(scope: Scope, text: string): SQL {
  const { keys } = scope.t;
  const withId = scope.q
    .select({ keyId: sql<string>`${keys.id}` })
    .from(keys)
    .where(eq(keys.id, text));
  return oneOfSelected(scope, keys.id, matchesOf(scope, text).unionAll(withId));
}

function matchesOf(scope: Scope, text: string) {
  const { searchTexts } = scope.t;
  const isInIndex = isIndexed(text);
  return scope.q
    .select({ keyId: sql<string>`${searchTexts.keyId}` })
    .from(isInIndex ? trigramsOf(scope) : sql`${searchTexts}`)
    .where(isInIndex ? textContains(scope, text) : or(...startsOf(text).map((start) => nameIn(scope, start))))
    .$dynamic();
}

interface FindOptions {
  /** A condition on projects. */
  visible: SQL | undefined;
  limit: number;
}

/**
 * The ids of visible keys that contain the text, found by the index: the key with this id, then names that start with
 * it in their order, then others, the newest first.
 */
export async function findByIndex(scope: Scope, text: string, options: FindOptions): Promise<string[]> {
  const { keys, projects } = scope.t;
  const { visible, limit } = options;
  const withId = await scope.q
    .select({ id: keys.id })
    .from(keys)
    .innerJoin(projects, eq(projects.id, keys.projectId))
    .where(and(eq(keys.id, text), visible));
  const ids = new Set(withId.map(({ id }) => id));
  for (const start of startsOf(text)) {
    for (const { id } of await selectStarting(scope, start, text, options)) ids.add(id);
  }
  const more = scope.dialect === "postgres" ? [selectNewest, selectContaining] : [selectContaining];
  for (const select of isIndexed(text) ? more : []) {
    if (ids.size < limit) for (const { id } of await select(scope, text, options)) ids.add(id);
  }
  return [...ids].slice(0, limit);
}

/** Cross joins, because SQLite then keeps their order: it reads the index until there are enough keys. */
function selectStarting(scope: Scope, start: string, text: string, { visible, limit }: FindOptions) {
  const { keys, projects, searchTexts } = scope.t;
  return scope.q
    .select({ id: keys.id })
    .from(searchTexts)
    .crossJoin(keys)
    .crossJoin(projects)
    .where(and(nameIn(scope, start), isVisibleKey(scope, visible), startsWith(keys.name, text)))
    .orderBy(bytesOf(scope))
    .limit(limit);
}

/**
 * Among the newest keys and secrets only, which finds common texts at once. Postgres would otherwise expect to find a
 * common text soon, and may read the texts of all keys before it reaches the hints that have it.
 */
async function selectNewest(
  { q, t: { keys, projects, secrets } }: Scope,
  text: string,
  { visible, limit }: FindOptions,
): Promise<{ id: string }[]> {
  const { id, projectId, name, description, externalId, createdAt } = keys;
  const newestKeys = q
    .select({ id, projectId, name, description, externalId })
    .from(keys)
    .orderBy(desc(createdAt), desc(id))
    .limit(NEWEST)
    .as("newest_keys");
  const inKeys = [newestKeys.name, newestKeys.description, newestKeys.externalId];
  const found = await q
    .select({ id: newestKeys.id })
    .from(newestKeys)
    .innerJoin(projects, eq(projects.id, newestKeys.projectId))
    .where(and(visible, or(...inKeys.map((column) => contains(column, text)))))
    .limit(limit);
  if (found.length === limit) return found;
  const newestSecrets = q
    .select({ keyId: secrets.keyId, hint: secrets.hint })
    .from(secrets)
    .where(isNull(secrets.overlapEndsAt))
    .orderBy(desc(secrets.createdAt), desc(secrets.keyId))
    .limit(NEWEST)
    .as("newest_secrets");
  const others = await q
    .select({ id })
    .from(newestSecrets)
    .innerJoin(keys, eq(id, newestSecrets.keyId))
    .innerJoin(projects, eq(projects.id, projectId))
    .where(and(visible, contains(newestSecrets.hint, text)))
    .limit(limit);
  return [...found, ...others];
}

/** For tests of its plan. A key is found twice if its name and its hint match. */
export function selectContaining(scope: Scope, text: string, { visible, limit }: FindOptions) {
  const { keys, projects, searchTexts } = scope.t;
  return scope.q
    .select({ id: keys.id })
    .from(trigramsOf(scope))
    .crossJoin(keys)
    .crossJoin(projects)
    .where(and(textContains(scope, text), isVisibleKey(scope, visible), withinOneText(scope, text)))
    .orderBy(desc(scope.dialect === "postgres" ? searchTexts.n : sql`search_texts_fts.rowid`))
    .limit(3 * limit);
}

function isVisibleKey(
  { t: { keys, projects, searchTexts } }: Scope,
  visible: SQL | undefined,
): SQL | undefined {
  return and(eq(keys.id, searchTexts.keyId), eq(projects.id, keys.projectId), visible);
}

/** The texts of a key are lines of one: a text of several lines may also match the end of one and the start of another. */
function withinOneText(scope: Scope, text: string): SQL | undefined {
  return text.includes("\n") ? keyContains(scope, text, { lookUp: true }) : undefined;
}

/** Whether the index finds every key that contains the text. */
function isIndexed(text: string): boolean {
  return [...text].length >= MIN_INDEXED_LENGTH;
}

function trigramsOf({ dialect, t: { searchTexts } }: Scope): SQL {
  return dialect === "postgres"
    ? sql`${searchTexts}`
    : sql`search_texts_fts cross join ${searchTexts} on ${searchTexts.n} = search_texts_fts.rowid`;
}

/** FTS5 takes the quoted text as one phrase, in which nothing is an operator. */
function textContains({ dialect, t: { searchTexts } }: Scope, text: string): SQL {
  return dialect === "postgres"
    ? contains(searchTexts.text, text)
    : sql`search_texts_fts match ${`"${text.replaceAll('"', '""')}"`}`;
}

/**
 * How names in the index that start with this text can start: in both cases of the first letter whose case the database
 * may not have changed, and no further.
 */
function startsOf(text: string): string[] {
  const characters = [...text];
  const other = characters.findIndex((character) => !isAscii(character));
  if (other < 0) return [text.toLowerCase()];
  const ascii = characters.slice(0, other).join("").toLowerCase();
  return casesOf(characters[other] ?? "").map((last) => ascii + last);
}

/** Matches names that start so, as a range of their index. */
function nameIn(scope: Scope, start: string): SQL | undefined {
  const bytes = bytesOf(scope);
  // As in the condition of the index.
  const isName = sql`${scope.t.searchTexts.name} <> ''`;
  return and(isName, gte(bytes, start), lt(bytes, `${start}\u{10ffff}`));
}

/** The order of the index on names. */
function bytesOf({ dialect, t: { searchTexts } }: Scope): SQL {
  return dialect === "postgres" ? sql`${searchTexts.name} collate "C"` : sql`${searchTexts.name}`;
}
