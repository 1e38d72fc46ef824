"""Sheets that people hand in (表格文件): read in a process of its own, whatever they are written in, and never more of them than a bound."""
