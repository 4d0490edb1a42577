import type { ApiRestriction } from "#core/restrictions/types.ts";
import type { Environment } from "#core/verdict.ts";
import type { PersonName, ProjectName } from "../people.ts";

/** A caller's daily pattern: people in the evening, an office by day, a job at night, a machine always. */
export type Rhythm = "people" | "office" | "batch" | "steady";

/** The operations that a caller calls, as shares of its traffic. */
export type CallShare = [api: string, operation: string, share: number];

export interface DemoRotation {
  hoursAgo: number;
  overlapHours: number;
  /** How long the callers took to move to the new secret. */
  adoptHours: number;
}

export interface DemoKey {
  /** Stored in the key's metadata; identifies the key for later traffic. */
  service: string;
  project: ProjectName;
  description?: string;
  tags?: string[];
  externalId?: string;
  name: string;
  environment: Environment;
  by: PersonName;
  createdDaysAgo: number;
  /** Negative: expired that many days ago. */
  expiresInDays?: number;
  disabledDaysAgo?: number;
  revokedDaysAgo?: number;
  rotation?: DemoRotation;
  apis?: ApiRestriction[];
  rhythm: Rhythm;
  /** Requests per hour relative to other callers; 0: never used. */
  weight: number;
  calls: CallShare[];
}
