"""What happens next. Workflows decide; they write nothing and know no clock but Temporal's."""
