import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FAULTS, type FaultCode, type NoticeCode } from "#core/restrictions/messages.ts";
import { restrictionsSchema } from "#domain/keys/schema.ts";
import { FAULT_EXAMPLES, NOTICE_EXAMPLES } from "./restriction-examples.ts";
import { PAGE, withLists } from "./restrictions-page.ts";

test("the page of restrictions says of every code what the code says", () => {
  const page = readFileSync(PAGE, "utf8");
  expect(page).toBe(withLists(page));
  for (const list of ["refusals", "faults", "sets", "notices"])
    expect(page).toContain(`<!-- list: ${list} -->`);
});

test.each(Object.keys(FAULT_EXAMPLES) as FaultCode[])(
  "the page's example of %s is refused with it",
  (code) => {
    expect(FAULT_EXAMPLES[code].reading).toMatchObject({ ok: false, code, message: FAULTS[code] });
  },
);

test.each(Object.keys(FAULT_EXAMPLES) as FaultCode[])(
  "saving the example of %s says what the page says, whether it is read or not",
  (code) => {
    const parsed = restrictionsSchema.safeParse(FAULT_EXAMPLES[code].set);
    // What the schema lets through is read, and that is the example's reading.
    const says = parsed.success ? [FAULTS[code]] : parsed.error.issues.map(({ message }) => message);
    expect(says).toEqual([FAULTS[code]]);
  },
);

test.each(Object.keys(NOTICE_EXAMPLES) as NoticeCode[])("the page's example of %s carries it", (code) => {
  const { reading } = NOTICE_EXAMPLES[code];
  expect(reading.ok && reading.notices.map((notice) => notice.code)).toContain(code);
});
