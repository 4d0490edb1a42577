CREATE TABLE "usage_hour_sums" (
	"day" integer NOT NULL,
	"project_id" text NOT NULL,
	"total" bigint NOT NULL,
	"hours" jsonb NOT NULL,
	CONSTRAINT "usage_hour_sums_day_project_id_pk" PRIMARY KEY("day","project_id")
);
