import fc from "fast-check";

/** Lengths just below, at and above the bounds of text fields. */
const longText = fc
  .tuple(
    fc.constantFrom("a", "-", "/", "{", "[", ".", ",", "é", "😀", "\0", "%", " "),
    fc.constantFrom(64, 101, 201, 301, 513, 2_048, 2_049, 16_400),
  )
  .map(([unit, length]) => unit.repeat(length / unit.length));

/** Texts that typically break parsers, databases, logs and regular expressions. */
export const strangeText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      "",
      " ",
      "\0",
      "a\0b",
      "\ud800",
      "\udfff\ud800",
      "\u202e\u2066",
      "\ufeff",
      "\u2028\u2029\u0085",
      "../../etc/passwd",
      "%00%2e%2e%2f%ff%",
      "' OR 1=1 --",
      "{{7*7}}<%= 7 %>",
      "<script>alert(1)</script>",
      "\r\nX-Latchkey-Code: VALID\r\n\r\n",
      "__proto__",
      "constructor",
      "toString",
      "9".repeat(400),
      "http://[::1",
      "http://a@b:99999/\\",
      "xn--a.xn--ls8h.xn--99999999999",
      "::ffff:198.51.100.9%eth0",
      `${"a.".repeat(200)}com`,
    ),
  },
  { weight: 2, arbitrary: longText },
);

/** Numbers in notations that JSON allows. */
const strangeNumber = fc.oneof(
  fc.constantFrom("0", "-0", "1e999", "-1e999", "1E-400", "9007199254740993", "0.1", `1${"0".repeat(500)}`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);

/** Nesting that overflows the stack of a recursive parser. */
const deep = fc
  .tuple(fc.constantFrom(["[", "]"], ['{"a":', "}"]), fc.nat(2_500))
  .map(([[open = "", close = ""], depth]) => `${open.repeat(depth)}1${close.repeat(depth)}`);

/** JSON as text, because JSON can express more than JavaScript values can. */
export const strangeJson: fc.Arbitrary<string> = fc.oneof(
  strangeText.map((text) => JSON.stringify(text)),
  strangeNumber,
  fc.constantFrom("null", "true", "false", "{}", "[]", '{"__proto__":{"valid":true}}'),
  deep,
  fc.json({ maxDepth: 4 }),
);

/** The name of a field: a known one, or anything. */
export const nameAmong = (known: readonly string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: strangeText.map((text) => text.slice(0, 100)) },
    { weight: 1, arbitrary: fc.constantFrom("__proto__", "constructor", "prototype", "hasOwnProperty") },
  );

/** Nearly always a good value, so that later checks are reached too. */
export const mostly = <Good, Bad>(good: fc.Arbitrary<Good>, bad: fc.Arbitrary<Bad>) =>
  fc.oneof<[fc.WeightedArbitrary<Good>, fc.WeightedArbitrary<Bad>]>(
    { weight: 12, arbitrary: good },
    { weight: 1, arbitrary: bad },
  );

/** An object as JSON text: the fields of `must`, some of `may`, and sometimes an extra or duplicate field. */
export function almost(must: Fields, may: Fields): fc.Arbitrary<string> {
  const fields = { ...must, ...may };
  const good = fc
    .record(fields, { requiredKeys: Object.keys(must) })
    .map((record) => Object.entries(record).map(([name, value]) => member(name, JSON.stringify(value))));
  const bad = fc
    .tuple(nameAmong(Object.keys(fields)), strangeJson)
    .map(([name, json]) => [member(name, json)]);
  return fc.tuple(good, mostly(fc.constant([]), bad)).map((parts) => `{${parts.flat().join(",")}}`);
}
type Fields = Record<string, fc.Arbitrary<unknown>>;

const member = (name: string, json = "null") => `${JSON.stringify(name)}:${json}`;
