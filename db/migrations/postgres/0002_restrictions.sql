CREATE TABLE "policies" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" bigint NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refusals" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"key_id" text NOT NULL,
	"at" bigint NOT NULL,
	"code" text NOT NULL,
	"trial" boolean NOT NULL,
	"environment" text NOT NULL,
	"api" text NOT NULL,
	"operation" text NOT NULL,
	"observed" jsonb NOT NULL,
	"client" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sightings" (
	"key_id" text NOT NULL,
	"secret_id" text NOT NULL,
	"kind" text NOT NULL,
	"day" bigint NOT NULL,
	"value" text NOT NULL,
	"count" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	CONSTRAINT "sightings_key_id_kind_day_secret_id_value_pk" PRIMARY KEY("key_id","kind","day","secret_id","value")
);
--> statement-breakpoint
CREATE TABLE "trial_counts" (
	"key_id" text NOT NULL,
	"since" bigint NOT NULL,
	"bucket" bigint NOT NULL,
	"code" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "trial_counts_key_id_since_bucket_code_pk" PRIMARY KEY("key_id","since","bucket","code")
);
--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "restricted_by" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "trial" jsonb;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "trial_since" bigint;--> statement-breakpoint
CREATE INDEX "refusals_project" ON "refusals" USING btree ("project_id","trial","at","id");--> statement-breakpoint
CREATE INDEX "refusals_key" ON "refusals" USING btree ("key_id","trial","at","id");--> statement-breakpoint
CREATE INDEX "refusals_at" ON "refusals" USING btree ("at");--> statement-breakpoint
CREATE INDEX "sightings_day" ON "sightings" USING btree ("day");--> statement-breakpoint
CREATE INDEX "trial_counts_bucket" ON "trial_counts" USING btree ("bucket");--> statement-breakpoint
UPDATE "keys" SET "restricted_by" = 'apis' WHERE replace("restrictions"::text, ' ', '') NOT LIKE '%"apis":[]%';
