"""Triggers: a history row is numbered by its transaction, never deleted, and changed only to erase a person's data."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION core_history_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaction := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER history_rows_carry_their_transaction BEFORE INSERT ON core_history
    FOR EACH ROW EXECUTE FUNCTION core_history_number();

CREATE FUNCTION core_history_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.personal IS NULL AND NEW.personal_salt = ''
       AND (to_jsonb(NEW) - 'personal' - 'personal_salt') = (to_jsonb(OLD) - 'personal' - 'personal_salt') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'history is append-only';
END $$;
CREATE TRIGGER history_is_append_only BEFORE UPDATE OR DELETE ON core_history
    FOR EACH ROW EXECUTE FUNCTION core_history_guard();

CREATE FUNCTION core_history_anchor_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history anchors are append-only';
END $$;
CREATE TRIGGER history_anchors_are_append_only BEFORE UPDATE OR DELETE ON core_history_anchor
    FOR EACH ROW EXECUTE FUNCTION core_history_anchor_guard();
"""

BACKWARD = """
DROP TRIGGER history_anchors_are_append_only ON core_history_anchor;
DROP FUNCTION core_history_anchor_guard();
DROP TRIGGER history_is_append_only ON core_history;
DROP FUNCTION core_history_guard();
DROP TRIGGER history_rows_carry_their_transaction ON core_history;
DROP FUNCTION core_history_number();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
