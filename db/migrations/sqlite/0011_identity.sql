PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_identities` (
	`issuer` text NOT NULL,
	`account_id` text NOT NULL,
	`provider` text NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`issuer`, `account_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_identities`("issuer", "account_id", "provider", "user_id", "created_at") SELECT CASE WHEN `provider` = 'github' THEN 'https://github.com' ELSE `provider` END, "account_id", "provider", "user_id", "created_at" FROM `identities`;--> statement-breakpoint
DROP TABLE `identities`;--> statement-breakpoint
ALTER TABLE `__new_identities` RENAME TO `identities`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `identities_user` ON `identities` (`user_id`);--> statement-breakpoint
ALTER TABLE `invitations` ADD `mailed_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `credentials_ended_at` integer;--> statement-breakpoint
-- Links that people asked for themselves went out by mail only. Of other links nobody knows who saw them.
UPDATE `invitations` SET `mailed_at` = `created_at` WHERE `kind` = 'site' AND `created_by` IS NULL;--> statement-breakpoint
-- An address stays verified only if a mailed link or a provider alone can have made the account.
UPDATE `users` SET `email_verified_at` = NULL WHERE
  NOT EXISTS (SELECT 1 FROM `invitations` WHERE `invitations`.`email` = `users`.`email` AND `invitations`.`mailed_at` IS NOT NULL AND `invitations`.`accepted_at` IS NOT NULL)
  AND NOT (`password_hash` IS NULL AND EXISTS (SELECT 1 FROM `identities` WHERE `identities`.`user_id` = `users`.`id`));
