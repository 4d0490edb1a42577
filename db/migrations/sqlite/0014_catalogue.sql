ALTER TABLE `apis` ADD `base_paths` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `apis` ADD `path_matching` text DEFAULT 'safe' NOT NULL;--> statement-breakpoint
ALTER TABLE `operations` ADD `base_paths` text;--> statement-breakpoint
ALTER TABLE `operations` ADD `operation_id` text;--> statement-breakpoint
-- Servers with variables that nobody filled in: no address to show.
UPDATE `apis` SET `base_url` = NULL WHERE `base_url` LIKE '%{%' OR `base_url` LIKE '%}%';
