CREATE TABLE "local_verifiers" (
	"id" text PRIMARY KEY NOT NULL,
	"service_token_id" text NOT NULL,
	"address" text NOT NULL,
	"version" text NOT NULL,
	"started_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"feed_seq" bigint NOT NULL,
	"feed_gaps" jsonb
);
--> statement-breakpoint
ALTER TABLE "service_tokens" ADD COLUMN "local_verification" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "service_tokens" ADD COLUMN "local_verification_ended_at" bigint;