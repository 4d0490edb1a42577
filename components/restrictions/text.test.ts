import { expect, test } from "vitest";
import {
  alreadyAllowedText,
  boundsText,
  dryRunText,
  newlyAllowedText,
  reportOnlyText,
  suggestionText,
} from "./text.ts";

const run = (checks: number, atLeast: number, atMost = atLeast) =>
  dryRunText({ checks, refused: { atLeast, atMost } }, 7);

test("an exact number is said as one, an open one with both its ends", () => {
  expect(boundsText({ atLeast: 132, atMost: 132 })).toBe("132");
  expect(boundsText({ atLeast: 132, atMost: 140 })).toBe("132 to 140");
  expect(boundsText({ atLeast: 0, atMost: 8 })).toBe("at most 8");
});

test("a dry run says how many of how many in which span", () => {
  expect(run(4_010, 132)).toBe("Of 4,010 checks in the last 7 days 132 would have been refused.");
  expect(run(4_010, 132, 140)).toBe("Of 4,010 checks in the last 7 days 132 to 140 would have been refused.");
  expect(run(4_010, 0, 8)).toBe("Of 4,010 checks in the last 7 days at most 8 would have been refused.");
});

test("all, none and no traffic have words of their own", () => {
  expect(run(4_010, 0)).toBe("All 4,010 checks in the last 7 days would have passed.");
  expect(run(1, 0)).toBe("The one check in the last 7 days would have passed.");
  expect(run(12, 12)).toBe("All 12 checks in the last 7 days would have been refused.");
  expect(run(1, 1)).toBe("The one check in the last 7 days would have been refused.");
  expect(run(0, 0)).toContain("passed no check in the last 7 days");
  expect(dryRunText({ checks: 5, refused: { atLeast: 1, atMost: 1 } }, 1)).toContain("today (UTC)");
});

test("what a draft loosens is said only where it lets something through", () => {
  expect(newlyAllowedText({ looked: 57, wouldPass: 12 })).toBe(
    "It would have let through 12 of the last 57 refusals.",
  );
  expect(newlyAllowedText({ looked: 57, wouldPass: 57 })).toBe(
    "It would have let through all of the last 57 refusals.",
  );
  expect(newlyAllowedText({ looked: 1, wouldPass: 1 })).toBe(
    "It would have let through the last call that was refused.",
  );
  expect(newlyAllowedText({ looked: 57, wouldPass: 0 })).toBe("");
});

test("a trial says what it would have refused of what it judged", () => {
  expect(reportOnlyText(9_310, 412)).toBe("412 of 9,310 calls would have been refused.");
  expect(reportOnlyText(1, 1)).toBe("1 of 1 call would have been refused.");
  expect(reportOnlyText(3, 0)).toBe("All 3 calls so far would have passed.");
  expect(reportOnlyText(0, 0)).toBe("No call has been judged yet.");
});

test("a suggestion says what it would refuse of the calls that are not refused already", () => {
  const asked = { checks: 4_010, refusedAlready: { atLeast: 0, atMost: 0 } };
  const plain = (...all: Parameters<typeof suggestionText>) => suggestionText(...all);
  expect(plain(asked, 0)).toBe("It would not have refused one of the 4,010 checks that passed in 30 days.");
  expect(plain({ ...asked, refusedAlready: { atLeast: 3, atMost: 5 } }, 40)).toBe(
    "Of 4,010 checks that passed in 30 days 3 to 5 would be refused today anyway. It would have refused up to 40 of the others.",
  );
});

test("what is allowed by now is named, whatever it is", () => {
  expect(alreadyAllowedText([{ list: "ips", text: "203.0.113.9" }])).toBe(
    "203.0.113.9 is allowed by now: there is nothing to add.",
  );
  expect(
    alreadyAllowedText([
      { list: "referrers", text: "example.com" },
      { api: "badges", operation: "badges.sync" },
      { api: "live", operation: null },
    ]),
  ).toBe("example.com, badges.sync and live are allowed by now: there is nothing to add.");
});
