CREATE TABLE "search_texts" (
	"n" bigserial PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"key_id" text NOT NULL,
	"name" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "search_texts_source_unique" UNIQUE("source")
);
--> statement-breakpoint
-- Handwritten: the names in the order of their bytes, the trigrams of the texts, and triggers that keep the texts current.
CREATE INDEX "search_texts_name" ON "search_texts" (("name" COLLATE "C")) WHERE "name" <> '';
--> statement-breakpoint
-- Without the extension or the right to create it, a search reads all texts (docs/operate/postgres.md).
DO $$
BEGIN
	CREATE EXTENSION IF NOT EXISTS pg_trgm;
	CREATE INDEX "search_texts_trigrams" ON "search_texts" USING gin ("text" gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
	RAISE NOTICE 'no index for searches, because pg_trgm is not available: %', SQLERRM;
END $$;
--> statement-breakpoint
CREATE FUNCTION "search_text_of_key"(name text, description text, external_id text, tags jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT concat_ws(E'\n', name, description, coalesce(external_id, ''),
		coalesce((SELECT string_agg(tag, E'\n') FROM jsonb_array_elements_text(tags) AS tag), ''))
$$;
--> statement-breakpoint
CREATE FUNCTION "index_new_keys"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO "search_texts" ("source", "key_id", "name", "text")
		SELECT k."id", k."id", lower(k."name"), "search_text_of_key"(k."name", k."description", k."external_id", k."tags") FROM "added" AS k
		ON CONFLICT ("source") DO UPDATE SET "name" = excluded."name", "text" = excluded."text";
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION "index_changed_key"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO "search_texts" ("source", "key_id", "name", "text")
		VALUES (NEW."id", NEW."id", lower(NEW."name"), "search_text_of_key"(NEW."name", NEW."description", NEW."external_id", NEW."tags"))
		ON CONFLICT ("source") DO UPDATE SET "name" = excluded."name", "text" = excluded."text";
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION "index_new_secrets"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO "search_texts" ("source", "key_id", "name", "text")
		SELECT s."id", s."key_id", '', s."hint" FROM "added" AS s
		ON CONFLICT ("source") DO UPDATE SET "text" = excluded."text";
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "keys_created_for_search" AFTER INSERT ON "keys" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "index_new_keys"();
--> statement-breakpoint
CREATE TRIGGER "keys_changed_for_search" AFTER UPDATE OF "name", "description", "external_id", "tags" ON "keys" FOR EACH ROW
WHEN (NEW."name" IS DISTINCT FROM OLD."name" OR NEW."description" IS DISTINCT FROM OLD."description"
	OR NEW."external_id" IS DISTINCT FROM OLD."external_id" OR NEW."tags" IS DISTINCT FROM OLD."tags") EXECUTE FUNCTION "index_changed_key"();
--> statement-breakpoint
CREATE TRIGGER "secrets_created_for_search" AFTER INSERT ON "secrets" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "index_new_secrets"();
