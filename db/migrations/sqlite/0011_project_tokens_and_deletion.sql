-- Handwritten: SQLite can only drop NOT NULL by copying the table. The generated copy would read columns that do not
-- exist yet. Nothing refers to this table, and old processes don't notice the copy.
CREATE TABLE `__new_management_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`project_id` text,
	`role` text,
	`created_by` text,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`hint` text NOT NULL,
	`scopes` text DEFAULT '[]' NOT NULL,
	`allowed_ips` text DEFAULT '[]' NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`older_hash` text,
	`older_hint` text,
	`older_ends_at` integer,
	`last_used_at` integer,
	`last_used_from` text,
	`used_from` text DEFAULT '[]' NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_management_tokens` (`id`, `user_id`, `name`, `hash`, `hint`, `scopes`, `allowed_ips`, `created_at`, `expires_at`, `older_hash`, `older_hint`, `older_ends_at`, `last_used_at`, `last_used_from`, `used_from`, `revoked_at`) SELECT `id`, `user_id`, `name`, `hash`, `hint`, `scopes`, `allowed_ips`, `created_at`, `expires_at`, `older_hash`, `older_hint`, `older_ends_at`, `last_used_at`, `last_used_from`, `used_from`, `revoked_at` FROM `management_tokens`;--> statement-breakpoint
DROP TABLE `management_tokens`;--> statement-breakpoint
ALTER TABLE `__new_management_tokens` RENAME TO `management_tokens`;--> statement-breakpoint
CREATE UNIQUE INDEX `management_tokens_hash_unique` ON `management_tokens` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `management_tokens_older_hash_unique` ON `management_tokens` (`older_hash`);--> statement-breakpoint
CREATE INDEX `management_tokens_user` ON `management_tokens` (`user_id`);--> statement-breakpoint
CREATE INDEX `management_tokens_project` ON `management_tokens` (`project_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `account_links` ADD `new_email` text;--> statement-breakpoint
ALTER TABLE `audit` ADD `redacted_by` text;--> statement-breakpoint
CREATE INDEX `audit_redacted` ON `audit` (`redacted_by`,`chain`) WHERE "audit"."redacted_by" is not null;--> statement-breakpoint
ALTER TABLE `keys` ADD `created_by_token` text;--> statement-breakpoint
ALTER TABLE `users` ADD `deleted_at` integer;--> statement-breakpoint
-- Handwritten: besides sealing, the personal data of a deleted account may be removed from a sealed row.
DROP TRIGGER `audit_is_kept`;--> statement-breakpoint
CREATE TRIGGER `audit_is_kept` BEFORE UPDATE ON `audit`
WHEN NEW.`seq` IS NOT OLD.`seq`
	OR NEW.`id` IS NOT OLD.`id`
	OR NEW.`at` IS NOT OLD.`at`
	OR NEW.`actor_id` IS NOT OLD.`actor_id`
	OR NEW.`via` IS NOT OLD.`via`
	OR NEW.`address` IS NOT OLD.`address`
	OR NEW.`action` IS NOT OLD.`action`
	OR NEW.`project_id` IS NOT OLD.`project_id`
	OR NEW.`subject_id` IS NOT OLD.`subject_id`
	OR NOT (
		OLD.`chain` IS NULL AND NEW.`chain` IS NOT NULL
		AND NEW.`actor_name` IS OLD.`actor_name`
		AND NEW.`subject_name` IS OLD.`subject_name`
		AND NEW.`before` IS OLD.`before`
		AND NEW.`after` IS OLD.`after`
		AND NEW.`redacted_by` IS OLD.`redacted_by`
		OR OLD.`chain` IS NOT NULL AND NEW.`chain` IS OLD.`chain` AND NEW.`hash` IS OLD.`hash`
		AND NEW.`redacted_by` IS NOT NULL AND NEW.`redacted_by` IS NOT OLD.`redacted_by`
	)
BEGIN
	SELECT RAISE(ABORT, 'audit rows can''t be changed');
END;
