import { expect, test } from "vitest";
import { boundsText, dryRunText, newlyAllowedText, reportOnlyText, suggestionText } from "./effect-text.ts";
import { alreadyAllowedText } from "./linked-entries.ts";

const run = (checks: number, atLeast: number, atMost = atLeast) =>
  dryRunText({ checks, refused: { atLeast, atMost }, newlyRefused: { atLeast, atMost } }, 7);

test("an exact number is shown as one number, an uncertain one as a range", () => {
  expect(boundsText({ atLeast: 132, atMost: 132 })).toBe("132");
  expect(boundsText({ atLeast: 132, atMost: 140 })).toBe("132 to 140");
  expect(boundsText({ atLeast: 0, atMost: 8 })).toBe("at most 8");
});

test("a dry run says how many of how many requests in which days", () => {
  expect(run(4_010, 132)).toBe("132 of 4,010 requests in the last 7 days would have been denied.");
  expect(run(4_010, 132, 140)).toBe(
    "132 to 140 of 4,010 requests in the last 7 days would have been denied.",
  );
  expect(run(4_010, 0, 8)).toBe("At most 8 of 4,010 requests in the last 7 days would have been denied.");
});

test("all, none and no traffic have their own sentences", () => {
  expect(run(4_010, 0)).toBe("All 4,010 requests in the last 7 days would have been allowed.");
  expect(run(1, 0)).toBe("The only request in the last 7 days would have been allowed.");
  expect(run(12, 12)).toBe("All 12 requests in the last 7 days would have been denied.");
  expect(run(1, 1)).toBe("The only request in the last 7 days would have been denied.");
  expect(run(0, 0)).toContain("was allowed in the last 7 days");
  const one = { atLeast: 1, atMost: 1 };
  expect(dryRunText({ checks: 5, refused: one, newlyRefused: one }, 1)).toContain("today (UTC)");
});

test("requests that the enforced restrictions deny too are no effect of the draft", () => {
  const none = { atLeast: 0, atMost: 0 };
  expect(dryRunText({ checks: 5, refused: { atLeast: 4, atMost: 4 }, newlyRefused: none }, 7)).toBe(
    "Nothing that the key allows today would have been denied.",
  );
});

test("newly allowed requests are mentioned only when there are any", () => {
  expect(newlyAllowedText({ looked: 57, wouldPass: 12 })).toBe(
    "12 of the last 57 denied requests would have been allowed.",
  );
  expect(newlyAllowedText({ looked: 57, wouldPass: 57 })).toBe(
    "All of the last 57 denied requests would have been allowed.",
  );
  expect(newlyAllowedText({ looked: 1, wouldPass: 1 })).toBe(
    "The last denied request would have been allowed.",
  );
  expect(newlyAllowedText({ looked: 57, wouldPass: 0 })).toBe("");
});

test("report-only mode says how many evaluated requests would have been denied", () => {
  expect(reportOnlyText(9_310, 412)).toBe("412 of 9,310 requests would have been denied.");
  expect(reportOnlyText(1, 1)).toBe("1 of 1 request would have been denied.");
  expect(reportOnlyText(3, 0)).toBe("All 3 requests so far would have been allowed.");
  expect(reportOnlyText(0, 0)).toBe("No request has been evaluated yet.");
});

test("a suggestion says how many of the requests not denied already it would deny", () => {
  const asked = { checks: 4_010, refusedAlready: { atLeast: 0, atMost: 0 } };
  const plain = (...all: Parameters<typeof suggestionText>) => suggestionText(...all);
  expect(plain(asked, 0)).toBe(
    "None of the 4,010 requests allowed in the last 30 days would have been denied.",
  );
  expect(plain({ ...asked, refusedAlready: { atLeast: 3, atMost: 5 } }, 40)).toBe(
    "Of 4,010 requests allowed in the last 30 days, 3 to 5 would be denied today anyway. Up to 40 of the others would have been denied.",
  );
});

test("entries that are already allowed are named", () => {
  expect(alreadyAllowedText([{ list: "ips", text: "203.0.113.9" }])).toBe(
    "203.0.113.9 is already allowed: there is nothing to add.",
  );
  expect(
    alreadyAllowedText([
      { list: "referrers", text: "example.com" },
      { api: "badges", operation: "badges.sync" },
      { api: "live", operation: null },
    ]),
  ).toBe("example.com, badges.sync and live are already allowed: there is nothing to add.");
});
