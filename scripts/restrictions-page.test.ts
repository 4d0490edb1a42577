import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ENTRY_ERRORS, type EntryErrorCode, type NoticeCode } from "#core/restrictions/messages.ts";
import { restrictionsInputSchema } from "#domain/keys/restrictions/schema.ts";
import { ERROR_EXAMPLES, NOTICE_EXAMPLES } from "./restriction-examples.ts";
import { PAGE, withLists } from "./restrictions-page.ts";

test("the restrictions page has the texts of the code", () => {
  const page = readFileSync(PAGE, "utf8");
  expect(page).toBe(withLists(page));
  for (const list of ["denials", "errors", "sets", "notices"])
    expect(page).toContain(`<!-- list: ${list} -->`);
});

test.each(Object.keys(ERROR_EXAMPLES) as EntryErrorCode[])(
  "the example of %s is rejected with that code",
  (code) => {
    expect(ERROR_EXAMPLES[code].parsed).toMatchObject({ ok: false, code, message: ENTRY_ERRORS[code] });
  },
);

test.each(Object.keys(ERROR_EXAMPLES) as EntryErrorCode[])(
  "saving the example of %s is rejected with the message on the page",
  (code) => {
    const parsed = restrictionsInputSchema.safeParse(ERROR_EXAMPLES[code].set);
    // What passes the schema is parsed, and the example has that result.
    const says = parsed.success ? [ENTRY_ERRORS[code]] : parsed.error.issues.map(({ message }) => message);
    expect(says).toEqual([ENTRY_ERRORS[code]]);
  },
);

test.each(Object.keys(NOTICE_EXAMPLES) as NoticeCode[])("the example of %s has that notice", (code) => {
  const { parsed } = NOTICE_EXAMPLES[code];
  expect(parsed.ok && parsed.notices.map((notice) => notice.code)).toContain(code);
});
