CREATE TABLE `rule_exemptions` (
	`key_id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`until` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_by_name` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`key_id`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `keys` ADD `approval` text;--> statement-breakpoint
ALTER TABLE `keys` ADD `approval_at` integer;--> statement-breakpoint
ALTER TABLE `keys` ADD `rules_notified_at` integer;--> statement-breakpoint
ALTER TABLE `keys` ADD `rules_end_at` integer;--> statement-breakpoint
CREATE INDEX `keys_pending_approval` ON `keys` (`project_id`) WHERE "keys"."approval" = 'pending';