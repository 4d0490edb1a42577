ALTER TABLE `keys` ADD `limits` text;--> statement-breakpoint
CREATE INDEX `keys_limited` ON `keys` (`id`) WHERE "keys"."limits" is not null;--> statement-breakpoint
ALTER TABLE `projects` ADD `limits` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `ceiling` text;--> statement-breakpoint
ALTER TABLE `usage` ADD `units` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `verifiers` ADD `limits` text DEFAULT '' NOT NULL;--> statement-breakpoint
-- Before there were costs, every check that passed took one unit.
UPDATE `usage` SET `units` = `count` WHERE `code` = 'VALID';