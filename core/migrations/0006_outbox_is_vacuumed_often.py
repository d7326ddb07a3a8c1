"""The outbox is emptied all day: vacuum by number of rows, so that the relay's look at it stays short."""

from django.db import migrations

FORWARD = """
ALTER TABLE core_outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
                             autovacuum_vacuum_insert_scale_factor = 0, autovacuum_analyze_scale_factor = 0.5);
"""
BACKWARD = """
ALTER TABLE core_outbox RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,
                               autovacuum_vacuum_insert_scale_factor, autovacuum_analyze_scale_factor);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0005_history_by_time")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
