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
