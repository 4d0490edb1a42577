import fc from "fast-check";
import { mostly, strangeText } from "./texts.ts";

export type Header = readonly [name: string, value: string];

/** The text as a valid header value, which is sent as Latin-1. */
export const inHeader = (text: string) => text.replace(/[^\t -~\x80-\xff]/g, "?").slice(0, 2_500);
export const headerText = strangeText.map(inHeader);

/** Without the headers that decide about framing, which `framing.ts` generates. */
const headerName = fc
  .stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,30}$/)
  .filter(
    (name) => !/^(content-length|transfer-encoding|connection|upgrade|expect|host|trailer)$/i.test(name),
  );

const manyHeaders = fc.constantFrom<Header[]>(
  Array(3_000).fill(["a", ""]),
  Array(200).fill(["X-Forwarded-For", "198.51.100.9"]),
  [["Cookie", "a".repeat(20_000)]],
  [["Cookie", "a".repeat(80_000)]],
);

/** Other headers that a client may send. */
export const extraHeaders = mostly(
  fc.array(fc.tuple(headerName, headerText), { maxLength: 2, size: "xsmall" }),
  manyHeaders,
);

/** A real token, a nearly valid one, or anything. */
export const tokenAmong = (tokens: string[]) =>
  mostly(
    fc.constantFrom(...tokens),
    fc.oneof(
      headerText,
      fc.constantFrom(...tokens).map((token) => `${token.slice(0, -1)}0`),
    ),
  );

/** A header with one of these values, or none. */
export const maybe = (name: string, value: fc.Arbitrary<string>) =>
  fc.option(
    value.map((text): Header => [name, inHeader(text)]),
    { nil: null },
  );
