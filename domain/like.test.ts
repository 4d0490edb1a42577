import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { matches, type Place } from "./like.ts";

let db: Db;
beforeAll(async () => {
  db = await openTestDb();
});

/** The places in which the database finds the text in the value. */
async function placesOf(value: string, typed: string): Promise<Place[]> {
  const found: Place[] = [];
  for (const place of ["anywhere", "start", "end", "whole"] as const) {
    const column = sql`cast(${value} as text)`;
    const [row] = await db.read.q
      .select({ isFound: sql<boolean>`${matches(column, db.dialect, typed, place)}`.mapWith(Boolean) })
      .from(sql`(select 1) as one`);
    if (row?.isFound) found.push(place);
  }
  return found;
}

test.each<[value: string, typed: string, places: Place[]]>([
  ["Ada", "aDA", ["anywhere", "start", "end", "whole"]],
  ["Ada Lovelace", "ada", ["anywhere", "start"]],
  ["Ada Lovelace", "LACE", ["anywhere", "end"]],
  ["Ärger", "ä", ["anywhere", "start"]],
  ["ärger", "ÄRGER", ["anywhere", "start", "end", "whole"]],
  ["BJØRN", "ørn", ["anywhere", "end"]],
  ["Ελένη", "ελΈ", ["anywhere", "start"]],
  ["Жанна", "жАННА", ["anywhere", "start", "end", "whole"]],
  ["支払い", "払", ["anywhere"]],
  ["Ärger", "arger", []],
  ["Ada", "", ["anywhere", "start", "end"]],
  ["100%_\\ä", "0%_\\Ä", ["anywhere", "end"]],
  ["100 xä", "0_xä", []],
  ["*ä?[b]", "*Ä?[B]", ["anywhere", "start", "end", "whole"]],
  ["xä", "*ä", []],
  ["a.ä", "A.Ä", ["anywhere", "start", "end", "whole"]],
  ["abä", "a.ä", []],
  ["one\nä", "ä", ["anywhere", "end"]],
])("%j has %j in these places, ignoring case and without wildcards", async (value, typed, places) => {
  expect(await placesOf(value, typed)).toEqual(places);
});
