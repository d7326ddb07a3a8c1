"""A trigger gives every event its number: the city's day and the next value of that day's own sequence.

A sequence never waits for other transactions to commit, as a counter row would. It is made by the first event of the
day; an advisory lock keeps two first events from making it twice.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION events_give_number() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    day text := to_char(NEW.reported_at AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD');
    name text := format('events_number_%s_%s', NEW.district_id, day);
    ordinal text;
BEGIN
    IF to_regclass(name) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(name, 0));
        EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', name);
    END IF;
    ordinal := nextval(name::regclass)::text;
    NEW.number := day || '-' || lpad(ordinal, greatest(6, length(ordinal)), '0');
    RETURN NEW;
END $$;
CREATE TRIGGER events_are_numbered BEFORE INSERT ON events_event
    FOR EACH ROW WHEN (NEW.number = '') EXECUTE FUNCTION events_give_number();
"""

BACKWARD = """
DROP TRIGGER events_are_numbered ON events_event;
DROP FUNCTION events_give_number();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_alerts_events_orders_and_catalogue")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
