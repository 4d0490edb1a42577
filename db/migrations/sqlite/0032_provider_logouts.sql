CREATE TABLE `provider_logouts` (
	`hash` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `provider_logouts_at` ON `provider_logouts` (`at`);