import { beforeEach, describe, expect, test, vi } from "vitest";
import { MAX_LOGO_BYTES } from "#core/brand/brand.ts";
import { type Db, openDb } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeAdmin, makeClock } from "#test/people.ts";
import { listAudit } from "../audit/list.ts";
import { listAuditSchema } from "../audit/schema.ts";
import type { Ctx } from "../context.ts";
import { readPicture } from "./image.ts";
import { brandMail } from "./mail.ts";
import { DEFAULT_BRAND, readBrand, readLogo } from "./read.ts";
import { setBrandingSchema, setLogoSchema, setMailTemplateSchema } from "./schema.ts";
import { setBranding, setLogo, setMailTemplate } from "./set.ts";

let db: Db;
let clock: Clock;
let ctx: Ctx;
beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  ctx = ctxOf(db, await makeAdmin(db), { clock });
});

/** A PNG as far as its header. */
function png(width: number, height: number, bytes = 64): Buffer {
  const file = Buffer.alloc(bytes);
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(file);
  file.writeUInt32BE(width, 16);
  file.writeUInt32BE(height, 20);
  return file;
}
const base64 = (file: Buffer) => file.toString("base64");
const brand = (inDb = db) => readBrand({ db: inDb, now: clock.now });

test("a brand is whole after several changes, and each change is in the audit log", async () => {
  expect(await brand()).toEqual(DEFAULT_BRAND);
  await setBranding({ ctx, input: setBrandingSchema.parse({ name: " Acme  Pay ", accent: "#FF6600" }) });
  const links = { docs: "https://docs.acme.example", support: "mailto:help@acme.example" };
  await setBranding({
    ctx,
    input: setBrandingSchema.parse({ links: { ...links, status: null, terms: null } }),
  });
  await setLogo({ ctx, input: { data: base64(png(64, 32)) } });
  const template = { subject: "{company}: {subject}", intro: "Hello,", footer: "" };
  await setMailTemplate({ ctx, input: { kind: "invitation", template } });
  expect(await brand()).toEqual({
    version: 4,
    updatedAt: clock.now(),
    name: "Acme Pay",
    isNamed: true,
    accent: "#ff6600",
    links: { ...links, status: null, terms: null },
    logo: { id: expect.stringMatching(/^[0-9a-f]{32}$/), type: "image/png", width: 64, height: 32 },
    mails: { invitation: template },
  });
  // The same again changes nothing.
  await setBranding({ ctx, input: { name: "Acme Pay" } });
  await setLogo({ ctx, input: { data: base64(png(64, 32)) } });
  await setMailTemplate({ ctx, input: { kind: "invitation", template } });
  const { items } = await listAudit({ ctx, input: listAuditSchema.parse({}) });
  expect(items.map(({ action, after }) => [action, after]).reverse()).toEqual([
    ["branding.updated", { name: "Acme Pay", accent: "#ff6600" }],
    ["branding.updated", { links: { ...links, status: null, terms: null } }],
    ["branding.logo-changed", { logo: "image/png, 64 × 32" }],
    ["branding.mail-changed", template],
  ]);
});

test("null restores the default of name, color, logo and email", async () => {
  await setBranding({ ctx, input: { name: "Acme", accent: "#ff6600" } });
  await setLogo({ ctx, input: { data: base64(png(32, 32)) } });
  const { logo } = await brand();
  await setMailTemplate({
    ctx,
    input: { kind: "sign-up", template: { subject: "Hi", intro: "", footer: "" } },
  });
  await setBranding({ ctx, input: { name: null, accent: null } });
  await setLogo({ ctx, input: { data: null } });
  await setMailTemplate({ ctx, input: { kind: "sign-up", template: null } });
  expect(await brand()).toEqual({ ...DEFAULT_BRAND, version: 6, updatedAt: clock.now() });
  expect(await readLogo(db.read, logo?.id ?? "")).toBeNull();
});

test("a former logo is deleted, and only the stored bytes are served", async () => {
  await setLogo({ ctx, input: { data: base64(png(32, 32)) } });
  const former = (await brand()).logo?.id ?? "";
  await setLogo({ ctx, input: { data: base64(png(48, 48)) } });
  const now = (await brand()).logo?.id ?? "";
  expect(await readLogo(db.read, former)).toBeNull();
  expect(await readLogo(db.read, now)).toEqual({ type: "image/png", bytes: png(48, 48) });
});

test("another process shows a change after a second, and asks the database at most once a second", async () => {
  const other = await openDb(db.url);
  try {
    expect((await brand(other)).name).toBe("Latchkey");
    await setBranding({ ctx, input: { name: "Acme" } });
    expect((await brand()).name).toBe("Acme");
    const select = vi.spyOn(other.read.q, "select");
    for (let i = 0; i < 50; i++) expect((await brand(other)).name).toBe("Latchkey");
    expect(select).not.toHaveBeenCalled();
    clock.advance(1_000);
    const names = await Promise.all(Array.from({ length: 20 }, () => brand(other)));
    expect(new Set(names.map(({ name }) => name))).toEqual(new Set(["Acme"]));
    const asked = select.mock.calls.length;
    clock.advance(1_000);
    await brand(other);
    expect(select.mock.calls.length).toBe(asked + 1);
  } finally {
    await other.close();
  }
});

