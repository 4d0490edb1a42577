CREATE TABLE "brand_logos" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"width" bigint NOT NULL,
	"height" bigint NOT NULL,
	"data" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "branding" (
	"id" text PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" bigint NOT NULL,
	"updated_by" text NOT NULL
);
