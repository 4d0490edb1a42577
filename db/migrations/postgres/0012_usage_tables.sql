CREATE TABLE "usage_days" (
	"bucket" integer NOT NULL,
	"series" integer NOT NULL,
	"count" bigint NOT NULL,
	"units" bigint NOT NULL,
	CONSTRAINT "usage_days_bucket_series_pk" PRIMARY KEY("bucket","series")
) PARTITION BY RANGE ("bucket");
--> statement-breakpoint
CREATE TABLE "usage_hours" (
	"bucket" integer NOT NULL,
	"series" integer NOT NULL,
	"count" bigint NOT NULL,
	"units" bigint NOT NULL,
	CONSTRAINT "usage_hours_bucket_series_pk" PRIMARY KEY("bucket","series")
) PARTITION BY RANGE ("bucket");
--> statement-breakpoint
CREATE TABLE "usage_minutes" (
	"bucket" integer NOT NULL,
	"series" integer NOT NULL,
	"count" bigint NOT NULL,
	"units" bigint NOT NULL,
	CONSTRAINT "usage_minutes_bucket_series_pk" PRIMARY KEY("bucket","series")
) PARTITION BY RANGE ("bucket");
--> statement-breakpoint
CREATE TABLE "usage_series" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"key_id" text NOT NULL,
	"secret_id" text NOT NULL,
	"api" text NOT NULL,
	"operation" text NOT NULL,
	"environment" text NOT NULL,
	"code" text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "usage_series_labels" ON "usage_series" USING btree ("key_id","secret_id","api","operation","environment","code","project_id");--> statement-breakpoint
CREATE INDEX "usage_series_project" ON "usage_series" USING btree ("project_id");