CREATE TABLE "usage_outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"created_at" bigint NOT NULL,
	"rows" text NOT NULL
);
