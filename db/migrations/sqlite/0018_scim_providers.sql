DROP INDEX `scim_groups_display_name_key_unique`;--> statement-breakpoint
ALTER TABLE `scim_groups` ADD `provider` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `scim_groups_name` ON `scim_groups` (`provider`,`display_name_key`);--> statement-breakpoint
DROP INDEX `scim_users_user_name_key_unique`;--> statement-breakpoint
ALTER TABLE `scim_users` ADD `provider` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `scim_users_name` ON `scim_users` (`provider`,`user_name_key`);--> statement-breakpoint
ALTER TABLE `scim_tokens` ADD `provider` text;--> statement-breakpoint
ALTER TABLE `scim_tokens` ADD `manages_admins` integer DEFAULT false NOT NULL;