"""What becomes of the alerts that inspections raise (提示结果): written with each step of an alert, in the transaction of its journal."""

OUTCOME_BEGINS = """
INSERT INTO alert_outcome (alert, rule, unit_id, raised_at) VALUES (%(alert)s, %(rule)s, %(unit)s, %(at)s) ON CONFLICT (alert) DO NOTHING
"""
OUTCOME_ACKNOWLEDGED = "UPDATE alert_outcome SET acknowledged_at = coalesce(acknowledged_at, %(at)s) WHERE alert = %(alert)s"
OUTCOME_ORDERED = "UPDATE alert_outcome SET ordered_at = %(at)s WHERE alert = %(alert)s"
OUTCOME_ASKED = "UPDATE alert_outcome SET ground = %(ground)s::text WHERE alert = %(alert)s"
OUTCOME_ENDS = """
UPDATE alert_outcome SET ended_at = %(at)s, outcome = %(outcome)s::text, ground = CASE WHEN %(outcome)s::text <> 'dismissed' THEN '' WHEN %(ground)s::text <> '' THEN %(ground)s::text ELSE ground END
WHERE alert = %(alert)s
"""
