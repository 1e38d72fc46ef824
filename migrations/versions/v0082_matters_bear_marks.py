"""A matter bears marks, which lists show and find; what its facts said of them so far is kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0082"
down_revision = "0081"

# Of each mark: the facts that set it, those that clear it; what another matter told counts of what a case hears of its suspect alone.
_MARKS = {
    "sensitive": (("case.marked-sensitive",), ("case.unmarked-sensitive",)),
    "minor": (("person.found-minor", "case.concerns-minor"), ("person.found-adult",)),
    "foreigner": (("person.found-foreign",), ("person.found-national",)),
}
_SEXUAL = ("xf-236", "xf-236-1a", "xf-237-1", "xf-237-2", "xf-358-2", "xf-359-2", "za-52-1")


def upgrade() -> None:
    """None, but for what the last of its facts says; few bear any, and are found by an index of those alone."""
    op.add_column("matter", sa.Column("marks", ARRAY(sa.Text()), nullable=False, server_default="{}"))
    for mark, (sets, clears) in _MARKS.items():
        op.execute(
            sa.text("""
            UPDATE matter m SET marks = m.marks || :mark FROM (
                SELECT DISTINCT ON (matter) matter, fact = ANY(:sets) AS borne FROM fact
                WHERE fact = ANY(:all) AND (NOT said ? 'told_by' OR fact = 'case.concerns-minor') ORDER BY matter, seq DESC, n DESC
            ) last WHERE last.matter = m.number AND last.borne
        """).bindparams(sa.bindparam("mark", mark), sa.bindparam("sets", list(sets)), sa.bindparam("all", [*sets, *clears]))
        )
        if mark == "minor":  # in the order in which marks are listed
            op.execute(
                sa.text("""
                UPDATE matter m SET marks = m.marks || 'sexual-offence'::text WHERE EXISTS (SELECT FROM fact f WHERE f.matter = m.number
                    AND f.said ->> 'charge' = ANY(:sexual) AND NOT f.said ? 'told_by' AND f.fact <> 'custody.new-crime-discovered')
            """).bindparams(sexual=list(_SEXUAL))
            )
    op.create_index("matter_marked", "matter", ["number"], postgresql_where=sa.text("cardinality(marks) > 0"))


def downgrade() -> None:
    """That a case is sensitive its facts alone say."""
    op.drop_index("matter_marked", "matter")
    op.drop_column("matter", "marks")
