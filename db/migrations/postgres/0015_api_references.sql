CREATE TABLE "api_audiences" (
	"api_id" text NOT NULL,
	"project_id" text NOT NULL,
	CONSTRAINT "api_audiences_api_id_project_id_pk" PRIMARY KEY("api_id","project_id")
);
--> statement-breakpoint
CREATE TABLE "guides" (
	"api_id" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"position" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "guides_api_id_slug_pk" PRIMARY KEY("api_id","slug")
);
--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "visibility" text DEFAULT 'members' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_audiences" ADD CONSTRAINT "api_audiences_api_id_apis_id_fk" FOREIGN KEY ("api_id") REFERENCES "public"."apis"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_audiences" ADD CONSTRAINT "api_audiences_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guides" ADD CONSTRAINT "guides_api_id_apis_id_fk" FOREIGN KEY ("api_id") REFERENCES "public"."apis"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_audiences_project" ON "api_audiences" USING btree ("project_id");