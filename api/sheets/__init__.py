"""Reading uploaded spreadsheets (表格文件): Excel, OpenDocument, CSV and web pages, each parsed in a process of its own with bounded resources."""
