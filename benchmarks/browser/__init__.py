"""What the reader of a page waits for, in Chromium, beside another library on the same page."""
