"""One table for each kind of record. Columns are the record's fields by name; ``*_folded`` are for comparing and sorting."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from mtss_desktop.store.schema.base import Json, UtcStamp, metadata, record_table, ref, text, whole

organization = record_table(
    "organization",
    whole("key", unique=True),
    text("kind"),
    text("name"),
    text("name_folded"),
    text("short_name"),
    text("code"),
    text("state_code"),
    text("grades"),
    ref("parent_id", "organization", null=True),
    Column("closed_on", Date),
)
school_year = record_table("school_year", whole("start"))
calendar = record_table(
    "calendar",
    ref("year_id", "school_year"),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
)
day_without_school = record_table(
    "day_without_school", ref("year_id", "school_year"), Column("day", Date, nullable=False), text("reason")
)
person = record_table(
    "person",
    text("first_name"),
    text("last_name"),
    text("last_name_folded", index=True),
    text("first_name_folded"),
    text("position"),
    text("email"),
    Column("expertise", Json, nullable=False),
    Column("started_on", Date),
    Column("left_on", Date),
)
team = record_table(
    "team",
    text("name"),
    text("name_folded"),
    text("short_name"),
    whole("tier"),
    Column("started_on", Date),
    Column("ended_on", Date),
    ref("merged_into", "team", null=True, index=False),
)
team_year = record_table(
    "team_year",
    ref("team_id", "team"),
    ref("year_id", "school_year"),
    text("purpose"),
    text("outcome_measure"),
    text("target_group"),
    text("authority"),
    Column("data_reviewed", Json, nullable=False),
    text("decision_rules"),
    text("rhythm", null=True),
    Column("weeks_of_month", Json, nullable=False),
    whole("weekday", null=True),
    text("starts_at", null=True),
    text("ends_at", null=True),
    text("room"),
    text("linked_goal"),
    text("norms"),
    text("status"),
    text("status_reason"),
    UniqueConstraint("team_id", "year_id"),
)
membership = record_table(
    "membership",
    ref("team_id", "team"),
    ref("person_id", "person"),
    text("role"),
    Column("backup", Boolean, nullable=False),
    text("brings"),
    Column("started_on", Date),
    Column("ended_on", Date),
    text("rank"),
)
team_link = record_table(
    "team_link",
    ref("team_id", "team"),
    ref("to_team_id", "team", null=True),
    text("audience"),
    text("what"),
    text("how"),
    text("how_often"),
    ref("person_id", "person", null=True),
    whole("answer_within_days", null=True),
    Column("waiting_since", Date),
    text("waiting_for"),
    text("rank"),
)
team_decision = record_table(
    "team_decision",
    ref("year_id", "school_year"),
    text("rule"),
    text("about"),
    text("decision"),
    text("reason"),
    Column("decided_on", Date),
)
initiative = record_table(
    "initiative",
    text("name"),
    text("purpose"),
    text("evidence"),
    text("measure"),
    text("status"),
    Column("started_on", Date),
    Column("team_ids", Json, nullable=False),
    text("rank"),
)
meeting = record_table(
    "meeting",
    ref("team_id", "team", index=False),
    Column("day", Date, nullable=False),
    text("starts_at", null=True),
    text("ends_at", null=True),
    text("place"),
    text("state"),
    text("reason"),
    text("shortened_from", null=True),
    text("started_at", null=True),
    text("ended_at", null=True),
    Column("confidential", Boolean, nullable=False),
    ref("next_meeting_id", "meeting", null=True),
    Column("agenda_sent_at", UtcStamp),
    Column("sent_at", UtcStamp),
    Column("locked_at", UtcStamp),
    text("time_well_used", null=True),
    text("tasks_tracked", null=True),
    text("tasks_completed", null=True),
    text("effect_on_students", null=True),
    text("to_improve"),
    Index(None, "team_id", "day"),
)
agenda_item = record_table(
    "agenda_item",
    ref("meeting_id", "meeting"),
    text("rank"),
    text("title"),
    whole("minutes_planned", null=True),
    whole("minutes_used", null=True),
    ref("lead_id", "person", null=True),
    text("we_will", null=True),
    Column("done", Boolean, nullable=False),
    ref("carried_from", "meeting", null=True),
    ref("problem_id", "problem", null=True),
)
minutes_line = record_table(
    "minutes_line",
    ref("meeting_id", "meeting"),
    ref("item_id", "agenda_item", null=True),
    text("rank"),
    text("kind"),
    text("text"),
    text("at", null=True),
    Column("confidential", Boolean, nullable=False),
)
meeting_attendance = record_table(
    "meeting_attendance",
    ref("meeting_id", "meeting"),
    ref("person_id", "person"),
    Column("present", Boolean, nullable=False),
    text("role_today"),
    text("arrived", null=True),
    text("left", null=True),
    UniqueConstraint("meeting_id", "person_id"),
)
checklist_mark = record_table(
    "checklist_mark",
    ref("meeting_id", "meeting"),
    whole("number"),
    whole("points"),
    text("note"),
    UniqueConstraint("meeting_id", "number"),
)
problem = record_table(
    "problem",
    ref("team_id", "team"),
    text("tag"),
    text("title"),
    text("what"),
    text("where"),
    text("when"),
    text("who"),
    text("why"),
    text("how_often"),
    Column("baseline", Float),
    text("unit"),
    text("data_source"),
    text("measured_by"),
    text("location_word"),
    text("behavior_word"),
    Column("plan_from", Date),
    text("plan_label"),
    text("question"),
    Column("opened_on", Date),
    ref("opened_in", "meeting", null=True),
    Column("closed_on", Date),
    text("rank"),
)
problem_review = record_table(
    "problem_review",
    ref("problem_id", "problem"),
    ref("meeting_id", "meeting"),
    text("fidelity", null=True),
    text("effect", null=True),
    Column("level", Float),
    whole("level_days", null=True),
    text("next_step", null=True),
    text("note"),
    UniqueConstraint("problem_id", "meeting_id"),
)
solution = record_table(
    "solution",
    ref("problem_id", "problem"),
    text("kind"),
    text("text"),
    ref("person_id", "person", null=True),
    text("who"),
    Column("by_when", Date),
    Column("started_on", Date),
    text("fidelity_measure"),
    text("outcome_measure"),
    text("rank"),
)
solution_fidelity = record_table(
    "solution_fidelity",
    ref("solution_id", "solution"),
    ref("meeting_id", "meeting"),
    text("fidelity"),
    text("note"),
    UniqueConstraint("solution_id", "meeting_id"),
)
goal = record_table(
    "goal",
    ref("team_id", "team", null=True),
    ref("problem_id", "problem", null=True),
    text("statement"),
    text("metric"),
    text("unit"),
    Column("baseline", Float),
    Column("target", Float),
    text("direction"),
    Column("started_on", Date),
    Column("due_on", Date),
)
drill_down = record_table(
    "drill_down",
    text("name"),
    whole("year"),
    Column("locations", Json, nullable=False),
    Column("behaviors", Json, nullable=False),
    Column("hours", Json, nullable=False),
    Column("weekdays", Json, nullable=False),
    Column("grades", Json, nullable=False),
    text("severity"),
    Column("saved_on", Date),
    Column("through", Date),
    whole("counted"),
    whole("days"),
    ref("problem_id", "problem", null=True),
)
student_decision = record_table(
    "student_decision",
    whole("student"),
    whole("measure_key"),
    Column("day", Date, nullable=False),
    text("step"),
    text("note"),
    ref("asked_in", "agenda_item", null=True),
    Index(None, "student"),
)
student_goal = record_table(
    "student_goal",
    whole("student"),
    whole("measure_key"),
    Column("started_on", Date, nullable=False),
    Column("start_value", Float, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("target", Float, nullable=False),
    text("way"),
    Index(None, "student"),
)
action = record_table(
    "action",
    text("text"),
    ref("team_id", "team", null=True),
    ref("owner_id", "person", null=True),
    Column("due_on", Date),
    Column("started_on", Date),
    Column("evaluate_on", Date),
    Column("done_on", Date),
    Column("withdrawn_on", Date),
    text("priority", null=True),
    text("parent_topic"),
    text("parent_id"),
    ref("meeting_id", "meeting", null=True),
    ref("line_id", "minutes_line", null=True),
    text("note"),
    Index(None, "parent_topic", "parent_id"),
)
measure = record_table(
    "measure",
    whole("key", unique=True),
    text("name"),
    text("name_folded"),
    text("short_name"),
    text("subject"),
    text("unit"),
    Column("lowest", Float),
    Column("highest", Float),
    Column("higher_is_better", Boolean, nullable=False),
    Column("screening", Boolean, nullable=False),
)
level = record_table(
    "level",
    whole("key", unique=True),
    text("word"),
    text("word_folded"),
    whole("order"),
    Column("spellings", Json, nullable=False),
)
level_tier = record_table(
    "level_tier",
    whole("measure_key"),
    whole("level_key"),
    whole("tier"),
    Column("valid_from", Date, nullable=False),
    text("source"),
)
word = record_table(
    "word",
    whole("key"),
    text("kind"),
    text("name"),
    text("name_folded"),
    whole("order"),
    Column("spellings", Json, nullable=False),
    UniqueConstraint("kind", "key"),
)
import_ = record_table(
    "import",
    whole("key", unique=True),
    text("kind"),
    text("file_name"),
    text("sha256", index=True),
    text("profile"),
    text("profile_version"),
    text("mode"),
    whole("rows"),
    whole("new"),
    whole("changed"),
    whole("unchanged"),
    whole("gone"),
    whole("skipped"),
    whole("left_out"),
    whole("problems"),
    text("state"),
    Column("applied_at", UtcStamp),
    Column("taken_back_at", UtcStamp),
    Column("scope", Json, nullable=False),
    Column("rules", Json, nullable=False),
)
saved_profile = record_table(
    "saved_profile", Column("key", Text, nullable=False, unique=True), text("name"), text("text"), whole("revision")
)
import_answer = record_table("import_answer", Column("key", Text, nullable=False, unique=True), text("value"))
attachment = record_table(
    "attachment",
    text("name"),
    text("media_type"),
    whole("size"),
    text("sha256", index=True),
    text("topic"),
    text("record_id"),
    Index(None, "topic", "record_id"),
)
link = record_table(
    "link",
    text("from_topic"),
    text("from_id"),
    text("to_topic"),
    text("to_id"),
    text("role"),
    Index(None, "from_topic", "from_id"),
    Index(None, "to_topic", "to_id"),
)
rule = record_table("rule", Column("name", Text, nullable=False, unique=True), text("value"))

attachment_part = Table(
    "attachment_part",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
search_line = Table(
    "search_line",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("organization_id", Text, nullable=False),
    Column("private_to", Text),
    Column("about_id", Text, nullable=False),
    Column("folded", Text, nullable=False),
)
about = Table(
    "about",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""The database about itself: its id, schema revision, who *me* is, the key of its pseudonyms."""
