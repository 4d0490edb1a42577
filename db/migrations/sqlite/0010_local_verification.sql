CREATE TABLE `local_verifiers` (
	`id` text PRIMARY KEY NOT NULL,
	`service_token_id` text NOT NULL,
	`address` text NOT NULL,
	`version` text NOT NULL,
	`started_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`feed_seq` integer NOT NULL,
	`feed_gaps` text
);
--> statement-breakpoint
ALTER TABLE `service_tokens` ADD `local_verification` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `service_tokens` ADD `local_verification_ended_at` integer;