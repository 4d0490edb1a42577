ALTER TABLE `keys` ADD `life_ends_at` integer;--> statement-breakpoint
ALTER TABLE `projects` ADD `key_rules` text;