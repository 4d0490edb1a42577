import { expect, test } from "vitest";
import { placeErrors } from "./form-errors.ts";

const failure = (errors: { path: string; message: string }[], message = "No.") =>
  ({ ok: false, code: "invalid", message, errors }) as const;

test("an error is shown at the field of its path, or at the nearest field above it", () => {
  const placed = placeErrors(
    failure([
      { path: "name", message: "Write something here." },
      { path: "restrictions.apis.0.api", message: "No such API." },
    ]),
    new Set(["name", "restrictions.apis"]),
  );
  expect(placed).toEqual({
    fields: { name: ["Write something here."], "restrictions.apis": ["No such API."] },
    form: null,
  });
});

test("an error without a field on the page is shown for the whole form, never dropped", () => {
  expect(placeErrors(failure([{ path: "limits.rate", message: "Not yet." }]), new Set(["name"]))).toEqual({
    fields: {},
    form: "Not yet.",
  });
});

test("a failure without field errors shows its message for the whole form", () => {
  expect(placeErrors(failure([], "Revoked already."), new Set(["name"])).form).toBe("Revoked already.");
});

test("errors of a field that takes several entries name the entry, also a long one", () => {
  const entries = ["203.0.113.7", "10.0.0.300", "x".repeat(50)];
  const failed = failure([
    { path: "allowedIps.1", message: "Not an IP address." },
    { path: "allowedIps.2", message: "Not an IP address." },
    { path: "allowedIps", message: "At most 100." },
    { path: "allowedIps.9", message: "Not sent." },
  ]);
  expect(placeErrors(failed, new Set(["allowedIps"]), () => entries).fields).toEqual({
    allowedIps: [
      "“10.0.0.300”: Not an IP address.",
      `“${"x".repeat(40)}…”: Not an IP address.`,
      "At most 100.",
      "Not sent.",
    ],
  });
});
