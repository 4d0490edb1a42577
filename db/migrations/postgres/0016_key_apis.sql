CREATE TABLE "key_apis" (
	"project_id" text NOT NULL,
	"api" text NOT NULL,
	"key_id" text NOT NULL,
	CONSTRAINT "key_apis_project_id_api_key_id_pk" PRIMARY KEY("project_id","api","key_id")
);
--> statement-breakpoint
ALTER TABLE "key_apis" ADD CONSTRAINT "key_apis_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "key_apis_key" ON "key_apis" USING btree ("key_id");--> statement-breakpoint
INSERT INTO "key_apis" ("project_id", "api", "key_id") SELECT "project_id", '', "id" FROM "keys" WHERE coalesce(jsonb_array_length("restrictions"->'apis'), 0) = 0;--> statement-breakpoint
INSERT INTO "key_apis" ("project_id", "api", "key_id") SELECT DISTINCT "keys"."project_id", "entry"->>'api', "keys"."id" FROM "keys", jsonb_array_elements("keys"."restrictions"->'apis') AS "entry";
