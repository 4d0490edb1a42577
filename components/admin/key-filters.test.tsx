import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { AdminKeyFilters } from "./key-filters.tsx";

const shown = (state: Record<string, string>) =>
  renderToStaticMarkup(<AdminKeyFilters base="/admin/keys" state={state} />);
const selected = (page: string) =>
  [...page.matchAll(/<option value="([^"]+)" selected="">([^<]+)/g)].map(([, value, words]) => [
    value,
    words,
  ]);

test("a filter of a link is shown even if its number of days is not suggested", () => {
  const state = { unusedForDays: "45", secretOlderThanDays: "1", secretNewerThanDays: "90" };
  expect(selected(shown(state))).toEqual([
    ["45", "Unused for 45 days"],
    ["1", "Secret over 1 day old"],
    ["90", "Secret under 90 days old"],
  ]);
});

test("without filters, nothing is selected, and the suggested days are in order", () => {
  const page = shown({});
  expect(selected(page)).toEqual([]);
  expect([...page.matchAll(/Unused for (\d+) days/g)].map(([, days]) => days)).toEqual([
    "30",
    "60",
    "90",
    "180",
  ]);
});
