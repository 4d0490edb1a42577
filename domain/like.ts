import { type AnyColumn, is, type SQL, sql } from "drizzle-orm";
import { SQLiteColumn } from "drizzle-orm/sqlite-core";

/** Whether the column contains the text, ignoring case in any script. No character is a wildcard. */
export function contains(column: AnyColumn, typed: string): SQL {
  return matches(column, typed, "anywhere");
}

/** Whether the column starts with the text, ignoring case in any script. No character is a wildcard. */
export function startsWith(column: AnyColumn, typed: string): SQL {
  return matches(column, typed, "start");
}

/**
 * SQLite's `lower` and `like`, and those of Postgres in the C locale, fold ASCII letters only. So a text with other
 * letters becomes a pattern that lists both cases of each letter.
 */
function matches(column: AnyColumn, typed: string, where: "anywhere" | "start"): SQL {
  const anywhere = where === "anywhere";
  const isSqlite = is(column, SQLiteColumn);
  if (isAscii(typed)) {
    const escaped = typed.toLowerCase().replace(/[\\%_]/g, (special) => `\\${special}`);
    const like = `${anywhere ? "%" : ""}${escaped}%`;
    // Postgres finds `ilike` and `~` in an index of trigrams on the column itself.
    return isSqlite ? sql`lower(${column}) like ${like} escape '\\'` : sql`${column} ilike ${like}`;
  }
  const pattern = (quote: (character: string) => string) =>
    Array.from(typed, (character) => {
      const cases = casesOf(character);
      return cases.length > 1 ? `[${cases.join("")}]` : quote(character);
    }).join("");
  if (isSqlite) {
    const glob = pattern((character) => (/[*?[]/.test(character) ? `[${character}]` : character));
    return sql`${column} glob ${`${anywhere ? "*" : ""}${glob}*`}`;
  }
  const regex = pattern((character) => character.replace(/[^\p{L}\p{N}]/u, (special) => `\\${special}`));
  return sql`${column} ~ ${`${anywhere ? "" : "^"}${regex}`}`;
}

export function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** A character in both cases, and as it is. Characters whose other case has several characters (ß, İ) have none. */
export function casesOf(character: string): string[] {
  const cases = [character, character.toLowerCase(), character.toUpperCase()];
  return [...new Set(cases)].filter((one) => [...one].length === 1);
}