test("while the database fails, the last known brand is shown", async () => {
  await setBranding({ ctx, input: { name: "Acme" } });
  await brand();
  clock.advance(5_000);
  const failing = vi.spyOn(db.read.q, "select").mockImplementation(() => {
    throw new Error("gone");
  });
  expect((await brand()).name).toBe("Acme");
  failing.mockRestore();
});

test("two changes at the same time are both kept", async () => {
  await Promise.all([
    setBranding({ ctx, input: { name: "Acme" } }),
    setBranding({ ctx, input: { accent: "#123456" } }),
    setLogo({ ctx, input: { data: base64(png(32, 32)) } }),
  ]);
  expect(await brand()).toMatchObject({ version: 3, name: "Acme", accent: "#123456", logo: { width: 32 } });
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "//evil.example",
  "/admin",
  "https://",
  "https://user:secret@example.com/",
  "https://example.com/\nx",
  'https://example.com/"onload="x',
  "ftp://example.com",
  "mailto:help@acme.example?bcc=eve@example.com",
  `https://example.com/${"x".repeat(500)}`,
])("%j is no link of a company", (link) => {
  const links = { docs: null, support: link, status: null, terms: null };
  expect(setBrandingSchema.safeParse({ links }).success).toBe(false);
});

test.each([
  { accent: "red" },
  { accent: "#fff" },
  { accent: "#12345g" },
  { accent: "#123456;}" },
  { name: "" },
  { name: "\u{202e}\u{200b}" },
  { name: "x".repeat(61) },
  { unknown: 1 },
])("the brand %j is rejected", (input) => {
  expect(setBrandingSchema.safeParse(input).success).toBe(false);
});

test.each([
  { subject: "Hi {name}", intro: "", footer: "" },
  { subject: "", intro: "", footer: "" },
  { subject: "x", intro: "{secret}", footer: "" },
  { subject: "x", intro: "", footer: "y".repeat(2_001) },
])("the email template %j is rejected", (template) => {
  expect(setMailTemplateSchema.safeParse({ kind: "invitation", template }).success).toBe(false);
});

describe("a logo", () => {
  const jpeg = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc0001108003000400300", "hex");
  const webp = Buffer.concat([
    Buffer.from("RIFF....WEBPVP8X"),
    Buffer.alloc(8),
    Buffer.from("1f00000f0000", "hex"),
  ]);

  test("has the format and size that its own header says", () => {
    expect(readPicture(png(20, 30))).toEqual({ type: "image/png", width: 20, height: 30 });
    expect(readPicture(jpeg)).toEqual({ type: "image/jpeg", width: 64, height: 48 });
    expect(readPicture(webp)).toEqual({ type: "image/webp", width: 32, height: 16 });
  });

  test.each([
    [
      "an SVG",
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'.padEnd(99)),
    ],
    ["HTML", Buffer.from("<!doctype html><script>alert(1)</script>")],
    ["a GIF", Buffer.from(`GIF89a${"\0".repeat(40)}`)],
    ["nothing", Buffer.alloc(0)],
    ["a PNG that is cut off", png(32, 32).subarray(0, 20)],
    ["a JPEG without a frame", Buffer.from(`ffd8ffe00010${"00".repeat(14)}ffda000800000000`, "hex")],
    ["a JPEG of fill bytes", Buffer.concat([Buffer.from("ffd8", "hex"), Buffer.alloc(5_000, 0xff)])],
    ["a JPEG with segments of length 0", Buffer.from(`ffd8${"ffe00000".repeat(20)}`, "hex")],
    ["a picture that is too small", png(15, 32)],
    ["a picture that is too large", png(2_049, 32)],
    ["a picture with no height", png(32, 0)],
    ["a file that is too large", png(32, 32, MAX_LOGO_BYTES + 1)],
  ])("can't be %s", async (_, file) => {
    const attempt = async () => setLogo({ ctx, input: setLogoSchema.parse({ data: base64(file) }) });
    await expect(attempt()).rejects.toThrow();
    expect((await brand()).logo).toBeNull();
  });
});

test("a mail has the company's name, words and support address", async () => {
  await setBranding({
    ctx,
    input: {
      name: "Acme",
      links: { docs: null, support: "mailto:help@acme.example", status: null, terms: null },
    },
  });
  const mail = {
    to: "ada@example.com",
    kind: "sign-up" as const,
    subject: "Create your account",
    text: "Open.",
  };
  expect(brandMail(mail, await brand(), "https://keys.example.com")).toEqual({
    to: "ada@example.com",
    from: "Acme",
    subject: "Create your account",
    text: "Open.\n\nAcme: https://keys.example.com\nSupport: help@acme.example\n",
  });
});
