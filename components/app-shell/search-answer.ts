import type { SearchResults } from "#domain/search/schema.ts";
import { commandMenuText as text } from "./command-menu-text.ts";
import type { SearchAction } from "./nav.ts";

/** What the portal answered to a query of the command menu. */
export interface SearchAnswer {
  query: string;
  found: SearchResults;
  /** Why the search failed; null if it did not. */
  problem: string | null;
}

export const NO_QUERY: SearchAnswer = {
  query: "",
  found: { projects: [], keys: [], apis: [] },
  problem: null,
};

/** Searches. Never throws: a failed search is an answer too. */
export async function searchAnswer(search: SearchAction, query: string): Promise<SearchAnswer> {
  const result = await search({ query }).catch(() => null);
  if (result?.ok) return { query, found: result.value, problem: null };
  return { ...NO_QUERY, query, problem: result?.message ?? text.unanswered };
}

interface MenuState {
  /** As typed. */
  query: string;
  /** The last one, which may be for an earlier query. */
  answer: SearchAnswer;
  isEmpty: boolean;
}

/** What the command menu says about its results; null for nothing. A failed search is never shown as one without results. */
export function statusOf({ query, answer, isEmpty }: MenuState): string | null {
  if (answer.query !== query) return isEmpty ? text.searching : null;
  if (answer.problem !== null) return text.notSearched(answer.problem);
  return isEmpty ? text.noMatch(query) : null;
}
