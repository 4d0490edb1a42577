ALTER TABLE "audit" ADD COLUMN "chain" bigint;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "hash" text;--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("actor_id","seq");--> statement-breakpoint
CREATE INDEX "audit_action" ON "audit" USING btree ("action","seq");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_chain" ON "audit" USING btree ("chain");--> statement-breakpoint
CREATE INDEX "audit_unsealed" ON "audit" USING btree ("seq") WHERE "audit"."chain" is null;--> statement-breakpoint
CREATE FUNCTION "keep_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF NOT (OLD."chain" IS NOT NULL OR NEW."chain" IS NULL
		OR NEW."seq" IS DISTINCT FROM OLD."seq"
		OR NEW."id" IS DISTINCT FROM OLD."id"
		OR NEW."at" IS DISTINCT FROM OLD."at"
		OR NEW."actor_id" IS DISTINCT FROM OLD."actor_id"
		OR NEW."actor_name" IS DISTINCT FROM OLD."actor_name"
		OR NEW."via" IS DISTINCT FROM OLD."via"
		OR NEW."address" IS DISTINCT FROM OLD."address"
		OR NEW."action" IS DISTINCT FROM OLD."action"
		OR NEW."project_id" IS DISTINCT FROM OLD."project_id"
		OR NEW."subject_id" IS DISTINCT FROM OLD."subject_id"
		OR NEW."subject_name" IS DISTINCT FROM OLD."subject_name"
		OR NEW."before" IS DISTINCT FROM OLD."before"
		OR NEW."after" IS DISTINCT FROM OLD."after") THEN
			RETURN NEW;
		END IF;
	END IF;
	RAISE EXCEPTION 'audit rows can''t be changed';
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_is_kept" BEFORE UPDATE OR DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION "keep_audit"();
--> statement-breakpoint
CREATE TRIGGER "audit_is_not_emptied" BEFORE TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "keep_audit"();
