import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { FaultCode, NoticeCode } from "#core/restrictions/messages.ts";
import { FAULT_EXAMPLES, NOTICE_EXAMPLES } from "./restriction-examples.ts";
import { PAGE, withLists } from "./restrictions-page.ts";

test("the page of restrictions says of every code what the code says", () => {
  const page = readFileSync(PAGE, "utf8");
  expect(page).toBe(withLists(page));
  for (const list of ["refusals", "faults", "notices"]) expect(page).toContain(`<!-- list: ${list} -->`);
});

test.each(Object.keys(FAULT_EXAMPLES) as FaultCode[])(
  "the page's example of %s is refused with it",
  (code) => {
    const { entry, read } = FAULT_EXAMPLES[code];
    if (read) expect(read(entry)).toMatchObject({ ok: false, code });
  },
);

test.each(Object.keys(NOTICE_EXAMPLES) as NoticeCode[])("the page's example of %s carries it", (code) => {
  const { entry, read } = NOTICE_EXAMPLES[code];
  const reading = read?.(entry);
  expect(reading?.ok && reading.notices.map((notice) => notice.code)).toContain(code);
});
