ALTER TABLE "keys" ADD COLUMN "limits" jsonb;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "limits" jsonb;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "ceiling" jsonb;--> statement-breakpoint
ALTER TABLE "usage" ADD COLUMN "units" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "verifiers" ADD COLUMN "limits" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "keys_limited" ON "keys" USING btree ("id") WHERE "keys"."limits" is not null;--> statement-breakpoint
-- Before there were costs, every check that passed took one unit.
UPDATE "usage" SET "units" = "count" WHERE "code" = 'VALID';