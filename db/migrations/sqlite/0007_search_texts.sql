CREATE TABLE `search_texts` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source` text NOT NULL,
	`key_id` text NOT NULL,
	`name` text NOT NULL,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_texts_source_unique` ON `search_texts` (`source`);
--> statement-breakpoint
-- Handwritten: the names in the order of their bytes, the trigrams of the texts, and triggers that keep both current.
CREATE INDEX `search_texts_name` ON `search_texts` (`name`) WHERE `name` <> '';
--> statement-breakpoint
CREATE VIRTUAL TABLE `search_texts_fts` USING fts5(`text`, content='search_texts', content_rowid='n', tokenize='trigram');
--> statement-breakpoint
CREATE TRIGGER `search_texts_inserted` AFTER INSERT ON `search_texts`
BEGIN INSERT INTO `search_texts_fts` (`rowid`, `text`) VALUES (NEW.`n`, NEW.`text`);
END;
--> statement-breakpoint
CREATE TRIGGER `search_texts_deleted` AFTER DELETE ON `search_texts`
BEGIN INSERT INTO `search_texts_fts` (`search_texts_fts`, `rowid`, `text`) VALUES ('delete', OLD.`n`, OLD.`text`);
END;
--> statement-breakpoint
CREATE TRIGGER `search_texts_updated` AFTER UPDATE OF `n`, `text` ON `search_texts`
BEGIN INSERT INTO `search_texts_fts` (`search_texts_fts`, `rowid`, `text`) VALUES ('delete', OLD.`n`, OLD.`text`); INSERT INTO `search_texts_fts` (`rowid`, `text`) VALUES (NEW.`n`, NEW.`text`);
END;
--> statement-breakpoint
CREATE TRIGGER `keys_created_for_search` AFTER INSERT ON `keys`
BEGIN INSERT INTO `search_texts` (`source`, `key_id`, `name`, `text`)
	VALUES (NEW.`id`, NEW.`id`, lower(NEW.`name`), NEW.`name` || char(10) || NEW.`description` || char(10) || coalesce(NEW.`external_id`, '')
		|| char(10) || (SELECT coalesce(group_concat(`value`, char(10)), '') FROM json_each(NEW.`tags`)))
	ON CONFLICT (`source`) DO UPDATE SET `name` = excluded.`name`, `text` = excluded.`text`;
END;
--> statement-breakpoint
CREATE TRIGGER `keys_changed_for_search` AFTER UPDATE OF `name`, `description`, `external_id`, `tags` ON `keys`
WHEN NEW.`name` IS NOT OLD.`name` OR NEW.`description` IS NOT OLD.`description`
	OR NEW.`external_id` IS NOT OLD.`external_id` OR NEW.`tags` IS NOT OLD.`tags`
BEGIN INSERT INTO `search_texts` (`source`, `key_id`, `name`, `text`)
	VALUES (NEW.`id`, NEW.`id`, lower(NEW.`name`), NEW.`name` || char(10) || NEW.`description` || char(10) || coalesce(NEW.`external_id`, '')
		|| char(10) || (SELECT coalesce(group_concat(`value`, char(10)), '') FROM json_each(NEW.`tags`)))
	ON CONFLICT (`source`) DO UPDATE SET `name` = excluded.`name`, `text` = excluded.`text`;
END;
--> statement-breakpoint
CREATE TRIGGER `secrets_created_for_search` AFTER INSERT ON `secrets`
BEGIN INSERT INTO `search_texts` (`source`, `key_id`, `name`, `text`) VALUES (NEW.`id`, NEW.`key_id`, '', NEW.`hint`)
	ON CONFLICT (`source`) DO UPDATE SET `text` = excluded.`text`;
END;
