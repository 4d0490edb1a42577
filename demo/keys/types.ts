import type { ApiRestriction } from "#core/restrictions/types.ts";
import type { Environment } from "#core/verdict.ts";
import type { PersonName, ProjectName } from "../people.ts";

/** The rhythm of a caller: people in the evening, an office by day, a job at night, a machine always. */
export type Rhythm = "people" | "office" | "batch" | "steady";

/** What a caller calls, as shares of its traffic. */
export type CallShare = [api: string, operation: string, share: number];

export interface DemoRotation {
  hoursAgo: number;
  overlapHours: number;
  /** How long the callers took to move to the new secret. */
  adoptHours: number;
}

export interface DemoKey {
  /** In the key's metadata; what later traffic is recognised by. */
  service: string;
  project: ProjectName;
  name: string;
  environment: Environment;
  by: PersonName;
  madeDaysAgo: number;
  /** Negative: expired that many days ago. */
  expiresInDays?: number;
  disabledDaysAgo?: number;
  revokedDaysAgo?: number;
  rotation?: DemoRotation;
  apis?: ApiRestriction[];
  rhythm: Rhythm;
  /** Checks an hour against the other callers; 0 was never used. */
  weight: number;
  calls: CallShare[];
}
