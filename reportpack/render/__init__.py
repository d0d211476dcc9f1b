"""Pack in, pages out: page source, PDF, web page, workbooks."""
