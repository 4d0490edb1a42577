import { type AnyColumn, is, type SQL, sql } from "drizzle-orm";
// Only this class: on Postgres, the rest of `sqlite-core` is not loaded.
import { SQLiteColumn } from "drizzle-orm/sqlite-core/columns/common";
import type { DialectName } from "#db/open.ts";

/** Whether the column contains the text, ignoring case in any script. No character is a wildcard. */
export function contains(column: AnyColumn, typed: string): SQL {
  return matches(column, dialectOf(column), typed, "anywhere");
}

/** Whether the column starts with the text, ignoring case in any script. No character is a wildcard. */
export function startsWith(column: AnyColumn, typed: string): SQL {
  return matches(column, dialectOf(column), typed, "start");
}

/** The database that the column's table belongs to. */
export const dialectOf = (column: AnyColumn): DialectName =>
  is(column, SQLiteColumn) ? "sqlite" : "postgres";

/** Where the text must be. `whole`: it is all there is. */
export type Place = "anywhere" | "start" | "end" | "whole";

/**
 * Whether the value has the text there, ignoring case in any script. No character is a wildcard.
 *
 * SQLite's `lower` and `like`, and those of Postgres in the C locale, fold ASCII letters only. So a text with other
 * letters becomes a pattern that lists both cases of each letter.
 */
export function matches(value: AnyColumn | SQL, dialect: DialectName, typed: string, place: Place): SQL {
  const isSqlite = dialect === "sqlite";
  const [before, after] = [
    place === "anywhere" || place === "end",
    place === "anywhere" || place === "start",
  ];
  if (isAscii(typed)) {
    const escaped = typed.toLowerCase().replace(/[\\%_]/g, (special) => `\\${special}`);
    const like = `${before ? "%" : ""}${escaped}${after ? "%" : ""}`;
    // Postgres finds `ilike` and `~` in an index of trigrams on the column itself.
    return isSqlite ? sql`lower(${value}) like ${like} escape '\\'` : sql`${value} ilike ${like}`;
  }
  const pattern = (quote: (character: string) => string) =>
    Array.from(typed, (character) => {
      const cases = casesOf(character);
      return cases.length > 1 ? `[${cases.join("")}]` : quote(character);
    }).join("");
  if (isSqlite) {
    const glob = pattern((character) => (/[*?[]/.test(character) ? `[${character}]` : character));
    return sql`${value} glob ${`${before ? "*" : ""}${glob}${after ? "*" : ""}`}`;
  }
  const regex = pattern((character) => character.replace(/[^\p{L}\p{N}]/u, (special) => `\\${special}`));
  return sql`${value} ~ ${`${before ? "" : "^"}${regex}${after ? "" : "$"}`}`;
}

export function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** A character in both cases, and as it is. Characters whose other case has several characters (ß, İ) have none. */
export function casesOf(character: string): string[] {
  const cases = [character, character.toLowerCase(), character.toUpperCase()];
  return [...new Set(cases)].filter((one) => [...one].length === 1);
}
