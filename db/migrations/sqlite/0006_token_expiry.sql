ALTER TABLE `management_tokens` ADD `allowed_ips` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `management_tokens` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `management_tokens` ADD `older_hash` text;--> statement-breakpoint
ALTER TABLE `management_tokens` ADD `older_hint` text;--> statement-breakpoint
ALTER TABLE `management_tokens` ADD `older_ends_at` integer;--> statement-breakpoint
ALTER TABLE `management_tokens` ADD `last_used_from` text;--> statement-breakpoint
CREATE UNIQUE INDEX `management_tokens_older_hash_unique` ON `management_tokens` (`older_hash`);--> statement-breakpoint
ALTER TABLE `service_tokens` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `service_tokens` ADD `older_hash` text;--> statement-breakpoint
ALTER TABLE `service_tokens` ADD `older_hint` text;--> statement-breakpoint
ALTER TABLE `service_tokens` ADD `older_ends_at` integer;--> statement-breakpoint
ALTER TABLE `service_tokens` ADD `last_used_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `service_tokens_older_hash_unique` ON `service_tokens` (`older_hash`);