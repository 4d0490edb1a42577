/** The longest entry that the server accepts. */
export const MAX_FIELD_CHARACTERS = 2_000;

/** A request to test a draft with, with the user's input. */
export interface TestCall {
  api: string;
  /** Whether the operation is named, or found by method and path. */
  by: "operation" | "path";
  operation: string;
  method: string;
  path: string;
  /** What the service asks for besides, separated by spaces or commas. */
  requiredScopes: string;
  address: string;
  page: string;
  app: "none" | "android" | "ios";
  androidPackage: string;
  androidCertSha1: string;
  iosBundleId: string;
}

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export function firstCall(api: string): TestCall {
  return {
    api,
    by: "operation",
    operation: "",
    method: "GET",
    path: "",
    requiredScopes: "",
    address: "",
    page: "",
    app: "none",
    androidPackage: "",
    androidCertSha1: "",
    iosBundleId: "",
  };
}

/** The fields of a check. Empty fields are omitted. */
export interface CheckFields {
  api: string;
  operation?: string;
  method?: string;
  path?: string;
  requiredScopes?: string[];
  clientIp?: string;
  referrer?: string;
  androidPackage?: string;
  androidCertSha1?: string;
  iosBundleId?: string;
}

/** The request as a service would send it for verification. */
export function callOf(call: TestCall): CheckFields {
  const { by, app } = call;
  const requiredScopes = call.requiredScopes.split(/[\s,]+/).filter((scope) => scope !== "");
  return {
    api: call.api,
    ...given("operation", by === "operation" ? call.operation : ""),
    ...(by === "path" && call.path.trim() !== "" && { method: call.method, path: call.path.trim() }),
    ...(requiredScopes.length > 0 && { requiredScopes }),
    ...given("clientIp", call.address),
    ...given("referrer", call.page),
    ...given("androidPackage", app === "android" ? call.androidPackage : ""),
    ...given("androidCertSha1", app === "android" ? call.androidCertSha1 : ""),
    ...given("iosBundleId", app === "ios" ? call.iosBundleId : ""),
  };
}

function given<Name extends Exclude<keyof CheckFields, "requiredScopes">>(
  name: Name,
  text: string,
): Partial<Record<Name, string>> {
  const value = text.trim();
  return value === "" ? {} : ({ [name]: value } as Record<Name, string>);
}
