ALTER TABLE `events` ADD `undone_at` integer;--> statement-breakpoint
ALTER TABLE `management_tokens` ADD `older_used_at` integer;--> statement-breakpoint
ALTER TABLE `scim_groups` ADD `issuer` text;--> statement-breakpoint
ALTER TABLE `scim_tokens` ADD `issuer` text;--> statement-breakpoint
ALTER TABLE `scim_tokens` ADD `older_used_at` integer;--> statement-breakpoint
ALTER TABLE `scim_users` ADD `issuer` text;--> statement-breakpoint
ALTER TABLE `service_tokens` ADD `older_used_at` integer;