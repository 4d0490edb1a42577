CREATE TABLE `revoked_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`key_id` text NOT NULL,
	`revoked_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `revoked_tokens_expires` ON `revoked_tokens` (`expires_at`);--> statement-breakpoint
CREATE TABLE `signing_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`algorithm` text NOT NULL,
	`period` integer NOT NULL,
	`public_key` text NOT NULL,
	`sealed_key` text NOT NULL,
	`sealed_with` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signing_keys_period` ON `signing_keys` (`sealed_with`,`algorithm`,`period`);