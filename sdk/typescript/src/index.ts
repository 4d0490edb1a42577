export { Latchkey, type LatchkeyOptions, type UnavailablePolicy } from "./client.ts";
export { ConfigurationError, type Problem, UsageLostError, VerdictUnavailableError } from "./errors.ts";
export {
  createGuard,
  type Decision,
  denialResponse,
  type Guard,
  type HttpResponse,
  type MiddlewareOptions,
  type ServiceRequest,
} from "./http.ts";
export type {
  AllowedVerdict,
  Check,
  DenialCode,
  DeniedVerdict,
  Environment,
  KeyVerifier,
  Outcome,
  QuotaState,
  RateLimitState,
  UnverifiedVerdict,
  ValidVerdict,
  Verdict,
  VerdictCode,
} from "./verdict.ts";
